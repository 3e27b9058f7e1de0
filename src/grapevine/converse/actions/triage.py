"""Somebody judges a conversation by the tree; what it led to is recorded and counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from grapevine.converse import channels, tree_rules
from grapevine.converse.events import ThreadJudged
from grapevine.converse.models import EditionKind, Thread, Triage, TriageDay
from grapevine.converse.selectors import editions
from grapevine.converse.selectors.mandates import day_of
from grapevine.core import access, audit, live, news

WORK = "converse.thread.work"


class NoOutcome(Exception):
    """The answers lead to no outcome: the tree was changed meanwhile, or they end at a question."""


@transaction.atomic
def record(*, thread: Thread, edition: int, answers: Sequence[int], by: Any, at: datetime) -> Triage:
    """Record where the answers lead; a judgement that is there is put right and counted where it was. Tells ThreadJudged. Raises NoOutcome."""
    access.require(by, WORK)
    tree = editions.current(EditionKind.TRIAGE)
    if tree.number != edition:
        raise NoOutcome
    led = tree_rules.walk(tree.content, answers)
    if not led.outcome:
        raise NoOutcome
    held = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    row = Triage.objects.filter(thread=held).first()
    before = row.outcome if row else ""
    if row is None:
        row = Triage(thread=held, counted_on=day_of(at), brand_key=held.brand_id or 0)
    row.edition, row.path, row.outcome = edition, [list(step) for step in led.steps], led.outcome
    row.judged_by, row.at = (None if by.pk is None else by), at
    row.save()
    if before != row.outcome:
        _count(row, before, -1)
        _count(row, row.outcome, 1)
    audit.record(
        "converse.thread.judged",
        subject=held,
        by=by,
        at=at,
        outcome=row.outcome,
        before=before,
        version=edition,
    )
    news.tell(ThreadJudged(held.pk, row.outcome, before, at))
    live.publish(channels.TRIAGE, thread=held.pk)
    return row


@transaction.atomic
def forget(*, thread: Thread, by: Any, at: datetime) -> None:
    """Take a judgement back as if it hadn't been made. Tells ThreadJudged."""
    access.require(by, WORK)
    row = Triage.objects.select_for_update().filter(thread=thread).first()
    if row is None:
        return
    _count(row, row.outcome, -1)
    before = row.outcome
    row.delete()
    audit.record("converse.thread.judged", subject=thread, by=by, at=at, outcome="", before=before)
    news.tell(ThreadJudged(thread.pk, "", before, at))
    live.publish(channels.TRIAGE, thread=thread.pk)


def _count(row: Triage, outcome: str, by: int) -> None:
    if not outcome:
        return
    where: dict[str, Any] = {"on": row.counted_on, "outcome": outcome, "brand_key": row.brand_key}
    TriageDay.objects.get_or_create(**where)
    TriageDay.objects.filter(**where).update(threads=F("threads") + by)
