"""`grapevine spread`: what is said on standard error of a file, of defaults and of files beside it; standard output stays JSON."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grapevine.cli import spread_asked
from grapevine.cli.spread import app


def _run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def _told(*arguments: object) -> tuple[dict[str, Any], str]:
    done = _run(*arguments)
    assert done.exit_code == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer, done.stderr


def _file(folder: Path, text: str | bytes, name: str = "ties") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_file_that_says_its_ties_count_both_ways_is_contradicted_aloud(tmp_path: Path) -> None:
    said = _file(tmp_path, gzip.compress(b"# nodes=3 directed=0\n0 1\n1 2\n"))
    one_way, told = _told("describe", said)
    assert (
        one_way["m"] == 2
        and "says “directed=0” of itself, but its ties are taken one way: --undirected" in told
    )
    assert "directed=0" not in _told("describe", said, "--undirected")[1]
    other = _file(tmp_path, "# Directed graph\n0 1\n", "other")
    assert (
        "says “Directed graph” of itself, but --undirected takes"
        in _told("describe", other, "--undirected")[1]
    )
    assert "of itself" not in _told("describe", other)[1]


def test_what_was_taken_for_a_heading_is_told_and_when_it_names_listeners_first(tmp_path: Path) -> None:
    made, told = _told("describe", _file(tmp_path, "speaker,listener\nanna,bo\n"))
    assert made["n"] == 2
    assert "line 1: “speaker,listener” is taken for a heading, not for two people." in told
    assert "--listens" not in told
    turned = _file(tmp_path, "listener,speaker\nanna,bo\n")
    assert (
        "names listeners first, but is read as u influences v: --listens turns it"
        in _told("describe", turned)[1]
    )
    assert "--listens" not in _told("describe", turned, "--listens")[1]


def test_a_file_without_ties_is_answered_and_said_to_have_none(tmp_path: Path) -> None:
    made, told = _told("describe", _file(tmp_path, "# nobody\n"))
    assert made["n"] == 0 and "holds no ties." in told


@pytest.mark.parametrize(
    ("ask", "knobs"),
    [
        (("simulate", "--model", "watts", "--random-seeds", 1), {"threshold": 0.18}),
        (("simulate", "--model", "absolute", "--random-seeds", 1), {"threshold": 2}),
        (("simulate", "--model", "ic", "--random-seeds", 1), {"probability": "wc"}),
        (("seeds", "--k", 1), {"probability": "wc"}),
        (("influentials",), {"threshold": 0.18}),
        (("everyone", "--model", "watts"), {"threshold": 0.18}),
    ],
)
def test_what_is_not_told_is_as_the_shelf_says_and_stands_in_the_answer(
    tmp_path: Path, ask: tuple[object, ...], knobs: dict[str, Any]
) -> None:
    edges = _file(tmp_path, "".join(f"{i} {(i + 1) % 20}\n" for i in range(20)))
    made, _ = _told(ask[0], edges, *ask[1:])
    assert knobs.items() <= made["knobs"].items()


def test_one_run_tells_no_error_of_the_mean(tmp_path: Path) -> None:
    edges = _file(tmp_path, "0 1\n1 2\n")
    one, _ = _told("simulate", edges, "--model", "ic", "--random-seeds", 1, "--runs", 1)
    assert (one["stderr"], one["low95"], one["high95"]) == (None, None, None)
    seeds = _file(tmp_path, "0\n", "seeds")
    sure, _ = _told("simulate", edges, "--model", "watts", "--seeds", seeds, "--runs", 1)
    assert (sure["stderr"], sure["low95"], sure["certain"]) == (0.0, 3.0, True)


def test_everybody_may_have_a_threshold_of_their_own(tmp_path: Path) -> None:
    """d listens to three: who needs all of them isn't convinced by one."""
    edges = _file(tmp_path, "a d\nb d\nc d\nd e\n")
    own = _file(tmp_path, "# who is stubborn\nd 1\n", "own")
    seeds = _file(tmp_path, "a\n", "seeds")
    ask = (edges, "--model", "watts", "--threshold", 0.3)
    assert _told("simulate", *ask, "--seeds", seeds)[0]["mean"] == 3
    assert _told("simulate", *ask, "--seeds", seeds, "--thresholds", own)[0]["mean"] == 1
    assert _told("seeds", *ask, "--k", 1, "--thresholds", own)[0]["seeds"] == ["d"]
    assert _told("everyone", *ask, "--thresholds", own)[0]["top"][0] == {
        "id": "d",
        "mean": 2.0,
        "stderr": 0.0,
    }
    assert _told("influentials", *ask, "--thresholds", own)[0]["exact"]
    for text, why in (
        ("d\n", "line 1: an id and a threshold are wanted"),
        ("d 1_0\n", "line 1: an id and a threshold are wanted"),
        ("x 1\n", "line 1: These people are not in the network: x"),
        ("d 1.5\n", "The threshold of d is 1.5"),
        ("d nan\n", "The threshold of d is nan"),
    ):
        done = _run("simulate", *ask, "--seeds", seeds, "--thresholds", _file(tmp_path, text, "wrong"))
        assert done.exit_code == 2 and why in done.stderr
    done = _run("simulate", edges, "--model", "ic", "--seeds", seeds, "--thresholds", own)
    assert done.exit_code == 2 and "are for the model watts" in done.stderr


