"""The words by which a post is found in the full-text index. Pure.

They are the tokens of the watch language (`engine.query.tokens`), so whatever matches a query is found by the words of the query. The plain
reading of that module takes 60 µs for a tweet; nearly all posts consist of characters for which a table and compiled code give the same words in one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from grapevine.engine.query import tokens
from grapevine.engine.text import plainwords
from grapevine.listen import stopwords

LONGEST = 100_000
"""So many characters of a post are indexed; PostgreSQL takes no more than a megabyte of words."""
LONGEST_WORD = 200


def left_out() -> frozenset[str]:
    """Words that are not indexed: a hundred function words make up half of all talk and tell nothing. Who looks for one walks through the stream."""
    return stopwords.unindexed()


# ASCII, Latin, Greek and Cyrillic letters, and signs that separate. Without what is dropped (soft hyphens, joiners), melts
# together (combining marks), counts as a digit for Python only (², ½), or stands for others (ligatures, Ĳ): those take the long way.
_EASY = re.compile(
    "[\t-\r -\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u012f\u0131\u0134-\u01c3\u01cd-\u01f0\u01f4-\u02af"
    "\u0386-\u03ff\u0400-\u0481\u048a-\u052f\u1e00-\u1eff\u2010-\u2029\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff"
    "\u2500-\u2775\u2794-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]*"
)
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?<!\w)https?://[^\s<>\"“”«»]+")


def _becomes(character: str) -> str | None:
    """What a character contributes to a word (see `plainwords.table_of`)."""
    if not _EASY.fullmatch(character):
        return None
    return unicodedata.normalize("NFC", character.casefold()) if _WORD.fullmatch(character) else ""


@cache
def _table() -> Any:
    return plainwords.table_of(_becomes)


@cache
def _without() -> Any:
    return plainwords.set_of(left_out())


def of(title: str, text: str, tags: Sequence[str] = (), handles: Sequence[str] = ()) -> str:
    """The words of a post, parted by spaces: of its title and text, and of tags and handles kept beside them.

    Always the same for the same post: what was put into the index is taken out by the same words.
    """
    return of_many([whole(title, text, tags, handles)])[0]


def whole(title: str, text: str, tags: Sequence[str] = (), handles: Sequence[str] = ()) -> str:
    """All of a post that has words, as one text."""
    found = f"{title} {text}" if title else text
    if tags or handles:
        found = " ".join((found, *tags, *handles))
    return found[:LONGEST]


def words(text: str) -> str:
    """The tokens of a text, folded, parted by single spaces. Addresses and emoji give none."""
    return of_many([text])[0]


def of_many(texts: Sequence[str]) -> list[str]:
    """As `words`, for many texts."""
    found = plainwords.words(texts, _table(), longest_word=LONGEST_WORD, without=_without())
    return [_long_way(text) if made is None else made for text, made in zip(texts, found, strict=True)]


def _long_way(text: str) -> str:
    found: list[str] = []
    for piece in _LINK.sub(" ", text).split():
        if _EASY.fullmatch(piece):
            found += _WORD.findall(unicodedata.normalize("NFC", piece.casefold()))
        else:
            found += [token.text for token in tokens.read(piece).tokens if token.kind != tokens.EMOJI]
    return " ".join([word[:LONGEST_WORD] for word in found if word not in left_out()])
