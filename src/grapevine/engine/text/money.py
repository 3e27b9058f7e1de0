"""Money in a text: which sums, in which currency, and whether they are promised or only a price.

Read in the number formats of Swedish, Danish, Dutch and English: "vi ersätter 1 500 kr", "kr. 1.500,-", "€ 50,00", "a £20 voucher", "femhundra kronor",
"20 % rabatt", and promises without a sum ("full refund", "pengarna tillbaka"). In doubt a sum is a promise: whoever asks wants to be warned rather
than surprised. Only where a sentence names a price or a condition ("kostar 499 kr", "free delivery over £50") and promises nothing is it none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

CROWNS = {"sv": "SEK", "da": "DKK", "nb": "NOK", "no": "NOK", "nn": "NOK"}
"""What "kr" means, by language."""
LONGEST = 20_000
"""So many characters of a text are read."""


@dataclass(frozen=True)
class Sum:
    """Money that a text names. `currency` is its ISO code, or "kr" for crowns of a land that the text doesn't tell."""

    value: Decimal
    currency: str
    said: str
    promised: bool


@dataclass(frozen=True)
class Found:
    """What a text says of money: sums, shares off a price in per cent (promised ones only), and promises without a sum as they were said."""

    sums: tuple[Sum, ...]
    percents: tuple[Decimal, ...]
    open_ended: tuple[str, ...]

    @property
    def promised(self) -> tuple[Sum, ...]:
        return tuple(one for one in self.sums if one.promised)


_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
_CODES = ("SEK", "DKK", "NOK", "EUR", "GBP", "USD")
_WORDS = {
    "euro": "EUR", "euros": "EUR", "eurocent": "", "pund": "GBP", "pond": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "dollar": "USD", "dollars": "USD", "kr": "kr", "kr.": "kr", "krona": "kr", "kronor": "kr", "krone": "kr", "kroner": "kr",
    "kronen": "kr", "spänn": "SEK", "bagis": "SEK", "öre": "", "øre": "",
}  # fmt: skip
_UNITS = {
    1: "ett et en een één one a", 2: "två to twee two", 3: "tre drie three", 4: "fyra fire vier four", 5: "fem vijf five", 6: "sex seks zes six",
    7: "sju syv zeven seven", 8: "åtta otte acht eight", 9: "nio ni negen nine", 10: "tio ti tien ten", 15: "femton femten vijftien fifteen",
    20: "tjugo tyve twintig twenty", 30: "trettio tredive dertig thirty", 40: "fyrtio fyrre veertig forty", 50: "femtio halvtreds vijftig fifty",
}  # fmt: skip
_UNIT = {word: number for number, words in _UNITS.items() for word in words.split()}
_TIMES = {
    "hundra": 100, "hundrede": 100, "honderd": 100, "hundred": 100, "tusen": 1000, "tusind": 1000, "tusinde": 1000, "duizend": 1000,
    "thousand": 1000, "k": 1000, "miljon": 10**6, "miljoner": 10**6, "million": 10**6, "millioner": 10**6, "miljoen": 10**6,
}  # fmt: skip

_GAP = "[ \u00a0\u202f\u2009]"
_NUMBER = rf"(?:\d{{1,3}}(?:(?:{_GAP}|['’.,])\d{{3}})+|\d+)(?:[.,]\d{{1,2}})?(?!\d)"
_units = "|".join(sorted(_UNIT, key=len, reverse=True))
_counted = "|".join(sorted((one for one, value in _UNIT.items() if value > 1), key=len, reverse=True))
_times = "|".join(sorted(_TIMES, key=len, reverse=True))
_SPELT = rf"(?:(?:{_units}){_GAP}?)?(?:hundra|hundrede|honderd|hundred|tusen|tusinde|tusind|duizend|thousand)|(?:{_counted})"
_before = "|".join([*map(re.escape, _SIGNS), *(rf"\b{code}" for code in _CODES), r"\bkr\.?"])
_after = "|".join(
    [
        *map(re.escape, _SIGNS),
        *(rf"{code}\b" for code in _CODES),
        *(rf"{re.escape(word)}(?!\w)" for word in sorted(_WORDS, key=len, reverse=True)),
    ]
)
_SUM = re.compile(
    rf"(?P<front>{_before}){_GAP}?(?P<first>{_NUMBER})(?:{_GAP}?(?P<m1>{_times})\b)?"
    rf"|(?<![\w.,])(?:(?P<second>{_NUMBER})|(?P<spelt>\b(?:{_SPELT})))(?:{_GAP}?(?P<m2>{_times})\b)?"
    rf"(?:{_GAP}?(?P<back>{_after})|(?P<dash>[:,.]-))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d+)?){_GAP}?(?:%|procent\b|percent\b|per cent\b|pct\b)", re.IGNORECASE
)
# "kr. 500" and "1.500 kr. pr. stk." are in the midst of one.
_SENTENCE = re.compile(r"[!?\n]+|\.(?=\s+[A-ZÅÄÖÆØÉ]|\s*$)")

