"""Numbers in words, in four languages: "sixty thousand", "tvåhundrafemtio", "tres hundrede", "zestigduizend", "en och en halv miljon".

    >>> in_digits("We refund sixty thousand pounds").text
    'We refund 60000 pounds'

The words of all four are known at once, for who writes in one language may count in another. What means something else as well ("a", "en",
"to") counts only before a hundred, a thousand or a half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

GAP = "[ \u00a0\u202f\u2009]"
NUMBER = rf"(?:\d{{1,3}}(?:(?:{GAP}|['’.,])\d{{3}}){{1,5}}|\d{{1,15}})(?:[.,]\d{{1,2}})?(?!\d)"

_COUNTS = {
    1: "one ett en et een één", 2: "two två to twee", 3: "three tre drie", 4: "four fyra fire vier", 5: "five fem vijf",
    6: "six sex seks zes", 7: "seven sju syv zeven", 8: "eight åtta otte acht", 9: "nine nio ni negen", 10: "ten tio ti tien",
    11: "eleven elva elleve elf", 12: "twelve tolv twaalf", 13: "thirteen tretton tretten dertien", 14: "fourteen fjorton fjorten veertien",
    15: "fifteen femton femten vijftien", 16: "sixteen sexton seksten zestien", 17: "seventeen sjutton sytten zeventien",
    18: "eighteen arton atten achttien", 19: "nineteen nitton nitten negentien", 20: "twenty tjugo tyve twintig",
    30: "thirty trettio tredive dertig", 40: "forty fourty fyrtio fyrre fyrretyve veertig",
    50: "fifty femtio halvtreds halvtredsindstyve femti vijftig", 60: "sixty sextio tres tresindstyve seksti zestig",
    70: "seventy sjuttio halvfjerds halvfjerdsindstyve sytti zeventig", 80: "eighty åttio firs firsindstyve åtti tachtig",
    90: "ninety nittio halvfems halvfemsindstyve nitti negentig",
}  # fmt: skip
_SCALES = {
    100: "hundred hundra hundrede hundre honderd", 1000: "thousand tusen tusind tusinde duizend",
    10**6: "million millions miljon miljoner millioner miljoen", 10**9: "billion billions miljard miljarder milliard milliarder",
}  # fmt: skip
_COUNT = {word: Decimal(value) for value, words in _COUNTS.items() for word in words.split()}
_COUNT |= {word: Decimal("1.5") for word in ("halvanden", "halvandet", "anderhalf", "anderhalve")}
_HALF = frozenset(("half", "halv", "halvt", "halve"))
_SCALE = {word: Decimal(value) for value, words in _SCALES.items() for word in words.split()}
_AND = frozenset(("and", "och", "og", "en", "ën"))
_ARTICLES = frozenset(("a", "an", "en", "ett", "et", "een", "to"))
"""Numbers only before a scale or a half: they are other words far more often. "to" is two in Danish."""
_PARTS = tuple(sorted({*_COUNT, *_SCALE, *_HALF, *_AND}, key=len, reverse=True))
_LONGEST_WORD = 60
_TOKEN = re.compile(rf"(?<![\w.,]){NUMBER}(?!\w)|[^\W\d_]+")
_BETWEEN = re.compile(rf"{GAP}+|-")


@dataclass(frozen=True)
class InDigits:
    """A text in which numbers in words are digits, and how its places lead back."""

    text: str
    shifts: tuple[
        tuple[int, int], ...
    ]  # (from this place on, so far before or behind the text as it was written)

    def place(self, at: int) -> int:
        """Where something stood in the text as it was written."""
        shift = 0
        for begin, by in self.shifts:
            if begin > at:
                break
            shift = by
        return at + shift


@dataclass(frozen=True)
class _Token:
    begin: int
    end: int
    parts: tuple[str, ...]  # empty: no number; digits stand as they were written


def in_digits(text: str) -> InDigits:
    """The text with its numbers in words written in digits."""
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    last = length = 0
    for run in _runs(text):
        value = _value([part for token in run for part in token.parts])
        if value is None:
            continue
        begin, end = run[0].begin, run[-1].end
        written = f"{value.normalize():f}"
        pieces += [text[last:begin], written]
        length += begin - last + len(written)
        shifts.append((length, end - length))
        last = end
    return InDigits("".join([*pieces, text[last:]]), tuple(shifts))


def value_of(word: str) -> Decimal | None:
    """The number that one word is: "femhundra", "zestigduizend". None: it is no number."""
    parts = _parts(word.lower())
    return _value(list(parts)) if parts else None


def number(written: str) -> Decimal | None:
    """The value of digits as people of these languages write them: the last sign before one or two digits is the decimal's. None: none."""
    bare = re.sub(rf"{GAP}|['’]", "", written)
    whole, cents = bare, ""
    end = re.fullmatch(r"(.*)[.,](\d{1,2})", bare)
    if end:
        whole, cents = end[1], end[2]
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits or 0}.{cents or 0}") if digits.isdecimal() or cents else None


