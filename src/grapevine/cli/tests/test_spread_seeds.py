"""`grapevine spread seeds`: whom to brief, by advice and by rules, under wishes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grapevine.cli.spread import app


def _run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["seeds", *map(str, arguments)])


def _told(*arguments: object) -> dict[str, Any]:
    done = _run(*arguments)
    assert done.exit_code == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def star(tmp_path: Path) -> Path:
    """Two hubs with twenty leaves each."""
    file = tmp_path / "star"
    file.write_text("".join(f"hub{i % 2} leaf{i}\n" for i in range(40)))
    return file


def test_seeds_come_with_their_own_ids_and_a_proof(star: Path) -> None:
    bounds = ("--epsilon", 0.1, "--delta", 0.01, "--rng", 3)
    told = _told(star, "--model", "ic", "--probability", 0.5, "--k", 2, *bounds)
    assert sorted(told["seeds"]) == ["hub0", "hub1"]
    assert told["spread_estimate"] == pytest.approx(22, rel=0.05)
    assert told["promised"] == pytest.approx(0.532, abs=0.001)
    assert told["guarantee"] >= told["promised"]
    assert told["at_most"] >= told["spread_estimate"]
    assert {"rr_sets", "seconds", "delta"} <= set(told)
    for method in ("imm", "degree", "discount", "core", "pagerank", "random"):
        ruled = _told(star, "--probability", 0.5, "--k", 2, "--method", method)
        assert len(ruled["seeds"]) == 2
        assert {"spread_estimate", "guarantee", "rr_sets", "seconds"} <= set(ruled)
    watts = _told(star, "--undirected", "--model", "watts", "--threshold", 0.5, "--k", 1)
    assert (watts["guarantee"], watts["spread_estimate"]) == (None, 21)
    assert "No guarantee" in watts["note"]


@pytest.mark.parametrize("method", ["opim", "degree", "discount", "core", "pagerank", "random"])
def test_seeds_heed_who_may_be_asked_who_was_and_what_they_cost(
    star: Path, tmp_path: Path, method: str
) -> None:
    files = {
        "allowed": "hub1\nleaf7\n",
        "already": "hub0\n",
        "costs": "hub0 5\nhub1 50\n",
        "poor": "hub0 5\nnobody 1\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    ask = (star, "--probability", 1, "--k", 1, "--method", method)
    assert set(_told(*ask, "--allowed", tmp_path / "allowed")["seeds"]) <= {"hub1", "leaf7"}
    both = _told(star, "--probability", 1, "--k", 2, "--method", method, "--allowed", tmp_path / "allowed")
    assert set(both["seeds"]) == {"hub1", "leaf7"}
    briefed = _told(*ask, "--already", tmp_path / "already")
    assert "hub0" not in briefed["seeds"]
    assert briefed["spread_estimate"] >= 21
    paid = _told(*ask, "--budget", 10, "--costs", tmp_path / "costs")["seeds"]
    assert "hub1" not in paid
    if method != "random":
        assert (briefed["seeds"], paid) == (["hub1"], ["hub0"])
    told = _run(*ask, "--budget", 10, "--costs", tmp_path / "poor").stderr
    assert "poor, line 2: " in told
    assert "say --budget too" in _run(*ask, "--costs", tmp_path / "costs").stderr


@pytest.mark.parametrize("method", ["opim", "degree", "discount", "core", "pagerank", "random"])
def test_groups_get_their_places_from_advice_and_from_rules(star: Path, tmp_path: Path, method: str) -> None:
    groups = tmp_path / "groups"
    groups.write_text("leaf1 sv\nleaf2 sv\nleaf3 nl\n")
    ask = (star, "--probability", 0.5, "--groups", groups, "--method", method)
    told = _told(*ask, "--k", 3, "--at-least", "sv=2")
    assert {"leaf1", "leaf2"} < set(told["seeds"])
    assert method == "opim" or "a rule knows nothing of the model" in told["note"]
    assert set(_told(*ask, "--k", 2, "--at-least", 1)["seeds"]) & {"leaf3"}
    assert (
        "The groups want 2 people at least, and no more than 1"
        in _run(*ask, "--k", 1, "--at-least", 1).stderr
    )


def test_seeds_come_from_every_group_that_wants_some(star: Path, tmp_path: Path) -> None:
    groups = tmp_path / "groups"
    groups.write_text("# who speaks what\nhub0 da\nhub1,da\nleaf1 sv\nleaf2 sv\nleaf3 nl\n")
    ask = (star, "--probability", 0.5, "--k", 3, "--groups", groups)
    assert set(_told(*ask, "--at-least", 1)["seeds"]) & {"leaf3"}
    assert len(set(_told(*ask, "--at-least", "sv=2")["seeds"]) & {"leaf1", "leaf2"}) == 2
    both = _told(*ask, "--at-least", 1, "--at-least", "nl=0")["seeds"]
    assert "leaf3" not in both and set(both) & {"leaf1", "leaf2"}
    for given, sentence in (
        (("--at-least", "fr=1"), "no group 'fr'. There are: da, nl, sv"),
        (("--at-least", "many"), "--at-least many: a number"),
        (("--at-least", "sv=3"), "At least 3 of a group are wanted; 2"),
        ((), "Groups take two"),
    ):
        assert sentence in _run(*ask, *given).stderr
    groups.write_text("hub0 da\nnobody da\n")
    assert "line 2: nobody is not in the network" in _run(*ask, "--at-least", 1).stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--k", 99), "k is 99; from 0 to 42 is wanted"),
        (("--k", 1, "--epsilon", 0), "epsilon is 0;"),
        (("--k", 1, "--delta", 1.5), "delta is 1.5"),
        (("--k", 99, "--method", "degree"), "k is 99; from 0 to 42 is wanted"),
        (("--k", 1, "--method", "guess"), "There is no method 'guess'"),
    ],
)
def test_wishes_that_cannot_be_are_told(star: Path, arguments: tuple[object, ...], sentence: str) -> None:
    done = _run(star, "--probability", "wc", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
