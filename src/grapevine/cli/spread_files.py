"""Files beside an edge list: who begins, who may be asked, what people cost, which groups they are in, what convinces them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from grapevine.cli import from_below, house
from grapevine.config.language import gettext as _

if TYPE_CHECKING:
    from grapevine.engine.cascade import SpreadModel
    from grapevine.engine.cascade.advice import AtLeast
    from grapevine.engine.graph import Graph

THRESHOLDS = typer.Option(
    None, "--thresholds", help="watts: a file of `id threshold`; whoever isn't in it has the one for all."
)


def seeds_in(file: Path, graph: Graph) -> Any:
    """The people of a file with an id a line, as inner numbers."""
    from grapevine.engine.cascade import SpreadError
    from grapevine.engine.graph import reading

    if not file.is_file():
        raise SpreadError(_("There is no file %(file)s.") % {"file": file})
    ids: list[int | str] = []
    with reading.open_plain(file) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                id = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError:
                raise SpreadError(house.at_line(file.name, number, _("It is not text in UTF-8."))) from None
            if id and not id.startswith("#"):
                ids.append(id)
    return graph.ids.numbers(ids, what="seeds")


def with_thresholds(about: SpreadModel, file: Path | None, graph: Graph) -> SpreadModel:
    """The model with everybody's own threshold, where a file gives them."""
    import numpy as np

    from grapevine.engine.cascade import SpreadError
    from grapevine.engine.cascade.models import WattsThreshold

    if file is None:
        return about
    if not isinstance(about, WattsThreshold) or about.drawn != "same":
        raise SpreadError(_("Thresholds of their own are for the model watts, where none are drawn."))
    given: Any = np.full(graph.n, float(about.threshold))
    for people, value in _numbers_in(file, graph, _("an id and a threshold are wanted.")):
        given[people] = value
    return replace(about, given=given)


def claims_in(told: list[str], file: Path | None, graph: Graph) -> tuple[AtLeast, ...]:
    """What was asked of groups: the one that names a group goes before the one for all."""
    from grapevine.engine.cascade import SpreadError
    from grapevine.engine.cascade.advice import AtLeast

    if bool(told) != bool(file):
        raise SpreadError(_("Groups take two: --groups FILE, and --at-least N or GROUP=N."))
    members: dict[str, list[int]] = {}
    for number, (id, group) in pairs_in(file, _("an id and a group are wanted.")) if file else ():
        found = graph.ids.number(id)
        if found is None:
            why = _("%(id)s is not in the network.") % {"id": id}
            raise SpreadError(house.at_line(str(file), number, why))
        members.setdefault(group, []).append(found)
    every, named = 0, dict[str, int]()
    for one in told:
        group, typed = one.rpartition("=")[::2]
        if not typed.isdecimal():
            why = _("--at-least %(given)s: a number is wanted, or a group and a number: GROUP=N.")
            raise SpreadError(why % {"given": one})
        if group and group not in members:
            values = {"group": repr(group), "groups": ", ".join(sorted(members)[:20])}
            raise SpreadError(_("There is no group %(group)s. There are: %(groups)s.") % values)
        if group:
            named[group] = int(typed)
        else:
            every = int(typed)
    return tuple(
        AtLeast(count, people)
        for group, people in sorted(members.items())
        if (count := named.get(group, every))
    )


def pairs_in(file: Path, wanted: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """The lines of a file with two columns, by number."""
    from grapevine.engine.cascade import SpreadError
    from grapevine.engine.graph import reading

    if not file.is_file():
        raise SpreadError(_("There is no file %(file)s.") % {"file": file})
    for number, parts in reading.lines_of(file):
        try:
            first, second = (part.decode() for part in parts)
        except UnicodeDecodeError:
            why = _("It is not text in UTF-8.")
            raise SpreadError(house.at_line(file.name, number, why)) from None
        except ValueError:
            raise SpreadError(house.at_line(file.name, number, wanted)) from None
        yield number, (first, second)


def costs_in(file: Path, graph: Graph) -> Any:
    """Everybody's cost, from a file of `id cost`."""
    import numpy as np

    costs = np.ones(graph.n)
    for people, value in _numbers_in(file, graph, _("an id and a cost are wanted.")):
        costs[people] = value
    return costs


def _numbers_in(file: Path, graph: Graph, wanted: str) -> Iterator[tuple[Any, float]]:
    """Whom each line of `id number` is about, and the number."""
    from grapevine.engine.cascade import SpreadError
    from grapevine.engine.graph import GraphError

    for number, (id, typed) in pairs_in(file, wanted):
        try:
            people = graph.ids.numbers([id])
            value = float(typed.replace("_", "?"))  # which Python would take for a mark between thousands
        except ValueError as error:
            why = from_below.sentence(error.sentence) if isinstance(error, GraphError) else wanted
            raise SpreadError(house.at_line(file.name, number, why)) from None
        yield people, value