def _runs(text: str) -> Iterator[list[_Token]]:
    """Words of numbers that stand beside each other."""
    run: list[_Token] = []
    for found in _TOKEN.finditer(text):
        token = _Token(*found.span(), _token(found.group()))
        beside = run and _BETWEEN.fullmatch(text, run[-1].end, token.begin)
        if run and (not beside or not token.parts or _begins_anew(run, token)):
            yield from _trimmed(run)
            run = []
        if token.parts:
            run.append(token)
    yield from _trimmed(run)


def _begins_anew(run: list[_Token], token: _Token) -> bool:
    """Digits go on only after a scale: "2 million 500 thousand"; after digits come only scales: "60 thousand"."""
    if token.parts[0][0].isdigit():
        return run[-1].parts[-1] not in _SCALE
    return run[-1].parts[-1][0].isdigit() and token.parts[0] not in _SCALE


def _trimmed(run: list[_Token]) -> Iterator[list[_Token]]:
    """A run without the "and" around it, and without what is no number where it stands."""
    while run and (run[-1].parts[-1] in _AND or (run[-1].parts == ("a",) or run[-1].parts == ("an",))):
        run = run[:-1]
    while run and (
        (run[0].parts[0] in _ARTICLES and not _counts_something(run))
        or run[0].parts in (("and",), ("och",), ("og",))
    ):
        run = run[1:]
    if run and not (len(run) == 1 and run[0].parts[0][0].isdigit()):
        yield run


def _counts_something(run: list[_Token]) -> bool:
    """Whether the little word that a run begins with is a number: "a hundred", "en halv", "en och en halv"."""
    parts = [part for token in run for part in token.parts][1:4]
    if parts and parts[0] in _AND - _ARTICLES:
        return bool(_HALF & set(parts))
    return bool(parts) and (parts[0] in _SCALE or parts[0] in _HALF)


@lru_cache(maxsize=4096)
def _token(written: str) -> tuple[str, ...]:
    return (written,) if written[0].isdigit() else _parts(written.lower())


def _parts(word: str) -> tuple[str, ...]:
    """A word as the words of numbers it is made of: "tvåhundrafemtio" is två, hundra, femtio. Empty: it is none."""
    if word in _ARTICLES or word in _COUNT or word in _AND:
        return (word,)
    if len(word) > _LONGEST_WORD:
        return ()
    ways: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for begin in reversed(range(len(word))):
        for part in _PARTS:
            rest = ways[begin + len(part)] if word.startswith(part, begin) else None
            if rest is not None:
                ways[begin] = (part, *rest)
                break
    found = ways[0] or ()
    return (
        found if not found or ((found[0] not in _AND or found[0] == "en") and found[-1] not in _AND) else ()
    )


def _value(parts: list[str]) -> Decimal | None:
    """The number that these words are."""
    total, current = Decimal(0), Decimal(0)
    named = False
    for part in _plain(parts):
        if part in _AND and named and part not in _COUNT:
            continue
        if part in _SCALE:
            scale = _SCALE[part]
            current = (current or 1) * scale
            if scale > 100:
                total, current = total + current, Decimal(0)
        elif part in _HALF:
            current += Decimal("0.5")
        elif part in _COUNT:
            current += _COUNT[part]
        elif (value := number(part)) is not None:
            current += value
        named = True
    return total + current if named else None


def _plain(parts: Iterable[str]) -> list[str]:
    """Without the little words that count nothing: "half a million" and "en halv miljon" are a half, "vijf en twintig" is five and twenty."""
    kept: list[str] = []
    parts = list(parts)
    for place, part in enumerate(parts):
        before, after = parts[place - 1] if place else "", parts[place + 1] if place + 1 < len(parts) else ""
        if part in _ARTICLES and (before in _HALF or after in _HALF):
            continue
        if part in ("en", "ën", "and", "och", "og") and before and after:
            continue
        kept.append("one" if part in ("a", "an") else part)
    return kept
