"""`grapevine spread everyone`, `save` and `--cluster`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grapevine.cli.spread import app


def _run(*arguments: Any) -> Any:
    return _ask("everyone", *arguments)


def _ask(*arguments: Any) -> Any:
    return CliRunner().invoke(app, [*map(str, arguments)])


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


def test_a_network_that_was_saved_stands_for_its_edges(tmp_path: Path) -> None:
    edges, folder = tmp_path / "edges", tmp_path / "saved"
    edges.write_text("anna ben\nben cleo\ncleo anna\nanna ben\n")
    done = _ask("save", edges, folder, "--undirected")
    assert json.loads(done.stdout) == {
        "n": 3, "m": 3, "bytes": 4 * 6 + 4 * 4, "self_loops_left_out": 0, "duplicates_left_out": 1,
    }  # fmt: skip
    ask = ("--model", "lt", "--random-seeds", 1, "--runs", 50)
    assert _ask("simulate", folder, *ask).stdout == _ask("simulate", edges, "--undirected", *ask).stdout
    assert "is there already" in _ask("save", edges, folder).stderr


def test_a_cluster_wants_a_saved_network_and_a_scheduler_that_answers(tmp_path: Path) -> None:
    edges = tmp_path / "edges"
    edges.write_text("1 2\n")
    ask = ("seeds", edges, "--probability", "wc", "--k", 1, "--cluster", "tcp://127.0.0.1:1")
    assert "no folder that `grapevine spread save` wrote" in _ask(*ask).stderr
    assert "A cluster draws samples for opim" in _ask(*ask, "--method", "degree").stderr
