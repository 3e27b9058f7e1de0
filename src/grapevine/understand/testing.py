"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.understand.actions import corrections, labels
from grapevine.understand.contracts import supplies
from grapevine.understand.contracts.supplies import Candidate, Scope
from grapevine.understand.models import Adapter, Correction, Draw, Label, TextVector, Wish
from grapevine.understand.privacy import Corrections, Readers, Vectors

__all__ = [
    "Adapter", "Correction", "Corrections", "Draw", "FakeEncoder", "Label", "Readers", "TextVector", "Vectors", "Wish", "fake_encoder",
    "make_candidate", "make_correction", "make_draw", "supplied",
]  # fmt: skip

SCOPE = "play:1"
_numbers = itertools.count(1)
_LINES = (
    ("sv", "Jag älskar det här kaffet, nummer {}"),
    ("en", "The grinder at Elsinore broke again, number {}"),
    ("da", "Kaffen koster 45 kroner, nummer {}"),
    ("nl", "Wat een heerlijke koffie, nummer {}"),
)


def make_candidate(
    text: str = "", *, subject_id: int = 0, lang: str = "sv", source_id: int | None = 1, author: str = "hamlet",
    at: datetime = NOON, source: str = "Wittenberg",
) -> Candidate:  # fmt: skip
    """A text that may be corrected."""
    number = next(_numbers)
    return Candidate(
        subject_id=subject_id or number,
        text=text or f"Kvarnen är trasig igen, nummer {number}",
        lang=lang,
        source_id=source_id,
        source=source,
        author=author,
        published_at=at,
    )


def make_correction(
    text: str = "", *, scope: str = SCOPE, by: Any = access.SYSTEM, at: datetime = NOON, mood: str | None = "negative", subject: str = "line",
    intents: Collection[str] | None = None, spam: bool | None = None, of: Candidate | None = None, author: str = "hamlet",
) -> Correction:  # fmt: skip
    """Somebody said how a text reads."""
    of = of or make_candidate(text, author=author)
    supply = supplies.of(subject)
    if isinstance(supply, Lines):
        supply.there.setdefault(of.subject_id, of)
    return corrections.correct(
        subject=subject,
        scope=scope,
        of=of,
        by=by,
        at=at,
        mood=mood,
        intents=intents,
        spam=spam,
    )


def make_draw(
    *, scope: str = SCOPE, subject: str = "line", size: int = 10, by: Any = access.SYSTEM, at: datetime = NOON
) -> Draw:
    """Texts in four languages, drawn to be labelled, out of three times as many."""
    made = labels.draw(
        subject=subject, scope=scope, candidates=_candidates(size * 3), since=NOON, by=_user(by), at=at, seed=1, size=size,
    )  # fmt: skip
    assert made is not None
    return made


def _user(by: Any) -> Any:
    from grapevine.core.testing import make_user

    return make_user(role="member") if by is access.SYSTEM else by


def _candidates(count: int) -> list[Candidate]:
    return [
        make_candidate(_LINES[n % 4][1].format(n), lang=_LINES[n % 4][0], author=f"author-{n % 7}", subject_id=10_000 + n)
        for n in range(count)
    ]  # fmt: skip


class Lines:
    """A supply of lines of a play."""

    subject = "line"

    def __init__(self, count: int) -> None:
        self.there = {one.subject_id: one for one in _candidates(count)}

    def scopes(self, by: Any) -> list[Scope]:
        return [Scope(SCOPE, "Hamlet", 2), Scope("play:2", "Lear", 3)]

    def candidates(self, scope: str, *, since: datetime, limit: int) -> Sequence[Candidate]:
        return list(self.there.values())[:limit] if scope == SCOPE else []

    def some(self, scope: str, subject_ids: Collection[int]) -> dict[int, Candidate]:
        return {pk: self.there[pk] for pk in subject_ids if pk in self.there}


@contextmanager
def supplied(count: int = 120) -> Iterator[Lines]:
    """Let there be a supply of so many lines for the time of a block."""
    lines = Lines(count)
    before = dict(supplies._supplies)
    supplies._supplies.clear()
    supplies.register(lines)
    try:
        yield lines
    finally:
        supplies._supplies.clear()
        supplies._supplies.update(before)


class FakeEncoder:
    """An encoder that knows a few words in several languages: each meaning is a direction of its own, unknown words are one of many others."""

    MEANINGS = (
        {"late", "delayed", "försenad", "forsinket", "vertraagd"},
        {"delivery", "parcel", "leverans", "paketet", "pakken", "pakket"},
        {"coffee", "kaffe", "kaffet", "koffie"},
    )
    SIZE = 64

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), self.SIZE), np.float32)
        for place, text in enumerate(texts):
            for word in text.casefold().split():
                known = [n for n, words in enumerate(self.MEANINGS) if word.strip(".,!?") in words]
                direction = known[0] if known else 3 + zlib.crc32(word.encode()) % (self.SIZE - 3)
                found[place, direction] += 1.0 if known else 0.2
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        result: NDArray[np.float32] = found / np.maximum(lengths, 1e-6)
        return result


def fake_encoder(monkeypatch: Any) -> None:
    """Let the house believe that the deep tier is installed, with a FakeEncoder."""
    from grapevine.engine.text.reading import deep
    from grapevine.understand import meaning

    meaning.forget_cached()
    fake = FakeEncoder()
    monkeypatch.setattr(deep, "is_installed", lambda: True)
    monkeypatch.setattr(deep, "encoder", lambda: fake)
    monkeypatch.setattr(meaning, "model", lambda: "fake 1")
