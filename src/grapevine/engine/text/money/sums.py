"""Sums of money, as people write them: "1 500 kr", "kr. 1.500,-", "€ 50,00", "£2m", "2 mio. kr.", "5 tkr", "MSEK 3", "250:-", "fem tusenlappar", "two grand"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from grapevine.engine.text.money import spelt
from grapevine.engine.text.money.spelt import GAP, NUMBER

CROWNS = {"sv": "SEK", "da": "DKK", "nb": "NOK", "no": "NOK", "nn": "NOK"}
"""What "kr" means, by language."""
UNNAMED = ""
"""The currency of a sum that names none: that of whoever reads it."""
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₩": "KRW", "zł": "PLN", "₿": "BTC"}  # fmt: skip
_CODES = tuple(
    "SEK DKK NOK EUR GBP USD CHF PLN CZK HUF ISK JPY CNY CAD AUD NZD INR RUB UAH SGD HKD ZAR BRL MXN KRW THB AED SAR BTC".split()
)
_SHOUTED = ("RON", "BGN", "TRY", "ILS")
"""Codes that are words of a language when they are written small."""
_WORDS = {
    "EUR": "euro euros euro's euroer", "GBP": "pund pond pound pounds quid sterling", "USD": "dollar dollars dollars' bucks dollarn",
    "kr": "kr krona kronor kronorna krone kroner kronerne kronen crown crowns", "SEK": "spänn bagis riksdaler skr", "DKK": "dkr", "NOK": "nkr",
    "CHF": "franc francs franken schweizerfranc", "PLN": "zloty zlotys", "JPY": "yen", "CNY": "yuan renminbi", "INR": "rupee rupees rupier",
    "RUB": "rubel roubles", "BTC": "bitcoin bitcoins",
}  # fmt: skip
_WORD = {word: code for code, words in _WORDS.items() for word in words.split()}
_HUNDREDTHS = {
    "eurocent": "EUR",
    "eurocents": "EUR",
    "öre": "SEK",
    "øre": "kr",
    "pence": "GBP",
    "cent": UNNAMED,
    "cents": UNNAMED,
}
_TIMES = {
    "k": 1000, "m": 10**6, "mn": 10**6, "mio": 10**6, "mill": 10**6, "mln": 10**6, "milj": 10**6, "bn": 10**9, "mia": 10**9, "mld": 10**9,
    "md": 10**9, "mdr": 10**9, "mrd": 10**9,
}  # fmt: skip
_GLUED = {"t": 1000, "k": 1000, "m": 10**6, "mn": 10**6, "md": 10**9}
"""What stands before a currency in one word: tkr, kSEK, MEUR, mnkr."""
_PIECES = {
    "fiver": (5, "GBP"), "fivers": (5, "GBP"), "tenner": (10, "GBP"), "tenners": (10, "GBP"), "tientje": (10, "EUR"),
    "tientjes": (10, "EUR"), "plovmand": (500, "DKK"), "plovmænd": (500, "DKK"), "hundring": (100, "SEK"),
    "hundringar": (100, "SEK"), "tusing": (1000, "SEK"), "femhundring": (500, "SEK"), "femhundringar": (500, "SEK"),
}  # fmt: skip
"""Money by the piece."""
_COUNTED = {"grand": (1000, UNNAMED), "mille": (1000, "EUR")}
"""The same, where a number stands before it: there are grand hotels."""


@dataclass(frozen=True)
class Sum:
    """Money that a text names. `currency` is its ISO code, "kr" for crowns of a land that the text doesn't tell, or empty where it names none."""

    value: Decimal
    currency: str
    said: str
    promised: bool


@dataclass(frozen=True)
class Place:
    """A sum and where it stands."""

    begin: int
    end: int
    value: Decimal
    currency: str


