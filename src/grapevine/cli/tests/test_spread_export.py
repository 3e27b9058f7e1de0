"""`grapevine spread export`: a network of the room, out to the files that the other commands take."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from grapevine.cli.tests.test_commands import run
from grapevine.core.testing import NOON, deeds
from grapevine.people import testing as people
from grapevine.spread import testing as spread

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> list[Any]:
    """The first is refused, the second is ours."""
    handles = ("hamlet", "=ophelia", "horatio", "gertrude")
    made = [people.make_identity(handle=one) for one in handles]
    people.make_refusal(identity=made[0])
    spread.make_network([(0, 1, 2.5), (0, 2, 1.0), (2, 3, 0.125)], name="Elsinore", identities=made, ours=[1])
    return [one.pk for one in made]


def _told(*arguments: object) -> dict[str, Any]:
    done = run("spread", *map(str, arguments))
    assert done.exit_code == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("name", ["talk.txt", "talk.csv.gz", "talk.parquet", "talk"])
def test_what_goes_out_is_what_the_other_commands_take(who: list[int], tmp_path: Path, name: str) -> None:
    told = _told("export", "Elsinore", tmp_path / name)
    assert {key: told[key] for key in ("n", "m", "may_be_contacted", "forgotten_left_out")} == {
        "n": 4, "m": 3, "may_be_contacted": 2, "forgotten_left_out": 0,
    }  # fmt: skip
    assert deeds()[-1] == "spread.network.exported"
    seen = _told("describe", tmp_path / name, "--person", who[0])
    assert (seen["n"], seen["m"], seen["weighted"]) == (4, 3, True)
    assert seen["person"]["influences"] == [who[1], who[2]]


def test_the_edge_list_can_be_piped(who: list[int]) -> None:
    hamlet, ophelia, horatio, gertrude = who
    lines = run("spread", "export", "Elsinore", "-").stdout.splitlines()
    assert lines[1:] == [f"{hamlet} {ophelia} 2.5", f"{hamlet} {horatio} 1", f"{horatio} {gertrude} 0.125"]


def test_who_may_be_contacted_goes_along_for_advice(who: list[int], tmp_path: Path) -> None:
    edges, allowed, table = tmp_path / "talk.txt", tmp_path / "allowed.txt", tmp_path / "people.csv"
    _told("export", "Elsinore", edges, "--people", table, "--allowed", allowed)
    assert allowed.read_text().split() == [str(who[2]), str(who[3])]
    seeds = _told("seeds", edges, "--probability", "wc", "--k", 1, "--allowed", allowed)["seeds"]
    assert seeds == [who[2]]
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [(row["id"], row["handle"], row["ours"], row["contact"]) for row in rows] == [
        (str(who[0]), "hamlet", "0", "0"),
        (str(who[1]), "'=ophelia", "1", "0"),
        (str(who[2]), "horatio", "0", "1"),
        (str(who[3]), "gertrude", "0", "1"),
    ]
    assert rows[0]["language"] == "en" and rows[0]["followers"] == ""


def test_who_was_forgotten_is_not_in_the_file(who: list[int], tmp_path: Path) -> None:
    from grapevine.spread.actions import forgetting

    forgetting.out_of_networks([who[0]])
    told = _told("export", "Elsinore", tmp_path / "talk")
    assert (told["n"], told["m"], told["forgotten_left_out"]) == (3, 1, 1)
    assert str(who[0]) not in run("spread", "export", "Elsinore", "-").stdout.split()


def test_of_several_with_one_name_the_newest_goes_out_and_the_number_tells_them_apart(
    who: list[int], tmp_path: Path
) -> None:
    older = _told("export", "Elsinore", tmp_path / "one")["network"]
    newer = spread.make_network([(0, 1)], name="Elsinore", until=NOON + timedelta(days=1)).pk
    assert _told("export", "Elsinore", tmp_path / "two")["network"] == newer
    assert _told("export", older, tmp_path / "three")["network"] == older


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Atlantis", "talk.txt"), "There is no network 'Atlantis'. There are: "),
        (("Elsinore", "nowhere/talk.txt"), "can’t be written: No such file"),
        (("Elsinore", "taken"), "taken is there already."),
    ],
)
def test_what_cannot_be_written_is_told(
    who: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    done = run("spread", "export", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
