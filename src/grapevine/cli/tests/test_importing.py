"""`grapevine import`: what a script can rely on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from grapevine.cli import importing, main
from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.sources import mappings
from grapevine.sources.actions import imports
from grapevine.sources.testing import Import, Post, Source, make_source

pytestmark = pytest.mark.django_db
TABLE = "id,a,b,date\n" + "".join(f"{n},first words {n},second words {n},2026-01-0{n}\n" for n in range(1, 9))


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_make_matcher_ready", lambda: None)


def run(path: Path, *arguments: str, source: str = "Letters") -> Result:
    """Import a file for a script."""
    return CliRunner().invoke(
        main.app, ["import", str(path), "--source", source, "--json", *arguments], catch_exceptions=False
    )


def counts(done: Result) -> dict[str, int]:
    """The last line of the standard output."""
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def _file(folder: Path, text: str | bytes, name: str = "letters.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


NOTHING = {"read": 0, "new": 0, "known": 0, "rejected": 0}


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        ("", (), "The file is empty."),
        (TABLE, ("--map", "text=c"), "no column c"),
        (TABLE, ("--map", "nonsense=a"), "A post has no nonsense"),
        (TABLE, ("--map", "text=a", "--time-zone", "Mars/Olympus"), "no time zone"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), (), "a picture"),
        ("a,b\n1,2\n", (), "--map"),
    ],
)
def test_whatever_is_refused_the_counts_are_told(
    tmp_path: Path, text: Any, arguments: tuple[str, ...], told: str
) -> None:
    done = run(_file(tmp_path, text), *arguments)
    assert (done.exit_code, counts(done)) == (2, NOTHING)
    assert told in done.stderr
    missing = run(tmp_path / "nothing.csv")
    assert (missing.exit_code, counts(missing)) == (2, NOTHING)
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "a\x01b", "two\nlines", "x" * 300, "half \udcff"])
def test_a_name_that_nothing_can_have_is_refused(tmp_path: Path, name: str) -> None:
    done = run(_file(tmp_path, TABLE), "--map", "text=a", source=name)
    assert (done.exit_code, counts(done)) == (2, NOTHING)
    assert "1 to 120" in done.stderr
    assert not Source.objects.exists()


def test_a_file_of_bad_rows_only_is_imported_with_all_of_them_left_out(tmp_path: Path) -> None:
    done = run(_file(tmp_path, "id,text,date\n1,words of old,0000-01-01\n"), "--map", "published_at=date")
    assert (done.exit_code, counts(done)) == (0, NOTHING | {"read": 1, "rejected": 1})


def test_a_broken_off_import_is_not_gone_on_with_by_other_columns(tmp_path: Path) -> None:
    path = _file(tmp_path, TABLE)
    given = {"column_0": "external_id", "column_1": "text", "column_2": "", "column_3": "published_at"}
    looked = mappings.look(path, given, at=NOON)
    broken = imports.start(
        source=make_source(name="Letters"), path=str(path.resolve()), file_name=path.name, mapping=looked.mapping,
        by=access.SYSTEM, at=NOON, in_background=False,
    )  # fmt: skip
    Import.objects.filter(pk=broken.pk).update(state="running")
    same = run(path, "--map", "text=a")
    assert (Import.objects.count(), counts(same)["new"], same.stderr) == (1, 8, "")
    Import.objects.filter(pk=broken.pk).update(state="running", finished_at=None)
    plain = run(path)
    assert (Import.objects.count(), plain.exit_code) == (1, 0)
    assert "as it was then" in plain.stderr, "which could not be told from the columns' names"
    Import.objects.filter(pk=broken.pk).update(state="running", finished_at=None)
    other = run(path, "--map", "text=b")
    assert "from the top" in other.stderr
    assert counts(other) == {"read": 8, "new": 0, "known": 8, "rejected": 0}
    assert {text[:6] for text in Post.objects.values_list("text", flat=True)} == {"second"}
    broken.refresh_from_db()
    assert broken.state == "cancelled"


def test_a_file_that_breaks_off_ends_with_1_and_says_so(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"id": n, "text": f"words {n * n}"}).encode() + b"\n" for n in range(5_000))
    done = run(_file(tmp_path, gzip.compress(lines)[:-9_000], "letters.jsonl.gz"))
    assert done.exit_code == 1
    assert "breaks off" in done.stderr
    assert 0 < counts(done)["new"] < 5_000


def test_rows_without_a_date_are_told(tmp_path: Path) -> None:
    done = run(_file(tmp_path, TABLE + "9,no date,no date,\n"), "--map", "text=a")
    assert counts(done)["new"] == 9
    assert "1 row had no date" in done.stderr


def test_time_zone_and_keeping_are_as_said(tmp_path: Path) -> None:
    path = _file(tmp_path, "id,text,date\n1,a row of words,2026-07-01 12:00\n")
    run(path, "--time-zone", "Europe/Stockholm", "--keep-days", "3650")
    assert Post.objects.get().published_at.hour == 10
    assert Source.objects.get().retention_days == 3650
    run(path, "--time-zone", "UTC", source="Others")
    assert Source.objects.get(name="Others").retention_days == 0


def test_stopped_by_ctrl_c_it_says_how_far_it_came_and_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_self: Any, _one: Any) -> None:
        raise KeyboardInterrupt

    rows = [json.dumps({"id": n, "text": f"words {n}", "date": "2026-01-01"}) for n in range(5_010)]
    path = _file(tmp_path, "\n".join(rows), "letters.jsonl")
    with monkeypatch.context() as patch:
        patch.setattr(importing._Watch, "__call__", stop)
        stopped = run(path)
    assert (stopped.exit_code, "goes on from there" in stopped.stderr) == (130, True)
    assert 0 < counts(stopped)["new"] < 5_010
    assert not Import.objects.get().lease
    done = run(path)
    assert (done.exit_code, counts(done)["new"], Post.objects.count()) == (0, 5_010, 5_010)
