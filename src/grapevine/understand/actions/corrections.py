"""People say how a text reads, and take it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from grapevine.core import access, audit, news
from grapevine.understand import memory
from grapevine.understand.actions import learning, readings, turns
from grapevine.understand.contracts import INTENTS, MOODS, supplies
from grapevine.understand.contracts.supplies import Candidate
from grapevine.understand.events import ReadingCorrected
from grapevine.understand.models import Adapter, Correction, Draw, Label, Wish

CORRECT = "understand.reading.correct"


class Gone(Exception):
    """The text is not there any longer: nothing may be said of it, for what is said is kept with a copy of it."""


@transaction.atomic
def correct(
    *,
    subject: str,
    scope: str,
    of: Candidate,
    by: Any,
    at: datetime,
    mood: str | None = None,
    intents: Collection[str] | None = None,
    spam: bool | None = None,
    drawn: bool = False,
) -> Correction:
    """Say how a text reads: its mood, all that it wants, whether it is spam; what is None stays as it was said before, if it was.

    The scope learns from it at once. Tells ReadingCorrected.

    Raises ValueError for a mood or an intent that there is none of, and when nothing is said; Gone for a text that went meanwhile.
    """
    access.require(by, CORRECT)
    if mood is not None and mood not in MOODS:
        raise ValueError(f"There is no mood {mood!r}.")
    if intents is not None and not set(intents) <= set(INTENTS):
        raise ValueError("There is no such intent.")
    if mood is None and intents is None and spam is None:
        raise ValueError("Nothing is said.")
    turns.mine(scope)
    # Asked anew: who looked before it was our turn may have seen a text that somebody removed since.
    if not _is_there(subject, scope, of):
        raise Gone
    last = Correction.objects.current().filter(subject=subject, subject_id=of.subject_id, scope=scope).first()
    if last is not None:
        Correction.objects.filter(pk=last.pk).update(is_current=False)
        before, tier = last.before, last.tier
        mood = mood if mood is not None else (last.mood or None)
        intents = intents if intents is not None else last.intents
        spam = spam if spam is not None else last.spam
    else:
        before, tier = _read(scope, of.text)
    made = Correction.objects.create(
        subject=subject,
        subject_id=of.subject_id,
        scope=scope,
        text=of.text,
        lang=of.lang,
        source_id=of.source_id,
        source=of.source[:200],
        author=of.author,
        published_at=of.published_at,
        before=before,
        tier=tier,
        mood=mood or "",
        intents=None if intents is None else [one for one in INTENTS if one in intents],
        spam=spam,
        is_drawn=drawn or (last is not None and last.is_drawn),
        by=by if getattr(by, "pk", None) else None,
        at=at,
    )
    learning.learn(scope=scope, at=at)
    audit.record(
        "understand.reading.corrected", subject=made, by=by, at=at, scope=scope,
        **{name: value for name, value in (("mood", mood), ("intents", made.intents), ("spam", spam)) if value is not None},
    )  # fmt: skip
    news.tell(ReadingCorrected(subject, of.subject_id, scope))
    return made


def _is_there(subject: str, scope: str, of: Candidate) -> bool:
    supply = supplies.of(subject)
    return supply is None or of.subject_id in supply.some(scope, [of.subject_id])


def _read(scope: str, text: str) -> tuple[dict[str, Any], str]:
    (found,) = readings.read_for(scope, [text], deeper=True).readings()
    return {
        "mood": found.sentiment,
        "shares": list(found.sentiment_p),
        "intents": list(found.intents),
        "spam": found.spam,
        "sure": found.sure,
    }, found.tier


@transaction.atomic
def take_back(*, correction: Correction, by: Any, at: datetime) -> Correction | None:
    """Undo what was said last of a text; what was said before it holds again, and is returned. The scope learns anew. Tells ReadingCorrected."""
    access.require(by, CORRECT)
    turns.mine(correction.scope)
    there = Correction.objects.filter(pk=correction.pk).first()
    if there is None:
        return None  # somebody else was faster
    correction = there
    audit.record("understand.reading.taken_back", subject=correction, by=by, at=at, scope=correction.scope)
    same = {
        "subject": correction.subject,
        "subject_id": correction.subject_id,
        "scope": correction.scope,
    }
    Label.objects.filter(correction_id=correction.pk).update(
        said="", said_spam=False, is_skipped=False, correction_id=None, by=None, at=None
    )
    was_current = correction.is_current
    Correction.objects.filter(pk=correction.pk).delete()
    earlier = None
    if was_current:
        earlier = Correction.objects.filter(**same).order_by("-pk").first()
        if earlier is not None:
            Correction.objects.filter(pk=earlier.pk).update(is_current=True)
            earlier.is_current = True
        learning.learn(scope=correction.scope, at=at)
    news.tell(ReadingCorrected(correction.subject, correction.subject_id, correction.scope))
    return earlier


@transaction.atomic
def drop(*, subject: str, subject_ids: Collection[int], at: datetime) -> int:
    """Texts are gone: so is what was said of them, and what was learnt from it. Returns how many corrections went.

    For the rooms whose texts they are, in the transaction that removes these.
    """
    turns.alone()
    Label.objects.filter(draw__subject=subject, subject_id__in=list(subject_ids)).delete()
    return _remove([Correction.objects.filter(subject=subject, subject_id__in=list(subject_ids))], at)


@transaction.atomic
def drop_scope(*, scope: str) -> int:
    """A scope is gone for good: so is all that was said, drawn, learnt and wished there. Returns how many corrections went.

    For the room whose scope it is.
    """
    turns.alone()
    count: int = Correction.objects.filter(scope=scope).delete()[0]
    for model in (Draw, Adapter, Wish):
        model._default_manager.filter(scope=scope).delete()
    memory.raise_version()
    return count


def _remove(several: Iterable[QuerySet[Correction]], at: datetime) -> int:
    """Corrections go; then their scopes learn anew, each once."""
    count, scopes = 0, set[str]()
    for rows in several:
        scopes |= set(rows.values_list("scope", flat=True))
        count += rows.delete()[0]
    learning.learn_all(scopes=scopes, at=at)
    return count


@transaction.atomic
def forget_authors(*, authors: Collection[tuple[int, str]], at: datetime) -> int:
    """What authors (source id, id at the platform) wrote is not learnt from any longer, and gone from here. For privacy holders."""
    turns.alone()
    every = [{"source_id": source_id, "author": author} for source_id, author in sorted(authors)]
    count: int = sum(Label.objects.filter(**mine).delete()[0] for mine in every)
    return count + _remove((Correction.objects.filter(**mine) for mine in every), at)