_PROMISES = re.compile(
    r"""\b(?:ersätt\w*|kompens\w*|återbetal\w*|betal\w+\ tillbaka|får\ tillbaka|presentkort\w*|gåvokort\w*|tillgodo\w*|rabatt\w*|bjud\w*|avdrag\w*|
    skänk\w*|värdecheck\w*|ger\ (?:dig|er)|lovar|gottgör\w*|drar\ av|refunder\w*|erstat\w*|godtgør\w*|gavekort\w*|tilgode\w*|rabat\w*|giver\ (?:dig|jer)|
    får\ tilbage|betal\w+\ tilbage|lover|vergoed\w*|terugbeta\w*|betal\w+\ \w*\ ?terug|terugkrijg\w*|krijg\w*|tegoed\w*|cadeaubon\w*|waardebon\w*|korting\w*|
    beloven?|beloof\w*|schenk\w*|compens\w*|reimburs\w*|refund\w*|voucher\w*|gift\ ?cards?|credit\w*|discount\w*|rebate\w*|promise\w*|off\b|
    (?:pay|give|send|offer)\w*\ (?:you|back|it)|money\ back|goodwill\w*|get\ back)""",
    re.IGNORECASE | re.VERBOSE,
)
_PRICES = re.compile(
    r"""\b(?:kostar|kostade|pris\w*|ordinarie|beställning\w*\ över|köp\w*\ över|över|minst|koster|kostede|over|mindst|fra|från|kost|kosten|kostte|prijs\w*|
    vanaf|boven|minimaal|price\w*|costs?|costed|above|at\ least|from|priced|fakturan?|invoice|factuur|betalade|betalt|betaald|paid|charged)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OPEN = re.compile(
    r"""\b(?:pengarna\ tillbaka|hela\ (?:beloppet|köpesumman|summan)|full\ (?:ersättning|återbetalning)|pengene\ tilbage|hele\ (?:beløbet|købesummen)|
    fuld\ (?:erstatning|refusion|refundering)|(?:uw|je|het)\ geld\ terug|volledige?\ (?:bedrag|vergoeding|terugbetaling)|hele\ (?:bedrag|aankoopbedrag)|
    (?:full|complete)\ (?:refund|compensation|reimbursement)|money\ back|full\ amount|refund\ (?:you\ )?(?:everything|in\ full)|
    (?:helt|alldeles)\ gratis|kostnadsfri\w*|free\ of\ charge|uden\ beregning|kosteloos)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def read(text: str, lang: str = "") -> Found:
    """The money in a text. `lang` says which crowns "kr" are; without it they stay "kr"."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    sums: list[Sum] = []
    percents: list[Decimal] = []
    open_ended: list[str] = []
    for sentence in _SENTENCE.split(plain):
        promises = bool(_PROMISES.search(sentence))
        only_price = not promises and bool(_PRICES.search(sentence))
        taken = [_sum(one, lang, promised=not only_price) for one in _SUM.finditer(sentence)]
        sums += [one for one in taken if one is not None]
        if promises:
            percents += [Decimal(one.replace(",", ".")) for one in _SHARE.findall(sentence)]
        open_ended += [one.group() for one in _OPEN.finditer(sentence)]
    return Found(tuple(sums), tuple(percents), tuple(open_ended))


def _sum(found: re.Match[str], lang: str, *, promised: bool) -> Sum | None:
    part = found.groupdict()
    mark = (part["front"] or part["back"] or "kr").lower()
    currency = _SIGNS.get(mark) or _WORDS.get(mark.rstrip(".") if mark != "kr." else "kr", None)
    if currency is None:
        currency = mark.upper()
    if not currency:
        return None  # cents: too little to ask about
    if currency == "kr":
        currency = CROWNS.get(lang, "kr")
    if part["dash"] and lang == "nl":
        currency = "EUR"
    value = _spelt(part["spelt"]) if part["spelt"] else number(part["first"] or part["second"] or "")
    if value is None:
        return None
    times = (part["m1"] or part["m2"] or "").lower()
    return Sum(value * _TIMES.get(times, 1), currency, " ".join(found.group().split()), promised)


def number(written: str) -> Decimal | None:
    """The value of a number as people of these languages write it: the last sign before one or two digits is the decimal's. None: none."""
    bare = re.sub(rf"{_GAP}|['’]", "", written)
    whole, cents = bare, ""
    end = re.fullmatch(r"(.*)[.,](\d{1,2})", bare)
    if end:
        whole, cents = end[1], end[2]
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits or 0}.{cents or 0}") if digits.isdecimal() or cents else None


def _spelt(words: str) -> Decimal | None:
    """The value of a number in words: "femhundra", "five hundred", "tusen", "tjugo"."""
    bare = re.sub(_GAP, "", words.lower())
    if bare in _UNIT:
        return Decimal(_UNIT[bare])
    for times in sorted(_TIMES, key=len, reverse=True):
        if bare.endswith(times):
            unit = bare.removesuffix(times)
            return Decimal(_UNIT.get(unit, 1) * _TIMES[times]) if not unit or unit in _UNIT else None
    return None
