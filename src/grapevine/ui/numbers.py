"""Numbers as people write them, in their language. Templates have them as filters of the same names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

Number = int | float | Decimal

# The short words for thousand, million and milliard (CLDR's compact forms).
_SHORT = {
    "sv": (" tn", " mn", " md"),
    "da": (" t", " mio.", " mia."),
    "nl": ("K", " mln.", " mld."),
    "en": ("K", "M", "B"),
}
LEAST_BASE = 10  # one more than two is not worth "+50%"
_MINUS, _NARROW = "−", "\u202f"


def num(value: Number | None, decimals: int = 0) -> str:
    """A number with the language's separators: 12 345 (sv), 12.345 (da, nl), 12,345 (en). None is a dash."""
    if value is None:
        return "–"
    # Rounded first: Django's formatting cuts decimals off.
    rounded: Any = round(value, decimals)
    text = formats.number_format(abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    negative = rounded < 0
    return f"{_MINUS}{text}" if negative else text


def compact(value: Number | None) -> str:
    """A number in little room: 9,412 stays, 12,412 becomes 12.4K, with the language's words."""
    if value is None:
        return "–"
    size = abs(float(value))
    if size < 9_999.5:
        return num(value, 0 if float(value).is_integer() or size >= 100 else 1)
    words = _SHORT.get((translation.get_language() or "en")[:2], _SHORT["en"])
    power = next((power for power in (3, 6) if round(size / 10**power) < 1000), 9)
    scaled = float(value) / 10**power
    text = num(scaled, 1 if abs(scaled) < 99.95 else 0)
    return f"{text.removesuffix('.0').removesuffix(',0')}{words[power // 3 - 1]}".replace(" ", _NARROW)


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share (0.123) as percent: 12 % in Swedish and Danish, 12% in Dutch and English."""
    if share is None:
        return "–"
    space = "\u00a0" if (translation.get_language() or "")[:2] in ("sv", "da") else ""
    return f"{num(float(share) * 100, decimals)}{space}%"


def change(now: Number | None, before: Number | None) -> str:
    """How much more or less than before, with its sign: in percent, or as a number where `before` is too small for percents.

    "new" when there was nothing before; empty when there is nothing to compare.
    """
    if now is None or before is None or not (now or before):
        return ""
    if not before:
        return _("new")
    if before < LEAST_BASE:
        more = round(float(now) - float(before))
        return f"+{num(more)}" if more > 0 else num(more) if more else "±0"
    share = float(now) / float(before) - 1
    sign = "+" if round(share * 100) > 0 else ""
    return f"{sign}{percent(share)}"


def duration(seconds: Number | None) -> str:
    """A length of time in the two units that matter: 45 s, 3 min 20 s, 2 h 5 min, 3 d 4 h."""
    if seconds is None:
        return "–"
    left = max(0, round(float(seconds)))
    units = ((86_400, _("d")), (3_600, _("h")), (60, _("min")), (1, _("s")))
    parts: list[tuple[int, str]] = []
    for size, name in units:
        amount, left = divmod(left, size)
        if amount or parts:
            parts.append((amount, name))
        if len(parts) == 2:
            break
    return " ".join(f"{amount}\u00a0{name}" for amount, name in parts if amount) or f"0\u00a0{_('s')}"
