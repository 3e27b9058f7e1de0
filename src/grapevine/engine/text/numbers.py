"""Numbers that check themselves: accounts, cards, and the national numbers of four countries."""

from __future__ import annotations

import re
from datetime import date

IBAN = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22,
    "GL": 18, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24,
}  # fmt: skip


def is_account(written: str) -> bool:
    """Whether this is an IBAN: mod 97 (ISO 13616)."""
    bare = re.sub(r"[ -]", "", written).upper()
    return (
        IBAN.get(bare[:2]) == len(bare)
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
