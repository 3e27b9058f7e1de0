"""Whether we may write to somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from grapevine.core import installation
from grapevine.people import terms
from grapevine.people.models import DoNotContact, Identity
from grapevine.people.models.consents import RefusalReason
from grapevine.people.selectors import names


@dataclass(frozen=True)
class Refusal:
    """That somebody is not to be written to: why (a code), on which channel ("" is every), since when, until which day (None: without end)."""

    id: int
    identity_id: int
    reason: str
    note: str
    channel: str
    since: datetime
    until: date | None

    @property
    def words(self) -> str:
        """Why, and until when, in a sentence for whoever wanted to write."""
        label = str(RefusalReason(self.reason).label)
        why = f"{label} ({self.note})" if self.note else label
        if self.until is None:
            return _("They are not to be contacted: %(why)s.") % {"why": why}
        until = formats.date_format(self.until, "DATE_FORMAT")
        return _("They are not to be contacted before %(day)s: %(why)s.") % {"day": until, "why": why}


def refusal(identity_id: int, channel: str, at: datetime) -> Refusal | None:
    """Why somebody is not to be written to on a channel (a connector's name, such as "mail") at this moment; None when we may write.

    Holds for all identities of the same person. Ask it again at the moment of sending, in the transaction that claims what is sent. Two
    statements, whatever is stored.
    """
    found = refusals([identity_id], at=at).get(identity_id, ())
    return next((one for one in found if one.channel in ("", channel)), None)


def refusals(identity_ids: Iterable[int], *, at: datetime) -> dict[int, tuple[Refusal, ...]]:
    """All that stands against writing to each of these identities, on any channel; those without end first. Two statements."""
    persons = dict(Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "person_id"))
    whole = {one for one in persons.values() if one is not None}
    rows = (
        DoNotContact.objects.filter(lifted_at=None)
        .filter(Q(identity_id__in=list(persons)) | Q(identity__person_id__in=whole))
        .select_related("identity")
        .order_by("pk")
    )
    today = terms.day_of(at, installation.zone())
    found: dict[int, list[Refusal]] = {}
    for row in rows:
        if row.until is not None and row.until <= today:
            continue
        told = Refusal(row.pk, row.identity_id, row.reason, row.note, row.channel, row.since, row.until)
        for identity_id, person_id in persons.items():
            same = person_id is not None and person_id == row.identity.person_id
            if identity_id == row.identity_id or same:
                found.setdefault(identity_id, []).append(told)
    far = date.max
    return {
        one: tuple(sorted(told, key=lambda each: (each.until or far, each.id), reverse=True))
        for one, told in found.items()
    }


def refusals_of(addresses: Iterable[str], channel: str, *, at: datetime) -> dict[str, Refusal]:
    """By address (or handle), why whoever is called so anywhere is not to be written to on a channel; only those who are not."""
    called = names.by_handle(addresses)
    told = refusals([pk for known in called.values() for pk in known], at=at)
    found = {}
    for address, known in called.items():
        against = [one for pk in known for one in told.get(pk, ()) if one.channel in ("", channel)]
        if against:
            found[address] = against[0]
    return found


def refused(*, at: datetime) -> frozenset[int]:
    """All identities that are not to be written to at this moment on some channel, with those of the same persons. Two statements, as long as the
    list of refusals. For choosing among many; before anybody is written to, ask `refusal`."""
    today = terms.day_of(at, installation.zone())
    rows = DoNotContact.objects.filter(lifted_at=None).filter(Q(until=None) | Q(until__gt=today))
    found = list(rows.values_list("identity_id", "identity__person_id"))
    alone = {identity for identity, _person in found}
    of_persons = Identity.objects.filter(
        person__in=Identity.objects.filter(pk__in=rows.values("identity_id"), person__isnull=False).values(
            "person_id"
        )
    )
    return frozenset(alone | set(of_persons.values_list("pk", flat=True)))
