"""Bringing the database up to the code, with a copy of it kept first."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from grapevine.config.language import gettext as _
from grapevine.core import clock

KEPT = 5
_LOCK = 0x6772617065  # "grape": the number of PostgreSQL's advisory lock for migrations


class HalfWay(DatabaseError):
    """The database stands between migrations that have been put together into one since. Its text says what to do."""


def _check_whole() -> None:
    """Raise HalfWay when a room has some, but not all, of the migrations that one of today's stands for."""
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    applied = set(MigrationRecorder(connection).applied_migrations())
    for key, migration in loader.disk_migrations.items():
        missing = [name for name in migration.replaces if name not in applied]
        if missing and len(missing) < len(migration.replaces) and key not in applied:
            told = _(
                "This database is of an older Grapevine and stands half-way (%(migration)s is missing). Run `grapevine migrate` "
                "with the last version that had it, then this one; docs/decisions/one-migration-per-room.md says which."
            )
            raise HalfWay(told % {"migration": ".".join(missing[0])})


def due() -> list[str]:
    """The migrations that have not been applied, in their order. Raises DatabaseError when the database is away or half-way."""
    _check_whole()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown() -> list[str]:
    """Migrations in the database that this version does not know: the data is of a newer Grapevine."""
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    known = set(loader.disk_migrations)
    known.update(*(migration.replaces for migration in loader.disk_migrations.values()))
    ours = set(settings.ROOMS)
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in known)


def is_new() -> bool:
    """Whether the database is empty."""
    return not connection.introspection.table_names()


def back_up() -> Path | None:
    """Copy the SQLite file to home/backups while others may go on using it; the last five are kept. None on PostgreSQL.

    The copy is complete or not there: it is written aside and then named.
    """
    if connection.vendor != "sqlite":
        return None
    folder = settings.GRAPEVINE.home / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path: Path = folder / f"grapevine-{clock.now():%Y%m%d-%H%M%S-%f}.sqlite3"
    aside = path.with_suffix(".part")
    with (
        closing(sqlite3.connect(settings.GRAPEVINE.sqlite_path)) as source,
        closing(sqlite3.connect(aside)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    aside.chmod(0o600)
    aside.rename(path)
    for old in sorted(folder.glob("grapevine-*.sqlite3"))[:-KEPT]:
        old.unlink()
    for lost in folder.glob("*.part"):
        lost.unlink()
    return path


@contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL several machines may start at once: one migrates, the others wait."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def migrate() -> tuple[list[str], Path | None]:
    """Apply what is due, after a backup when there is something to lose. Returns what was applied, and the backup."""
    with _alone():
        names = due()
        if not names:
            # A database of before is told that one migration stands for those it knows.
            MigrationExecutor(connection).check_replacements()
            return [], None
        backup = None if is_new() else back_up()
        call_command("migrate", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        os.chmod(settings.GRAPEVINE.sqlite_path, 0o600)  # noqa: PTH101
    return names, backup
