"""`grapevine up`: everything, in one go."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import typer

from grapevine.cli import house
from grapevine.config import beforehand, serving
from grapevine.config.environment import Environment
from grapevine.config.language import gettext as _


def up(demo: bool = typer.Option(False, "--demo", help="Load the demo when the home is empty.")) -> None:
    """Start Grapevine: pages, live updates and worker. Ctrl-C stops it."""
    environment = house.read_environment()
    environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = serving.home_lock(environment.home)
    if lock is None:
        told = _("Grapevine is running on %(home)s already. Set GRAPEVINE_HOME for a second one.")
        house.end(told % {"home": environment.home})
    _check_ports(environment)
    is_new = not environment.database_url and not environment.sqlite_path.exists()
    begun = beforehand.begin() if demo and is_new else []
    house.wake()
    _lock_database()
    _prepare_database()
    from grapevine.config import static

    static.collect()
    if demo:
        _load_demo(begun)
    _run(environment)


def _check_ports(environment: Environment) -> None:
    wanted = {"GRAPEVINE_PORT": environment.port, "GRAPEVINE_LIVE_PORT": environment.effective_live_port}
    # The parts of one that was killed let go of their ports within a second.
    end = time.monotonic() + 2
    for variable, port in wanted.items():
        while not serving.port_is_free(environment.host, port):
            if time.monotonic() > end:
                values = {"port": port, "host": environment.host, "variable": variable}
                house.end(_("Port %(port)s on %(host)s is taken. Set %(variable)s to a free one.") % values)
            time.sleep(0.1)


def _lock_database() -> None:
    """On PostgreSQL: one `up` per database, wherever its home lies. The lock goes with the connection."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    import psycopg

    settings = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold", "pool"):
        settings.pop(ours, None)
    guard = psycopg.connect(**settings, autocommit=True)
    row = guard.execute("SELECT pg_try_advisory_lock(%s)", [0x67726170]).fetchone()
    if row is None or not row[0]:
        house.end(
            _(
                "Another `grapevine up` uses this database. Start more parts with `grapevine web` and `grapevine work`."
            )
        )
    _kept.append(guard)


_kept: list[object] = []  # what is held until the process ends


def _prepare_database() -> None:
    from grapevine.config import migrating

    if strangers := migrating.unknown():
        told = _(
            "This database was used by a newer Grapevine (it knows %(migration)s). Install that version or newer, "
            "or put back a copy from the folder backups."
        )
        house.end(told % {"migration": strangers[-1]})
    backup = migrating.migrate()[1]
    if backup is not None:
        told = _("The database was brought up to date; a copy of the old one is %(file)s.")
        typer.echo(told % {"file": backup})


def _load_demo(begun: list[subprocess.Popen[bytes]]) -> None:
    from grapevine.home.demo import loader

    if not loader.wanted():
        return
    typer.echo(_("The home is empty: loading the demo …"))
    beforehand.wait(begun or beforehand.begin())
    # In a process of its own: what it takes to load is given back, and this one goes on for months.
    command, followed = (
        [sys.executable, "-m", "grapevine.cli.main", "demo"],
        {serving.PARENT: str(os.getpid())},
    )
    if subprocess.run(command, env={**os.environ, **followed}, check=False).returncode:
        told = _("The demo could not be loaded; `grapevine demo` tries again. Going on without it.")
        typer.echo(told, err=True)


def _run(environment: Environment) -> None:
    from django.db import connections
    from django.urls import reverse

    from grapevine.config import supervisor
    from grapevine.core.actions import sessions

    host = f"[{environment.host}]" if ":" in environment.host else environment.host
    reachable = "127.0.0.1" if host in ("0.0.0.0", "[::]") else host  # noqa: S104 - only compared
    local = f"http://{reachable}:{environment.port}"
    address = environment.public_url or local
    token = sessions.make_set_up_token() if sessions.needs_set_up() else ""
    set_up = f"{address}{reverse('core:set-up')}?token={token}" if token else ""
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()

    def say() -> None:
        typer.echo(_("Grapevine is at %(address)s  (Ctrl-C stops it)") % {"address": address})
        if set_up:
            typer.echo(_("There is no administrator yet. Set it up at %(address)s") % {"address": set_up})

    supervisor.Supervisor(environment).run(address=local, ready=say)
    typer.echo(_("Stopped."))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(up)
