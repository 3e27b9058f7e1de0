"""Whatever stands first in a file, the good rows behind it are read."""

import gzip
import json
from pathlib import Path

import pytest

from grapevine.connectors.base import BadData
from grapevine.connectors.file import inspection, reading
from grapevine.connectors.file.tests.making import DAY, PLAIN, csv_file, posts_of, why

GOOD = [json.dumps({"id": n, "text": f"good post {n}", "date": DAY}).encode() for n in range(300)]
MANY_TAGS = " ".join(f"#tag{n}" for n in range(50_000))


def _lines(folder: Path, *lines: bytes) -> Path:
    path = folder / "posts.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.mark.parametrize(
    "first",
    [
        b"[]",
        b"null",
        b'"just a string"',
        b"# comment",
        b"[1, 2",
        b"\xff\xfe",
        b'\xff\xfe{"id":0}',
        b'[{"id": 1}]',
        b"{" * 9,
    ],
)
def test_an_odd_first_line_is_left_out_and_the_rest_goes_on(tmp_path: Path, first: bytes) -> None:
    path = _lines(tmp_path, first, *GOOD)
    found = inspection.inspect(path)
    assert (found.format, found.usable, len(found.posts)) == ("jsonl", True, 20)
    batches = list(reading.read(path, found.mapping))
    assert len(posts_of(batches)) == 300
    assert [line for line, _ in why([one for batch in batches for one in batch.rejected])] == [1]


def test_a_json_list_is_still_told_from_json_lines(tmp_path: Path) -> None:
    for text in ('[{"id": 1},\n{"id": 2}]', '[\n  {"id": 1}\n]'):
        with pytest.raises(BadData, match="one JSON list"):
            inspection.inspect(_lines(tmp_path, text.encode()))


@pytest.mark.parametrize("text", ["x" * 10_000_000, MANY_TAGS])
@pytest.mark.parametrize("table", [True, False])
def test_a_hostile_first_row_does_not_stand_for_the_file(tmp_path: Path, text: str, table: bool) -> None:
    if table:
        path = csv_file(tmp_path, f"1,{text},{DAY}", *(f"{n},a good row,{DAY}" for n in range(2, 300)))
    else:
        path = _lines(tmp_path, json.dumps({"id": 1, "text": text, "date": DAY}).encode(), *GOOD)
    found = inspection.inspect(path)
    assert found.usable
    assert found.posts
    assert len(found.rejected) == 1


def test_rows_of_the_year_0_before_the_good_ones_are_only_left_out(tmp_path: Path) -> None:
    bad = (f"{n},what a long time ago,0000-01-01" for n in range(500))
    good = (f"{n},a good row,{DAY}" for n in range(500, 600))
    found = inspection.inspect(csv_file(tmp_path, *bad, *good), mapping=PLAIN)
    assert found.usable
    assert found.posts


def test_a_file_of_nothing_but_bad_rows_can_be_imported_and_says_so(tmp_path: Path) -> None:
    found = inspection.inspect(csv_file(tmp_path, "1,some words,0000-01-01"), mapping=PLAIN)
    assert found.usable
    assert "all_rejected" in [one.code for one in found.problems]


def test_a_mapping_that_fits_no_row_of_a_large_file_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *(f"{n},{'words ' * 40},never" for n in range(5_000)))
    found = inspection.inspect(path, mapping=PLAIN)
    assert "nothing_fits" in [one.code for one in found.problems]
    assert not found.usable


@pytest.mark.parametrize("name", ['te"xt', "te\\xt", "te\x01xt"])
def test_a_column_may_be_called_anything(tmp_path: Path, name: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(f"{name},date\na good row of words,{DAY}\nanother good row,{DAY}\n")
    found = inspection.inspect(path)
    assert [post.text for post in found.posts] == ["a good row of words", "another good row"]
    lines = _lines(tmp_path, json.dumps({name: "a good row of words", "date": DAY}).encode())
    assert [post.text for post in inspection.inspect(lines).posts] == ["a good row of words"]


def test_half_a_character_at_the_end_of_utf_16_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(f"id,text,date\n1,good,{DAY}\n2,cut".encode("utf-16") + b"x")
    found = inspection.inspect(path)
    assert [post.text for post in found.posts] == ["good"]
    assert len(found.rejected) == 1


def test_a_compressed_file_that_breaks_off_is_shown_too(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(GOOD))[:-500])
    assert inspection.inspect(path).usable
    path.write_bytes(gzip.compress(b"id,text,date\n" + b"1,no date at all,never\n" * 9)[:-4])
    assert inspection.inspect(path, mapping=PLAIN).usable
