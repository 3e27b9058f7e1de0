"""`grapevine export`: the filters and formats of the page, on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from grapevine.cli.tests.test_commands import run
from grapevine.core.testing import deeds
from grapevine.listen.testing import make_brand, make_watch
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def talk() -> None:
    make_watch(brand=make_brand(name="Elsinore", slug="elsinore"), query="elsinore")
    gazette, letters = sources.make_source(name="Gazette"), sources.make_source(name="Letters")
    sources.store(gazette, sources.heard("Elsinore is cold"), sources.heard("=1+1 Elsinore is no formula"))
    sources.store(letters, sources.heard("Dear Elsinore, where are you"))


def test_a_file_is_written_in_the_format_its_name_says(tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "all.csv"))
    assert (done.exit_code, done.stderr) == (0, "3 posts.\n")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text(), newline="")))
    assert [row["text"] for row in rows][1] == "'=1+1 Elsinore is no formula"
    assert run("export", str(tmp_path / "all.parquet")).exit_code == 0
    assert pq.read_table(tmp_path / "all.parquet").num_rows == 3
    assert deeds()[-1] == "listen.mentions.exported"


def test_filters_are_those_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    assert run("export", str(file), "--source", "Letters").stderr == "1 post.\n"
    assert json.loads(file.read_text())["source"] == "Letters"
    assert run("export", str(file), "--search", "cold", "--brand", "elsinore").stderr == "1 post.\n"
    assert run("export", str(file), "--to", "2020-01-01").stderr == "0 posts.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.exe"], "Say the format"),
        (["x.csv", "--brand", "atlantis"], "There is no brand “atlantis” any longer."),
        (["x.csv", "--search", "(cold"], "This bracket is not closed"),
        (["x.csv", "--source", "Nobody"], "There is no source called 'Nobody'."),
        (["x.csv", "--from", "yesterday"], "“yesterday” is no date."),
    ],
)
def test_what_can_not_be_exported_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []
