"""Why somebody is advised to be briefed: figures, and the sentences made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.spread import kept
from grapevine.spread.snapshots import Snapshot
from grapevine.ui.numbers import num


@dataclass(frozen=True)
class Why:
    """What speaks for somebody, seen in the order of choosing. `fresh`: of those who listen to them, how many listen to nobody chosen before;
    `circle`: the number of their community, `first`: whether nobody of it was chosen before; `rank`: their place by listeners among those
    who may be chosen, from 1."""

    listeners: int
    fresh: int
    circle: int
    circle_size: int
    first: bool
    rank: int
    language: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Why:
        return kept.again(cls, told)


def of(
    snapshot: Snapshot, chosen: Sequence[int], *, already: Sequence[int], among: Any, languages: Sequence[str]
) -> Iterator[Why]:
    """What speaks for each of the chosen nodes, one after the other."""
    graph = snapshot.graph
    community = np.asarray(snapshot.people["community"])
    lang = np.asarray(snapshot.people["lang"])
    heard = np.zeros(graph.n, np.bool_)
    opened = set()
    for one in already:
        heard[graph.influences(one)] = True
        opened.add(int(community[one]))
    degrees = np.sort(graph.out_degree[among])
    for one in chosen:
        listeners = graph.influences(one)
        circle = int(community[one])
        place = int(lang[one])
        yield Why(
            listeners=int(listeners.size),
            fresh=int(np.count_nonzero(~heard[listeners])),
            circle=circle,
            circle_size=int(np.count_nonzero(community == circle)) if circle >= 0 else 0,
            first=circle not in opened,
            rank=int(degrees.size - np.searchsorted(degrees, listeners.size, side="right")) + 1,
            language=languages[place] if 0 <= place < len(languages) else "",
        )
        heard[listeners] = True
        opened.add(circle)


def in_words(why: Why, gain: float | None) -> list[str]:
    """Reasons in sentences, the weightiest first."""
    said = []
    if gain is not None and round(gain) >= 1:
        said.append(
            ngettext(
                "They add about %(number)s person to those reached without them.",
                "They add about %(number)s people to those reached without them.",
                round(gain),
            )
            % {"number": num(round(gain))}
        )
    if why.listeners:
        listeners = ngettext(
            "%(number)s person listens to them", "%(number)s people listen to them", why.listeners
        ) % {"number": num(why.listeners)}
        if not why.fresh:
            said.append(
                _("%(listeners)s, all of them to somebody chosen before, too.") % {"listeners": listeners}
            )
        elif why.fresh == why.listeners:
            said.append(_("%(listeners)s, and to nobody else chosen so far.") % {"listeners": listeners})
        else:
            said.append(
                _("%(listeners)s, %(fresh)s of them to nobody else chosen so far.")
                % {"listeners": listeners, "fresh": num(why.fresh)}
            )
    else:
        said.append(_("Nobody was seen listening to them: they count for themselves."))
    if why.first and why.circle_size > 1:
        said.append(
            _("They open community %(circle)s with its %(size)s people, where nobody was chosen yet.")
            % {"circle": why.circle + 1, "size": num(why.circle_size)}
        )
    if why.rank > 1 and why.listeners:
        said.append(_("By listeners alone they would be number %(rank)s.") % {"rank": num(why.rank)})
    return said
