"""The parts of a running Grapevine, each alone: web, live, work."""

from __future__ import annotations

import os

import typer

from grapevine.cli import house
from grapevine.config import serving


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    house.follow_supervisor()


def web() -> None:
    """Serve the pages alone. `grapevine up` does this and all the rest."""
    environment = house.read_environment()
    _prepare()
    if serving.PARENT not in os.environ:
        if not serving.port_is_free(environment.host, environment.port):
            house.end(f"Port {environment.port} is taken. Set GRAPEVINE_PORT to a free one.")
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
        house.end(f"Port {port} is taken. Set GRAPEVINE_LIVE_PORT to a free one.")
    serving.serve_live(environment)


def work(once: bool = typer.Option(False, "--once", help="Do what is due, then exit (for cron).")) -> None:
    """Do the jobs: fetch sources, import files, keep house. Start as many as you like."""
    environment = house.read_environment()
    _prepare()
    if once:
        house.wake_with_database()
        from grapevine.core import workers

        count = workers.work_once()
        typer.echo(f"{count} jobs done.")
        return
    serving.work(environment)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(web)
    app.command()(live)
    app.command()(work)
