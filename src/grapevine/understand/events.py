"""News of this room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingCorrected:
    """A person said how a text reads, or took that back: read it anew with `selectors.corrections.of`. The scope learnt from it."""

    subject: str
    subject_id: int
    scope: str


@dataclass(frozen=True)
class ReaderChanged:
    """A scope reads otherwise from now on, without a correction: what it had learnt was reset or learnt anew, or something else is wished."""

    scope: str
