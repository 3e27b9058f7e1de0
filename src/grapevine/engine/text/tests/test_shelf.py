"""The shelf of languages: its files are whole, and a wrong line is named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from grapevine.engine.text import shelf
from grapevine.engine.text.reading import table


@pytest.mark.parametrize("code", shelf.languages())
def test_a_language_is_whole(code: str) -> None:
    pack = shelf.load(code)
    assert sum(entry.points > 0 for entry in pack.values()) > 300
    assert sum(entry.points < 0 for entry in pack.values()) > 300
    assert {want[0] for entry in pack.values() for want in entry.wants} == set(range(len(shelf.INTENTS)))
    assert {place for entry in pack.values() for place in entry.does} == set(range(len(shelf.DOES)))
    rows = [json.loads(line) for line in (shelf.FOLDER / code / "gold.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) >= 100
    for row in rows:
        assert row["sentiment"] in ("negative", "neutral", "positive")
        assert set(row["intents"]) <= set(shelf.INTENTS), row
        assert row["origin"]


def test_the_kept_table_is_that_of_the_shelf() -> None:
    with np.load(table.KEPT) as kept:
        assert str(kept["fingerprint"]) == shelf.fingerprint(), "run: python -m training shelf"


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("words.txt", "bra", "expected “name: …”"),
        ("words.txt", "7: bra", "not between"),
        ("words.txt", "x: bra", "expected a number"),
        ("words.txt", "2: a_b_c_d_e_f", "one to 5 words"),
        ("function.txt", "movers: gå", "is none of"),
        ("intents.txt", "wishes 2: jag vill", "is none of"),
        ("intents.txt", "idea 2: (a|(b|c)) d", "brackets"),
        ("intents.txt", "idea 2: " + "(a|b|c|d|e|f|g|h|i|j) " * 5, "stands for"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, line: str, told: str) -> None:
    for file in ("words.txt", "function.txt", "intents.txt"):
        (tmp_path / file).write_text(f"# ok\n{line}\n" if file == name else "# nothing\n")
    with pytest.raises(shelf.ShelfError, match=told) as caught:
        shelf.load("xx", tmp_path)
    assert f"{name}:2" in str(caught.value)


def test_a_template_stands_for_all_its_phrases() -> None:
    found = set(shelf.expanded("here", "(kan|vill) (varmt|) rekommendera ?"))
    assert found == {
        (("kan", "varmt", "rekommendera"), True),
        (("kan", "rekommendera"), True),
        (("vill", "varmt", "rekommendera"), True),
        (("vill", "rekommendera"), True),
    }
