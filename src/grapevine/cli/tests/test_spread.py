"""`grapevine spread`: the contract that others build on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grapevine.cli.spread import app

RING = "# a ring\n" + "".join(f"{10 * i} {10 * ((i + 1) % 8)}\n" for i in range(8))


def _run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def _told(*arguments: object) -> dict[str, Any]:
    done = _run(*arguments)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.count("\n") == 1
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    file = tmp_path / "ring.txt.gz"
    file.write_bytes(gzip.compress(RING.encode()))
    return file


def test_simulate_tells_the_size_its_error_and_its_distribution(ring: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.write_text("# who\n20\n\n50\n")
    told = _told(
        "simulate", ring, "--model", "ic", "--probability", 0.5, "--seeds", seeds, "--runs", 500, "--rng", 7
    )
    assert {key: told[key] for key in ("n", "m", "runs", "rng", "seeds")} == {
        "n": 8,
        "m": 8,
        "runs": 500,
        "rng": 7,
        "seeds": 2,
    }
    assert 2 <= told["p05"] <= told["p50"] <= told["p95"] <= 8
    assert told["low95"] < told["mean"] < told["high95"]
    assert told["stderr"] > 0
    assert told["global_share"] == 1
    again = _told(
        "simulate",
        ring,
        "--model",
        "ic",
        "--probability",
        0.5,
        "--seeds",
        seeds,
        "--runs",
        500,
        "--rng",
        7,
        "--threads",
        2,
    )
    assert again == told
    assert (
        _told(
            "simulate",
            ring,
            "--model",
            "ic",
            "--probability",
            0.5,
            "--seeds",
            seeds,
            "--runs",
            500,
            "--rng",
            8,
        )
        != told
    )


@pytest.mark.parametrize(
    ("model", "knobs", "mean"),
    [
        ("watts", ("--threshold", "0.5"), 8),
        ("watts", ("--threshold", "0.51"), 1),
        ("absolute", ("--threshold", "1"), 8),
        ("absolute", ("--threshold", "2"), 1),
        ("lt", ("--probability", "0"), 1),
        ("ic", ("--probability", "1"), 8),
        ("ic", ("--probability", "0"), 1),
        ("sir", ("--probability", "1", "--set", "horizon=3"), 7),
        ("brief", ("--probability", "0", "--set", "outside=1", "--set", "brief=1"), 8),
    ],
)
def test_each_model_can_be_asked_for(ring: Path, model: str, knobs: tuple[str, ...], mean: float) -> None:
    told = _told(
        "simulate", ring, "--undirected", "--model", model, *knobs, "--random-seeds", 1, "--runs", 20
    )
    assert told["mean"] == mean


def test_the_course_is_told_when_steps_are_asked_for(ring: Path) -> None:
    told = _told(
        "simulate",
        ring,
        "--model",
        "absolute",
        "--threshold",
        1,
        "--random-seeds",
        1,
        "--runs",
        3,
        "--steps",
        4,
    )
    assert told["steps"]["mean"] == [1, 2, 3, 4]


def test_the_third_column_is_the_chance_and_ties_given_twice_have_one_together(tmp_path: Path) -> None:
    file = tmp_path / "ties"
    file.write_text("a b 1\nb c 0\nc a 0.5\nc a 1\n")
    seeds = tmp_path / "seeds"
    seeds.write_text("c\n")
    told = _told("simulate", file, "--model", "ic", "--probability", "column", "--seeds", seeds, "--runs", 50)
    assert (told["mean"], told["duplicates_left_out"]) == (3, 1)


def test_analytic_tells_share_chance_and_window() -> None:
    told = _told("analytic", "--degree", "poisson", "--mean", 4, "--threshold", 0.18, "--seed-fraction", 0.01)
    assert told["share"] == pytest.approx(0.980387748, abs=1e-9)
    assert told["p_single_seed_global"] == pytest.approx(0.865295941, abs=1e-9)
    assert told["window"] == pytest.approx([1.020704, 5.764677], abs=1e-6)
    assert _told("analytic", "--mean", 4, "--threshold", 0.3, "--seed-fraction", 0.01)["window"] is None


def test_analytic_takes_the_degrees_of_a_network_and_of_regular_ones(ring: Path) -> None:
    for degree in (("--degree", ring), ("--degree", "regular", "--mean", 2)):
        assert _told("analytic", *degree, "--threshold", 0.5, "--seed-fraction", 0.5)["mean"] == 2


def test_analytic_takes_ties_one_way_where_they_are(ring: Path) -> None:
    asked = ("--threshold", 0.6, "--seed-fraction", 0.3, "--no-undirected")
    told = _told("analytic", "--degree", "regular", "--mean", 2, *asked)
    assert told["share"] == pytest.approx(0.3 / 0.7, abs=1e-9)
    assert told["directed"]
    # Round the ring everybody listens to one and is heard by one, so it goes on for ever.
    assert _told("analytic", "--degree", ring, *asked)["vulnerable_reach"] == 1
    assert _told("analytic", "--mean", 3, "--threshold", "1/3", "--seed-fraction", 0.3, "--no-undirected")[
        "window"
    ]


def test_analytic_takes_a_threshold_as_a_fraction_and_a_very_low_one() -> None:
    told = _told("analytic", "--mean", 4, "--threshold", "1/4", "--seed-fraction", 0.01)
    assert told["threshold"] == 0.25 and told["window_note"] is None
    low = _told("analytic", "--mean", 4, "--threshold", 0.001, "--seed-fraction", 0.01)
    assert low["window"][1] > 1000 and low["p_single_seed_global"] > 0.9
    lowest = _told("analytic", "--mean", 4, "--threshold", 1e-9, "--seed-fraction", 0.01)
    assert lowest["window"] is None and "upper end" in lowest["window_note"]
    assert lowest["p_single_seed_global"] == pytest.approx(low["p_single_seed_global"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--degree", "regular", "--mean", "nan", "--threshold", 0.2), "The degree is nan"),
        (("--degree", "regular", "--mean", "inf", "--threshold", 0.2), "The degree is inf"),
        (("--degree", "regular", "--mean", 2.5, "--threshold", 0.2), "The degree is 2.5"),
        (("--degree", "regular", "--mean", 1e9, "--threshold", 0.2), "from 0 to 1,000"),
        (("--mean", "nan", "--threshold", 0.2), "The mean degree is nan"),
        (("--mean", 4, "--threshold", "1/0"), "The threshold is 1/0"),
        (("--mean", 4, "--threshold", "4/3"), "The threshold is 4/3"),
        (("--mean", 4, "--threshold", "1e999999999"), "The threshold is 1e999999999"),
        (("--mean", 4, "--threshold", "1e-999999999/7"), "The threshold is 1e-999999999/7"),
        (("--threshold", 0.2), "Say the mean degree"),
    ],
)
def test_what_analytic_cannot_take_is_told_in_a_sentence(
    arguments: tuple[object, ...], sentence: str
) -> None:
    done = _run("analytic", *arguments, "--seed-fraction", 0.01)
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_describe_tells_the_network_and_a_persons_circle(ring: Path) -> None:
    told = _told("describe", ring, "--person", 30)
    assert (told["n"], told["m"], told["components"], told["highest_core"]) == (8, 8, 1, 2)
    assert told["person"] == {"id": 30, "core": 2, "influences": [40], "influenced_by": [20], "both_ways": 0}
    assert _told("describe", ring, "--listens", "--person", 30)["person"]["influences"] == [20]


def test_an_empty_network_has_answers_too(tmp_path: Path) -> None:
    file = tmp_path / "none"
    file.write_text("# nobody\n")
    assert _told("describe", file)["n"] == 0
    assert _told("simulate", file, "--model", "ic", "--probability", "wc", "--random-seeds", 0)["mean"] == 0
    assert (
        _told("simulate", file, "--people", 3, "--model", "watts", "--threshold", 0.1, "--random-seeds", 2)[
            "mean"
        ]
        == 2
    )


def test_the_shelf_is_told_with_every_knob() -> None:
    told = _told("models")
    assert list(told)[:6] == ["watts", "absolute", "lt", "ic", "sir", "brief"]
    assert told["watts"]["knobs"][0]["high"] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--model", "gossip", "--random-seeds", 1), "There is no model 'gossip'"),
        (("--model", "lt", "--threshold", 0.2, "--random-seeds", 1), "has no threshold"),
        (("--model", "ic", "--probability", 1.5, "--random-seeds", 1), "probability is 1.5; it must be"),
        (("--model", "ic", "--probability", -0.1, "--random-seeds", 1), "it must be"),
        (("--model", "ic", "--probability", "nan", "--random-seeds", 1), "it must be"),
        (("--model", "ic", "--probability", "often", "--random-seeds", 1), "it must be"),
        (("--model", "ic", "--probability", "column", "--random-seeds", 1), "a third column is wanted"),
        (("--model", "watts", "--threshold", 1.01, "--random-seeds", 1), "threshold is 1.01"),
        (("--model", "absolute", "--threshold", 1.5, "--random-seeds", 1), "whole number"),
        (("--model", "absolute", "--threshold", "inf", "--random-seeds", 1), "whole number"),
        (("--model", "ic", "--probability", "wc"), "Say who begins"),
        (("--model", "ic", "--probability", "wc", "--random-seeds", 9), "can't be drawn from 8 people"),
        (("--model", "ic", "--probability", "wc", "--seeds", "/nowhere"), "There is no file"),
        (("--model", "ic", "--probability", "wc", "--random-seeds", 1, "--tolerance", 0), "tolerance is 0"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    ring: Path, arguments: tuple[object, ...], sentence: str
) -> None:
    done = _run("simulate", ring, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_seeds_that_are_not_there_and_wrong_lines_are_named(ring: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.write_text("20\n21\nanna\n")
    done = _run("simulate", ring, "--model", "ic", "--probability", "wc", "--seeds", seeds)
    assert "These seeds are not in the network: 21, anna." in done.stderr
    bad = tmp_path / "bad"
    bad.write_text("1 2\n3\n")
    assert "bad, line 2: 1 column" in _run("describe", bad).stderr
    over = tmp_path / "over"
    over.write_text("1 2 0.5\n2 3 1.25\n")
    done = _run("simulate", over, "--model", "ic", "--probability", "column", "--random-seeds", 1)
    assert "2 → 3 with 1.25" in done.stderr
    heavy = tmp_path / "heavy"
    heavy.write_text("1 3 0.9\n2 3 0.9\n")
    done = _run("simulate", heavy, "--model", "lt", "--probability", "column", "--random-seeds", 1)
    assert "sum to 1 at most" in done.stderr
