"""A scope learns from what its people said: all of it, anew, each time. So what was taken back or forgotten leaves nothing behind."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from grapevine.core import access, audit, news
from grapevine.engine.text.reading import adapter
from grapevine.engine.text.reading.adapter import Lesson
from grapevine.understand import evidence, memory, rules
from grapevine.understand.actions import turns
from grapevine.understand.contracts import MOODS, WISHES
from grapevine.understand.events import ReaderChanged
from grapevine.understand.models import Adapter, Correction, Label, Wish


@transaction.atomic
def learn(*, scope: str, at: datetime) -> Adapter | None:
    """Learn a scope anew from its corrections as they are now. None when there is nothing to learn from.

    Takes half a second for five hundred corrections. Nothing is asked of who calls: for other actions, jobs and forgetting.
    """
    kept = _learn(scope, at)
    memory.raise_version()
    return kept


@transaction.atomic
def learn_all(*, scopes: Collection[str], at: datetime) -> None:
    """Learn several scopes anew."""
    for scope in sorted(scopes):
        _learn(scope, at)
    if scopes:
        # Last, for it makes everybody else wait, in whatever scope.
        memory.raise_version()


def _learn(scope: str, at: datetime) -> Adapter | None:
    turns.mine(scope)
    rows = list(Correction.objects.lessons(scope).order_by("-pk")[: adapter.MOST])[::-1]
    learnt = adapter.learn([_lesson(row) for row in rows])
    if learnt is None:
        Adapter.objects.filter(scope=scope).delete()
        kept = None
    else:
        told = learnt.judgement
        kept, _ = Adapter.objects.update_or_create(
            scope=scope,
            defaults={
                "mark": secrets.randbits(62),
                "data": learnt.dump(),
                "made_at": at,
                "corrections": learnt.count,
                "fingerprint": learnt.fingerprint,
                "scores": {
                    "count": told.count,
                    "before": told.before,
                    "after": told.after,
                    "held": _held(rows, learnt.held),
                }
                if told
                else {},
            },
        )
    _find_limit(scope)
    return kept


def _lesson(row: Correction) -> Lesson:
    wants = tuple(row.intents) if row.intents is not None else None
    return Lesson(row.text, row.mood or None, wants, row.spam, found=not row.is_drawn)


def _held(rows: Sequence[Correction], held: Any) -> list[tuple[float, bool, float]]:
    """How drawn texts were read by an adapter that never saw them: how likely, whether right, for how many texts each stands."""
    weights = dict(
        Label.objects.filter(correction_id__in=[row.pk for row in rows if row.is_drawn]).values_list(
            "correction_id", "weight"
        )
    )
    return [
        (round(float(held[n].max()), 5), MOODS[int(held[n].argmax())] == row.mood, round(weights[row.pk], 4))
        for n, row in enumerate(rows)
        if row.pk in weights and not np.isnan(held[n, 0])
    ]


def _find_limit(scope: str) -> None:
    """From which likelihood on the scope's wish is kept."""
    wish = Wish.objects.filter(scope=scope).first()
    if wish is None:
        return
    known = evidence.of(scope)
    found = rules.limit(known.likely, known.right, known.weight, wish.share)
    # A wish out of reach must not loosen anything: it waits, and what counts as sure stays as shipped.
    wish.threshold = found.threshold if found and found.is_reached else None
    wish.right, wish.count, wish.lower, wish.is_reached = (
        (found.right, found.count, found.lower, found.is_reached) if found else (0, 0, 0.0, False)
    )
    wish.save()


@transaction.atomic
def reset(*, scope: str, by: Any, at: datetime) -> int:
    """Read as shipped again: what was said stays with its texts, but is not learnt from any longer.

    Returns how many were learnt from. Tells ReaderChanged.
    """
    access.require(by, "understand.adapter.reset")
    turns.mine(scope)
    count = Correction.objects.filter(scope=scope, is_lesson=True).update(is_lesson=False)
    learn(scope=scope, at=at)
    audit.record("understand.adapter.was_reset", by=by, at=at, scope=scope, corrections=count)
    news.tell(ReaderChanged(scope))
    return count


@transaction.atomic
def wish(*, scope: str, share: float | None, by: Any, at: datetime) -> Wish | None:
    """Say how often a sure reading should be right; None goes back to what ships. Tells ReaderChanged.

    Raises ValueError for a share that is none of WISHES.
    """
    access.require(by, "understand.wish.set")
    turns.mine(scope)
    if share is None:
        Wish.objects.filter(scope=scope).delete()
        memory.raise_version()
        kept = None
    else:
        if share not in WISHES:
            raise ValueError(f"{share} cannot be wished")
        Wish.objects.update_or_create(scope=scope, defaults={"share": share})
        learn(scope=scope, at=at)
        kept = Wish.objects.get(scope=scope)
    audit.record("understand.wish.was_set", by=by, at=at, scope=scope, share=share)
    news.tell(ReaderChanged(scope))
    return kept


def renew(*, at: datetime) -> list[str]:
    """Learn anew what was learnt on another shipped model; returns the scopes. Tells ReaderChanged."""
    stale = Adapter.objects.exclude(fingerprint=adapter.fingerprint())
    scopes = sorted(stale.values_list("scope", flat=True))
    for scope in scopes:
        with transaction.atomic():
            learn(scope=scope, at=at)
            news.tell(ReaderChanged(scope))
    return scopes
