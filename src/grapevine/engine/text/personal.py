"""Personal data in texts: addresses of mail, telephone numbers, national numbers, cards and bank accounts, to be masked in exports and logs.

    >>> masked("Ring mig på 070-123 45 67")
    'Ring mig på [phone]'

Told by form and check digits (Luhn; mod 97 of ISO 13616; mod 11 of Norway and the Netherlands), never by chance: years, dates, prices, order numbers
and opening hours are none. Where a form is not enough (nine digits in Dutch, eight in Danish) a word before it must say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grapevine.engine.text.numbers import (
    IBAN,
    is_account,
    is_card,
    is_danish,
    is_dutch,
    is_norwegian,
    is_swedish,
)

EMAIL, PHONE, NATIONAL, CARD, ACCOUNT = KINDS = ("email", "phone", "national", "card", "account")

Span = tuple[int, int]  # text[begin:end]


@dataclass(frozen=True)
class Found:
    """`text[begin:end]` is personal. `country` where the form tells it, as ISO 3166-1 writes it, else empty."""

    begin: int
    end: int
    kind: str
    country: str = ""


def find(text: str) -> list[Found]:
    """What is personal in a text, in its order; places do not overlap."""
    if not _MAYBE.search(text):
        return []
    found = [Found(*match.span(), EMAIL) for match in _EMAIL.finditer(text)]
    found += [Found(*span, ACCOUNT, text[span[0] : span[0] + 2].upper()) for span in _accounts(text)]
    taken = [(one.begin, one.end) for one in found] + [match.span() for match in _LINK.finditer(text)]
    for begin, end in _clear((match.span() for match in _NUMBER.finditer(text)), taken):
        found += _numbers(text[begin:end], begin, text[max(0, begin - 40) : begin])
    return sorted(found, key=lambda one: one.begin)


def _clear(spans: Iterable[Span], taken: Iterable[Span]) -> Iterator[Span]:
    """The spans, of which none overlap and which come in order, that overlap with nothing taken. One sweep: a post may be a megabyte of links."""
    ahead = iter(sorted(taken))
    following = next(ahead, None)
    reached = 0  # the furthest end of what is taken before the end of this span
    for begin, end in spans:
        while following and following[0] < end:
            reached = max(reached, following[1])
            following = next(ahead, None)
        if reached <= begin:
            yield begin, end


def masked(text: str, names: Mapping[str, str] | None = None) -> str:
    """The text with what is personal replaced by what it is, in square brackets. `names` says kinds in another language."""
    parts, last = [], 0
    for one in find(text):
        parts += [text[last : one.begin], f"[{(names or {}).get(one.kind, one.kind)}]"]
        last = one.end
    return "".join([*parts, text[last:]])


_MAYBE = re.compile(r"[@＠]|\d(?:[ \u00a0./()+–-]{0,3}\d){7}|[(\[]at[)\]]", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+%-])\w[\w.+%-]{0,63}(?:@|＠|\s?[(\[]at[)\]]\s?)(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w@#/=&.,:%–+-])(?:\d{6}\+\d{4}|(?:\+\d{1,3} ?\(0\) ?|\+|\()?\d(?:[ \u00a0./)–-]{0,2}\d){7,21})(?![\w@%]|[.,:/–-]\d)"
)
_ACCOUNT = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{2,4}){3,8}(?!\w)")
_ORDER = re.compile(
    r"\b(?:order|ordre|bestell?ing|faktur\w*|factuur\w*|invoice|kund(?:e)?(?:nummer|nr|nummeret)?|klant\w*|customer|case|ticket|ärende\w*|sags?\w*|zaak\w*"
    r"|booking\w*|bokning\w*|boeking\w*|ref\w*|tracking|track|kolli\w*|pakke\w*|paket\w*|artikel\w*|varenr\w*|serie\w*|serial|imei|isbn|ean|org\w*|cvr|kvk|btw|ocr|flight|konto\w*)"
    r"[ \w]{0,12}[.:#]?\s*(?:nr|no|nummer|number|id)?[.:#]?\s*$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:tlf|tel|telefon\w*|telefoon\w*|phone|mob|mobil\w*|mobiel\w*|mobile|cell|ring|ringe|ringa|call|bel|bellen|sms|sms:a|app|text|texta|whatsapp|nås|nå|fang|træffes|träffas|nummer|nr)"
    r"(?:\s+\w+){0,3}[.:]?\s*$",
    re.IGNORECASE,
)
_BSN = re.compile(r"(?:bsn|burgerservicenummer|sofinummer|sofi-nummer|sofi)\b[ \w:.]{0,14}$", re.IGNORECASE)
_CPR = re.compile(r"cpr\b[ \w:.-]{0,14}$|cpr[- ]?(?:nr|nummer)[ \w:.]{0,8}$", re.IGNORECASE)
_PNR = re.compile(r"(?:personnummer|person-?nr|pnr|p-nr|samordningsnummer)\b[ \w:.]{0,14}$", re.IGNORECASE)

_ABROAD = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 54 55 60 61 62 63 64 65 66 81 82 84 86 90 91 92 94 98 "
    "212 216 298 299 351 352 353 354 356 357 358 359 370 371 372 380 381 385 386 420 421 852 853 886 961 962 963 964 971 972"
).split()
_COUNTRY = {
    "46": "SE",
    "45": "DK",
    "47": "NO",
    "31": "NL",
    "49": "DE",
    "44": "GB",
    "358": "FI",
    "32": "BE",
    "33": "FR",
    "34": "ES",
    "354": "IS",
    "48": "PL",
}


_GAPS = 12  # in two numbers written in pairs


def _numbers(written: str, begin: int, before: str) -> list[Found]:
    """One number, or several beside each other: then all of them must be something."""
    if written.startswith("(") and ")" not in written:
        written, begin = written[1:], begin + 1
    if kind := _number(written, before):
        return [Found(begin, begin + len(written), *kind)]
    gaps = list(re.finditer(r"[ \u00a0]+", written))
    for gap in gaps if len(gaps) <= _GAPS else []:
        first, rest = written[: gap.start()], written[gap.end() :]
        if len(rest) < 8:
            break
        if (kind := _number(first, before)) and (others := _numbers(rest, begin + gap.end(), "")):
            return [Found(begin, begin + len(first), *kind), *others]
    return []


def _number(written: str, before: str) -> tuple[str, str] | None:
    """What a number is, by how it is written and what stands before it: (kind, country)."""
    written, digits = written.replace("\u00a0", " "), re.sub(r"\D", "", written)
    if written.lstrip("(").startswith("+"):
        return _abroad(digits) if 8 <= len(digits) <= 15 else None
    if is_card(digits) and _CARD_WRITTEN.fullmatch(written):
        return CARD, ""
    if country := _national(written, digits, before):
        return NATIONAL, country
    if _ORDER.search(before):
        return None
    if digits.startswith("00") and 10 <= len(digits) <= 17:
        return _abroad(digits[2:])
    for country, form in _PHONES:
        if form.fullmatch(written):
            return PHONE, country
    if (
        len(digits) == 8
        and digits[0] in "23456789"
        and _CALL.search(before)
        and re.fullmatch(r"\d{8}|\d{4} \d{4}", written)
    ):
        return PHONE, ""  # Danish and Norwegian numbers look alike
    return None


def _abroad(digits: str) -> tuple[str, str] | None:
    if digits[0] in "17":  # North America, Russia: always eleven
        return (PHONE, "") if len(digits) == 11 else None
    for size in (3, 2):
        if digits[:size] in _ABROAD and len(digits) > 8:
            return PHONE, _COUNTRY.get(digits[:size], "")
    return None


_PHONES = [
    (country, re.compile(form.replace("_", " ")))
    for country, form in (
        (
            "SE",
            r"07[02369](?:\d{7}|[-/_]_?\d{7}|[-/_]?_?\d{3}[-_]\d{2}[-_]\d{2}|[-/_]?_?\d{2}[-_]\d{2}[-_]\d{3}|\d[-_]\d{2}[-_]\d{2}[-_]\d{2}|\d[-_]\d{6})",
        ),
        ("SE", r"\(?08\)?_?[-/_]_?(?:\d{6,8}|\d{2,3}_\d{2,3}_\d{2,3}|\d{3}_\d{2}_\d{2}_?\d{0,2})"),
        (
            "SE",
            r"\(?0(?:1[013-69]|2[136]|3[1356]|4[0246]|54|60|63|90)\)?_?[-/]_?(?:\d{5,8}|\d{2,3}_\d{2,3}_\d{2,3}|\d{2,3}_\d{2,3})",
        ),
        ("SE", r"\(?0[1-9]\d{2}\)?_?[-/]_?(?:\d{5,6}|\d{2,3}_\d{2}_\d{2}|\d{3}_\d{2,3})"),
        (
            "NL",
            r"06[-_]?_?(?:\d{8}|\d{2}_\d{2}_\d{2}_\d{2}|\d{4}_\d{4}|\d_\d{2}_\d{2}_\d{2}_\d|\d{3}_\d{3}_\d{2}|\d{2}_\d{3}_\d{3})",
        ),
        ("NL", r"\(?0[1-57]\d\)?_?[-_]_?(?:\d{7}|\d{3}_\d{2}_\d{2}|\d{3}_\d{4})"),
        ("NL", r"\(?0[1-57]\d{2}\)?_?[-_]_?(?:\d{6}|\d{3}_\d{3}|\d{2}_\d{2}_\d{2})"),
        ("", r"[2-9]\d_\d{2}_\d{2}_\d{2}"),  # Denmark and Norway
        ("NO", r"[49]\d{2}_\d{2}_\d{3}"),
    )
]
_CARD_WRITTEN = re.compile(r"\d{12,19}|\d{4}([ -]\d{4}){2,4}([ -]\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{4,5}")


def _national(written: str, digits: str, before: str) -> str:
    """The country whose national number this is, or empty."""
    plain = written.replace(" ", "").replace("–", "-")
    if re.fullmatch(r"(?:\d{2})?\d{6}[-+]?\d{4}", plain) and is_swedish(digits):
        alone = len(digits) == 10 and plain == digits
        if not (alone and digits[:2] == "07") or _PNR.search(before):
            return "SE"
    if (
        re.fullmatch(r"\d{6}-?\d{4}", plain)
        and is_danish(digits)
        and ("-" in plain or _CPR.search(before))
        and not _ORDER.search(before)
    ):
        return "DK"
    if re.fullmatch(r"\d{11}", plain) and is_norwegian(digits):
        return "NO"
    if len(digits) in (8, 9) and _BSN.search(before) and is_dutch(digits):
        return "NL"
    return ""


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for match in _ACCOUNT.finditer(text):
        written = match[0]
        # A word may follow the number after a space: shorten until the country's length is met.
        size = IBAN.get(written[:2].upper(), 0)
        end, seen = 0, 0
        while end < len(written) and seen < size:
            seen += written[end] not in " -"
            end += 1
        rest = text[match.start() + end : match.start() + end + 1]
        if size and seen == size and not rest.isalnum() and is_account(written[:end]):
            yield match.start(), match.start() + end
