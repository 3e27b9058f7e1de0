"""The parts of a running Grapevine, each alone: web, live, work."""

from __future__ import annotations

import os
from typing import NoReturn

import typer

from grapevine.cli import house
from grapevine.config import serving
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    house.follow_supervisor()


def _taken(port: int, variable: str) -> NoReturn:
    values = {"port": port, "variable": variable}
    house.end(_("Port %(port)s is taken. Set %(variable)s to a free one.") % values)


def web() -> None:
    """Serve the pages alone. `grapevine up` does this and all the rest."""
    environment = house.read_environment()
    _prepare()
    if serving.PARENT not in os.environ:
        if not serving.port_is_free(environment.host, environment.port):
            _taken(environment.port, "GRAPEVINE_PORT")
        house.wake_with_database()
        from grapevine.config import static

        static.collect()
    serving.serve_pages(environment)


def live() -> None:
    """Serve live updates alone."""
    environment = house.read_environment()
    _prepare()
    port = environment.effective_live_port
    if serving.PARENT not in os.environ and not serving.port_is_free(environment.host, port):
        _taken(port, "GRAPEVINE_LIVE_PORT")
    serving.serve_live(environment)


def work(once: bool = typer.Option(False, "--once", help="Do what is due, then exit (for cron).")) -> None:
    """Do the jobs: fetch sources, import files, keep house. Start as many as you like."""
    environment = house.read_environment()
    _prepare()
    if once:
        house.wake_with_database()
        from grapevine.core import workers

        count = workers.work_once()
        typer.echo(ngettext("%(number)s job done.", "%(number)s jobs done.", count) % {"number": num(count)})
        return
    serving.work(environment)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(web)
    app.command()(live)
    app.command()(work)
