"""`grapevine spread export`: a network of the room, as it was observed, out to files that the other commands take."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from grapevine.cli import house
from grapevine.cli.spread_asked import say, told
from grapevine.config.language import gettext as _

if TYPE_CHECKING:
    from grapevine.spread.handed import Handed

AT_ONCE = 100_000


@told
def export(
    network: str = typer.Argument(help="The network's number or name; of several with one name the newest."),
    file: Path = typer.Argument(
        help="An edge list as text (NAME.txt, NAME.txt.gz, - for standard output), NAME.parquet, or, without an ending, a folder as `save` writes it."
    ),
    people: Path | None = typer.Option(
        None,
        "--people",
        help="Write everybody there, as CSV: id, handle, language, posts, followers, ours, community, core, contact.",
    ),
    allowed: Path | None = typer.Option(
        None, "--allowed", help="Write the ids of those who may be contacted there, for `seeds --allowed`."
    ),
) -> None:
    """Take the observed network along: who influences whom and how strongly, people by the numbers they have here."""
    house.wake_with_database()
    from grapevine.core import access, clock
    from grapevine.spread.actions import networks
    from grapevine.spread.selectors import networks as selector

    found = selector.called(network)
    if found is None:
        choices = ", ".join(f"{one.pk} ({one.name})" for one in selector.choices()[:20])
        values = {"name": repr(network), "networks": choices or "–"}
        house.end(_("There is no network %(name)s. There are: %(networks)s.") % values, code=2)
    handed = networks.hand_out(network=found, by=access.SYSTEM, at=clock.now())
    try:
        _ties(handed, file)
        if people is not None:
            _people(handed, people)
        if allowed is not None:
            with _text(allowed) as lines:
                lines.writelines(f"{one}\n" for one in handed.ids[handed.allowed].tolist())
    except OSError as error:
        values = {"file": str(error.filename or file), "why": error.strerror or str(error)}
        house.end(_("%(file)s can’t be written: %(why)s.") % values, code=2)
    if str(file) != "-":
        say(
            {
                "network": found.pk, "name": found.name, "until": found.until.isoformat(), "n": handed.graph.n, "m": handed.graph.m,
                "may_be_contacted": int(handed.allowed.sum()), "forgotten_left_out": handed.forgotten,
            }
        )  # fmt: skip


def _ties(handed: Handed, file: Path) -> None:
    from grapevine.engine.graph import store

    if str(file) == "-":
        _lines(handed, sys.stdout)
    elif file.suffix == ".parquet":
        _parquet(handed, file)
    elif file.suffix:
        with _text(file) as lines:
            _lines(handed, lines)
    else:
        store.save(handed.graph, file)


def _lines(handed: Handed, out: IO[str]) -> None:
    sources, targets, weights = handed.ties()
    out.write("# u v weight: u influences v\n")
    for at in range(0, sources.size, AT_ONCE):
        part = slice(at, at + AT_ONCE)
        rows = zip(sources[part].tolist(), targets[part].tolist(), weights[part].tolist(), strict=True)
        out.writelines(f"{u} {v} {weight:.6g}\n" for u, v, weight in rows)


def _parquet(handed: Handed, file: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    columns = dict(zip(("influences", "influenced", "weight"), handed.ties(), strict=True))
    parquet.write_table(pyarrow.table(columns), file)


def _people(handed: Handed, file: Path) -> None:
    from grapevine.spread.handed import COLUMNS
    from grapevine.ui import csv_files

    with _text(file) as lines:
        lines.writelines(csv_files.lines(COLUMNS, handed.people()))


@contextmanager
def _text(file: Path) -> Iterator[IO[str]]:
    """A file of text to be written, packed when it is called .gz."""
    if file.suffix == ".gz":
        with gzip.open(file, "wt", encoding="utf-8", newline="") as packed:
            yield packed
    else:
        with file.open("w", encoding="utf-8", newline="") as plain:
            yield plain
