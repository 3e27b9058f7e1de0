"""Texts are drawn by chance and labelled by hand, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.core import access, audit
from grapevine.understand import rules
from grapevine.understand.actions import corrections, readings, turns
from grapevine.understand.contracts import MOODS
from grapevine.understand.contracts.supplies import Candidate
from grapevine.understand.models import Correction, Draw, Label

SIZE = 50


def draw(
    *, subject: str, scope: str, candidates: Sequence[Candidate], since: datetime, by: Any, at: datetime, seed: int, size: int = SIZE
) -> Draw | None:  # fmt: skip
    """Draw texts to be labelled, and write down how they read now. None where there is none that nobody has had their say on."""
    access.require(by, corrections.CORRECT)
    said = set(
        Correction.objects.current().filter(scope=scope, subject=subject).values_list("subject_id", flat=True)
    )
    found = [one for one in candidates if one.subject_id not in said and one.text.strip()]
    if not found:
        return None
    read = readings.read_for(scope, [one.text for one in found])
    sure, place = read.sure(), read.moods.argmax(1)
    strata = [f"{MOODS[place[n]]} {'sure' if sure[n] else 'unsure'}" for n in range(len(found))]
    order = [(one.lang, one.source, one.published_at.isoformat()) for one in found]
    drawn = rules.draw(strata, order, size, seed=seed)
    # All are sorted by the fast tier; those that were drawn are judged as the house reads them, by the tier that speaks.
    told = readings.read_for(scope, [found[one.place].text for one in drawn], deeper=True)
    is_sure, is_spam = told.sure(), told.is_spam()
    with transaction.atomic():
        made = Draw.objects.create(
            scope=scope, subject=subject, made_at=at, population=len(found), since=since, by=by
        )
        Label.objects.bulk_create(
            Label(
                draw=made,
                place=number,
                subject_id=found[one.place].subject_id,
                source_id=found[one.place].source_id,
                source=found[one.place].source[:200],
                author=found[one.place].author,
                lang=found[one.place].lang,
                published_at=found[one.place].published_at,
                stratum=one.stratum,
                weight=one.weight,
                shares=[round(float(p), 5) for p in told.moods[number]],
                sure=bool(is_sure[number]),
                spam=bool(is_spam[number]),
                tier="deep" if told.deep[number] else "fast",
            )
            for number, one in enumerate(drawn)
        )
        audit.record("understand.draw.made", subject=made, by=by, at=at, scope=scope, texts=len(drawn))
    return made


@transaction.atomic
def label(
    *, label: Label, of: Candidate, by: Any, at: datetime, mood: str | None = None, spam: bool = False
) -> Correction | None:
    """Say how a drawn text reads: a mood, or that it is spam. It counts as a correction, also where it agrees: what is right may be learnt, too.

    A mood says as well that it is no spam: only from yes alone, spam would be seen everywhere. None where somebody else was faster, or
    the text went meanwhile.
    """
    access.require(by, corrections.CORRECT)
    if not _is_open(label):
        return None
    try:
        made = corrections.correct(
            subject=label.draw.subject,
            scope=label.draw.scope,
            of=of,
            by=by,
            at=at,
            mood=mood,
            spam=spam,
            drawn=True,
        )
    except corrections.Gone:
        label.delete()
        return None
    label.said, label.said_spam, label.is_skipped = mood or "", spam, False
    label.by, label.at, label.correction_id = by, at, made.pk
    label.save()
    return made


@transaction.atomic
def skip(*, label: Label, by: Any, at: datetime) -> None:
    """Nobody could tell how it reads: it is counted neither way."""
    access.require(by, corrections.CORRECT)
    if not _is_open(label):
        return
    label.is_skipped, label.said, label.said_spam, label.by, label.at = True, "", False, by, at
    label.save()
    audit.record("understand.label.skipped", subject=label, by=by, at=at, scope=label.draw.scope)


def _is_open(label: Label) -> bool:
    """Whether nobody has had their say on it, and it is still there."""
    turns.mine(label.draw.scope)
    there = Label.objects.filter(pk=label.pk).first()
    return there is not None and not there.is_done


@transaction.atomic
def undo(*, draw: Draw, by: Any, at: datetime) -> Label | None:
    """Take the last label of a draw back; returns it, None where there is none."""
    access.require(by, corrections.CORRECT)
    turns.mine(draw.scope)
    last = draw.labels.exclude(at=None).order_by("-at", "-place").first()
    if last is None:
        return None
    made = Correction.objects.filter(pk=last.correction_id).first() if last.correction_id else None
    if made is not None:
        corrections.take_back(correction=made, by=by, at=at)
        last.refresh_from_db()
    else:
        last.is_skipped, last.said, last.said_spam, last.by, last.at = False, "", False, None, None
        last.save()
        audit.record("understand.label.taken_back", subject=last, by=by, at=at, scope=draw.scope)
    return last


@transaction.atomic
def drop_missing(*, label: Label) -> None:
    """A drawn text that is not there any longer cannot be labelled."""
    turns.mine(label.draw.scope)
    label.delete()
