"""All that advice was asked for, in pairs of words and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread.questions import Brief
from grapevine.ui.numbers import num

Pair = tuple[str, str]


def of(brief: Brief, *, languages: Sequence[str], briefed: Sequence[str], priced: int) -> list[Pair]:
    """What a brief asks for. `languages` are the network's, `briefed` the names of audiences that are briefed already, and `priced` is of how many
    people a file told the cost."""
    return [
        *_whom(brief, briefed),
        *_costs(brief, priced),
        *_groups(brief, languages),
        (_("Dice"), str(brief.rng)),
    ]


def _whom(brief: Brief, briefed: Sequence[str]) -> Iterator[Pair]:
    yield _("People at most"), num(brief.count)
    yield (
        _("Only people who may be contacted, and none of the brands’ own accounts"),
        _("yes") if brief.contactable else _("no"),
    )
    if brief.audience_ids:
        gone = len(brief.audience_ids) - len(briefed)
        said = list(briefed)
        if gone:
            said.append(
                ngettext("%(number)s that was removed", "%(number)s that were removed", gone)
                % {"number": num(gone)}
            )
        yield _("Briefed already"), ", ".join(said)


def _costs(brief: Brief, priced: int) -> Iterator[Pair]:
    if brief.budget is None:
        yield _("Budget"), _("none: only their number binds")
        return
    yield _("Budget"), num(brief.budget, 1)
    yield _("Cost of briefing somebody"), num(brief.cost, 1)
    yield _("… and more for a thousand followers"), num(brief.per_thousand, 1)
    if priced:
        yield (
            _("Costs from a file"),
            ngettext("of %(number)s person", "of %(number)s people", priced) % {"number": num(priced)},
        )


def _groups(brief: Brief, languages: Sequence[str]) -> Iterator[Pair]:
    for (column, count), shares in groupby(brief.shares, key=lambda one: (one.column, one.count)):
        values = [one.value for one in shares]
        if column == "lang":
            told = ", ".join(languages[one] for one in values if 0 <= one < len(languages))
            yield _("At least so many of each language"), f"{num(count)} ({told})"
        else:
            circles = ngettext("%(number)s circle", "%(number)s circles", len(values)) % {
                "number": num(len(values))
            }
            yield _("At least so many of each large circle"), f"{num(count)} ({circles})"
