"""A network in words: what its figures mean, what is assumed, and what isn't known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from grapevine.spread import telling
from grapevine.spread.definitions import Found
from grapevine.spread.maps import Map
from grapevine.ui.numbers import num, percent

STRONG = 0.1  # a correlation of degrees further from 0 is worth a sentence


@dataclass(frozen=True)
class Line:
    """A figure with its name, and a sentence that says what it means."""

    name: str
    figure: str
    says: str


def language(code: str) -> str:
    """What a language is called."""
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return _("Norwegian") if code == "no" else code


def of_picture(drawn: Map) -> str:
    """What the picture shows, for those who don't see it."""
    said = _("%(people)s with %(ties)s between them.") % {
        "people": telling.people(drawn.people),
        "ties": telling.ties(drawn.ties),
    }
    largest = [num(one.people) for one in drawn.discs[:3]]
    if largest:
        said += " " + _("People in the largest communities: %(sizes)s.") % {"sizes": ", ".join(largest)}
    return said


def lines(found: Found, people: int) -> list[Line]:
    """The figures of a network, those that could be worked out."""
    figures = found.figures
    if not figures or not people:
        return []
    return [
        one
        for one in (
            _listeners(figures),
            _whole(figures, people),
            _reciprocity(figures),
            _clustering(figures),
            _assortativity(figures),
            _core(figures),
        )
        if one is not None
    ]


def _listeners(figures: Mapping[str, Any]) -> Line | None:
    degrees = figures.get("out_degree")
    if not degrees:
        return None
    says = _("Half of the people have %(half)s or fewer, one in a hundred has %(many)s or more, the most listened-to %(most)s.") % {
        "half": num(round(degrees["p50"])), "many": num(round(degrees["p99"])), "most": num(degrees["most"]),
    }  # fmt: skip
    return Line(_("Listeners per person"), num(degrees["mean"], 1), says)


def _whole(figures: Mapping[str, Any], people: int) -> Line:
    share = figures["largest_component"] / people
    others = figures["components"] - 1
    if others <= 0:
        return Line(
            _("Hang together"),
            percent(share),
            _("Talk can reach everybody from everywhere, if direction is left aside."),
        )
    says = ngettext(
        "Talk can't leave the largest group by itself: %(number)s other group has no tie to it.",
        "Talk can't leave the largest group by itself: %(number)s other groups have no tie to it.",
        others,
    ) % {"number": num(others)}
    return Line(_("Hang together"), percent(share), says)


def _reciprocity(figures: Mapping[str, Any]) -> Line | None:
    share = figures.get("reciprocity")
    if share is None:
        return None
    if share < 0.1:
        says = _("Listening goes nearly always one way: this is an audience more than a conversation.")
    elif share < 0.4:
        says = _("Some listen to each other; most ties go one way.")
    else:
        says = _("People listen to each other: this is a conversation.")
    return Line(_("Ties that go both ways"), percent(share), says)


def _clustering(figures: Mapping[str, Any]) -> Line | None:
    share = figures.get("clustering")
    if share is None:
        return None
    if share < 0.05:
        says = _(
            "Those around a person seldom know each other: talk travels far, but few hear it from two sides."
        )
    else:
        says = _(
            "So often do two people around somebody know each other: talk is heard from several sides, and stays longer in a circle."
        )
    return Line(_("Closed circles"), percent(share), says)


def _assortativity(figures: Mapping[str, Any]) -> Line | None:
    value = figures.get("assortativity")
    if value is None:
        return None
    if value > STRONG:
        says = _(
            "The much listened-to listen to those who listen much: the well connected are among themselves."
        )
    elif value < -STRONG:
        says = _(
            "The much listened-to are heard by people who listen to few others: hubs with an audience around them."
        )
    else:
        says = _("Who is much listened to is heard by all kinds of people.")
    return Line(_("Likes meet likes"), num(value, 2), says)


def _core(figures: Mapping[str, Any]) -> Line | None:
    core = figures.get("highest_core", 0)
    if core < 2:
        return None
    count = figures["in_highest_core"]
    says = ngettext(
        "In the middle there is a group of %(people)s person with at least %(core)s ties inside it.",
        "In the middle there is a group of %(people)s people who each have at least %(core)s ties inside it.",
        count,
    ) % {"people": num(count), "core": num(core)}
    return Line(_("Inner circle"), num(count), says)
