"""What came out, said in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread.outcomes import Z95, Anyway, Background, Outcome, Window, clear_difference
from grapevine.ui.numbers import num, percent


def people(count: float, decimals: int = 0) -> str:
    """So many people, in whole ones unless told otherwise."""
    whole = 2 if decimals else round(count)  # 1.0 people
    return ngettext("%(number)s person", "%(number)s people", whole) % {"number": num(count, decimals)}


def ties(count: int) -> str:
    """So many ties."""
    return ngettext("%(number)s tie", "%(number)s ties", count) % {"number": num(count)}


def size(one: Outcome) -> str:
    """How far it goes, in a sentence or two."""
    if one.hundredths[-1] == 0:
        return _("Nobody joins.")
    if one.sure:
        return _(
            "It always comes to %(people)s: with these at the beginning, this model leaves nothing to chance."
        ) % {"people": people(one.mean)}
    low, high = map(round, one.in_95)
    if low == high:
        said = _("In 95 of 100 runs it comes to %(people)s.") % {"people": people(high)}
    else:
        said = _("In 95 of 100 runs between %(low)s and %(high)s people join, on average %(mean)s.") % {
            "low": num(low), "high": num(high), "mean": num(round(one.mean)),
        }  # fmt: skip
    if one.far is not None:
        said += " " + _(
            "It either dies down or goes far: %(share)s of the runs go far, and few end between. The average describes neither."
        ) % {"share": percent(one.far)}
    return said


def begun(one: Outcome) -> str:
    """With how many it begins, and what came of the wish."""
    if one.seeds >= one.wanted:
        return (
            _("Begins with %(people)s.") % {"people": people(one.seeds)}
            if one.seeds
            else _("Begins with nobody.")
        )
    return _("Begins with %(people)s; %(wanted)s were wished, and there are no more who may be chosen.") % {
        "people": people(one.seeds), "wanted": num(one.wanted),
    }  # fmt: skip


def compared(rows: Sequence[tuple[str, Outcome]], anyway: Anyway) -> list[str]:
    """Which goes furthest and what it gains, which of them gains most for each who begins, and how many join anyway."""
    if len(rows) < 2:
        return _anyway(anyway) if anyway.mean else []
    ranked = sorted(rows, key=lambda row: -row[1].mean)
    (best_name, best), (next_name, second) = ranked[0], ranked[1]
    told = {
        "one": best_name, "other": next_name, "most": people(best.mean), "next": people(second.mean),
        "gained": num(round(anyway.gained(best))), "less": num(round(anyway.gained(second))),
    }  # fmt: skip
    if not clear_difference(best, second):
        said = [
            _("“%(one)s” and “%(other)s” go about as far: the difference is within what chance does.") % told
        ]
    elif second.mean > 0:
        said = [
            _("“%(one)s” goes furthest, to %(most)s; “%(other)s”, which comes next, goes to %(next)s.") % told
        ]
        if not anyway.mean and (best.seeds or second.seeds):
            said.append(_("Besides those who begin, that is %(gained)s against %(less)s.") % told)
    else:
        said = [_("“%(one)s” goes furthest; of the others nothing comes.") % told]
    if anyway.mean:
        said += _anyway(anyway)
    return said + _each(rows, anyway)


def _anyway(anyway: Anyway) -> list[str]:
    return [
        _("With nobody at the beginning %(people)s join: the brief reaches them anyway. Only what comes on top is due to who begins.")
        % {"people": num(round(anyway.mean))}
    ]  # fmt: skip


def _each(rows: Sequence[tuple[str, Outcome]], anyway: Anyway) -> list[str]:
    """Which gains most for each who begins, when that isn't what goes furthest; only what is more than chance counts."""
    heads = [
        (name, each, one)
        for name, one in rows
        if (each := anyway.each(one)) is not None and (not anyway.mean or beyond(one, anyway))
    ]
    if len(heads) < 2:
        return []
    name, each, _one = max(heads, key=lambda row: row[1])
    if name == max(heads, key=lambda row: row[2].mean)[0] or each <= 0:
        return []
    return [
        _("For each who begins, “%(one)s” gains most: %(gained)s on top.") % {"one": name, "gained": people(each, 1)}
        if anyway.mean
        else _("For each who begins, “%(one)s” brings most: %(gained)s besides them.") % {"one": name, "gained": people(each, 1)}
    ]  # fmt: skip


def beyond(one: Outcome, anyway: Anyway) -> bool:
    """Whether a beginning gains more on those who join anyway than chance explains, with 95 % confidence."""
    return anyway.gained(one) > Z95 * float(np.hypot(one.stderr, anyway.stderr))


def gain(one: Outcome, anyway: Anyway) -> tuple[str, str] | None:
    """What a beginning gains: what that is called, and how many. None when nobody begins."""
    each = anyway.each(one)
    if each is None:
        return None
    if not anyway.mean:
        return _("Brought by each who begins"), num(each, 1)
    if not beyond(one, anyway):
        return _("On top of who joins anyway"), _("no more than chance")
    return _("On top of who joins anyway, for each who begins"), num(each, 1)


def theory(window: Window) -> list[str]:
    """What is known of such a network without simulating."""
    said = []
    numbers = {"mean": num(window.mean_degree, 1), "threshold": percent(window.threshold, 1)}
    if window.low is None:
        said.append(
            _(
                "With a threshold of %(threshold)s no single person sets off a wide cascade, however many ties people have."
            )
            % numbers
        )
    elif window.high is None:
        said.append(
            _("One friend convinces anybody here: whoever is listened to at all may set off a wide cascade.")
        )
    else:
        numbers |= {"low": num(window.low, 1), "high": num(window.high, 1)}
        where = (
            _(
                "People listen to %(mean)s others on average. That lies within the window from %(low)s to %(high)s."
            )
            if window.inside
            else _(
                "People listen to %(mean)s others on average: too few for the window from %(low)s to %(high)s."
            )
            if window.mean_degree < window.low
            else _(
                "People listen to %(mean)s others on average: too many for the window from %(low)s to %(high)s, since nobody is enough alone."
            )
        )
        said.append(where % numbers)
    said.append(
        _(
            "With the ties people really have, each who was convinced by one friend meets %(reach)s more whom one friend convinces; "
            "above 1 talk can grow from a single person."
        )
        % {"reach": num(window.reach, 2)}
    )
    if window.reach <= 1:
        said.append(
            _(
                "That leaves out whom two friends convince together: in a small network somebody whom many hear may go far all the same, so "
                "look at the simulation."
            )
        )
    return said


def sensitivity(background: Background, names: Sequence[str]) -> str:
    """How much hangs on the main knob."""
    found = background.sensitivity
    if found is None or len(found.values) < 2:
        return ""
    said = []
    for name, means in zip(names, found.means, strict=True):
        least, most = min(means), max(means)
        if most >= 2 * max(least, 1):
            said.append(
                _("“%(name)s” comes to anything from %(least)s to %(most)s people.")
                % {"name": name, "least": num(round(least)), "most": num(round(most))}
            )
    if not said:
        return _("Half as much or half as much again changes little: the answer doesn’t hang on this number.")
    return _("Much hangs on this number, and nobody knows it exactly.") + " " + " ".join(said)
