"""The pictures of the page of readings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.utils import formats, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.ui import pictures
from grapevine.ui.charts import Chart
from grapevine.ui.numbers import num, percent
from grapevine.understand import drawings
from grapevine.understand.figures import Bin, Group


def calibration(bins: Sequence[Bin]) -> Chart:
    """How likely readings said they were, and how often they were right. On the line, both are the same."""
    columns = (_("Said to be likely"), _("Likely on average"), _("Right"), _("Labels"))
    rows = tuple(
        (
            f"{percent(one.low)}–{percent(one.high)}",
            percent(one.likely),
            percent(one.right),
            num(one.count),
        )
        for one in bins
    )
    says = [
        ngettext(
            "%(likely)s likely: %(right)s right (%(count)s label)",
            "%(likely)s likely: %(right)s right (%(count)s labels)",
            one.count,
        )
        % {"likely": percent(one.likely), "right": percent(one.right), "count": num(one.count)}
        for one in bins
    ]
    data = tuple(
        (round(one.likely, 3), round(one.right, 3), one.count, text)
        for one, text in zip(bins, says, strict=True)
    )
    return Chart(
        _("How likely they said to be, and how often they were right"),
        "; ".join(says) + ".",
        columns,
        rows,
        tuple((one.low, one.likely, one.right, one.count) for one in bins),
        legend=(),
        **_draw(drawings.calibration, data),
    )


def drift(months: Sequence[Group]) -> Chart:
    """How often readings were right, by month of publication, with the interval of each."""
    told = [one for one in months if one.accuracy is not None]
    names = [formats.date_format(one.key, "YEAR_MONTH_FORMAT") for one in told]
    columns = (_("Month"), _("Right"), _("At least"), _("At most"), _("Labels"))
    raw = tuple(
        (one.key.isoformat(), one.accuracy.value, one.accuracy.low, one.accuracy.high, one.count)
        for one in told
        if one.accuracy
    )
    rows = tuple(
        (name, percent(row[1]), percent(row[2]), percent(row[3]), num(row[4]))
        for name, row in zip(names, raw, strict=True)
    )
    says = [_("%(month)s: %(share)s right") % {"month": row[0], "share": row[1]} for row in rows]
    data = tuple(
        (name, round(row[2], 3), round(row[1], 3), round(row[3], 3), text)
        for name, row, text in zip(names, raw, says, strict=True)
    )
    if len(told) < 2:
        return Chart(
            _("Month by month"),
            _("There are labels of one month only so far, or too few of each to compare."),
            columns, rows, raw,
        )  # fmt: skip
    return Chart(
        _("Month by month"),
        "; ".join(says) + ".",
        columns,
        rows,
        raw,
        legend=(),
        **_draw(drawings.months, data),
    )


def _draw(build: Callable[[Any, int], drawings.Drawing], data: Hashable) -> dict[str, SafeString]:
    language = translation.get_language() or "en"
    sizes = {"wide": pictures.WIDE, "narrow": pictures.NARROW}
    return {name: pictures.draw(build, data, width, language) for name, width in sizes.items()}
