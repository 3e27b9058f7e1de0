"""Words and phrases of a text, as talk is told by them. Pure.

A text falls into runs of words: what a comma, a full stop, an address or a handle parts never makes a phrase. A phrase is two or three words with
content in a row, or two around one without ("cup of coffee").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Runs = list[list[str]]
LONGEST = 40
"""A longer word is none."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@[\w.-]+", re.IGNORECASE)
_PART = re.compile(r"[^\w\s'’´`&/-]+|[\r\n]+")
_WORD = re.compile(r"[^\W_]+")


def runs(text: str) -> Runs:
    """The words of a text, folded, in the runs it falls into; without addresses and handles, which are names and not talk."""
    clean = unicodedata.normalize("NFC", _LINK.sub(" . ", text)).casefold()
    found = (_WORD.findall(part) for part in _PART.split(clean))
    return [words for words in found if words]


class Reader:
    """Knows which words have content, by language; of an unsure language, the words without content of all are left out.

    `stop` holds the words without content by language.
    """

    def __init__(self, stop: Mapping[str, Collection[str]]) -> None:
        self._stop = stop
        self._every = frozenset().union(*stop.values()) if stop else frozenset()
        self._known: dict[str, dict[str, bool]] = {}

    def stopped(self, lang: str) -> Collection[str]:
        """The words without content of a language."""
        return self._stop.get(lang, self._every)

    def words(self, parts: Runs, lang: str) -> set[str]:
        """The words with content, each once."""
        known = self._of(lang)
        return {word for run in parts for word in run if self._has_content(word, known, lang)}

    def phrases(self, parts: Runs, lang: str, among: Collection[str]) -> set[str]:
        """The phrases whose words with content are all `among` these, each once."""
        stopped = self.stopped(lang)
        found = set()
        for run in parts:
            told = [word in among for word in run]
            for place, fits in enumerate(told[:-1]):
                if not fits:
                    continue
                further = place + 2 < len(run) and told[place + 2]
                if told[place + 1]:
                    if run[place] == run[place + 1]:
                        continue
                    found.add(f"{run[place]} {run[place + 1]}")
                    if further:
                        found.add(" ".join(run[place : place + 3]))
                elif further and run[place + 1] in stopped:
                    found.add(" ".join(run[place : place + 3]))
        return found

    def _of(self, lang: str) -> dict[str, bool]:
        return self._known.setdefault(lang if lang in self._stop else "", {})

    def _has_content(self, word: str, known: dict[str, bool], lang: str) -> bool:
        told = known.get(word)
        if told is None:
            told = known[word] = (
                2 <= len(word) <= LONGEST and word not in self.stopped(lang) and any(map(str.isalpha, word))
            )
        return told


def parts_of(phrase: str, words: Collection[str]) -> list[str]:
    """The words of a phrase that have content, which are those among `words`."""
    return [word for word in phrase.split(" ") if word in words]


def inner(phrase: str) -> Iterator[str]:
    """The phrases of two words within one of three."""
    words = phrase.split(" ")
    if len(words) == 3:
        yield " ".join(words[:2])
        yield " ".join(words[1:])


def said_in(term: str, parts: Sequence[Sequence[str]]) -> bool:
    """Whether a word or phrase stands in a text."""
    words = term.split(" ")
    length = len(words)
    return any(
        run[place : place + length] == words
        for run in parts
        for place in range(len(run) - length + 1)
        if run[place] == words[0]
    )


def flat(parts: Iterable[Sequence[str]]) -> list[str]:
    """All words of the runs, in their order."""
    return [word for run in parts for word in run]
