"""The command that imports a file that lies on this machine."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import typer

from grapevine.cli import house


def import_file(
    file: str = typer.Argument(
        help="CSV, JSON Lines or Parquet; also .gz. Exports of other tools are recognised."
    ),
    source: str = typer.Option(help="The source its posts belong to; made when there is none of this name."),
    columns: list[str] = typer.Option(
        [], "--map", help="What a column is, such as text=Message; may be given several times."
    ),
    lang: str = typer.Option("", help="The language of all posts, such as sv, when the file does not say."),
    day_first: bool | None = typer.Option(
        None, "--day-first/--month-first", help="What 03/04 means, when the file itself leaves it open."
    ),
    as_json: bool = typer.Option(
        False, "--json", help="End with one line of JSON: read, new, known, rejected."
    ),
) -> None:
    """Import a file. Killed and started again, it goes on where it was; imported twice, every post is there once."""
    path = Path(file).expanduser().resolve()
    if not path.is_file():
        house.end(f"There is no file {file}.", code=2)
    house.wake_or_make()
    from grapevine.connectors.base import BadData
    from grapevine.core import access, clock
    from grapevine.sources import mappings, words
    from grapevine.sources.actions import imports

    try:
        looked = mappings.look(path, _given(path, columns, lang, day_first), at=clock.now())
    except BadData as error:
        house.end(words.error(error.code, error.params), code=2)
    if not looked.usable:
        told = " ".join(sentence for blocks, sentence in looked.problems if blocks)
        names = ", ".join(column.name for column in looked.columns)
        house.end(
            f"{told} Say it with --map, such as --map text={names.split(', ')[0]}. Columns: {names}.", code=2
        )
    for _, sentence in looked.problems:
        typer.echo(sentence, err=True)
    if looked.dates_left_open:
        typer.echo("Month first is said with --month-first.", err=True)
    _make_matcher_ready()
    into = _source(source)
    begun = imports.start(
        source=into,
        path=str(path),
        file_name=path.name,
        mapping=looked.mapping,
        layout=looked.layout,
        by=access.SYSTEM,
        at=clock.now(),
        in_background=False,
    )
    try:
        ended = imports.run(begun.pk, at=clock.now(), clock=clock.now, watch=_Watch())
    except imports.BeingImported as error:
        house.end(str(error))
    counts = {name: getattr(ended, name) for name in ("read", "new", "known", "rejected")}
    if ended.error_code:
        typer.echo(words.error(ended.error_code, ended.error_params), err=True)
    typer.echo(json.dumps(counts) if as_json else _sentence(counts))
    if ended.state != "done":
        raise typer.Exit(1)


def _given(path: Path, columns: list[str], lang: str, day_first: bool | None) -> dict[str, str]:
    """The options as the form on the page would say them."""
    from grapevine.connectors.file import inspection
    from grapevine.connectors.file.mapping import FIELDS

    given = {"lang": lang, "day_first": {True: "yes", False: "no", None: ""}[day_first]}
    if not columns:
        return given
    found = inspection.inspect(path)
    meaning = {column: field for field, names in found.mapping.columns.items() for column in names}
    for one in columns:
        field, _, column = one.partition("=")
        if field not in FIELDS:
            house.end(f"A post has no {field}. It has: {', '.join(FIELDS)}.", code=2)
        if column not in found.columns:
            house.end(f"The file has no column {column}. It has: {', '.join(found.columns)}.", code=2)
        meaning = {name: was for name, was in meaning.items() if was != field} | {column: field}
    return given | {f"column_{place}": meaning.get(name, "") for place, name in enumerate(found.columns)}


def _make_matcher_ready() -> None:
    """Where the matcher was never used, compiling it takes up to a minute: that is said, and done before the clock of the import runs."""
    from grapevine.listen import warmth

    warming = threading.Thread(target=warmth.warm, daemon=True)
    warming.start()
    warming.join(timeout=3)
    if warming.is_alive():
        typer.echo("Compiling the matcher for this machine: up to a minute, once.", err=True)
        warming.join()


def _source(name: str) -> Any:
    """The source of that name, made when there is none."""
    from grapevine.core import access, clock
    from grapevine.sources.actions import sources as actions
    from grapevine.sources.selectors import sources

    for row in sources.rows(by=access.SYSTEM):
        if row.name == name and row.connector == "file":
            return sources.reachable_by(access.SYSTEM, row.id)
    return actions.add(
        name=name, connector="file", settings={}, retention_days=0, by=access.SYSTEM, at=clock.now()
    )


def _sentence(counts: dict[str, int]) -> str:
    return "{read:,} read: {new:,} new, {known:,} known, {rejected:,} left out.".format(**counts)


class _Watch:
    """Tells how far an import is: on a terminal in one line that changes, else every ten seconds."""

    def __init__(self) -> None:
        self.is_terminal = sys.stderr.isatty()
        self.told_at = time.monotonic()

    def __call__(self, one: Any) -> None:
        now = time.monotonic()
        if now - self.told_at < (0.2 if self.is_terminal else 10):
            return
        self.told_at = now
        share = one.bytes_done / one.bytes_total if one.bytes_total else 0
        left = (one.read / share - one.read) / one.rate if share and one.rate else 0
        line = f"{share:4.0%}  {one.read:,} posts  {one.rate:,.0f}/s  {left:.0f} s left"
        typer.echo(f"\r{line}   " if self.is_terminal else line, err=True, nl=not self.is_terminal)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)
