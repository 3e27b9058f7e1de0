"""`grapevine spread estimate`: what real cascades tell of a network."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from grapevine.cli import from_below
from grapevine.cli.spread_asked import EDGES, PEOPLE, RNG, TURNED, UNDIRECTED, network, say, told
from grapevine.config.language import gettext as _
from grapevine.core import cells

if TYPE_CHECKING:
    from grapevine.engine.cascade.events import Adoptions
    from grapevine.engine.graph import Graph

COLUMNS = ("id", "cascade", "joined", "listens_to", "had_joined", "above", "at_most")


@told
def estimate(
    edges: str = EDGES,
    events: list[Path] = typer.Argument(
        help="Who joined when: lines `id time`, or `u v time kind` for ties that were used by u. Several files are several cascades."
    ),
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    kind: list[str] = typer.Option(
        [], help="Only events of this kind (the fourth column); may be said several times."
    ),
    window: float = typer.Option(
        float("inf"), help="A friend can have convinced somebody only within so long."
    ),
    strength: float = typer.Option(
        20.0,
        help="So many tries at the common chance are put to every group's own, and at the group's to every tie's own.",
    ),
    out: Path | None = typer.Option(
        None, help="Write the chance of every tie there, as an edge list that `--probability column` takes."
    ),
    thresholds: Path | None = typer.Option(
        None,
        help="Write there, as CSV, between which shares of friends everybody's threshold lies who had heard of it.",
    ),
    rng: int = RNG,
) -> None:
    """What real cascades tell: exposure curve, thresholds, chances of ties, reproduction, generations; and how well each foretells those left out."""
    from dataclasses import asdict

    from grapevine.engine.cascade import estimation
    from grapevine.engine.cascade import events as observed

    graph = network(edges, undirected=undirected, turned=listens, people=people)
    cascades = [observed.read(file, graph, kinds=tuple(kind)) for file in events]
    for file, seen in zip(events, cascades, strict=True):
        _somebody(file, seen)
    found = estimation.estimate(graph, cascades, window=window, strength=strength, rng=rng)
    if out is not None:
        _write_chances(out, graph, estimation.chances(graph, cascades, window=window, strength=strength))
    if thresholds is not None:
        _write_thresholds(thresholds, graph, cascades, window)
    answer = asdict(found)
    answer["warning"] = from_below.sentence(found.warning) if found.warning else None
    answer["caveat"] = from_below.sentence(found.caveat)
    answer["held_out"]["better_than_mean"] = found.held_out.better
    answer["scores"] = [{**asdict(one), "better_than_mean": one.better} for one in found.scores]
    say({"n": graph.n, "m": graph.m, **answer})


def _somebody(file: Path, seen: Adoptions) -> None:
    """Raises SpreadError when nothing of a file can be learnt from."""
    from grapevine.engine.cascade import SpreadError

    if seen.joined.size:
        return
    if not seen.unknown:
        raise SpreadError(_("%(file)s tells of nobody who joined; look at --kind.") % {"file": file})
    raise SpreadError(
        _("Nobody who joined in %(file)s is in the network: are the ids the same?") % {"file": file}
    )


def _write_chances(file: Path, graph: Graph, by_in_arc: object) -> None:
    import numpy as np

    listener = np.repeat(np.arange(graph.n), graph.in_degree)
    with _open(file) as lines:
        lines.write("# u v chance: u influences v; both directions of a tie have a line of their own\n")
        ids = graph.ids.of_many(range(graph.n))
        columns = zip(graph.in_from.tolist(), listener.tolist(), np.asarray(by_in_arc).tolist(), strict=True)
        lines.writelines(f"{ids[one]}\t{ids[other]}\t{chance:.6g}\n" for one, other, chance in columns)


def _cell(id: int | str) -> int | str:
    """An id as a spreadsheet may see it."""
    return cells.harmless(id) if isinstance(id, str) else id


def _write_thresholds(file: Path, graph: Graph, cascades: list[Adoptions], window: float) -> None:
    import numpy as np

    from grapevine.engine.cascade import estimation

    known, bounds = estimation.personal(graph, cascades, window=window)
    columns = (
        known.person, known.cascade + 1, known.has, known.listens, known.before, bounds.low, bounds.high
    )  # fmt: skip
    with _open(file) as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for person, cascade, has, friends, before, low, high in zip(
            *(one.tolist() for one in columns), strict=True
        ):
            most = "" if np.isinf(high) else f"{high:.6g}"
            writer.writerow(
                (_cell(graph.ids.of(person)), cascade, int(has), friends, before, f"{low:.6g}", most)
            )


@contextmanager
def _open(file: Path) -> Iterator[IO[str]]:
    """A file of text to be written, packed when it is called .gz."""
    from grapevine.engine.cascade import SpreadError

    try:
        if file.suffix == ".gz":
            with gzip.open(file, "wt", encoding="utf-8", newline="") as packed:
                yield packed
        else:
            with file.open("w", encoding="utf-8", newline="") as plain:
                yield plain
    except OSError as error:
        told_why = _("%(file)s can't be written: %(why)s.") % {"file": file, "why": error.strerror}
        raise SpreadError(told_why) from None
