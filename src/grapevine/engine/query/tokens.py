"""Words, as people see them: the one definition for watches and posts.

This is the plain reading, slow and obvious. The matcher's kernel (`_tokenise`) must find the same tokens; property tests compare the two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

# Code points that are letters to nobody and only say how a neighbour looks or joins.
_DROPPED_RANGES = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0x20E3, 0x20E3), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1F3FB, 0x1F3FF),
    (0xE0000, 0xE007F), (0xE0100, 0xE01EF),
)  # fmt: skip
# Unicode's Extended_Pictographic without ™ © ® ‼ ⁉ ℹ, which are signs and letters, plus the letters of flags.
_EMOJI_RANGES = (
    (0x2194, 0x2199), (0x21A9, 0x21AA), (0x231A, 0x231B), (0x2328, 0x2328), (0x2388, 0x2388), (0x23CF, 0x23CF),
    (0x23E9, 0x23F3), (0x23F8, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB), (0x25B6, 0x25B6), (0x25C0, 0x25C0),
    (0x25FB, 0x25FE), (0x2600, 0x2605), (0x2607, 0x2612), (0x2614, 0x2685), (0x2690, 0x2705), (0x2708, 0x2712),
    (0x2714, 0x2714), (0x2716, 0x2716), (0x271D, 0x271D), (0x2721, 0x2721), (0x2728, 0x2728), (0x2733, 0x2734),
    (0x2744, 0x2744), (0x2747, 0x2747), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757),
    (0x2763, 0x2767), (0x2795, 0x2797), (0x27A1, 0x27A1), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2934, 0x2935),
    (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D),
    (0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1F0FF), (0x1F10D, 0x1F10F), (0x1F12F, 0x1F12F),
    (0x1F16C, 0x1F171), (0x1F17E, 0x1F17F), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1AD, 0x1F1FF),
    (0x1F201, 0x1F20F), (0x1F21A, 0x1F21A), (0x1F22F, 0x1F22F), (0x1F232, 0x1F23A), (0x1F23C, 0x1F23F),
    (0x1F249, 0x1F3FA), (0x1F400, 0x1F53D), (0x1F546, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F774, 0x1F77F),
    (0x1F7D5, 0x1F7FF), (0x1F80C, 0x1F80F), (0x1F848, 0x1F84F), (0x1F85A, 0x1F85F), (0x1F888, 0x1F88F),
    (0x1F8AE, 0x1F8FF), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip
_CJK_RANGES = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C), (0x3041, 0x3096),
    (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x1AFF0, 0x1B16F),
    (0x20000, 0x323AF),
)  # fmt: skip
_COMPATIBLE = ("<wide>", "<narrow>", "<font>")

SEPARATOR, LETTER, MARK, DIGIT, EMOJI, CJK = range(6)

_URL = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_URL_TAIL = ".,;:!?)]}'’*_~|"


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and code <= ranges[place][1]


@lru_cache(maxsize=65536)
def kind_of(character: str) -> int:
    """SEPARATOR, LETTER, MARK, DIGIT, EMOJI or CJK: what a normalised character is to us."""
    code = ord(character)
    if _within(code, _EMOJI_RANGES):
        return EMOJI
    category = unicodedata.category(character)
    if category[0] in "LN" and _within(code, _CJK_RANGES):
        return CJK
    if category[0] == "L":
        return LETTER
    if category[0] == "M":
        return MARK
    return DIGIT if category == "Nd" else SEPARATOR


@lru_cache(maxsize=65536)
def plain(character: str) -> str:
    """A character without its dress: full-width and mathematical letters, ĳ and ligatures resolved; nothing when it is dropped."""
    code = ord(character)
    if code < 0xA0:
        return character
    if _within(code, _DROPPED_RANGES):
        return ""
    if unicodedata.decomposition(character).startswith(_COMPATIBLE) or code in (0x132, 0x133) or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", character)
    return character


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
    found: list[Token] = []
    _read_plain(text, 0, len(text), 0, found, [], [])
    return found


def _read_plain(
    text: str, begin: int, stop: int, position: int, tokens: list[Token], hashtags: list[Tag], handles: list[Tag]
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
        gap = "".join(c for c in glyphs.characters[j:following] if not c.isspace())
        tokens.append(
            Token(
                text=unicodedata.normalize("NFC", exact.casefold()),
                exact=exact,
                start=begin + glyphs.starts[i],
                end=begin + glyphs.ends[j - 1],
                position=position + number,
                kind=kind,
                gap=gap,
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
