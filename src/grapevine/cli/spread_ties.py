"""`grapevine spread ties`: a file that tells who listens to whom, into the store."""

from __future__ import annotations

from pathlib import Path

import typer

from grapevine.cli import house
from grapevine.cli.spread_asked import say
from grapevine.config.language import gettext as _


def ties(
    file: Path = typer.Argument(
        help="CSV: who listens, to whom (handles or e-mail addresses), and a weight and platforms if you like."
    ),
    name: str = typer.Option("", help="What the file is called on its page; else its own name."),
) -> None:
    """Tell networks who listens to whom, as you know it from elsewhere. Ends with one line of JSON: read, kept, refused."""
    if not file.is_file():
        house.end(_("There is no file %(name)s.") % {"name": file}, code=2)
    house.wake_with_database()
    from grapevine.core import access, clock
    from grapevine.spread.actions import tie_files
    from grapevine.spread.tie_lines import NoTies

    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        try:
            made = tie_files.add(name=name or file.name, lines=lines, by=access.SYSTEM, at=clock.now())
        except NoTies as error:
            house.end("\n".join(error.said()), code=2)
    say({"read": made.read, "kept": made.kept, "refused": made.refused})
