"""Words, as people see them: the one definition for watches and posts.

This is the plain reading, slow and obvious. The matcher's kernel (`_tokenise`) must find the same tokens; property tests
compare the two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from grapevine.engine.query.characters import CJK, DIGIT, EMOJI, LETTER, MARK, SEPARATOR, kind_of, plain

__all__ = [
    "EMOJI",
    "Link",
    "Tag",
    "Text",
    "Token",
    "first_label",
    "fold",
    "kind_of",
    "plain",
    "read",
    "spelled",
    "words_of",
]

_URL = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_URL_TAIL = ".,;:!?)]}'’*_~|"


@cache
def _simple() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Texts of simple words with spaces, and one such word: of digits and letters that are themselves whatever stands beside them.

    Latin, Greek and Cyrillic, as far as composing, undressing and folding do nothing to them but take their capitals.
    """
    letters = "".join(
        letter
        for letter in map(chr, (*range(0x30, 0x250), *range(0x370, 0x530)))
        if kind_of(letter) in (LETTER, DIGIT)
        and plain(letter) == letter == unicodedata.normalize("NFC", letter)
        and len(letter.casefold()) == 1
        and letter.casefold() == unicodedata.normalize("NFC", letter.casefold())
    )
    return re.compile(f"[{letters} ]+"), re.compile(f"[{letters}]+")


def is_simple(word: str) -> bool:
    """Whether a text is one word that reading leaves as it is, but for its case: nine of ten in queries."""
    return _simple()[1].fullmatch(word) is not None


def fold(text: str) -> str:
    """The form in which words are compared: plain, composed, without case (ß = ss); accents stay."""
    return unicodedata.normalize("NFC", spelled(text).casefold())


def spelled(text: str) -> str:
    """The exact spelling, as `raw:` compares it: like `fold`, but capitals stay."""
    return unicodedata.normalize("NFC", "".join(plain(c) for c in unicodedata.normalize("NFC", text)))


@dataclass(frozen=True)
class Token:
    """One word of a text. `start` and `end` are characters of the original; `position` counts words and addresses from 0."""

    text: str
    exact: str
    start: int
    end: int
    position: int
    kind: int = LETTER
    gap: str = ""  # the signs between this token and the next, without white space
    tail: str = ""  # those of them that stand at the token itself, before any white space

    def carries(self, signs: str) -> bool:
        """Whether these signs follow the token. `#` stands at the word itself (C#): apart from it, it begins a hashtag."""
        return (self.tail if signs.startswith("#") else self.gap).startswith(signs)


@dataclass(frozen=True)
class Tag:
    """A hashtag or handle, folded, without its sign, at the positions [first, last] of its words."""

    text: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Link:
    """An address in a text."""

    address: str
    start: int
    end: int
    position: int


@dataclass(frozen=True)
class Text:
    """A text as the matcher sees it."""

    tokens: tuple[Token, ...] = ()
    hashtags: tuple[Tag, ...] = ()
    handles: tuple[Tag, ...] = ()
    links: tuple[Link, ...] = ()
    positions: int = 0


@dataclass
class _Glyphs:
    """Normalised characters with the places in the original that they come from."""

    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, text: str, start: int, end: int) -> None:
        for character in text:
            self.characters.append(character)
            self.starts.append(start)
            self.ends.append(end)


