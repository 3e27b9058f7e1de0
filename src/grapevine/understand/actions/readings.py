"""Reading texts. Nothing is written here: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Sequence

from grapevine.engine.text import language, reading
from grapevine.understand.contracts import Reading, Readings


def whole(title: str, text: str) -> str:
    """A post's title and text as one text to be read."""
    return f"{title}\n{text}" if title else text


def read(texts: Sequence[str]) -> list[Reading]:
    """The reading of each text, by the fast tier."""
    return reading.read(texts)


def read_many(texts: Sequence[str]) -> Readings:
    """The readings as arrays, for batches of thousands. May run in any thread."""
    return reading.batch(texts)


def languages(texts: Sequence[str]) -> list[str]:
    """Only the language of each text, one of `contracts.LANGUAGES`; empty where we are not sure or do not read it."""
    return read_many(texts).codes()


def warm() -> None:
    """Load what reading needs, and compile it where that was never done, before the first text comes."""
    language.warm()
    read(["Så här läses en text"])