def _either(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_coded = rf"{_either(_CODES)}|(?-i:{'|'.join(_SHOUTED)})"
_glued = rf"(?:{_either(_GLUED)})(?=(?:kr|sek|dkk|nok|eur|usd|gbp)\b|[€$£])"
_signs = f"[{''.join(one for one in _SIGNS if len(one) == 1)}]"
_before = rf"{_signs}|\b(?P<scale1>[kmt])?(?:(?:{_coded})|[sdn]?kr\b\.?|kr(?=\d))"
_after = rf"{_signs}|zł|(?:{_coded})\b|(?:{_either([*_WORD, *_HUNDREDTHS])})(?!\w)"
_short = rf"(?:{_either(_TIMES)})\b\.?"
_SUM = re.compile(
    rf"(?P<front>{_before}){GAP}?:?{GAP}?(?P<first>{NUMBER})(?:{GAP}?(?P<times1>{_short}))?"
    rf"|(?<![\w.,])(?P<second>{NUMBER})(?:{GAP}?(?P<times2>{_short}))?(?:[,.]-+)?{GAP}?(?:(?P<glued>{_glued})?(?P<back>{_after})|(?P<dash>[:,.]-))",
    re.IGNORECASE,
)
_PIECE = re.compile(
    rf"(?<![\w.,])({NUMBER}){GAP}?-?({_either([*_PIECES, *_COUNTED])})\b|\b({_either(_PIECES)})\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"(?:(?<![\w.,])({NUMBER}){GAP}?)?\b([^\W\d_]{{2,30}}?)-?(?:lapp(?:ar|en|arna)?|lap(?:pen|per)?)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?<![\w.,])(\d{{1,3}}){GAP}?(?:[x×*]|(?:st\.?|stk\.?|stuks?|vouchers?|gift{GAP}?cards?|presentkort|gåvokort|värdecheckar|gavekort|cadeaubonnen|tegoedbonnen|"
    rf"waardebonnen|payments?|rater|termijnen)(?:{GAP}(?:presentkort|gavekort))?(?:{GAP}(?:of|worth|à|a|på|van|om|til))?(?:{GAP}each{GAP}worth)?){GAP}?$",
    re.IGNORECASE,
)


def places(text: str, lang: str) -> list[Place]:
    """The sums in a text in whose numbers are digits, in their order."""
    found = [one for match in _SUM.finditer(text) if (one := _sum(match, text, lang))]
    found += _pieces(text, lang)
    return sorted(found, key=lambda one: one.begin)


def times(short: str) -> int:
    """What a short word multiplies a number by: "k", "mio."."""
    return _TIMES.get(short.lower().rstrip("."), 1)


def _sum(found: re.Match[str], text: str, lang: str) -> Place | None:
    part = found.groupdict()
    value = spelt.number(part["first"] or part["second"] or "")
    if value is None:
        return None
    mark = (part["front"] or part["back"] or "kr").lower()
    if part["scale1"]:
        value, mark = value * _GLUED[part["scale1"].lower()], mark[1:]
    value *= times(part["times1"] or part["times2"] or "")
    value *= _GLUED.get((part["glued"] or "").lower(), 1)
    mark = mark.rstrip(".")
    if mark in _HUNDREDTHS:
        value, currency = value / 100, _HUNDREDTHS[mark]
        if value < 1:
            return None  # too little to ask about, and "my two cents" are none
    else:
        currency = _SIGNS.get(mark) or _WORD.get(mark) or mark.upper()
    if part["dash"] and lang == "nl":
        currency = "EUR"
    return Place(*found.span(), value * _many(text, found.start()), _of_land(currency, lang))


def _pieces(text: str, lang: str) -> Iterator[Place]:
    for found in _PIECE.finditer(text):
        worth, currency = (_PIECES | _COUNTED)[(found[2] or found[3]).lower()]
        count = (spelt.number(found[1]) if found[1] else None) or 1
        yield Place(*found.span(), Decimal(count * worth), currency)
    for found in _NOTE.finditer(text):
        value = spelt.value_of(found[2])
        count = (spelt.number(found[1]) if found[1] else None) or 1
        if value is not None and value >= 20:
            yield Place(*found.span(), count * value, _of_land("kr", lang))


def _many(text: str, begin: int) -> int:
    """How often a sum is named: "3 x 500 kr", "two vouchers of £50"."""
    found = _MANY.search(text[max(0, begin - 40) : begin])
    return max(1, int(found[1])) if found else 1


def _of_land(currency: str, lang: str) -> str:
    return CROWNS.get(lang, "kr") if currency == "kr" else currency
