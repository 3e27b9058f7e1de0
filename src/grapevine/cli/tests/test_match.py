"""`grapevine match`: the contract that others build on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grapevine.cli import match

WATCHES = [{"id": 1, "query": "volvo NEAR/3 fire"}, {"id": "räksmörgås", "query": "åhléns -rea"}]


def _lines(*values: Any) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


@pytest.fixture
def watches(tmp_path: Path) -> Path:
    file = tmp_path / "watches.jsonl"
    file.write_text(_lines(*WATCHES))
    return file


def _run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "grapevine.cli.main", "match", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True)


def test_every_post_with_a_match_gives_a_line_in_the_order_they_came(watches: Path, tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"
    posts.write_text(
        _lines(
            {"id": "b", "text": "Fire in a Volvo at Åhléns"}, {"id": 3, "text": "nothing"},
            {"id": 2, "text": "A\u030ahle\u0301ns \U0001f44d"}, {"id": 1, "text": "åhléns rea"},
        )
    )  # fmt: skip
    expected = [{"id": "b", "watches": [1, "räksmörgås"]}, {"id": 2, "watches": ["räksmörgås"]}]
    for arguments, given in (
        ((posts,), b""),
        (("-",), posts.read_bytes()),
        ((), b"\xef\xbb\xbf" + posts.read_bytes()),
    ):
        done = _run("--watches", watches, *arguments, given=given)
        assert (done.returncode, done.stderr) == (0, b"")
        assert [json.loads(line) for line in done.stdout.splitlines()] == expected


def test_lines_that_are_no_posts_are_named_and_counted_and_the_rest_goes_on(watches: Path) -> None:
    good = _lines({"id": 1, "text": "åhléns"})
    done = _run("--watches", watches, given=f"{good}oops\n\n{good}".encode() + b'{"id": 2}\n' * 30)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    said = done.stderr.decode().splitlines()
    assert said[0].startswith("standard input, line 2: not JSON")
    assert said[1].startswith("standard input, line 5: no text")
    assert len(said) == 21
    assert "31" in said[-1]


def test_a_watch_that_cannot_be_read_ends_it_unless_it_may_be_left_out(watches: Path) -> None:
    watches.write_text(watches.read_text() + _lines({"id": 9, "query": "volvo AND"}))
    post = _lines({"id": 1, "text": "åhléns"}).encode()
    done = _run("--watches", watches, given=post)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"watches.jsonl, line 3" in done.stderr
    assert b"character 7" in done.stderr
    done = _run("--watches", watches, "--skip-bad", given=post)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_a_missing_file_is_told(watches: Path) -> None:
    assert _run("--watches", watches, "nowhere.jsonl").returncode == 2
    assert _run("--watches", "nowhere.jsonl").returncode == 2


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_blocks_end_with_a_line_wherever_the_stream_is_cut(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "BLOCK", size)
    data = b"".join(b"x" * (n % 90) + b"\n" for n in range(200)) + b"the last has no end"
    blocks = list(match._blocks(io.BytesIO(data)))
    assert b"".join(blocks) == data
    assert all(block.endswith(b"\n") for block in blocks[:-1])
