"""How good readings are on one's own texts: what the page of a scope shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Count, Max, Q, Sum

from grapevine.engine.text.reading import adapter
from grapevine.understand import evidence, figures, rules
from grapevine.understand.contracts import WISHES
from grapevine.understand.figures import Figures, Group, Judged, Share
from grapevine.understand.models import Adapter, Correction, Draw, Label, Wish

DRAWS = 12


@dataclass(frozen=True)
class DrawRow:
    """A draw: how many texts it has, how many have been labelled, of how many they were drawn."""

    id: int
    made_at: datetime
    population: int
    size: int
    done: int
    skipped: int
    spam: int
    spam_seen: int

    @property
    def is_done(self) -> bool:
        return self.done == self.size

    @property
    def left(self) -> int:
        return self.size - self.done


@dataclass(frozen=True)
class Learnt:
    """What a scope learnt. `before` and `after` are None with too few corrections to judge; `older` are kept, but no longer learnt from."""

    corrected: int
    confirmed: int
    older: int
    idle: int
    made_at: datetime | None
    lessons: int
    judged: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Summary:
    """A scope in the list of all. `accuracy` is of the latest draw, None with too few labels."""

    labels: int
    corrections: int
    accuracy: Share | None


@dataclass(frozen=True)
class ScopePage:
    """A scope: its draws (the latest first), the one that is shown, its figures (None: too few labels), the drift over all draws."""

    draws: tuple[DrawRow, ...]
    shown: DrawRow | None
    labels: int
    figures: Figures | None
    drift: tuple[Group, ...]
    learnt: Learnt
    wish: Wish | None


def draws(scope: str) -> list[DrawRow]:
    """The latest draws of a scope."""
    done = ~Q(labels__at=None)
    rows = (
        Draw.objects.filter(scope=scope)
        .annotate(
            size=Count("labels"),
            done=Count("labels", filter=done),
            skipped=Count("labels", filter=Q(labels__is_skipped=True)),
            spam_said=Count("labels", filter=Q(labels__said_spam=True)),
            spam_seen=Count("labels", filter=Q(labels__said_spam=True, labels__spam=True)),
        )
        .order_by("-id")[:DRAWS]
    )
    return [
        DrawRow(
            row.pk, row.made_at, row.population, row.size, row.done, row.skipped, row.spam_said, row.spam_seen
        )
        for row in rows
    ]


def page(scope: str, *, draw_id: int | None = None) -> ScopePage:
    """All that the page of a scope shows. The number of questions does not depend on how much there is."""
    rows = draws(scope)
    shown = next((row for row in rows if row.id == draw_id), None) or next(
        (row for row in rows if row.done), rows[0] if rows else None
    )
    labels = judged(draw_id=shown.id) if shown else []
    every = judged(scope=scope)
    weight = np.array([one.weight for one in every], np.float64)
    return ScopePage(
        draws=tuple(rows),
        shown=shown,
        labels=len(labels),
        figures=figures.figures(labels, _sizes(shown.id)) if shown else None,
        drift=figures.drift(every, weight) if every else (),
        learnt=learnt(scope),
        wish=Wish.objects.filter(scope=scope).first(),
    )


def judged(*, draw_id: int | None = None, scope: str | None = None) -> list[Judged]:
    """The labels of a draw, or of all draws of a scope, that say a mood."""
    rows = Label.objects.exclude(said="").order_by("pk")
    rows = rows.filter(draw_id=draw_id) if draw_id is not None else rows.filter(draw__scope=scope)
    return [_judged(row) for row in rows]


def _judged(row: Label) -> Judged:
    return Judged(
        said=row.said,
        shares=(row.shares[0], row.shares[1], row.shares[2]),
        sure=row.sure,
        stratum=row.stratum,
        weight=row.weight,
        lang=row.lang,
        source=row.source,
        tier=row.tier,
        month=row.published_at.date().replace(day=1),
    )


def _sizes(draw_id: int) -> dict[str, float]:
    """How many texts that have a mood each stratum stands for: all of it but what seems to be spam. Skipped labels tell of neither."""
    rows = (
        Label.objects.filter(draw_id=draw_id)
        .values("stratum")
        .annotate(
            size=Sum("weight"), moods=Count("pk", filter=~Q(said="")), spam_said=Count("pk", filter=Q(said_spam=True))
        )
    )  # fmt: skip
    return {
        row["stratum"]: row["size"] * row["moods"] / (row["moods"] + row["spam_said"])
        for row in rows
        if row["moods"]
    }


def learnt(scope: str) -> Learnt:
    """What a scope learnt from: the latest lessons, so that the page costs the same however much was said."""
    said = Correction.objects.current().filter(scope=scope)
    counts = said.aggregate(
        lessons=Count("pk", filter=Q(is_lesson=True)), idle=Count("pk", filter=Q(is_lesson=False))
    )
    latest = Correction.objects.lessons(scope).order_by("-pk").only("mood", "intents", "spam", "before")
    agreed = [one.agrees for one in latest[: adapter.MOST]]
    row = Adapter.objects.filter(scope=scope).only("made_at", "corrections", "scores").first()
    scores = row.scores if row else {}
    return Learnt(
        corrected=agreed.count(False),
        confirmed=agreed.count(True),
        older=max(0, counts["lessons"] - len(agreed)),
        idle=counts["idle"],
        made_at=row.made_at if row else None,
        lessons=row.corrections if row else 0,
        judged=scores.get("count", 0),
        before=scores.get("before"),
        after=scores.get("after"),
    )


def summaries(scopes: Sequence[str]) -> dict[str, Summary]:
    """For the list of scopes. Three questions."""
    said = Correction.objects.current().filter(scope__in=scopes).order_by()
    corrections = dict(said.values("scope").annotate(n=Count("pk")).values_list("scope", "n"))
    latest = (
        Draw.objects.filter(scope__in=scopes, labels__in=Label.objects.exclude(said=""))
        .order_by()
        .values("scope")
        .annotate(last=Max("pk"))
    )
    draw_ids = {row["last"]: row["scope"] for row in latest}
    labels: dict[str, list[Judged]] = defaultdict(list)
    rows = Label.objects.filter(draw_id__in=list(draw_ids)).exclude(said="").order_by("pk")
    for row in rows:
        labels[draw_ids[row.draw_id]].append(_judged(row))
    return {
        scope: Summary(
            labels=len(labels[scope]),
            corrections=corrections.get(scope, 0),
            accuracy=figures.accuracy(labels[scope]),
        )
        for scope in scopes
    }


@dataclass(frozen=True)
class Option:
    """Something that may be wished, and what it would mean now; `limit` is None while there are too few labels to say."""

    share: float
    limit: rules.Limit | None


def options(scope: str) -> tuple[Option, ...]:
    """What may be wished of a scope. Two questions at most."""
    known = evidence.of(scope)
    return tuple(
        Option(share, rules.limit(known.likely, known.right, known.weight, share)) for share in WISHES
    )
