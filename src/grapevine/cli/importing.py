"""The command that imports a file that lies on this machine."""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import typer

from grapevine.cli import house
from grapevine.config import language
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num

COUNTS = ("read", "new", "known", "rejected")
STOPPED = 130
"""What the command ends with after Ctrl-C, as shells have it."""


class Refused(Exception):
    """Nothing is imported. `str()` says why, `code` is what the command ends with."""

    def __init__(self, sentence: str, *, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


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
    time_zone: str = typer.Option(
        "",
        help="Where dates without a time zone are meant, such as Europe/Stockholm; else that of this installation.",
    ),
    keep_days: int = typer.Option(
        -1,
        min=-1,
        max=36500,
        help="How long a source that is made keeps its posts; 0: as long as it stands.",
        show_default=False,
    ),
    as_json: bool = typer.Option(
        False, "--json", help="End with one line of JSON: read, new, known, rejected."
    ),
) -> None:
    """Import a file. Killed and started again, it goes on where it was; imported twice, every post is there once."""
    try:
        path = Path(file).expanduser().resolve()
        if not path.is_file():
            raise Refused(_("There is no file %(file)s.") % {"file": file})
        house.wake_or_make()
        language.follow()
        into = _known_source(source)
        open_one = _left_open(into, path)
        if open_one is not None and not (columns or lang or time_zone or day_first is not None):
            # As it was begun, which may have been with options that nobody wants to type again.
            typer.echo(_("Going on with the import that was broken off, read as it was then."), err=True)
            mapping, layout = open_one.mapping, open_one.layout
        else:
            looked = _looked(path, columns, lang, day_first, time_zone)
            mapping, layout = looked.mapping, looked.layout
        if into is None:
            into = _new_source(source, keep_days)
        elif keep_days >= 0:
            told = _("The source is there already; how long it keeps posts is changed on its page.")
            typer.echo(told, err=True)
        ended = _imported(path, mapping, layout, into, open_one)
    except Refused as error:
        typer.echo(str(error), err=True)
        if as_json:
            typer.echo(json.dumps(dict.fromkeys(COUNTS, 0)))
        raise typer.Exit(error.code) from None
    counts = {name: getattr(ended, name) for name in COUNTS}
    _tell_what_was_amiss(ended)
    typer.echo(json.dumps(counts) if as_json else _sentence(counts))
    if ended.state != "done":
        raise typer.Exit(1 if ended.finished_at else STOPPED)


def _looked(path: Path, columns: list[str], lang: str, day_first: bool | None, time_zone: str) -> Any:
    """How the file will be read. Raises Refused when it cannot be."""
    from grapevine.connectors.base import BadData
    from grapevine.core import clock
    from grapevine.sources import mappings, words

    if time_zone and time_zone not in available_timezones():
        told = _("There is no time zone %(zone)s. Name one as Europe/Stockholm is named.")
        raise Refused(told % {"zone": time_zone})
    try:
        given = _given(path, columns, lang, day_first) | {"time_zone": time_zone}
        looked = mappings.look(path, given, at=clock.now())
    except BadData as error:
        raise Refused(words.error(error.code, error.params)) from None
    if not looked.usable:
        told = " ".join(sentence for blocks, sentence in looked.problems if blocks)
        names = [column.name for column in looked.columns]
        if names:
            how = _("Say it with --map, such as %(example)s. Columns: %(columns)s.")
            told += " " + how % {"example": f"--map text={names[0]}", "columns": ", ".join(names)}
        raise Refused(told)
    for _blocks, sentence in looked.problems:
        typer.echo(sentence, err=True)
    if looked.dates_left_open:
        typer.echo(_("Month first is said with --month-first."), err=True)
    return looked


