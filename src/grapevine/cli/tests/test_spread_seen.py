"""`grapevine spread estimate` and `influentials`."""

from __future__ import annotations

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
