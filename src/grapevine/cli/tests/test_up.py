"""`grapevine up` as a person meets it: real processes, a real port."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

pytestmark = pytest.mark.slow


@dataclass
class House:
    """A home and two ports of its own."""

    home: Path
    port: int
    database_url: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GRAPEVINE", "DJANGO"))
        }
        laid = {"GRAPEVINE_HOME": str(self.home), "GRAPEVINE_PORT": str(self.port)}
        return {**kept, **laid, "GRAPEVINE_DATABASE_URL": self.database_url}

    def run(self, *arguments: str, given: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "grapevine.cli.main", *arguments],
            env={**self.environment, **changed}, input=given, capture_output=True, text=True, timeout=240,
        )  # fmt: skip

    def children(self) -> list[int]:
        """The processes of this home that are alive, by what their environment says."""
        wanted = f"GRAPEVINE_HOME={self.home}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
        return found


def _two_free_ports() -> int:
    """A port that is free, as is the one behind it; below those that systems give to whoever asks for any."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError), socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port


@pytest.fixture
def house(tmp_path: Path) -> House:
    port = _two_free_ports()
    server = os.environ.get("GRAPEVINE_TEST_POSTGRESQL", "")
    if not server:
        return House(tmp_path / "home", port)
    name = f"castle_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return House(tmp_path / "home", port, f"{server}/{name}")


@pytest.fixture
def settled(house: House, another_home: Callable[[Path], dict[str, str]]) -> None:
    """The house has been lived in: its tables are there, so that it need not make them before it is up."""
    house.database_url = another_home(house.home).get("GRAPEVINE_DATABASE_URL", "")


Up = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def up(house: House) -> Iterator[Up]:
    begun: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "grapevine.cli.main", "up", *arguments],
            env=house.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        begun.append(process)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Grapevine is at"):
                return process
        raise AssertionError("it ended before it was up")

    yield start
    for process in begun:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        process.kill()
        if process.stdout is not None:
            process.stdout.close()


def until(true: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)


def answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{address}/healthz").status_code == 200
    return False


@pytest.mark.both
def test_it_starts_shows_the_set_up_page_and_stops_on_ctrl_c(house: House, up: Up) -> None:
    process = up()
    assert process.stdout is not None
    set_up = process.stdout.readline().split()[-1]
    assert httpx.get(f"{house.address}/", follow_redirects=True).status_code == 200
    assert "csrfmiddlewaretoken" in httpx.get(set_up).text
    until(lambda: httpx.get(f"{house.address}/readyz").json()["worker_seen_seconds_ago"] is not None)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=15) == 0
    assert time.monotonic() - begun < 10
    assert house.children() == []


@pytest.mark.usefixtures("settled")
def test_a_second_one_on_the_same_home_says_so(house: House, up: Up) -> None:
    up()
    second = house.run("up", GRAPEVINE_PORT="1")
    assert second.returncode == 1
    assert second.stderr.startswith("Grapevine is running on")
    assert answers(house.address)


@pytest.mark.postgres
@pytest.mark.usefixtures("settled")
def test_a_second_one_on_the_same_postgresql_says_so(house: House, up: Up, tmp_path: Path) -> None:
    up()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    second = house.run("up", GRAPEVINE_HOME=str(tmp_path / "another"), GRAPEVINE_PORT=port)
    assert second.returncode == 1
    assert second.stderr.startswith("Another `grapevine up` uses this database.")


def test_a_taken_port_is_told_with_its_variable(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.port))
        taken.listen()
        told = house.run("up")
    assert told.returncode == 1
    assert "GRAPEVINE_PORT" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.usefixtures("settled")
def test_no_orphans_are_left_when_it_is_killed(house: House, up: Up) -> None:
    process = up()
    assert len(house.children()) >= 4
    process.kill()
    process.wait()
    until(lambda: house.children() == [])
    up()
    assert answers(house.address)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.usefixtures("settled")
def test_a_part_that_crashes_is_started_again(house: House, up: Up) -> None:
    process = up()
    before = {pid for pid in house.children() if pid != process.pid}
    for pid in before:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until(lambda: answers(house.address))
    assert process.poll() is None
    assert not before & set(house.children())


def test_a_wrong_setting_is_told_in_a_sentence(house: House) -> None:
    told = house.run("up", GRAPEVINE_PORT="eighty")
    assert told.returncode == 2
    assert told.stderr.strip() == "GRAPEVINE_PORT is 'eighty', but must be a port number between 1 and 65535."


@pytest.mark.sqlite
def test_a_database_that_is_away_is_told_in_a_sentence(house: House) -> None:
    told = house.run(
        "migrate", GRAPEVINE_DATABASE_URL="postgresql://hamlet:secret@127.0.0.1:1/elsinore?connect_timeout=1"
    )
    assert told.returncode == 1
    assert "does not answer" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret" not in told.stderr


@pytest.mark.sqlite
@pytest.mark.usefixtures("settled")
def test_data_of_a_newer_version_is_left_alone(house: House) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(house.home / "grapevine.sqlite3")) as store, store:
        store.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0999_from_tomorrow', '2030-01-01')"
        )
    told = house.run("up")
    assert told.returncode == 1
    assert "newer Grapevine" in told.stderr


BACKWARDS = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "spread", "zero", verbosity=0)
"""


@pytest.mark.sqlite
def test_the_file_is_copied_before_a_migration(house: House) -> None:
    fresh = house.run("migrate")
    assert fresh.returncode == 0
    assert not (house.home / "backups").exists()  # there was nothing to lose
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "grapevine.config.settings"}
    subprocess.run([sys.executable, "-c", BACKWARDS], env=environment, check=True)
    told = house.run("migrate")
    assert "applied spread.0001_tables" in told.stdout
    (copy,) = (house.home / "backups").iterdir()
    assert str(copy) in told.stdout


FOLLOWER = """
import os, time
from grapevine.config import serving
serving.follow_parent(os.getppid())
time.sleep(1.5)
print("there")
"""
PARENT = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {FOLLOWER!r}])
time.sleep(0.4)
"""


def test_a_process_follows_its_own_parent_and_no_other() -> None:
    stays = subprocess.run([sys.executable, "-c", FOLLOWER], capture_output=True, text=True, timeout=20)
    assert stays.stdout == "there\n"
    left = subprocess.run([sys.executable, "-c", PARENT], capture_output=True, text=True, timeout=20)
    assert left.stdout == ""
