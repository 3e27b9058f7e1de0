"""Commands about the store: migrate, backup, demo."""

from __future__ import annotations

import typer

from grapevine.cli import house
from grapevine.config.language import gettext as _


def migrate() -> None:
    """Bring the database up to date. The SQLite file is copied to the folder backups first."""
    house.wake()
    from grapevine.config import migrating

    done, backup = migrating.migrate()
    for name in done:
        typer.echo(_("applied %(name)s") % {"name": name})
    if backup is not None:
        typer.echo(_("A copy of the old database is %(file)s") % {"file": backup})
    if not done:
        typer.echo(_("The database is up to date."))


def backup() -> None:
    """Copy the SQLite file to the folder backups, while Grapevine may go on running."""
    house.wake()
    from grapevine.config import migrating

    path = migrating.back_up()
    if path is None:
        house.end(_("The data is in PostgreSQL: use pg_dump there."))
    typer.echo(str(path))


def demo(remove: bool = typer.Option(False, "--remove", help="Take the demo away without trace.")) -> None:
    """Load the demo: a fictional coffee roaster, its competitors, and 90 days of talk."""
    house.follow_supervisor()
    house.wake_with_database()
    from grapevine.core import clock
    from grapevine.home.demo import loader

    if remove:
        loader.remove(at=clock.now())
        typer.echo(_("The demo is gone."))
    else:
        loader.load(at=clock.now())
        typer.echo(_("The demo is loaded."))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(backup)
    app.command()(demo)
