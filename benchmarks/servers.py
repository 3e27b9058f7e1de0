"""A store of our own, on SQLite or on a PostgreSQL with the durability of a real one, for as long as a measurement lasts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from grapevine.config import testing

SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "8GB", "checkpoint_timeout": "15min", "jit": "off"}
"""What differs from PostgreSQL's own settings: memory and checkpoints as on a small server. It syncs at every commit."""


@contextmanager
def store(database: str) -> Iterator[dict[str, str]]:
    """The environment of processes that work on a fresh home, and with `postgresql` on a server of its own. Both go afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="grapevine-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)  # PostgreSQL's user must be able to enter it
        environment |= {
            "GRAPEVINE_HOME": str(folder / "home"),
            "GRAPEVINE_LOG_LEVEL": "error",
            "DJANGO_SETTINGS_MODULE": "grapevine.config.settings",
        }
        if database == "postgresql":
            environment["GRAPEVINE_DATABASE_URL"] = stack.enter_context(postgresql(folder / "postgresql"))
        yield environment


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a fresh database in `folder` (which PostgreSQL's user must be able to enter). Stopped afterwards."""
    path = testing.find_postgresql()
    if path is None:
        raise SystemExit("skipped: no PostgreSQL server on this machine")
    port = free_port()
    folder.mkdir()
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*owner, "initdb", "-D", f"{folder}/data", "-U", "grapevine", "-A", "trust", "-E", "UTF8", "-N"],
        env=environment, cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    options = [option for name, value in SETTINGS.items() for option in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*owner, "postgres", "-D", f"{folder}/data", "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), *options],
            env=environment, cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    address = f"postgresql://grapevine@127.0.0.1:{port}"
    try:
        _make_database(address, environment)
        yield f"{address}/bench"
    finally:
        # runuser passes the signal on to the server it started.
        server.terminate()
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()


def _make_database(address: str, environment: dict[str, str]) -> None:
    for _ in range(300):
        made = subprocess.run(
            ["psql", "-q", f"{address}/postgres", "-c", "CREATE DATABASE bench"],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if made.returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL did not start: {made.stderr}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")
