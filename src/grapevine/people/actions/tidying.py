"""What goes by itself: facts after their end, proposals nobody looked at, what was removed, and who opened what long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, QuerySet

from grapevine.core import access, audit, installation
from grapevine.people import orders, terms
from grapevine.people.actions import persons, purchase_files
from grapevine.people.models import Delivery, Fact, Opening, Promise, Proposal, RefusedRow
from grapevine.people.models.memory import Kind, ProposalState

BATCH = 1000
REFUSED_ROWS = timedelta(days=30)


def tidy(*, at: datetime) -> int:
    """Let go what is due, in small transactions; returns how many rows."""
    touched = expire(at=at)
    waiting = Proposal.objects.filter(proposed_at__lt=at - terms.PROPOSALS)
    rows: tuple[QuerySet[Model], ...] = (
        Fact.objects.filter(removed_at__lt=at - terms.REMOVED),
        waiting.filter(state=ProposalState.WAITING),
        # What was declined or kept holds no words any longer than this either: its mark is of no use after so long.
        Proposal.objects.filter(proposed_at__lt=at - terms.YEAR),
        Promise.objects.filter(closed_at__lt=at - terms.CLOSED),
        Opening.objects.filter(at__lt=at - terms.OPENINGS),
        RefusedRow.objects.filter(at__lt=at - REFUSED_ROWS),
        # Too old to be taken again: the moment that is signed with them has passed.
        Delivery.objects.filter(at__lt=at - timedelta(seconds=3 * orders.WINDOW)),
    )
    touched += purchase_files.forget_unread(at=at)
    return touched + sum(_remove(some) for some in rows)


def expire(*, at: datetime) -> int:
    """Let facts go whose end has come. The audit keeps how many, and of whom nothing."""
    today = terms.day_of(at, installation.zone())
    count = 0
    while True:
        with transaction.atomic():
            ids = list(
                Fact.objects.filter(expires_on__lte=today)
                .order_by("expires_on")
                .values_list("pk", flat=True)[:BATCH]
            )
            if not ids:
                break
            due = Fact.objects.filter(pk__in=ids)
            named = set(due.filter(kind=Kind.NAME).values_list("identity__person_id", flat=True))
            due.delete()
            persons.name_again(one for one in named if one is not None)
            audit.record("people.fact.expired", by=access.SYSTEM, at=at, facts=len(ids))
        count += len(ids)
    return count


def _remove(rows: QuerySet[Model]) -> int:
    count = 0
    while True:
        with transaction.atomic():
            ids = list(rows.values_list("pk", flat=True)[:BATCH])
            if not ids:
                return count
            rows.model._default_manager.filter(pk__in=ids).delete()
        count += len(ids)
