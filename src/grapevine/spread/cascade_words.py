"""What a cascade's figures say, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread.observed import Seen
from grapevine.ui.numbers import duration, num, percent

LEAST_TRIES = 10
"""Of fewer tries the chance of a tie is no figure to show."""


def tree(seen: Seen) -> str:
    """The picture in a sentence."""
    began = seen.how.get("own", 0)
    said = ngettext("%(people)s person joined", "%(people)s people joined", seen.people)
    own = ngettext("%(began)s of them on their own", "%(began)s of them on their own", began)
    steps = max(0, len(seen.generations) - 1)
    far = ngettext("%(steps)s step far", "%(steps)s steps far", steps)
    figures = {"people": num(seen.people), "began": num(began), "steps": num(steps)}
    return f"{said}, {own}, {far}." % figures


def of(seen: Seen) -> dict[str, Any]:
    """The figures of its page that are more than a number."""
    told = seen.estimated
    thresholds = told.thresholds if told is not None else None
    return {
        "reproduction": num(seen.reproduction, 2) if seen.reproduction is not None else "",
        "delay": duration(round(seen.delay_hours * 3_600)) if seen.delay_hours is not None else "",
        "half": duration(round(seen.half_hours * 3_600)) if seen.half_hours else "",
        "unprompted": percent(told.unprompted) if told is not None and told.unprompted is not None else "",
        # Of the five hundredths that are kept, the quarters and the middle.
        "thresholds": tuple(percent(one) for one in thresholds[1:4]) if thresholds else (),
        "chances": [
            (_group(group), percent(chance, 1))
            for group, chance, tries in (told.chances if told is not None and not told.circular else ())
            if tries >= LEAST_TRIES
        ],
        "better": percent(max(0.0, told.better)) if told is not None and told.better is not None else "",
    }


def _group(group: str) -> str:
    return _("100 and more") if group == "100 and more" else group
