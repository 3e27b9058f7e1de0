"""The form of reply times: for one channel, an aim for each priority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.converse.models import Priority
from grapevine.converse.targets import LONGEST, Aim

UNITS = {"minutes": 1, "hours": 60}
_UNITS = [("minutes", gettext_lazy("minutes")), ("hours", gettext_lazy("hours"))]
_COUNTS = [
    ("work", gettext_lazy("while the team is there")),
    ("clock", gettext_lazy("by the clock, night and weekend too")),
]


class AimsForm(forms.Form):
    """Length, unit and by which clock, for each priority. Empty leaves it to what holds for all channels (or to what is usual)."""

    def __init__(
        self, *given: Any, aims: Mapping[int, Aim], otherwise: Mapping[int, Aim], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        for priority in Priority:
            aim, other = aims.get(priority), otherwise[priority]
            whole = aim is not None and aim.minutes % 60 == 0
            self.fields[f"n{priority}"] = forms.IntegerField(
                label=priority.label,
                required=False,
                min_value=1,
                max_value=LONGEST,
                initial=None if aim is None else aim.minutes // 60 if whole else aim.minutes,
                widget=forms.NumberInput({"placeholder": in_words(other), "inputmode": "numeric"}),
            )
            self.fields[f"unit{priority}"] = forms.ChoiceField(
                label=_("Unit"),
                choices=_UNITS,
                initial="minutes" if aim is not None and not whole else "hours",
            )
            self.fields[f"clock{priority}"] = forms.ChoiceField(
                label=_("Counted"),
                choices=_COUNTS,
                initial="clock" if (aim or other).by_clock else "work",
            )

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields, a priority each."""
        return [
            {"number": self[f"n{one}"], "unit": self[f"unit{one}"], "clock": self[f"clock{one}"]}
            for one in Priority
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        aims: dict[int, Aim | None] = {}
        for priority in Priority:
            number = found.get(f"n{priority}")
            if number is None:
                aims[int(priority)] = None
                continue
            minutes = number * UNITS[found.get(f"unit{priority}") or "hours"]
            if minutes > LONGEST:
                self.add_error(f"n{priority}", _("That is longer than three months."))
            aims[int(priority)] = Aim(minutes, found.get(f"clock{priority}") == "clock")
        found["aims"] = aims
        return found


def in_words(aim: Aim) -> str:
    """An aim in short: "8 h"."""
    hours, minutes = divmod(aim.minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
