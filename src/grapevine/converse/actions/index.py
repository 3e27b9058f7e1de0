"""The full-text index of messages and notes: which words are in which, under the message's number."""

from __future__ import annotations

from collections.abc import Sequence

from grapevine.core.word_indexes import WordIndex
from grapevine.listen.contracts import searching

_INDEX = WordIndex("converse_words", "message_id")


def add(texts: Sequence[tuple[int, str]]) -> None:
    """Index messages by (id, text)."""
    _INDEX.add(_words(texts))


def remove(texts: Sequence[tuple[int, str]]) -> None:
    """Take messages out again. The texts are those they were put in with: SQLite's index finds its words by them."""
    _INDEX.remove(_words(texts))


def _words(texts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """What says nothing is in no index."""
    said = [(number, text[: searching.LONGEST]) for number, text in texts if text]
    if not said:
        return []
    found = searching.of_many([text for _number, text in said])
    return [(number, words) for (number, _text), words in zip(said, found, strict=True)]


def tidy() -> None:
    """Merge what single messages left behind, so that searching stays quick. For the nightly job."""
    _INDEX.tidy()
