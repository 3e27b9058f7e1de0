"""`grapevine spread estimate` and `influentials`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import SHARED
from grapevine.cli.spread import app


def _told(*arguments: Any) -> Any:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_commands_answer_in_json(tmp_path: Path) -> None:
    edges, seen = tmp_path / "edges", tmp_path / "events"
    edges.write_text("a b\nb c\nc d\n")
    seen.write_text("a 1\nb 2\nc 5\n")
    told = _told("estimate", edges, seen)
    assert (told["joined"], told["generations"], told["held_out"]["people"]) == (3, [1, 1, 1], 3)
    told = _told("influentials", edges, "--undirected", "--threshold", 0.5, "--top", 0.25)
    assert (told["ratio"], told["exact"], told["top"]["people"]) == (1, True, 1)


def test_chances_of_ties_are_written_as_the_column_that_simulations_take(tmp_path: Path) -> None:
    edges, out = tmp_path / "edges", tmp_path / "chances.gz"
    edges.write_text("a b\nb c\nc d\na d\n")
    seen = []
    for name, lines in (("one", "a 1\nb 2\nc 3\nd 4\n"), ("two", "a 1\nb 2\n"), ("three", "a 5\n")):
        seen.append(tmp_path / name)
        seen[-1].write_text(lines)
    told = _told("estimate", edges, *seen, "--strength", 1, "--out", out)
    assert (told["cascades"], told["joined"]) == (3, 7)
    with gzip.open(out, "rt") as file:
        chances = {
            tuple(line.split()[:2]): float(line.split()[2]) for line in file if not line.startswith("#")
        }
    assert set(chances) == {("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")}
    # Along a → b two of three tries convinced, along a → d none that nobody else explains.
    assert 1 > chances["a", "b"] > chances["a", "d"] > 0
    reached = _told(
        "simulate", out, "--model", "ic", "--probability", "column", "--random-seeds", 1, "--runs", 50
    )
    assert (reached["n"], reached["m"]) == (4, 4)
    assert reached["mean"] > 1


def test_bounds_of_thresholds_are_written_for_everybody_who_had_heard_of_it(tmp_path: Path) -> None:
    edges, seen, out = tmp_path / "edges", tmp_path / "events", tmp_path / "thresholds.csv"
    edges.write_text("a =c\nb =c\na d\nb d\ne f\n")
    seen.write_text("a 1\nb 2\n=c 3\n")
    told = _told("estimate", edges, seen, "--thresholds", out)
    assert [line.split(",") for line in out.read_text().splitlines()] == [
        ["id", "cascade", "joined", "listens_to", "had_joined", "above", "at_most"],
        ["'=c", "1", "1", "2", "2", "0.5", "1"],
        ["d", "1", "0", "2", "2", "1", ""],
    ]
    assert told["thresholds"] == [1, 1, 1, 1, 1]
    assert told["thresholds_of_all"] == [1, 1, 1, None, None]


def test_every_estimate_names_its_score(tmp_path: Path) -> None:
    edges, seen = tmp_path / "edges", tmp_path / "events"
    edges.write_text("a b\nb c\nc d\n")
    seen.write_text("a 1\nb 2\nc 5\n")
    told = _told("estimate", edges, seen)
    assert [one["of"] for one in told["scores"]] == [
        "exposure curve", "chances of ties", "one chance for all ties", "thresholds",
    ]  # fmt: skip
    assert told["scores"][0] == told["held_out"]
    assert told["reproduction_of"]["by_chance"] is not None
    assert {"people", "joined", "unknown", "exposures", "thresholds", "unprompted", "ties", "rounds", "reproduction", "generations",
            "branching", "held_out", "warning", "caveat", "n", "m"} <= set(told)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "arguments", "sentence"),
    [
        ("x 1\ny 2\n", (), "are the ids the same?"),
        ("a b 1 RT\n", ("--kind", "RE"), "look at --kind"),
        ("", (), "tells of nobody who joined"),
        ("a 1\nb 2\n", ("--out", "/nowhere/at/all"), "can't be written"),
        ("a 1\nb 2\n", ("--thresholds", "/nowhere/at/all.gz"), "can't be written"),
    ],
)
def test_events_that_tell_nothing_of_the_network_are_refused(
    tmp_path: Path, lines: str, arguments: tuple[str, ...], sentence: str
) -> None:
    edges, seen = tmp_path / "edges", tmp_path / "events"
    edges.write_text("a b\nb c\nc d\n")
    seen.write_text(lines)
    done = CliRunner().invoke(app, ["estimate", str(edges), str(seen), *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


@pytest.mark.shared
@pytest.mark.slow
def test_a_network_made_of_the_rumour_itself_is_told_and_an_earlier_one_is_not(tmp_path: Path) -> None:
    activity = SHARED / "spread" / "higgs_activity.txt.gz"
    with gzip.open(activity, "rt") as file:
        rows = [line.split() for line in file if not line.startswith("#")]
    passed_on = [row for row in rows if row[3] == "RT"]
    middle = sorted(int(row[2]) for row in rows)[len(rows) // 2]
    same, earlier, later = (tmp_path / name for name in ("same", "earlier", "later"))
    same.write_text("".join(f"{row[0]} {row[1]}\n" for row in passed_on))
    told = _told("estimate", same, activity, "--listens", "--kind", "RT")
    assert "made from what it is to explain" in told["warning"]
    # Whom one answered, named or passed on before; who passed it on after.
    earlier.write_text("".join(f"{row[0]} {row[1]}\n" for row in rows if int(row[2]) < middle))
    later.write_text("".join(" ".join(row) + "\n" for row in passed_on if int(row[2]) >= middle))
    told = _told("estimate", earlier, later, "--listens", "--window", 600)
    assert told["warning"] is None
    assert told["reproduction_of"]["by_chance_high"] < told["reproduction"]
    assert 2 * told["reproduction_of"]["by_chance"] < told["reproduction"] < 0.1
    assert 0.001 < told["chance_by_chance"] < told["chance"] < 0.05
    assert {one["of"]: one["better_than_mean"] > 0 for one in told["scores"]}["chances of ties"]


@pytest.mark.shared
@pytest.mark.slow
def test_a_real_rumour_is_estimated_with_its_score() -> None:
    folder = SHARED / "spread"
    told = _told(
        "estimate",
        folder / "higgs_retweet.txt.gz",
        folder / "higgs_activity.txt.gz",
        "--listens",
        "--kind",
        "RT",
        "--window",
        3600,
    )
    assert told["joined"] > 100_000
    assert told["held_out"]["better_than_mean"] > 0
    assert told["held_out"]["auc"] > 0.5


@pytest.mark.shared
@pytest.mark.slow
def test_without_a_window_a_real_rumour_convinces_not_everybody_and_its_order_is_held_against_chance() -> (
    None
):
    folder = SHARED / "spread"
    told = _told(
        "estimate",
        folder / "higgs_retweet.txt.gz",
        folder / "higgs_activity.txt.gz",
        "--listens",
        "--kind",
        "RT",
    )
    assert all(0.01 < one["chance"] < 0.9 for one in told["ties"])
    # The people of the activity have other numbers there than in the network: what comes out is what chance does.
    assert (
        told["reproduction_of"]["by_chance_low"]
        < told["reproduction"]
        < told["reproduction_of"]["by_chance_high"]
    )
    assert "In any other order" in told["warning"]
    one_chance = next(one for one in told["scores"] if one["of"] == "one chance for all ties")
    assert one_chance["auc"] == pytest.approx(0.5, abs=0.01)
