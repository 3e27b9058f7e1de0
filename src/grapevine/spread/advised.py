"""What came of a wish for advice, apart from the people: plain values, kept as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread import kept, telling
from grapevine.ui.numbers import num, percent


@dataclass(frozen=True, kw_only=True)
class Advised:
    """How far the advised go together, and what is proved of it. Of the `people` of the network `pool` may be chosen; the others are briefed
    `already`, were `taken` out of the advice before, are `refused` (not to be contacted), or are `accounts` of brands. `by_degree`: what as many
    of those with most listeners reach; `unpriced`: advised people whose followers aren't known, so that their cost is a guess."""

    people: int
    pool: int
    refused: int = 0
    already: int = 0
    taken: int = 0
    accounts: int = 0
    mean: float
    low: float
    high: float
    by_degree: float | None
    method: str
    guarantee: float | None
    promised: float | None
    at_most: float | None
    delta: float | None
    samples: int
    seconds: float
    spent: float | None = None
    unpriced: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Advised:
        return kept.again(cls, told)


def left_out(found: Advised) -> list[str]:
    """Who could not be chosen, and why, in words."""
    said = [
        (found.already, ngettext("%(number)s is briefed already", "%(number)s are briefed already", found.already)),
        (found.taken, ngettext("%(number)s was taken out", "%(number)s were taken out", found.taken)),
        (found.refused, ngettext("%(number)s is not to be contacted", "%(number)s are not to be contacted", found.refused)),
        (found.accounts, ngettext("%(number)s is an account of a brand", "%(number)s are accounts of brands", found.accounts)),
    ]  # fmt: skip
    return [text % {"number": num(number)} for number, text in said if number]


PROVEN = "opim-c"
"""What the engine calls the way of choosing that proves how good it is."""


def way(found: Advised) -> str:
    """How they were chosen, in words."""
    if found.method == PROVEN:
        return _("One after the other, whoever adds most, with a proof of how good that is (OPIM-C)")
    return _("One after the other, whoever adds most by simulation")


def trials(found: Advised) -> tuple[str, str]:
    """What stands behind it: what was tried, and how often."""
    label = (
        _("People drawn by lot, of whom it was looked who would reach them")
        if found.method == PROVEN
        else _("Runs")
    )
    return label, num(found.samples)


def guarantee(found: Advised) -> str:
    """What is proved, in words; or that nothing is."""
    if found.guarantee is None:
        return _(
            "No guarantee: in this model a further person may add more than those before, so that choosing one after the other can miss the best. "
            "Looked for by simulation, and held against those with most listeners."
        )
    said = _("Proved: no other choice of people goes more than %(factor)s times as far.") % {
        "factor": num(1 / found.guarantee, 2) if found.guarantee else "∞"
    }
    if found.at_most is not None:
        said += " " + _("Whoever is chosen, more than %(people)s can’t be expected.") % {
            "people": telling.people(found.at_most)
        }
    if found.delta is not None:
        said += " " + _("The proof fails with a chance of %(chance)s.") % {"chance": percent(found.delta, 2)}
    return said


def reach(found: Advised) -> str:
    """How far they go, in words."""
    said = _("Together they reach %(mean)s on average (the average lies between %(low)s and %(high)s).") % {
        "mean": telling.people(found.mean), "low": num(round(found.low)), "high": num(round(found.high)),
    }  # fmt: skip
    if found.by_degree is not None and found.by_degree > 0:
        more = found.mean / found.by_degree - 1
        if more >= 0.01:
            said += " " + _("That is %(more)s more than from as many people with most listeners.") % {
                "more": percent(more)
            }
        elif more > -0.01:
            said += " " + _("As many people with most listeners go about as far.")
        else:
            said += " " + _(
                "As many people with most listeners would go %(more)s further, where that is allowed and paid for."
            ) % {"more": percent(-more)}
    return said
