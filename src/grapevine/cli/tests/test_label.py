"""`grapevine label` and `grapevine evaluate`: the contract that others build on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from grapevine.cli.tests.test_commands import run

FIELDS = ["id", "lang", "lang_p", "spam", "spam_p", "sentiment", "sentiment_p", "intents", "sure", "tier"]


def _file(path: Path, *rows: object) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_every_post_gives_a_line_in_the_order_they_came(tmp_path: Path) -> None:
    posts = _file(
        tmp_path / "p.jsonl", {"id": "b", "text": "Kan varmt rekommendera!", "x": 1}, {"id": 2, "text": ""}
    )
    done = run("label", posts, "--tier", "fast")
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == FIELDS
    assert (first["id"], first["lang"], first["sentiment"], first["intents"]) == (
        "b",
        "sv",
        "positive",
        ["recommends"],
    )
    assert (second["id"], second["sure"], second["tier"]) == (2, False, "fast")


def test_lines_that_are_no_posts_are_told_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": 1, "text": "hej"}\nnot json\n\n{"id": 3}\n{"id": 4, "text": "hello \xff"}\n{"id": 5, "text": "hi"}'
    )
    done = run("label", str(path), "--tier", "fast")
    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 5]
    assert "p.jsonl, line 2" in done.stderr
    assert "p.jsonl, line 4" in done.stderr
    assert "3 lines were no posts" in done.stderr


@pytest.mark.parametrize(
    "command",
    [["label", "gone.jsonl"], ["label", "-", "--tier", "quick"], ["evaluate", "x", "--task", "weather"]],
)
def test_what_cannot_be_done_is_a_sentence(command: list[str]) -> None:
    done = run(*command)
    assert done.exit_code == 2
    assert done.stderr.startswith("There is no")


def test_a_labelled_file_is_scored(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "I love this coffee", "lang": "en", "label": "positive"},
        {"id": 2, "text": "Terrible, never again", "lang": "en", "label": "negative"},
        {
            "id": 3,
            "text": "Vilken usel service, jag blev väldigt besviken",
            "lang": "sv",
            "label": "negative",
        },
        {"id": 4, "text": "whatever", "lang": "en", "label": "mixed"},
    ]
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    told = run("evaluate", str(path), "--task", "sentiment", "--tier", "fast").stdout
    assert "accuracy 1.000" in told
    assert "1 with other labels left out" in told
    assert "accuracy 1.000" in run("evaluate", str(path), "--task", "lang", "--tier", "fast").stdout
    assert "accuracy 1.000" in run("evaluate", str(path), "--task", "spam", "--tier", "fast").stdout
    none = run("evaluate", str(path), "--task", "intent", "--tier", "fast")
    assert none.exit_code == 2
    assert "None of the labels is an intent" in none.stderr


def test_complaints_and_suggestions_are_our_intents(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "You should add oat milk", "label": "suggestion"},
        {"id": 2, "text": "Nice day", "label": "other"},
    ]
    told = run("evaluate", _file(tmp_path / "s.jsonl", *rows), "--task", "intent", "--tier", "fast").stdout
    assert "idea:" in told
    assert "accuracy 1.000" in told
