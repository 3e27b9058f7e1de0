"""The command that hands out what was caught: the same filters and formats as on the page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import typer

from grapevine.cli import house
from grapevine.config import language
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num

NAMES = ("csv", "excel-point", "excel-comma", "jsonl", "parquet")


def export(
    file: str = typer.Argument(help="Where to write it; - for standard output."),
    kind: str = typer.Option(
        "", "--format", help=f"{', '.join(NAMES)}; as the file is called when not given."
    ),
    q: str = typer.Option("", "--search", help="A query in the watch language."),
    brand: str = typer.Option("", help="The brand's name in addresses, such as fjordkaffe."),
    watch: str = typer.Option("", help="The watch's number."),
    source: str = typer.Option("", help="The source's number or name."),
    lang: str = typer.Option("", help="A language such as sv, or unsure."),
    mood: str = typer.Option("", help="negative, neutral, positive or unsure."),
    want: str = typer.Option("", help="What posts want, such as complains, recommends or asks_help."),
    spam: str = typer.Option("", help="hide, or only."),
    author: str = typer.Option("", help="The author's number."),
    since: str = typer.Option("", "--from", help="A day such as 2026-01-31, or a moment."),
    until: str = typer.Option("", "--to", help="A day (included), or a moment (not included)."),
    period: str = typer.Option("", help="24h, 7, 30, 90 (days) or 12m, up to now."),
    first_only: bool = typer.Option(
        False, "--first-only", help="One post for all that nearly repeat each other."
    ),
    mask: bool = typer.Option(
        False,
        "--mask",
        help="Hide e-mail addresses, phone numbers, national numbers, cards and accounts in texts.",
    ),
) -> None:
    """Write all posts under some filters to a file, newest first, in little memory."""
    house.wake_with_database()
    language.follow()
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    from django.conf import settings

    from grapevine.core import access, clock
    from grapevine.listen import formats
    from grapevine.listen.actions import exports
    from grapevine.listen.contracts.filters import Wish
    from grapevine.listen.selectors import filters

    format_of_file = formats.FORMATS.get(kind or Path(file).suffix.lstrip("."))
    if format_of_file is None:
        house.end(_("Say the format: %(option)s.") % {"option": f"--format {'|'.join(NAMES)}"}, code=2)
    zone, now = ZoneInfo(settings.TIME_ZONE), clock.now()
    wish = Wish(
        q=q, brand=brand, watch=watch, source=_source(source), lang=lang, mood=mood, want=want, spam=spam, author=author,
        period=period, since=since, until=until,
    )  # fmt: skip
    choice = filters.understood(wish, now=now, zone=zone)
    if choice.problems:
        house.end(" ".join(map(str, choice.problems)), code=2)
    chosen = replace(choice.filter, folded=first_only)
    found = exports.begin(
        chosen=chosen, kind=format_of_file, zone=zone, by=access.SYSTEM, at=now, masked=mask
    )
    if file == "-":
        _write(found, sys.stdout.buffer)
    else:
        with Path(file).open("wb") as out:
            _write(found, out)
    typer.echo(
        ngettext("%(number)s post.", "%(number)s posts.", found.rows) % {"number": num(found.rows)}, err=True
    )


def _source(text: str) -> str:
    """The number of a source that is given by name."""
    if not text or text.isdigit():
        return text
    from grapevine.sources.selectors import shown

    for one in shown.source_names().values():
        if one.name == text:
            return str(one.id)
    house.end(_("There is no source called %(name)s.") % {"name": repr(text)}, code=2)


def _write(pieces: Iterable[bytes], out: IO[bytes]) -> None:
    for piece in pieces:
        out.write(piece)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
