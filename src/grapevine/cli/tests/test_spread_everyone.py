"""`grapevine spread everyone`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grapevine.cli.spread import app


def _run(*arguments: Any) -> Any:
    return CliRunner().invoke(app, ["everyone", *map(str, arguments)])


def test_who_reaches_furthest_stands_first_and_all_are_written(tmp_path: Path) -> None:
    edges, out = tmp_path / "edges", tmp_path / "all.csv"
    edges.write_text("anna ben\nben cleo\ncleo dan\n")
    done = _run(edges, "--runs", 5, "--top", 2, "--out", out)
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["n"], told["runs"], told["way"], told["exact"], told["mean"]) == (4, 5, "worlds", False, 2.5)
    assert told["top"] == [
        {"id": "anna", "mean": 4.0, "stderr": 0.0},
        {"id": "ben", "mean": 3.0, "stderr": 0.0},
    ]
    rows = out.read_text("utf-8").splitlines()
    assert (rows[0], rows[4]) == ("id,mean,stderr", "dan,1.0,0.0")


@pytest.mark.parametrize(
    ("given", "way"),
    [
        (("--model", "watts", "--threshold", 0.5), "exact"),
        (("--model", "ic", "--probability", 1), "samples"),
        (("--model", "sir", "--set", "probability=1"), "runs"),
    ],
)
def test_each_model_has_its_way(tmp_path: Path, given: tuple[object, ...], way: str) -> None:
    edges = tmp_path / "edges"
    edges.write_text("1 2\n2 3\n")
    told = json.loads(_run(edges, *given, "--runs", 200).stdout)
    assert told["way"] == way and told["top"][0]["id"] == 1
    assert told["top"][0]["mean"] == pytest.approx(3, rel=0.2)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    edges = tmp_path / "edges"
    edges.write_text("1 2\n")
    done = _run(edges, "--out", tmp_path / "no" / "where.csv")
    assert done.exit_code == 2 and "can't be written: No such file" in done.stderr
