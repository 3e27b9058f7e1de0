"""Texts that were drawn: the next one to be labelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from grapevine.core import access
from grapevine.understand.contracts import MOODS
from grapevine.understand.models import Draw, Label


@dataclass(frozen=True)
class Last:
    """What was said last in a draw, and what had been read; `said` is a mood, "spam" or "skipped"."""

    said: str
    read: str
    share: float


@dataclass(frozen=True)
class Labelling:
    """Where a draw is: `label` is the next one (None: all are done), `last` the one before it."""

    draw: Draw
    label: Label | None
    last: Last | None
    done: int
    size: int


def current(scope: str) -> Draw | None:
    """The latest draw of a scope."""
    return Draw.objects.filter(scope=scope).order_by("-id").first()


def labelling(draw: Draw) -> Labelling:
    """How far a draw is labelled. Two questions."""
    labels = list(draw.labels.order_by("place"))
    done = [one for one in labels if one.is_done]
    last = max(done, key=lambda one: (one.at or draw.made_at, one.place), default=None)
    return Labelling(
        draw=draw,
        label=next((one for one in labels if not one.is_done), None),
        last=_last(last) if last else None,
        done=len(done),
        size=len(labels),
    )


def _last(label: Label) -> Last:
    share = max(label.shares)
    said = "skipped" if label.is_skipped else "spam" if label.said_spam else label.said
    return Last(said, MOODS[label.shares.index(share)], share)


def reachable_by(by: Any, draw: Draw, number: str) -> Label:
    """A label of a draw by its number, for somebody who may label. Raises AccessDenied, Http404."""
    access.require(by, "understand.reading.correct")
    found = draw.labels.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Http404
    return found
