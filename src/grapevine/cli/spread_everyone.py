"""`grapevine spread everyone`: how far each person reaches alone."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import typer

from grapevine.cli.spread_asked import (
    EDGES,
    PEOPLE,
    PROBABILITY,
    RNG,
    SET,
    THREADS,
    THRESHOLD,
    TURNED,
    UNDIRECTED,
    made,
    network,
    say,
    set_to,
    told,
)
from grapevine.cli.spread_files import THRESHOLDS, with_thresholds
from grapevine.config.language import gettext as _


@told
def everyone(
    edges: str = EDGES,
    undirected: bool = UNDIRECTED,
    listens: bool = TURNED,
    people: int | None = PEOPLE,
    model: str = typer.Option("lt", "--model", help="Any model on the shelf."),
    threshold: str | None = THRESHOLD,
    thresholds: Path | None = THRESHOLDS,
    probability: str | None = PROBABILITY,
    set_: list[str] = SET,
    runs: int = typer.Option(
        100, min=1, help="lt: worlds; ic: reverse samples per person; others: runs of each person."
    ),
    top: int = typer.Option(20, min=0, help="Tell of so many who reach furthest."),
    out: Path | None = typer.Option(
        None,
        help="Write all of them there, as CSV for spreadsheets: id, mean, stderr. An id that a spreadsheet would run has an apostrophe before it.",
    ),
    rng: int = RNG,
    threads: int = THREADS,
) -> None:
    """How far each person reaches alone: all people at once, for much less than a simulation each."""
    import numpy as np

    from grapevine.engine.cascade import SpreadError

    about = made(model, threshold, probability, set_)
    graph = network(
        edges, undirected=undirected, turned=listens, people=people, chances=probability == "column"
    )
    about = with_thresholds(about, thresholds, graph)
    found = about.everyone(graph, runs=runs, rng=rng, threads=threads)
    furthest = np.argsort(-found.mean, kind="stable")[:top].tolist()
    if out is not None:
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(("id", "mean", "stderr"))
                rows = zip(found.mean.tolist(), found.stderr.tolist(), strict=True)
                writer.writerows((_cell(graph.ids.of(number)), *row) for number, row in enumerate(rows))
        except OSError as error:
            raise SpreadError(
                _("%(file)s can't be written: %(why)s.") % {"file": out, "why": error.strerror}
            ) from None
    answer: dict[str, Any] = {
        "n": graph.n, "m": graph.m, "model": model, "knobs": set_to(about), "runs": found.runs, "way": found.way, "exact": found.exact, "rng": rng,
        "mean": float(found.mean.mean()) if graph.n else None,
        "top": [
            {"id": graph.ids.of(one), "mean": float(found.mean[one]), "stderr": float(found.stderr[one])} for one in furthest
        ],
    }  # fmt: skip
    say(answer)


def _cell(id: int | str) -> int | str:
    """An id for a spreadsheet, which must not take it for a formula. Edge lists and JSON are for machines and keep ids as they are."""
    from grapevine.core import cells

    return cells.key(id) if isinstance(id, str) else id
