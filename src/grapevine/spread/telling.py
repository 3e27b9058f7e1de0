"""What came out, said in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread.outcomes import Background, Outcome, Window, clear_difference
from grapevine.ui.numbers import num, percent


def people(count: float) -> str:
    """So many people, in whole ones."""
    return ngettext("%(number)s person", "%(number)s people", round(count)) % {"number": num(round(count))}


def size(one: Outcome) -> str:
    """How far it goes, in a sentence or two."""
    if one.hundredths[-1] == 0:
        return _("Nobody joins.")
    if one.sure:
        return _(
            "It always comes to %(people)s: with these at the beginning, this model leaves nothing to chance."
        ) % {"people": people(one.mean)}
    low, high = round(one.hundredths[2]), round(one.hundredths[98])
    if low == high:
        said = _("In 95 of 100 runs it comes to %(people)s.") % {"people": people(high)}
    else:
        said = _("In 95 of 100 runs between %(low)s and %(high)s people join, on average %(mean)s.") % {
            "low": num(low), "high": num(high), "mean": num(round(one.mean)),
        }  # fmt: skip
    if one.two_ends:
        said += " " + _(
            "It either dies down or goes far: in %(share)s of the runs more than one in twenty people join. The average describes neither."
        ) % {"share": percent(one.global_share)}
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


def compared(rows: Sequence[tuple[str, Outcome]]) -> list[str]:
    """Which goes furthest, by how much, and which of them brings most for each who begins."""
    if len(rows) < 2:
        return []
    ranked = sorted(rows, key=lambda row: -row[1].mean)
    (best_name, best), (next_name, second) = ranked[0], ranked[1]
    said = []
    if not clear_difference(best, second):
        said.append(
            _("“%(one)s” and “%(other)s” go about as far: the difference is within what chance does.")
            % {"one": best_name, "other": next_name}
        )
    elif second.mean > 0:
        said.append(
            _("“%(one)s” goes furthest: %(factor)s times as far as “%(other)s”, which comes next.")
            % {"one": best_name, "other": next_name, "factor": num(best.mean / second.mean, 1)}
        )
    else:
        said.append(_("“%(one)s” goes furthest; of the others nothing comes.") % {"one": best_name})
    heads = [(name, one) for name, one in rows if one.per_head is not None]
    if len(heads) > 1:
        name, one = max(heads, key=lambda row: row[1].per_head or 0)
        if name != best_name:
            said.append(
                _("For each who begins, “%(one)s” brings most: %(brings)s people.")
                % {"one": name, "brings": num(one.per_head, 1)}
            )
    return said


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
