"""The answer to who matters, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from grapevine.spread import telling
from grapevine.spread.experiments import COSTS, SIZES, Asked, Found
from grapevine.ui.numbers import num, percent

NEARLY = 0.1  # within this share two numbers are told as alike
NOTHING = 1.5  # who sets off less than that, themselves counted, sets off next to nothing


def headline(asked: Asked, found: Found) -> str:
    """One sentence that says who matters."""
    if found.everybody.cascade < NOTHING and found.top.cascade < 2 * NOTHING:
        return _("Nobody sets off much alone: people here need to hear it from several sides.")
    if found.per_cost_ratio > 1 + NEARLY:
        return _(
            "The most listened-to are worth their price if briefing somebody costs %(price)s: then what is paid for them brings %(factor)s "
            "times as much as what is paid for ordinary people."
        ) % {"factor": num(found.per_cost_ratio, 1), "price": COSTS[asked.cost]}
    if found.per_cost_ratio < 1 - NEARLY:
        return _(
            "Ordinary people are the better bargain if briefing somebody costs %(price)s: then what is paid for them brings %(factor)s times "
            "as much as what is paid for the most listened-to."
        ) % {"factor": num(1 / found.per_cost_ratio, 1), "price": COSTS[asked.cost]}
    return _(
        "It comes to the same if briefing somebody costs %(price)s: what is paid for the most listened-to brings about as much as "
        "what is paid for ordinary people."
    ) % {"price": COSTS[asked.cost]}


def sentences(asked: Asked, found: Found) -> list[str]:
    """The same at length."""
    top, ordinary = found.top, found.ordinary
    said = [
        _(
            "One of the top %(share)s, alone, brings %(top)s on average; one of the others %(ordinary)s. They themselves are counted."
        )
        % {
            "share": percent(asked.top),
            "top": telling.people(top.cascade, 1),
            "ordinary": num(ordinary.cascade, 1),
        },
        _(
            "The top have %(factor)s times as many listeners as people on average, and set off cascades %(ratio)s times as large."
        )
        % {"factor": num(found.degree_ratio, 1), "ratio": num(found.ratio, 1)},
    ]
    if found.multiplier > 1 + NEARLY:
        said.append(_("That is more than their listeners alone explain: where they stand helps them."))
    elif found.multiplier < 1 - NEARLY:
        said.append(
            _(
                "That is less than their listeners would let expect: many of those they reach are reached by others too, "
                "or need more than one voice."
            )
        )
    if top.global_share > 0 or ordinary.global_share > 0:
        said.append(
            _(
                "Of the top, %(top)s set off something that reaches more than one in twenty of all; of the others %(ordinary)s."
            )
            % {"top": percent(top.global_share, 1), "ordinary": percent(ordinary.global_share, 1)}
        )
    else:
        said.append(
            _("Nobody, whoever they are, reaches more than one in twenty of all when they begin alone.")
        )
    return said


def sizes(found: Found) -> list[tuple[str, float, float, int, int]]:
    """How the cascades are spread: a row for each size, with the share of the top and of the others, and how many that are."""
    top, ordinary = found.counts
    names = [
        _("nobody besides themselves")
        if low == high
        else _("from %(low)s to %(high)s people") % {"low": num(low), "high": num(high)}
        for low, high in zip(SIZES, [*(one - 1 for one in SIZES[1:])], strict=False)
    ]
    names.append(_("%(low)s people or more") % {"low": num(SIZES[-1])})
    rows = zip(names, top, ordinary, strict=True)
    return [
        (name, one / max(1, sum(top)), other / max(1, sum(ordinary)), one, other)
        for name, one, other in rows
        if one or other
    ]


def tenths(found: Found) -> list[tuple[str, float, float, float]]:
    """People in ten parts by their listeners: what a part is called, its mean listeners and mean cascade, and that against the largest."""
    most = max((mean for mean, _degree in found.tenths), default=1.0)
    return [
        (
            _("The most listened-to tenth")
            if place == 0
            else _("Tenth %(place)s") % {"place": num(place + 1)},
            degree,
            mean,
            mean / most,
        )
        for place, (mean, degree) in enumerate(found.tenths)
    ]