@pytest.mark.parametrize(
    "option", ["--seeds", "--allowed", "--already", "--costs", "--groups", "--thresholds"]
)
@pytest.mark.parametrize(
    ("data", "why"),
    [(b"0 1\n\xff\xfe0 1\n", "line 2: It is not text in UTF-8."), (b"\x1f\x8bnothing", "can’t be read")],
)
def test_files_beside_it_that_are_no_text_are_named_with_their_line(
    tmp_path: Path, option: str, data: bytes, why: str
) -> None:
    edges = _file(tmp_path, "0 1\n1 2\n")
    other = _file(
        tmp_path,
        data if option not in ("--seeds", "--allowed", "--already") else data.replace(b" 1", b""),
        "other",
    )
    ask: tuple[object, ...] = (
        ("simulate", edges, "--model", "watts") if option == "--seeds" else ("seeds", edges, "--k", 1)
    )
    more = {
        "--costs": ("--budget", 5),
        "--groups": ("--at-least", 1),
        "--thresholds": ("--model", "watts"),
    }.get(option, ())
    done = _run(*ask, option, other, *more)
    assert done.exit_code == 2 and why in done.stderr, done.stderr
    assert done.stdout == ""


def test_a_csv_for_spreadsheets_runs_nothing_and_json_keeps_ids_as_they_are(tmp_path: Path) -> None:
    edges, out = _file(tmp_path, "=cmd bo\nbo @x\n"), tmp_path / "e.csv"
    made, _ = _told("everyone", edges, "--runs", 5, "--out", out)
    assert made["top"][0]["id"] == "=cmd"
    with out.open(newline="", encoding="utf-8") as lines:
        assert [row[0] for row in csv.reader(lines)] == ["id", "'=cmd", "bo", "'@x"]


def test_why_fewer_are_chosen_than_were_asked_for_stands_in_the_note(tmp_path: Path) -> None:
    edges, allowed = _file(tmp_path, "0 1\n1 2\n2 0\n"), _file(tmp_path, "1\n", "allowed")
    for method in ("opim", "imm", "degree"):
        made, _ = _told("seeds", edges, "--k", 3, "--allowed", allowed, "--method", method)
        assert made["seeds"] == [1] and "Wanted: 3 people. Who may be chosen: 1 person." in made["note"]
    poor, _ = _told("seeds", edges, "--k", 3, "--budget", 0)
    assert (poor["seeds"], poor["guarantee"]) == ([], 1.0)
    assert "The budget of 0 pays for nobody: the cheapest of those who may be chosen costs 1." in poor["note"]


def test_a_claim_is_paid_for_before_anybody_else(tmp_path: Path) -> None:
    edges = _file(tmp_path, "".join(f"hub leaf{i}\n" for i in range(9)))
    costs, groups = _file(tmp_path, "leaf1 10\nhub 5\n", "costs"), _file(tmp_path, "leaf1 red\n", "groups")
    ask = ("seeds", edges, "--k", 3, "--costs", costs, "--groups", groups, "--at-least", "red=1", "--budget")
    for model in ("ic", "lt", "watts", "absolute"):
        assert "leaf1" in _told(*ask, 11, "--model", model)[0]["seeds"]
    done = _run(*ask, 9)
    assert done.exit_code == 2 and "The budget of 9 doesn't pay for what the groups are owed" in done.stderr


def test_compiling_is_said_once_before_it_takes_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    from numba import njit
    from numba.core import event

    while spread_asked._listening:
        event.unregister("numba:compile", spread_asked._listening.pop())
    spread_asked._say_when_compiling()
    spread_asked._say_when_compiling()
    njit(lambda one: one + 1)(1)
    njit(lambda one: one + 2)(1)
    assert capsys.readouterr().err.count("Compiling for this machine") == 1
