"""Personal data in texts: addresses of mail, telephone numbers, national numbers, cards and bank accounts, to be masked in exports and logs.

    >>> masked("Ring mig på 070-123 45 67")
    'Ring mig på [phone]'

Told by form and check digits (Luhn; mod 97 of ISO 13616; mod 11 of Norway and the Netherlands), never by chance: years, dates, prices, order numbers
and opening hours are none. Where a form is not enough (nine digits in Dutch, eight in Danish) a word before it must say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

EMAIL, PHONE, NATIONAL, CARD, ACCOUNT = KINDS = ("email", "phone", "national", "card", "account")


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
    for match in _NUMBER.finditer(text):
        begin, end = match.span()
        if any(begin < last and first < end for first, last in taken):
            continue
        found += _numbers(match[0], begin, text[max(0, begin - 40) : begin])
    return sorted(found, key=lambda one: one.begin)


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
        size = _IBAN.get(written[:2].upper(), 0)
        end, seen = 0, 0
        while end < len(written) and seen < size:
            seen += written[end] not in " -"
            end += 1
        rest = text[match.start() + end : match.start() + end + 1]
        if size and seen == size and not rest.isalnum() and is_account(written[:end]):
            yield match.start(), match.start() + end


_IBAN = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22,
    "GL": 18, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24,
}  # fmt: skip


def is_account(written: str) -> bool:
    """Whether this is an IBAN: mod 97 (ISO 13616)."""
    bare = re.sub(r"[ -]", "", written).upper()
    return (
        _IBAN.get(bare[:2]) == len(bare)
        and int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1
    )


def luhn(digits: str) -> bool:
    """The check of cards and of Swedish numbers (Luhn, US patent 2,950,048)."""
    total = 0
    for place, one in enumerate(reversed(digits)):
        value = int(one) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


_CARDS = (
    re.compile(r"4\d{12}(?:\d{3}){0,2}"),  # Visa
    re.compile(r"(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"),  # Mastercard
    re.compile(r"3[47]\d{13}"),  # American Express
    re.compile(r"(?:5018|5019|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"),  # Maestro, Dankort
    re.compile(r"(?:6011|65\d{2}|64[4-9]\d)\d{12}"),  # Discover
    re.compile(r"3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"),  # Diners, JCB
)


def is_card(digits: str) -> bool:
    """Whether this is the number of a payment card: a known beginning, and Luhn. The same digit over and over is none."""
    return len(set(digits)) > 1 and any(form.fullmatch(digits) for form in _CARDS) and luhn(digits)


def _day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_swedish(digits: str) -> bool:
    """A personnummer, or a coordination number (day + 60); ten or twelve digits, with Luhn."""
    if len(digits) == 12:
        if digits[:2] not in ("18", "19", "20"):
            return False
        century, short = int(digits[:2]) * 100, digits[2:]
    elif len(digits) == 10:
        century, short = 2000, digits  # 1900 was no leap year, 2000 was: the milder one
    else:
        return False
    day = int(short[4:6])
    return _day(century + int(short[:2]), int(short[2:4]), day - 60 if day > 60 else day) and luhn(short)


def is_danish(digits: str) -> bool:
    """A CPR number by its date; since 2007 there are numbers without check digit."""
    return (
        len(digits) == 10
        and _day(2000 + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
        and digits[6:] != "0000"
    )


def is_norwegian(digits: str) -> bool:
    """A fødselsnummer or D-number (day + 40), with both check digits (mod 11)."""
    if len(digits) != 11:
        return False
    day = int(digits[:2])
    if not _day(2000 + int(digits[4:6]), int(digits[2:4]), day - 40 if day > 40 else day):
        return False
    n = [int(one) for one in digits]
    first = sum(a * b for a, b in zip(n, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), strict=False))
    second = sum(a * b for a, b in zip(n, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return first % 11 == 0 and second % 11 == 0


def is_dutch(digits: str) -> bool:
    """A burgerservicenummer by its test of eleven; of eight digits the first is a nought left out."""
    n = [int(one) for one in digits.zfill(9)]
    return (
        len(n) == 9
        and any(n)
        and (sum(a * b for a, b in zip(n, (9, 8, 7, 6, 5, 4, 3, 2), strict=False)) - n[8]) % 11 == 0
    )