def _joins_backwards(character: str) -> bool:
    """Whether composing may melt this character into the one before it."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _glyphs(text: str) -> _Glyphs:
    """Compose and undress a text, remembering where each character came from."""
    dressed = [(p, i) for i, c in enumerate(text) for p in plain(c)]
    result = _Glyphs()
    start = 0
    while start < len(dressed):
        end = start + 1
        while end < len(dressed) and _joins_backwards(dressed[end][0]):
            end += 1
        cluster = unicodedata.normalize("NFC", "".join(c for c, _ in dressed[start:end]))
        result.add(cluster, dressed[start][1], dressed[end - 1][1] + 1)
        start = end
    return result


def _tidy(address: str) -> str:
    return address.rstrip(_URL_TAIL)


def read(text: str) -> Text:
    """Split a text into tokens, hashtags, handles and links, with their positions. Never raises, whatever the text."""
    tokens: list[Token] = []
    links: list[Link] = []
    hashtags: list[Tag] = []
    handles: list[Tag] = []
    position = 0
    done = 0
    for found in _URL.finditer(text):
        address = _tidy(found.group())
        if len(address) <= len("www.") or address.casefold() in ("http://", "https://"):
            continue
        position = _read_plain(text, done, found.start(), position, tokens, hashtags, handles)
        links.append(Link(address, found.start(), found.start() + len(address), position))
        position += 1
        done = found.start() + len(address)
    position = _read_plain(text, done, len(text), position, tokens, hashtags, handles)
    return Text(tuple(tokens), tuple(hashtags), tuple(handles), tuple(links), position)


def words_of(text: str) -> list[Token]:
    """The tokens of a text in which addresses are words like others, as in a query."""
    simple, one = _simple()
    if simple.fullmatch(text):  # the same result, sooner
        return [
            Token(word.casefold(), word, at.start(), at.end(), position, kind_of(word[0]))
            for position, at in enumerate(one.finditer(text))
            for word in (at.group(),)
        ]
    found: list[Token] = []
    _read_plain(text, 0, len(text), 0, found, [], [])
    return found


def _read_plain(
    text: str,
    begin: int,
    stop: int,
    position: int,
    tokens: list[Token],
    hashtags: list[Tag],
    handles: list[Tag],
) -> int:
    """Read a stretch without addresses; returns the next free position."""
    glyphs = _glyphs(text[begin:stop])
    kinds = [kind_of(c) for c in glyphs.characters]
    new: list[tuple[int, int, int]] = []
    i = 0
    while i < len(kinds):
        if kinds[i] == SEPARATOR:
            i += 1
            continue
        j = i + 1
        if kinds[i] in (LETTER, MARK, DIGIT):
            while j < len(kinds) and kinds[j] in (LETTER, MARK, DIGIT):
                j += 1
        new.append((i, j, kinds[i]))
        i = j
    for number, (i, j, kind) in enumerate(new):
        following = new[number + 1][0] if number + 1 < len(new) else len(kinds)
        exact = "".join(glyphs.characters[i:j])
        behind = "".join(glyphs.characters[j:following])
        signs = behind.split()
        tokens.append(
            Token(
                text=unicodedata.normalize("NFC", exact.casefold()),
                exact=exact,
                start=begin + glyphs.starts[i],
                end=begin + glyphs.ends[j - 1],
                position=position + number,
                kind=kind,
                gap="".join(signs),
                tail=signs[0] if signs and not behind[0].isspace() else "",
            )
        )
    _tags(glyphs, kinds, new, begin, position, hashtags, handles)
    return position + len(new)


def _tags(
    glyphs: _Glyphs,
    kinds: list[int],
    new: list[tuple[int, int, int]],
    begin: int,
    position: int,
    hashtags: list[Tag],
    handles: list[Tag],
) -> None:
    """Find the hashtags and handles of a stretch."""
    characters = glyphs.characters
    word = (LETTER, MARK, DIGIT, CJK)
    starts = [i for i, _, _ in new]
    i = 0
    while i < len(characters):
        sign = characters[i]
        before = characters[i - 1] if i else ""
        before_is_word = i > 0 and kinds[i - 1] in word
        if sign == "#" and not before_is_word and before not in ("&", "#"):
            j = i + 1
            while j < len(characters) and (kinds[j] in word or characters[j] == "_"):
                j += 1
            if any(kinds[k] in (LETTER, CJK) for k in range(i + 1, j)):
                hashtags.append(_tag(glyphs, starts, begin, position, i, j))
                i = j
                continue
        elif sign == "@" and not before_is_word and before not in ("_", "-", "+", "@"):
            j = _handle_end(characters, kinds, i + 1)
            if j > i + 1 and j < len(characters) and characters[j] == "@":
                further = _handle_end(characters, kinds, j + 1)
                j = further if further > j + 1 else j
            if any(kinds[k] in word for k in range(i + 1, j)):
                handles.append(_tag(glyphs, starts, begin, position, i, j))
                i = j
                continue
        i += 1


def _handle_end(characters: list[str], kinds: list[int], start: int) -> int:
    """The end of a handle's part that begins at `start`, without trailing dots and dashes."""
    end = start
    while end < len(characters) and (kinds[end] in (LETTER, MARK, DIGIT, CJK) or characters[end] in "_.-"):
        end += 1
    while end > start and characters[end - 1] in ".-":
        end -= 1
    return end


def _tag(glyphs: _Glyphs, starts: list[int], begin: int, position: int, i: int, j: int) -> Tag:
    first = bisect_right(starts, i) + position
    last = bisect_right(starts, j - 1) - 1 + position
    text = unicodedata.normalize("NFC", "".join(glyphs.characters[i + 1 : j]).casefold())
    return Tag(text, begin + glyphs.starts[i], begin + glyphs.ends[j - 1], first, last)


def first_label(handle: str) -> str:
    """The part of a handle before its first dot or second @: `volvo` of volvo.bsky.social."""
    return re.split(r"[.@]", handle, maxsplit=1)[0]
