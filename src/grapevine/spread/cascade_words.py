"""What a cascade's figures say, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread.observed import NOTHING, Estimated, Seen
from grapevine.ui.numbers import duration, num, percent

LEAST_BETTER = 0.01
"""Of what is uncertain taken away, below which an estimate is no better than the average."""
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
        "carried": _carried(told) if told is not None else "",
        "foretells": _foretells(told) if told is not None and told.auc is not None else "",
    }


def _carried(told: Estimated) -> str:
    """Whether the order of joining tells that ties carried it."""
    if told.in_order is None:
        return ""
    mean, low, high = told.brought_by_chance
    figures = {
        "brought": num(told.brought, 2),
        "mean": num(mean, 2),
        "low": num(low, 2),
        "high": num(high, 2),
    }
    if told.in_order:
        return (
            _(
                "Along these ties each of the first seems to have brought %(brought)s. Had the same people joined in any other order, it would "
                "look like %(mean)s: what is above that is a sign that ties carried it."
            )
            % figures
        )
    return (
        _(
            "Along these ties each of the first seems to have brought %(brought)s. Had the same people joined in any other order, it would look "
            "like %(low)s to %(high)s: nothing shows that ties carried it."
        )
        % figures
    )


def _foretells(told: Estimated) -> str:
    """What the estimate is worth for people it hasn't seen."""
    auc, better = told.auc or 0.0, max(0.0, told.better or 0.0)
    people = ngettext("%(people)s person", "%(people)s people", told.held_out_people) % {
        "people": num(told.held_out_people)
    }
    figures = {"people": people, "auc": num(auc, 2), "better": percent(better)}
    if auc < NOTHING:
        return (
            _(
                "These chances foretell nothing here: of %(people)s kept out of the estimate they tell who joins no better than a coin (%(auc)s)."
            )
            % figures
        )
    said = (
        _(
            "Of %(people)s kept out of the estimate they tell who joins with %(auc)s, where 0.5 is a toss of a coin and 1 is always right."
        )
        % figures
    )
    if better >= LEAST_BETTER:
        return said + " " + _("It takes away %(better)s of what is uncertain.") % figures
    return said + " " + _("How likely anybody is to join they tell no better than the average does.")


def _group(group: str) -> str:
    """So many people, of a group of the engine's: 1, 2–4, 100 and more."""
    if group == "100 and more":
        return _("100 people or more")
    one = group == "1"
    low, _dash, high = group.partition("–")
    return _("1 person") if one else _("%(low)s to %(high)s people") % {"low": low, "high": high or low}
