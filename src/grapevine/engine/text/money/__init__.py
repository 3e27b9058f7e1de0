"""Money in a text: which sums, in which currency, and whether they are promised or only a price.

Read as people write them in Swedish, Danish, Dutch and English, in digits and in words: "vi ersätter 1 500 kr", "kr. 1.500,-", "£2m", "sixty thousand
pounds", "20 % rabatt", "half price", and promises without a sum ("full refund", "på husets bekostning", "we waive the fee"). In doubt a sum is a promise:
whoever asks wants to be warned rather than surprised. Only where a sentence names a price or a condition ("kostar 499 kr", "free delivery over £50") and
promises nothing is it none.

What it cannot see: a promise in words that name neither money nor what it buys ("you won't regret it"), in a picture, or in another language than these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from grapevine.engine.text.money import promising, spelt, sums
from grapevine.engine.text.money.spelt import number
from grapevine.engine.text.money.sums import CROWNS, UNNAMED, Place, Sum

__all__ = ["CROWNS", "LONGEST", "UNNAMED", "Found", "Sum", "number", "read"]

LONGEST = 100_000
"""So many characters of a text are read; of a longer one `Found.unread` tells."""


@dataclass(frozen=True)
class Found:
    """What a text says of money: sums, shares off a price in per cent (promised ones only), and promises without a sum as they were said.

    `together` are sums that are promised one beside the other ("£40 for the lamp and £40 for the shade"), added. `unread`: the text was too long.
    """

    sums: tuple[Sum, ...]
    percents: tuple[Decimal, ...]
    open_ended: tuple[str, ...]
    together: tuple[Sum, ...] = ()
    unread: bool = False

    @property
    def promised(self) -> tuple[Sum, ...]:
        return tuple(one for one in self.sums if one.promised)


_SHARE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[.,]\d+)?)[ \u00a0\u202f\u2009]?(?:%|procent\b|percent\b|per cent\b|pct\b)",
    re.IGNORECASE,
)
# "kr. 500" and "1.500 kr. pr. stk." are in the midst of one.
_SENTENCE = re.compile(r"[!?\n]+|\.(?=\s+[A-ZÅÄÖÆØÉ]|\s*$)")
_UNNAMED_SUM = re.compile(
    r"""\b(?:refund|reimburse|compensate|credit|repay|ersätter|återbetalar|kompenserar|gottgör|krediterar|swishar|erstatter|refunderer|kompenserer|godtgør|vergoeden?|crediteren|
    betal\w+|pay|transfer|give|giver|ger|geven|geef|sends?|skickar|sender|sturen|får|get|krijgt?|voucher|gift\ ?card|presentkort|gåvokort|gavekort|cadeaubon|tegoedbon|waardebon|compensation|ersättning|
    erstatning|kompensation|vergoeding|compensatie|discount|rabatt?|korting|refund)\w{0,3}(?:\ (?:you|your|with|a|an|of|for|worth|up|to|back|the|dig|er|med|på|om|upp|till|tillbaka|jer|op|til|u|je|jou|
    van|met|terug|t\.w\.v\.)){0,4}\ (?P<number>NUMBER(?:\ ?(?:k|mio|mln|mn|m)\b)?)(?=\s*(?:[.,;:!?)]?$|[.,;!?)](?!\d)|(?:back|tillbaka|tilbage|terug|as|som|als|for|för|voor|til|till|direkt|straks|now|nu|in|i|to|from)\b(?!\ \w+%)))""".replace(
        "NUMBER", spelt.NUMBER
    ),
    re.IGNORECASE | re.VERBOSE,
)
"""A sum whose currency nobody needs to name: "we refund you 5000"."""
_MILLIONS = re.compile(
    rf"(?<![\w.,])(?P<number>{spelt.NUMBER}[ \u00a0]?(?:mio|mln)\b)(?=\s*(?:[.,;:!?)]|$))", re.IGNORECASE
)
_JOINED = re.compile(
    r"(?:\+|&|\b(?:and|plus|och|samt|og|en|as well as|dessutom|desuden|daarbij)\b)", re.IGNORECASE
)
_OR = re.compile(r"\b(?:or|eller|of|out of|av|af|ud af|van|your|instead)\b", re.IGNORECASE)


def read(text: str, lang: str = "") -> Found:
    """The money in a text. `lang` says which crowns "kr" are; without it they stay "kr"."""
    parts = [
        _sentence(one, lang) for one in _SENTENCE.split(_plain(text[:LONGEST])) if one and not one.isspace()
    ]
    return Found(
        sums=tuple(chain.from_iterable(one.sums for one in parts)),
        percents=tuple(chain.from_iterable(one.percents for one in parts)),
        open_ended=tuple(chain.from_iterable(one.open_ended for one in parts)),
        together=tuple(chain.from_iterable(one.together for one in parts)),
        unread=len(text) > LONGEST,
    )


def _sentence(sentence: str, lang: str) -> Found:
    digits = spelt.in_digits(sentence)
    promises = bool(promising.PROMISES.search(sentence))
    only_price = not promises and bool(promising.PRICES.search(sentence))
    places = [one for one in sums.places(digits.text, lang) if one.value] or _unnamed(digits.text)
    percents = promising.shares(sentence)
    if promises:
        percents += [Decimal(one.replace(",", ".")) for one in _SHARE.findall(digits.text)]
    begins = [digits.place(one.begin) for one in places]
    open_ended = [
        one.group()
        for one in promising.open_ended(sentence)
        if not any(0 <= begin - one.end() <= _NEAR for begin in begins)
    ]
    if not places and not percents:
        open_ended += [one.group() for one in promising.without_sum(sentence)]
    return Found(
        tuple(_said(one, digits, sentence, promised=not only_price) for one in places),
        tuple(percents),
        tuple(open_ended),
        tuple(_together(places, digits, sentence)) if promises else (),
    )


_NEAR = 8
"""A sum so near after "a full refund" is how much that is: "a full refund of £20"."""


_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
"""Where a link leads promises nothing, and secrets in it are drawn: one in some thousands has "kr8" in it."""


def _plain(text: str) -> str:
    """Without links and what nobody sees: soft hyphens, joiners, the frames of emoji digits. "2½" is 2,5."""
    halves = re.sub(r"(\d)\s?½", r"\1,5", _LINK.sub(" ", text)).replace("½", "0,5")
    plain = unicodedata.normalize("NFKC", halves)
    return "".join(one for one in plain if unicodedata.category(one) not in ("Cf", "Me", "Mn"))


def _said(one: Place, digits: spelt.InDigits, sentence: str, *, promised: bool) -> Sum:
    written = sentence[digits.place(one.begin) : digits.place(one.end)]
    return Sum(one.value, one.currency, " ".join(written.split()), promised)


def _unnamed(text: str) -> list[Place]:
    """Sums that name no currency: after a word of paying, or in millions."""
    found: dict[int, Place] = {}
    for match in chain(_UNNAMED_SUM.finditer(text), _MILLIONS.finditer(text)):
        written = re.fullmatch(rf"({spelt.NUMBER})\s?(\w*)", match["number"])
        value = (spelt.number(written[1]) or 0) * sums.times(written[2]) if written else 0
        if value >= _LEAST:
            found[match.start("number")] = Place(*match.span("number"), Decimal(value), UNNAMED)
    return list(found.values())


_LEAST = 20
"""Smaller numbers without a currency are counts: "we send you 2 for 1"."""


def _together(places: Sequence[Place], digits: spelt.InDigits, sentence: str) -> Iterator[Sum]:
    """What is promised one beside the other in a sentence, added."""
    row: list[Place] = []
    for place in [*places, None]:
        if place is not None and row and _are_joined(row[-1], place, digits.text):
            row.append(place)
            continue
        if len(row) > 1:
            whole = replace(row[0], end=row[-1].end, value=sum((one.value for one in row), Decimal(0)))
            yield _said(whole, digits, sentence, promised=True)
        row = [place] if place is not None else []


def _are_joined(one: Place, other: Place, text: str) -> bool:
    between = text[one.end : other.begin]
    return one.currency == other.currency and bool(_JOINED.search(between)) and not _OR.search(between)
