"""Reading texts. Nothing is written here: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Sequence

from grapevine.engine.text import language, reading
from grapevine.engine.text.language import Languages
from grapevine.understand.contracts import Reading


def read(texts: Sequence[str]) -> list[Reading]:
    """The reading of each text, by the fast tier."""
    return reading.read(texts)


def languages(texts: Sequence[str]) -> Languages:
    """Only the languages, as arrays: for batches of thousands. May run in any thread."""
    return language.identify(texts)


def warm() -> None:
    """Load what reading needs, and compile it where that was never done, before the first text comes."""
    language.warm()
    read(["Så här läses en text"])