def _imported(path: Path, mapping: dict[str, Any], layout: str, into: Any, open_one: Any) -> Any:
    """The import, at its end. Raises Refused when another process is at it."""
    from grapevine.core import access, clock
    from grapevine.sources.actions import imports

    _make_matcher_ready()
    begun = imports.start(
        source=into,
        path=str(path),
        file_name=path.name,
        mapping=mapping,
        layout=layout,
        by=access.SYSTEM,
        at=clock.now(),
        in_background=False,
    )
    if open_one is not None and open_one.pk != begun.pk:
        told = _(
            "An import of this file was broken off that read its columns otherwise. It is given up, and the file is read from the "
            "top as said now. What is stored stays; posts with the same id are changed, not doubled."
        )
        typer.echo(told, err=True)
    try:
        return imports.run(begun.pk, at=clock.now(), clock=clock.now, watch=_Watch())
    except KeyboardInterrupt:
        typer.echo(_("Stopped. What was read is kept, and the same command goes on from there."), err=True)
        begun.refresh_from_db()
        return begun
    except imports.BeingImported as error:
        raise Refused(str(error), code=1) from None


def _tell_what_was_amiss(ended: Any) -> None:
    from grapevine.sources import words

    if undated := ended.cursor.get("undated"):
        told = ngettext(
            "%(number)s row had no date and got the file's own, %(day)s.",
            "%(number)s rows had no date and got the file's own, %(day)s.",
            undated,
        )
        typer.echo(told % {"number": num(undated), "day": ended.mapping.get("date", "")[:10]}, err=True)
    if ended.error_code:
        typer.echo(words.error(ended.error_code, ended.error_params), err=True)


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
        field, column = one.partition("=")[::2]
        if field not in FIELDS:
            told = _("A post has no %(field)s. It has: %(fields)s.")
            raise Refused(told % {"field": field, "fields": ", ".join(FIELDS)})
        if column not in found.columns:
            told = _("The file has no column %(column)s. It has: %(columns)s.")
            raise Refused(told % {"column": column, "columns": ", ".join(found.columns)})
        meaning = {name: was for name, was in meaning.items() if was != field} | {column: field}
    return given | {f"column_{place}": meaning.get(name, "") for place, name in enumerate(found.columns)}


def _make_matcher_ready() -> None:
    """Where the matcher was never used, compiling it takes up to a minute: that is said, and done before the clock of the import runs."""
    from grapevine.listen import warmth

    warming = threading.Thread(target=warmth.warm, daemon=True)
    warming.start()
    warming.join(timeout=3)
    if warming.is_alive():
        typer.echo(_("Compiling the matcher for this machine: up to a minute, once."), err=True)
        warming.join()


def _known_source(name: str) -> Any:
    """The source of files of that name, if there is one."""
    from grapevine.core import access
    from grapevine.sources.selectors import sources

    for row in sources.rows(by=access.SYSTEM):
        if row.name == name and row.connector == "file":
            return sources.reachable_by(access.SYSTEM, row.id)
    return None


def _left_open(source: Any, path: Path) -> Any:
    """The import of the file that was broken off, if there is one."""
    from grapevine.core import access
    from grapevine.sources.selectors import imports

    return imports.left_open(source.pk, str(path), by=access.SYSTEM) if source is not None else None


def _new_source(name: str, keep_days: int) -> Any:
    """A source of that name. Raises Refused when nothing can be called that."""
    from grapevine.core import access, clock
    from grapevine.sources.actions import sources as actions

    days = keep_days if keep_days >= 0 else None
    try:
        return actions.add(
            name=name, connector="file", settings={}, retention_days=days, by=access.SYSTEM, at=clock.now()
        )
    except actions.BadName as error:
        raise Refused(str(error)) from None


def _sentence(counts: dict[str, int]) -> str:
    told = _("%(read)s read: %(new)s new, %(known)s known, %(rejected)s left out.")
    return told % {name: num(count) for name, count in counts.items()}


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
        values = {
            "share": f"{100 * share:3.0f}",
            "read": num(one.read),
            "rate": num(one.rate),
            "left": timedelta(seconds=round(left)),
        }
        line = _("%(share)s%%  read: %(read)s  %(rate)s/s  %(left)s left") % values
        typer.echo(f"\r{line}   " if self.is_terminal else line, err=True, nl=not self.is_terminal)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_file)
