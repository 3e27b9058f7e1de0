"""What `grapevine doctor` looks at. A finding never holds a secret."""

from __future__ import annotations

import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import grapevine
from grapevine.config import environment as environments
from grapevine.config import findings, secret
from grapevine.config.findings import Finding, State


def examine() -> list[Finding]:
    """Look at everything; what can't be looked at is a finding too."""
    environment = environments.read()
    found = [*_settings(environment), *_machine(environment)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    if any(finding.state == "failed" for finding in found):
        return found
    import django

    django.setup()
    from grapevine.config import overview  # noqa: F401 - registers what the rooms can tell

    database = list(_database())
    found += database
    if all(finding.state != "failed" for finding in database):
        for function in (_processes, _people, *findings.looks()):
            try:
                found += function()
            except Exception as error:  # noqa: BLE001 - the doctor examines what is ill
                found.append(
                    Finding(function.__name__.strip("_"), "failed", f"{type(error).__name__}: {error}")
                )
    return found + list(_files(environment))


def _settings(environment: environments.Environment) -> Iterator[Finding]:
    set_here = []
    for field in fields(environment):
        variable = f"GRAPEVINE_{field.name.upper()}"
        if os.environ.get(variable, "").strip():
            shown = "(not shown)" if field.name in environments.SECRET else os.environ[variable]
            set_here.append(f"{variable}={shown}")
    known = {f"GRAPEVINE_{field.name.upper()}" for field in fields(environment)}
    strange = sorted(name for name in os.environ if name.startswith("GRAPEVINE_") and name not in known)
    strange = [
        name for name in strange if name != "GRAPEVINE_SUPERVISOR" and not name.startswith("GRAPEVINE_TEST")
    ]
    yield Finding("settings", "ok", ", ".join(set_here) or "all at their defaults")
    if strange:
        yield Finding("settings", "warning", f"{', '.join(strange)}: no such settings; see docs/settings.md")
    if environment.debug:
        yield Finding("settings", "warning", "GRAPEVINE_DEBUG is on: errors are told on pages")
    if environment.public_url.startswith("https:") and not environment.secure_cookies:
        yield Finding("settings", "warning", "people come by https: set GRAPEVINE_SECURE_COOKIES=yes")


def _machine(environment: environments.Environment) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("version", "ok", f"Grapevine {grapevine.__version__} on Python {version} ({sys.platform})")
    home = environment.home
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / f".probe-{os.getpid()}"
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        yield Finding("home", "failed", f"{home} can't be written ({error.strerror}): set GRAPEVINE_HOME")
        return
    free = shutil.disk_usage(home).free / 2**30
    state: State = "failed" if free < 0.1 else "warning" if free < 2 else "ok"
    yield Finding("home", state, f"{home}, {free:.1f} GiB free")
    if home.stat().st_mode & 0o007:
        yield Finding("home", "warning", f"others on this machine may look into {home}: chmod 700 {home}")
    yield from _key(home)
    skew = "" if time.time() > 1_700_000_000 else "the clock is years behind"
    yield Finding("clock", "warning" if skew else "ok", skew or f"time zone {environment.time_zone}")


def _key(home: Path) -> Iterator[Finding]:
    path = secret.path_under(home)
    if not path.exists():
        yield Finding("secret key", "ok", "none yet: the first start makes it")
        return
    try:
        secret.read_or_make(home)
    except secret.WrongKey as error:
        yield Finding("secret key", "failed", str(error))
    except OSError as error:
        yield Finding("secret key", "failed", f"{path} can't be read ({error.strerror}): change its owner")
    else:
        yield Finding("secret key", "ok", f"{path}; keep a copy of it with the backups")


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    from grapevine.config import migrating

    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW server_version")
                version = cursor.fetchone()[0]
                cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
                size = cursor.fetchone()[0]
                old = int(version.split(".")[0]) < 15
                told = f"PostgreSQL {version}, {size}" + (" (15 or newer is wanted)" if old else "")
                yield Finding("database", "failed" if old else "ok", told)
            else:
                cursor.execute("SELECT sqlite_version()")
                version = cursor.fetchone()[0]
                path = Path(connection.settings_dict["NAME"])
                size = path.stat().st_size / 2**20 if path.exists() else 0.0
                yield Finding("database", "ok", f"SQLite {version}, {path}, {size:.1f} MiB")
        due, strange = migrating.due(), migrating.unknown()
    except (DatabaseError, OSError) as error:
        yield Finding("database", "failed", f"does not answer: {' '.join(str(error).split())[:300]}")
        return
    if strange:
        yield Finding("migrations", "failed", f"the database is of a newer Grapevine ({strange[-1]})")
    elif due:
        yield Finding(
            "migrations", "failed", f"{len(due)} to apply: run `grapevine migrate` or `grapevine up`"
        )
    else:
        yield Finding("migrations", "ok", "all applied")


def _processes() -> Iterator[Finding]:
    from django.conf import settings

    from grapevine.core import clock, heartbeats
    from grapevine.core.models import Job

    now = clock.now()
    host = settings.GRAPEVINE.host
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.GRAPEVINE.port}/healthz", timeout=2):
            yield Finding("web", "ok", f"answers on port {settings.GRAPEVINE.port}")
    except OSError:
        yield Finding(
            "web", "warning", f"nothing answers on port {settings.GRAPEVINE.port}: run `grapevine up`"
        )
    for part in ("worker", "live"):
        alive = [sign for sign in heartbeats.signs(at=now) if sign.part == part and sign.alive]
        told = f"{len(alive)} running" if alive else "not running: run `grapevine up`"
        yield Finding(part, "ok" if alive else "warning", told)
    failed = Job.objects.filter(state="failed").count()
    waiting = Job.objects.filter(state="waiting", run_at__lte=now).count()
    yield Finding(
        "jobs", "warning" if failed else "ok", f"{waiting} due, {failed} failed (see the page of jobs)"
    )


def _people() -> Iterator[Finding]:
    from grapevine.core.models import User

    count = User.objects.active().count()
    told = f"{count} active" if count else "none yet: `grapevine up` prints the address of the set-up page"
    yield Finding("users", "ok" if count else "warning", told)


def _files(environment: environments.Environment) -> Iterator[Finding]:
    from django.conf import settings

    from grapevine.config import static

    if settings.DEBUG:
        yield Finding("static files", "ok", "served from their sources (debug)")
    else:
        fresh = static.is_fresh()
        yield Finding(
            "static files",
            "ok" if fresh else "warning",
            "collected" if fresh else "not collected: `grapevine up`",
        )
    package = Path(grapevine.__file__).parent
    lacking = [po for po in package.rglob("locale/*/LC_MESSAGES/*.po") if not po.with_suffix(".mo").exists()]
    told = f"{len(lacking)} catalogues are not compiled: run `make install`" if lacking else "sv, da, nl, en"
    yield Finding("languages", "warning" if lacking else "ok", told)
    backups = sorted((environment.home / "backups").glob("*.sqlite3"))
    if not environment.is_postgresql:
        yield Finding(
            "backups", "ok", f"{len(backups)}, the latest {backups[-1].name}" if backups else "none yet"
        )
