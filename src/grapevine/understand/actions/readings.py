"""Reading texts. Nothing is written here: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Sequence

from grapevine.engine.text import language
from grapevine.engine.text.language import Languages
from grapevine.understand.contracts import Reading


def read(texts: Sequence[str]) -> list[Reading]:
    """The reading of each text."""
    found = languages(texts)
    return [Reading(lang, p) for lang, p in zip(found.codes(), found.p.tolist(), strict=True)]


def languages(texts: Sequence[str]) -> Languages:
    """Only the languages, as arrays: for batches of thousands. May run in any thread."""
    return language.identify(texts)


def warm() -> None:
    """Load what reading needs, before the first text comes."""
    language.warm()
