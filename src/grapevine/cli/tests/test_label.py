"""`grapevine label` and `grapevine evaluate`: the contract that others build on."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from grapevine.cli import label
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


def test_an_id_comes_back_as_it_was_written(tmp_path: Path) -> None:
    ids = ["12345678901234567.5", "123456789012345678901234567890", "1e3", "null", '{"a": [1]}', '"\\u00e5"']
    path = tmp_path / "p.jsonl"
    path.write_text("".join(f'{{"id": {one}, "text": "hej"}}\n' for one in ids))
    told = run("label", str(path), "--tier", "fast").stdout.splitlines()
    assert [line[: line.index(',"lang"')] for line in told] == [f'{{"id":{one}' for one in ids]


def test_an_id_that_is_no_text_or_a_line_nested_too_deep_is_no_post(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b'{"id": "\xff", "text": "hej"}\n{"id": 1, "text": "hej", "x": ' + b"[" * 200_000)
    done = run("label", str(path), "--tier", "fast")
    assert done.stdout == ""
    assert done.stderr.count("not valid JSON") == 2


def test_of_long_lines_little_is_held_at_a_time() -> None:
    size = 1 << 20
    source = io.BytesIO(b"".join(b'{"id": %d, "text": "%s"}\n' % (row, b"x" * size) for row in range(20)))
    blocks = list(label._blocks(source, "p"))
    assert [row for rows, _wrong in blocks for row in rows] == [
        (b"%d" % row, "x" * 4000) for row in range(20)
    ]
    assert max(len(rows) for rows, _wrong in blocks) * size <= label.HELD


def test_many_bad_lines_are_held_in_blocks_too() -> None:
    blocks = list(label._blocks(io.BytesIO(b"no\n" * (label.AT_ONCE * 3)), "p"))
    assert [len(wrong) for _rows, wrong in blocks] == [label.AT_ONCE] * 3


@pytest.mark.parametrize("command", [["label"], ["evaluate", "--task", "lang"]])
def test_a_pipe_is_read_by_its_name(command: list[str]) -> None:
    reader, writer = os.pipe()
    os.write(writer, b'{"id": 1, "text": "I love this coffee", "lang": "en"}\n')
    os.close(writer)
    done = run(*command, f"/dev/fd/{reader}", "--tier", "fast")
    os.close(reader)
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize("command", [["label"], ["evaluate", "--task", "lang"]])
def test_a_folder_and_a_file_in_utf_16_are_told_in_a_line(command: list[str], tmp_path: Path) -> None:
    assert "is a folder" in run(*command, str(tmp_path), "--tier", "fast").stderr
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        path = tmp_path / "p.jsonl"
        path.write_bytes('{"id": 1, "text": "hej"}\n'.encode(encoding))
        done = run(*command, str(path), "--tier", "fast")
        assert done.exit_code == 2
        assert done.stderr.startswith("p.jsonl, line 1: this is UTF-16")
        assert done.stderr.count("\n") == 1


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


def test_a_first_row_behind_a_mark_of_byte_order_counts(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "I love this coffee", "lang": "en"}\n')
    done = run("evaluate", str(path), "--task", "lang", "--tier", "fast")
    assert done.stdout.startswith("s.jsonl: 1 row,")
    assert done.stderr == ""


def test_a_row_with_several_labels_is_told_and_left_out(tmp_path: Path) -> None:
    rows = [
        {"text": "Vilken usel service", "lang": ["sv"]},
        {"text": "so good", "lang": "en", "label": {"a": 1}},
        {"text": "I love this coffee", "lang": "en"},
        {"text": "no language is told"},
    ]
    done = run("evaluate", _file(tmp_path / "s.jsonl", *rows), "--task", "lang", "--tier", "fast")
    assert done.exit_code == 0
    assert 's.jsonl, line 1: one "lang" is expected' in done.stderr
    assert 's.jsonl, line 2: one "label" is expected' in done.stderr
    assert "2 lines were left out." in done.stderr
    assert "1 labelled, 1 with other labels left out" in done.stdout


def _broken() -> list[bytes]:
    whole = gzip.compress(b"".join(b'{"text": "hello %d"}\n' % row for row in range(5000)))
    return [
        b"no gzip",
        whole[: len(whole) // 2],
        whole[:200] + b"\xff" * 200 + whole[400:],
        whole[:-8] + b"\1" * 8,
    ]


@pytest.mark.parametrize("data", _broken(), ids=["none", "cut", "bent", "sum"])
def test_a_broken_packed_file_is_told_in_a_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(data)
    done = run("evaluate", str(path), "--task", "spam", "--tier", "fast")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("set.jsonl.gz, line ")
    assert "the file is broken here" in done.stderr.splitlines()[-1]
