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
from grapevine.config import findings, language, secret
from grapevine.config.findings import Finding, State
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num


def examine() -> list[Finding]:
    """Look at everything; what can't be looked at is a finding too."""
    environment = environments.read()
    found = [*_settings(environment), *_machine(environment)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    if any(finding.state == "failed" for finding in found):
        return found
    import django

    django.setup()
    language.follow()
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
            shown = _("(not shown)") if field.name in environments.SECRET else os.environ[variable]
            set_here.append(f"{variable}={shown}")
    known = {f"GRAPEVINE_{field.name.upper()}" for field in fields(environment)}
    strange = sorted(name for name in os.environ if name.startswith("GRAPEVINE_") and name not in known)
    strange = [
        name for name in strange if name != "GRAPEVINE_SUPERVISOR" and not name.startswith("GRAPEVINE_TEST")
    ]
    yield Finding("settings", "ok", ", ".join(set_here) or _("all at their defaults"))
    if strange:
        told = _("%(names)s: no such settings; see docs/settings.md") % {"names": ", ".join(strange)}
        yield Finding("settings", "warning", told)
    if environment.debug:
        yield Finding("settings", "warning", _("GRAPEVINE_DEBUG is on: errors are told on pages"))
    if environment.public_url.startswith("https:") and not environment.secure_cookies:
        yield Finding("settings", "warning", _("people come by https: set GRAPEVINE_SECURE_COOKIES=yes"))


def _machine(environment: environments.Environment) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    values = {"version": grapevine.__version__, "python": version, "platform": sys.platform}
    told = _("Grapevine %(version)s on Python %(python)s (%(platform)s)") % values
    yield Finding("version", "ok", told)
    home = environment.home
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / f".probe-{os.getpid()}"
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        told = _("%(folder)s can't be written (%(reason)s): set GRAPEVINE_HOME")
        yield Finding("home", "failed", told % {"folder": home, "reason": error.strerror})
        return
    free = shutil.disk_usage(home).free / 2**30
    state: State = "failed" if free < 0.1 else "warning" if free < 2 else "ok"
    told = _("%(folder)s, %(size)s GiB free") % {"folder": home, "size": num(free, 1)}
    yield Finding("home", state, told)
    if home.stat().st_mode & 0o007:
        told = _("others on this machine may look into %(folder)s: %(command)s")
        yield Finding("home", "warning", told % {"folder": home, "command": f"chmod 700 {home}"})
    yield from _key(home)
    skew = "" if time.time() > 1_700_000_000 else _("the clock is years behind")
    told = skew or _("time zone %(zone)s") % {"zone": environment.time_zone}
    yield Finding("clock", "warning" if skew else "ok", told)


def _key(home: Path) -> Iterator[Finding]:
    path = secret.path_under(home)
    if not path.exists():
        yield Finding("secret key", "ok", _("none yet: the first start makes it"))
        return
    try:
        secret.read_or_make(home)
    except secret.WrongKey as error:
        yield Finding("secret key", "failed", str(error))
    except OSError as error:
        told = _("%(file)s can't be read (%(reason)s): change its owner")
        yield Finding("secret key", "failed", told % {"file": path, "reason": error.strerror})
    else:
        yield Finding("secret key", "ok", _("%(file)s; keep a copy of it with the backups") % {"file": path})


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
                told = f"PostgreSQL {version}, {size}" + (" " + _("(15 or newer is wanted)") if old else "")
                yield Finding("database", "failed" if old else "ok", told)
            else:
                cursor.execute("SELECT sqlite_version()")
                version = cursor.fetchone()[0]
                path = Path(connection.settings_dict["NAME"])
                size = path.stat().st_size / 2**20 if path.exists() else 0.0
                yield Finding("database", "ok", f"SQLite {version}, {path}, {num(size, 1)} MiB")
        due, strange = migrating.due(), migrating.unknown()
    except migrating.HalfWay as error:
        yield Finding("migrations", "failed", str(error))
        return
    except (DatabaseError, OSError) as error:
        told = _("does not answer: %(reason)s") % {"reason": " ".join(str(error).split())[:300]}
        yield Finding("database", "failed", told)
        return
    if strange:
        told = _("the database is of a newer Grapevine (%(migration)s)") % {"migration": strange[-1]}
        yield Finding("migrations", "failed", told)
    elif due:
        told = _("%(number)s to apply: run `grapevine migrate` or `grapevine up`") % {"number": num(len(due))}
        yield Finding("migrations", "failed", told)
    else:
        yield Finding("migrations", "ok", _("all applied"))


def _processes() -> Iterator[Finding]:
    from django.conf import settings

    from grapevine.core import clock, heartbeats
    from grapevine.core.models import Job

    now = clock.now()
    host, port = settings.GRAPEVINE.host, {"port": settings.GRAPEVINE.port}
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.GRAPEVINE.port}/healthz", timeout=2):
            yield Finding("web", "ok", _("answers on port %(port)s") % port)
    except OSError:
        yield Finding("web", "warning", _("nothing answers on port %(port)s: run `grapevine up`") % port)
    for part in ("worker", "live"):
        alive = [sign for sign in heartbeats.signs(at=now) if sign.part == part and sign.alive]
        running = _("%(number)s running") % {"number": num(len(alive))}
        told = running if alive else _("not running: run `grapevine up`")
        yield Finding(part, "ok" if alive else "warning", told)
    failed = Job.objects.filter(state="failed").count()
    waiting = Job.objects.filter(state="waiting", run_at__lte=now).count()
    values = {"due": num(waiting), "failed": num(failed)}
    told = _("%(due)s due, %(failed)s failed (see the page of jobs)") % values
    yield Finding("jobs", "warning" if failed else "ok", told)


def _people() -> Iterator[Finding]:
    from grapevine.core.models import User

    count = User.objects.active().count()
    active = _("%(number)s active") % {"number": num(count)}
    told = active if count else _("none yet: `grapevine up` prints the address of the set-up page")
    yield Finding("users", "ok" if count else "warning", told)


def _files(environment: environments.Environment) -> Iterator[Finding]:
    from django.conf import settings

    from grapevine.config import static

    if settings.DEBUG:
        yield Finding("static files", "ok", _("served from their sources (debug)"))
    else:
        fresh = static.is_fresh()
        yield Finding(
            "static files",
            "ok" if fresh else "warning",
            _("collected") if fresh else _("not collected: `grapevine up`"),
        )
    package = Path(grapevine.__file__).parent
    lacking = [po for po in package.rglob("locale/*/LC_MESSAGES/*.po") if not po.with_suffix(".mo").exists()]
    told = ngettext(
        "%(number)s catalogue is not compiled: run `make install`",
        "%(number)s catalogues are not compiled: run `make install`",
        len(lacking),
    ) % {"number": num(len(lacking))}
    told = told if lacking else "sv, da, nl, en"
    yield Finding("languages", "warning" if lacking else "ok", told)
    backups = sorted((environment.home / "backups").glob("*.sqlite3"))
    if not environment.is_postgresql:
        told = _("none yet")
        if backups:
            values = {"number": num(len(backups)), "file": backups[-1].name}
            told = _("%(number)s, the latest %(file)s") % values
        yield Finding("backups", "ok", told)
