"""Where the tests' data lies: a home in a temporary folder and, when asked for, a PostgreSQL of our own.

pytest loads this module first of all (`-p grapevine.config.testing` in pyproject.toml), before Django reads its settings, because
the settings are made from the environment that is laid here. Every process of a run (the one started, and the workers of
pytest-xdist) has its own home and database; all are copies of one template, migrated once.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def _asked_for() -> str:
    """The value of --database. Read from the command line itself, since pytest has not parsed its options yet."""
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument.startswith("--database="):
            return argument.partition("=")[2]
        if argument == "--database" and index + 1 < len(arguments):
            return arguments[index + 1]
    return "sqlite"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def find_postgresql() -> str | None:
    """A PATH with PostgreSQL's server programs in it; None when they are not on this machine."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, versions)])
    return path if shutil.which("initdb", path=path) and shutil.which("postgres", path=path) else None


def _start_postgresql(folder: Path) -> str:
    """Start a private server without durability; returns its address. It ends with this process, however that ends."""
    path = find_postgresql()
    if path is None:
        raise SystemExit(
            "--database postgresql needs PostgreSQL's server (Debian: apt-get install postgresql)."
        )
    port = _free_port()
    folder.mkdir()
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
    made = subprocess.run(
        [*as_owner, "initdb", "-D", f"{folder}/data", "-U", "grapevine", "-A", "trust", "-E", "UTF8", "-N"],
        env=environment, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    if made.returncode:
        raise SystemExit(f"initdb failed: {made.stderr}")
    options = f"-p {port} -h 127.0.0.1 -k {folder} -F -c synchronous_commit=off -c full_page_writes=off"
    options += " -c max_connections=200 -c shared_buffers=128MB -c max_wal_size=2GB -c jit=off"
    # The shell's input is a pipe that we hold: when this process ends, in whatever way, the server is stopped.
    watch = f"postgres -D {folder}/data {options} >{folder}/log 2>&1 & p=$!; cat >/dev/null; kill -QUIT $p; wait $p"
    server = subprocess.Popen(
        [*as_owner, "sh", "-c", watch],
        stdin=subprocess.PIPE,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    server.stdin.fileno()  # type: ignore[union-attr] # kept open by `_servers`
    _servers.append(server)
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    else:
        raise SystemExit(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")
    return f"postgresql://grapevine@127.0.0.1:{port}"


_servers: list[subprocess.Popen[bytes]] = []


def _stop(run: Path) -> None:
    for server in _servers:
        server.stdin.close()  # type: ignore[union-attr]
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
    shutil.rmtree(run, ignore_errors=True)


def _lay() -> Path:
    """Set the environment that Django's settings are made from; returns the folder of the whole run."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker or "GRAPEVINE_TEST_RUN" not in os.environ:
        for name in [name for name in os.environ if name.startswith("GRAPEVINE_")]:
            del os.environ[name]
        run = Path(tempfile.mkdtemp(prefix="grapevine-test-"))
        run.chmod(0o755)  # the database's owner must reach its part of it
        os.environ["GRAPEVINE_TEST_RUN"] = str(run)
        os.environ["GRAPEVINE_TEST_DATABASE"] = _asked_for()
        atexit.register(_stop, run)
        if _asked_for() == "postgresql":
            os.environ["GRAPEVINE_TEST_POSTGRESQL"] = _start_postgresql(run / "postgresql")
    run = Path(os.environ["GRAPEVINE_TEST_RUN"])
    name = worker or "main"
    os.environ["GRAPEVINE_HOME"] = str(run / name)
    os.environ["LANGUAGE"] = "en"  # what commands say is compared with what stands in the code
    (run / name / "static").mkdir(parents=True, exist_ok=True)
    if "GRAPEVINE_TEST_POSTGRESQL" in os.environ:
        os.environ["GRAPEVINE_DATABASE_URL"] = f"{os.environ['GRAPEVINE_TEST_POSTGRESQL']}/grapevine_{name}"
    os.environ["GRAPEVINE_LOG_LEVEL"] = "warning"
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the tests' thread
    return run


RUN = _lay() if "pytest" in sys.modules else Path()


@contextlib.contextmanager
def _alone(run: Path) -> Iterator[None]:
    with (run / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_database() -> None:
    """Give this process its migrated database: a copy of the template, which the first to come makes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _prepare_postgresql()
    else:
        _prepare_sqlite()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def _prepare_sqlite() -> None:
    from django.conf import settings
    from django.db import connection

    template = RUN / "template.sqlite3"
    connection.close()
    with _alone(RUN):
        if not template.exists():
            _migrate()
            with (
                sqlite3.connect(settings.GRAPEVINE.sqlite_path) as source,
                sqlite3.connect(template) as target,
            ):
                source.backup(target)
            source.close()
            target.close()
    own = settings.GRAPEVINE.sqlite_path
    if not _is_migrated(own):  # whoever only looked for a database has left an empty one
        for left in (own, own.with_name(f"{own.name}-wal"), own.with_name(f"{own.name}-shm")):
            left.unlink(missing_ok=True)
        shutil.copyfile(template, own)


def _is_migrated(path: Path) -> bool:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone()
    return found is not None


def _prepare_postgresql() -> None:
    import psycopg
    from django.db import connection

    server = os.environ["GRAPEVINE_TEST_POSTGRESQL"]
    own, template = connection.settings_dict["NAME"], "grapevine_template"
    with _alone(RUN), psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        known = {row[0] for row in admin.execute("SELECT datname FROM pg_database")}
        if template not in known:
            admin.execute(f'CREATE DATABASE "{own}"')
            _migrate()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
            admin.execute(f'CREATE DATABASE "{template}" TEMPLATE "{own}"')
        elif own not in known:
            admin.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')


KEPT = {"django_content_type", "auth_permission"}
"""Made by migrations, and the same for every test: Django would remove them and make them anew."""


def empty_tables(_case: object = None) -> None:
    """Empty what a test has filled; what Django's `flush` does with all tables and all models, test after test."""
    from django.db import connection, transaction

    quote = connection.ops.quote_name
    tables = sorted(
        {*connection.introspection.django_table_names(only_existing=True, include_views=False)} - KEPT
    )
    filled = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {quote(table)})" for number, table in enumerate(tables)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(filled)
        numbers = [number for (number,) in cursor.fetchall()]
        if (
            connection.vendor == "postgresql"
        ):  # no order of the tables suits all their keys, and no trigger is asked
            cursor.execute("SET LOCAL session_replication_role = replica")
        for number in numbers:
            cursor.execute(f"DELETE FROM {quote(tables[number])}")
        for words in (
            quote(one) for one in connection.introspection.table_names(cursor) if one.endswith("_words")
        ):
            # Full-text indexes (`core.word_indexes`), which are no models.
            if connection.vendor == "postgresql":
                cursor.execute(f"DELETE FROM {words}")
            else:
                cursor.execute(f"INSERT INTO {words} ({words}) VALUES ('delete-all')")


def another_home(home: Path) -> dict[str, str]:
    """Make a home with a migrated database of its own, for processes that a test starts; returns the settings that lead there.

    What is copied is the template that `prepare_database` has made: take the fixture of this name.
    """
    home.mkdir(parents=True)
    laid = {"GRAPEVINE_HOME": str(home)}
    server = os.environ.get("GRAPEVINE_TEST_POSTGRESQL")
    if server is None:
        shutil.copyfile(RUN / "template.sqlite3", home / "grapevine.sqlite3")
        return laid
    import psycopg

    name = f"another_{secrets.token_hex(6)}"
    with _alone(RUN), psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "grapevine_template"')
    return {**laid, "GRAPEVINE_DATABASE_URL": f"{server}/{name}"}
