"""Commands that begin and end, run in the tests' own process."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner, Result

from grapevine.cli import main
from grapevine.config import migrating
from grapevine.config.environment import WrongSetting
from grapevine.core import testing
from grapevine.core.models import User

pytestmark = pytest.mark.django_db
WORD = "a long walk in the rain\n"


def run(*arguments: str, given: str = "") -> Result:
    """Run a command; what it says to people who look on is in `stderr`."""
    return CliRunner().invoke(main.app, list(arguments), input=given, catch_exceptions=False)


def test_users_are_added_and_changed() -> None:
    added = run(
        "user", "add", "Hamlet@elsinore.example", "--role", "administrator", "--password-stdin", given=WORD
    )
    assert (added.exit_code, added.stderr) == (0, "")
    assert User.objects.get().check_password(WORD.strip())
    again = run("user", "add", "hamlet@elsinore.example", "--password-stdin", given=WORD)
    assert (again.exit_code, again.stderr) == (
        1,
        "Somebody has the address hamlet@elsinore.example already.\n",
    )
    short = run("user", "password", "hamlet@elsinore.example", "--password-stdin", given="short\n")
    assert short.exit_code == 1
    assert "at least 10 characters" in short.stderr
    assert run("user", "password", "yorick@elsinore.example", "--password-stdin").exit_code == 1
    assert run("user", "role", "hamlet@elsinore.example", "king").exit_code == 2
    assert "last administrator" in run("user", "role", "hamlet@elsinore.example", "reader").stderr
    assert run("user", "list").stdout.startswith("hamlet@elsinore.example\tadministrator\tactive")
    assert testing.deeds() == ["core.user.added"]


def test_the_doctor_tells_what_works_and_keeps_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPEVINE_METRICS_TOKEN", "secret word")
    monkeypatch.setenv("GRAPEVINE_PROT", "8000")
    told = run("doctor")
    assert told.exit_code == 0, told.stdout
    assert "secret word" not in told.stdout
    assert "GRAPEVINE_PROT: no such settings" in told.stdout
    assert "migrations: all applied" in told.stdout
    assert "worker: not running" in told.stdout
    assert '"what": "database"' in run("doctor", "--json").stdout


def test_the_doctor_finds_a_home_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("GRAPEVINE_HOME", str(tmp_path / "file"))
    told = run("doctor")
    assert told.exit_code == 1
    assert "broken  home" in told.stdout


@pytest.mark.sqlite
def test_a_backup_is_whole_and_the_last_five_are_kept() -> None:
    try:
        for _ in range(7):
            told = run("backup")
        folder = settings.GRAPEVINE.home / "backups"
        assert len(list(folder.iterdir())) == migrating.KEPT
        with closing(sqlite3.connect(told.stdout.strip())) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert copy.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 5
    finally:
        shutil.rmtree(settings.GRAPEVINE.home / "backups")


@pytest.mark.postgres
def test_a_backup_of_postgresql_is_left_to_its_own_tools() -> None:
    told = run("backup")
    assert told.exit_code == 1
    assert "pg_dump" in told.stderr


def test_migrating_what_is_up_to_date_changes_nothing() -> None:
    assert run("migrate").stdout == "The database is up to date.\n"


def test_what_is_due_is_done_once() -> None:
    assert run("work", "--once").stdout.endswith("jobs done.\n")


def test_a_wrong_setting_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPEVINE_PORT", "eighty")
    with pytest.raises(WrongSetting):
        run("doctor")


def test_the_version_is_told() -> None:
    assert run("--version").stdout.strip().count(".") == 2
