"""Letting go what is known of somebody. For privacy holders and for sources that are removed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from grapevine.people import held as held_by
from grapevine.people.actions import persons
from grapevine.people.models import (
    Apart,
    Consent,
    DoNotContact,
    Fact,
    Holding,
    Identity,
    Join,
    Key,
    Opening,
    ProfileLink,
    Promise,
    Proposal,
    Purchase,
    RefusedRow,
)


@transaction.atomic
def memory(ids: Sequence[int]) -> int:
    """All that is remembered of these identities goes: facts (those of others that name them, too), proposals, promises, consents, refusals.

    That somebody asked to be left alone goes as well: without a name there is nobody to leave alone.
    """
    touched = Fact.objects.filter(Q(identity_id__in=ids) | Q(other_id__in=ids)).delete()[0]
    for model in (Proposal, Promise, Consent, DoNotContact, Opening):
        touched += model._default_manager.filter(identity_id__in=ids).delete()[0]
    named = Identity.objects.filter(pk__in=ids, person__isnull=False).values_list("person_id", flat=True)
    persons.name_again(one for one in named if one is not None)
    return touched


@transaction.atomic
def joins(ids: Sequence[int]) -> int:
    """That these identities were joined with others, or are not the same as they; and the links on their profiles."""
    touched = Join.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).delete()[0]
    touched += Apart.objects.filter(Q(low_id__in=ids) | Q(high_id__in=ids)).delete()[0]
    return touched + ProfileLink.objects.filter(identity_id__in=ids).delete()[0]


@transaction.atomic
def purchases(ids: Sequence[int]) -> int:
    """The keys of these identities, what was bought under them, and the words of refused rows that hold such a key.

    A key that somebody else holds, too, stays theirs with its purchases.
    """
    held = held_by.keys(ids)
    rows = held_by.refused(ids)
    touched = RefusedRow.objects.filter(pk__in=[one.pk for one in rows]).update(raw="", detail="")
    touched += Holding.objects.filter(identity_id__in=ids).delete()[0]
    held -= set(Holding.objects.filter(key_id__in=held).values_list("key_id", flat=True))
    touched += Purchase.objects.filter(key_id__in=held).delete()[0]
    return touched + Key.objects.filter(pk__in=held).delete()[0]


def loose_ends(platform: str) -> None:
    """What hangs on identities of a platform of whom nothing is known: proposals nobody confirmed, and their like."""
    unknown = Identity.objects.filter(platform=platform, person=None)
    for model in (Proposal, Opening, ProfileLink, Holding):
        model._default_manager.filter(identity__in=unknown).delete()
    Apart.objects.filter(Q(low__in=unknown) | Q(high__in=unknown)).delete()
    Join.objects.filter(Q(first__in=unknown) | Q(second__in=unknown)).delete()
    Fact.objects.filter(other__in=unknown).update(other=None)
