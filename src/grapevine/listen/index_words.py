"""The words by which a post is found in the full-text index. Pure.

They are the tokens of the watch language (`engine.query.tokens`), so whatever matches a query is found by the words of the query. The plain
reading of that module takes 60 µs for a tweet; nearly all posts consist of characters for which a regular expression gives the same words in one.
"""

from __future__ import annotations

import re
import unicodedata

from grapevine.engine.query import tokens

LONGEST = 100_000
"""So many characters of a post are indexed; PostgreSQL takes no more than a megabyte of words."""
LONGEST_WORD = 200

# ASCII, Latin, Greek and Cyrillic letters, and signs that separate. Without what is dropped (soft hyphens, joiners), melts
# together (combining marks), counts as a digit for Python only (², ½), or stands for others (ligatures, Ĳ): those take the long way.
_EASY = re.compile(
    "[\t-\r -\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u012f\u0131\u0134-\u01c3\u01cd-\u01f0\u01f4-\u02af"
    "\u0386-\u03ff\u0400-\u0481\u048a-\u052f\u1e00-\u1eff\u2010-\u2029\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff"
    "\u2500-\u2775\u2794-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]*"
)
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?<!\w)https?://[^\s<>\"“”«»]+")
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))


def of(title: str, text: str, tags: tuple[str, ...] | list[str] = (), handles: tuple[str, ...] | list[str] = ()) -> str:
    """The words of a post, each once, parted by spaces: of its title and text, and of tags and handles kept beside them.

    Always the same for the same post: what was put into the index is taken out by the same words.
    """
    whole = f"{title} {text}" if title else text
    if tags or handles:
        whole = " ".join((whole, *tags, *handles))
    return words(whole[:LONGEST])


def words(text: str) -> str:
    """The tokens of a text, folded, each once, parted by single spaces. Addresses give none."""
    if "http" in text:
        text = _LINK.sub(" ", text)
    if text.isascii():
        found = text.translate(_ASCII).split()
    elif _EASY.fullmatch(text):
        found = _WORD.findall(unicodedata.normalize("NFC", text.casefold()))
    else:
        found = [word for piece in text.split() for word in _of_piece(piece)]
    if len(text) > LONGEST_WORD:
        found = [word[:LONGEST_WORD] for word in found]
    return " ".join(dict.fromkeys(found))


def _of_piece(piece: str) -> list[str]:
    """The words of what stands between two spaces. Emoji are no words here: who searches for one walks through the stream."""
    if _EASY.fullmatch(piece):
        return _WORD.findall(unicodedata.normalize("NFC", piece.casefold()))
    return [token.text for token in tokens.read(piece).tokens if token.kind != tokens.EMOJI]
