"""A row that cannot be read is kept aside with its line and the reason; the others go on."""

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from grapevine.connectors.base import BadData, Batch
from grapevine.connectors.file import reading
from grapevine.connectors.file.tests import making
from grapevine.connectors.file.tests.making import DAY, LINES, csv_file, read, why
from grapevine.connectors.reasons import MAX_RAW


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,a date in the year 0,0000-01-01", "bad_date"),
        ("2,long ago,1903-01-01", "date_out_of_range"),
        (f"2,,{DAY}", "no_text"),
        ("2,too few", "too_few_columns"),
        (f"2,too,many,{DAY}", "too_many_columns"),
        (f'2,"quotes" do not fit,{DAY}', "bad_quotes"),
        (f'2,"never closed,{DAY}', "unclosed_quote"),
        (b"2,bytes \xff\xfe,2026-01-01", "undecodable"),
        (b"2,a zero\0byte,2026-01-01", "nul_byte"),
        (f"2,a return \r in the middle,{DAY}", "bad_quotes"),
        (f"{'2' * 3000},an endless id,{DAY}", "too_long"),
        (f"2,{'x' * 1_000_001},{DAY}", "too_long"),
        (f"2,{'x' * 10_000_000},{DAY}", "too_long"),
        (f"2,{' '.join(f'#tag{n}' for n in range(50_000))},{DAY}", "too_many_tags"),
    ],
)
def test_a_bad_row_is_left_out_and_the_rest_goes_on(tmp_path: Path, row: str | bytes, reason: str) -> None:
    path = csv_file(tmp_path, f"1,before,{DAY}", row, f"3,behind,{DAY}", f'4,"and, on",{DAY}')
    posts, rejected = read(path)
    assert [post.external_id for post in posts] == ["1", "3", "4"]
    assert why(rejected) == [(3, reason)]
    raw = row.encode() if isinstance(row, str) else row
    assert rejected[0].raw.rstrip(b"\n") == raw[:MAX_RAW]


def test_a_long_quoted_text_with_line_ends_is_one_bad_row(tmp_path: Path) -> None:
    long = "\n".join(["a line of it, and more"] * 500_000)
    path = csv_file(tmp_path, f"1,before,{DAY}", f'2,"{long}",{DAY}', f"3,behind,{DAY}")
    posts, rejected = read(path)
    assert [post.external_id for post in posts] == ["1", "3"]
    assert why(rejected) == [(3, "too_long")]
    assert posts[1].text == "behind"


def test_a_quote_never_closed_costs_one_row_of_a_big_file(tmp_path: Path) -> None:
    rows = [f"{n},a plain row without any quotes in it,{DAY}" for n in range(300_000)]
    rows[5] = f'5,"opened,{DAY}'
    started = time.monotonic()
    posts, rejected = read(csv_file(tmp_path, *rows))
    assert len(posts) == 299_999
    assert why(rejected) == [(7, "unclosed_quote")]
    assert time.monotonic() - started < 30


def test_many_quotes_never_closed_cost_no_more_than_their_rows(tmp_path: Path) -> None:
    rows = [f'{n},"opened,{DAY}' if n % 10 == 0 else f"{n},fine,{DAY}" for n in range(20_000)]
    started = time.monotonic()
    posts, rejected = read(csv_file(tmp_path, *rows))
    assert len(posts) == 18_000
    assert {reason for _, reason in why(rejected)} == {"unclosed_quote"}
    assert time.monotonic() - started < 20


def test_quotes_inside_a_word_mean_nothing(tmp_path: Path) -> None:
    posts, rejected = read(
        csv_file(tmp_path, f'1,a 5" pizza,{DAY}', f'2,"she said ""no""",{DAY}', f"3,fine,{DAY}")
    )
    assert [post.text for post in posts] == ['a 5" pizza', 'she said "no"', "fine"]
    assert not rejected


def test_lines_are_counted_over_texts_of_several_lines(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, f'1,"two\nlines",{DAY}', "", f"2,,{DAY}", f'3,"three\r\n\nlines",{DAY}', "4,bad,soon"
    )
    posts, rejected = read(path)
    assert [post.text for post in posts] == ["two\nlines", "three\r\n\nlines"]
    assert why(rejected) == [(5, "no_text"), (9, "bad_date")]


def test_the_fixture_of_bad_rows_says_what_is_wrong(tmp_path: Path) -> None:
    from grapevine.connectors.file import inspection, testing

    path = testing.FIXTURES / "twcs.csv"
    posts, rejected = read(path, inspection.inspect(path).mapping)
    assert [post.external_id for post in posts] == ["1", "2", "3", "4", "9", "12"]
    assert [reason for _, reason in why(rejected)] == [
        "bad_date", "too_many_columns", "no_text", "unclosed_quote", "undecodable", "nul_byte",
    ]  # fmt: skip
    assert [line for line, _ in why(rejected)] == [7, 8, 9, 10, 12, 13]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 2, "text": "cut off', "bad_json"),
        (b"not json", "bad_json"),
        (b'["a", "list"]', "bad_type"),
        (b'{"id": 2, "text": ["a", "list"], "date": "2026-01-01"}', "bad_type"),
        (b'{"id": {"a": 1}, "text": "x", "date": "2026-01-01"}', "bad_type"),
        (b'{"id": 2, "text": "\\u0000", "date": "2026-01-01"}', "nul_byte"),
        (b'{"id": 2, "text": "\xff", "date": "2026-01-01"}', "undecodable"),
        (b'{"id": 2, "text": "x"}{"id": 3, "text": "x"}', "bad_json"),
        (b'{"id": 2, "text": "x", "date": "0000-01-01"}', "bad_date"),
        (b'{"id": 2, "text": "\\ud800", "date": "2026-01-01"}', "bad_json"),
        (b'{"id": 2, "text": "' + b"x" * 10_000_000 + b'", "date": "2026-01-01"}', "too_long"),
        (b"[" * 100_000, "bad_type"),
    ],
)
def test_a_bad_json_line_is_left_out_and_the_rest_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    good = [
        json.dumps({"id": n, "text": f"post {n}", "date": DAY, "more": {"x": [1]}}).encode() for n in (1, 3)
    ]
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"\n".join([good[0], b"", line, good[1]]))
    posts, rejected = read(path, LINES)
    assert [post.external_id for post in posts] == ["1", "3"]
    assert [number for number, _ in why(rejected)] == [3]
    assert rejected[0].reason == reason or (reason, rejected[0].reason) == ("bad_type", "bad_json")
    assert rejected[0].raw == line[:MAX_RAW]


def test_a_compressed_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *(f"{n},text number {n * n},{DAY}" for n in range(50_000)), name="posts.csv.gz")
    path.write_bytes(path.read_bytes()[:-100_000])
    batches: list[Batch] = []
    found = reading.read(path, making.PLAIN)
    with pytest.raises(BadData) as caught:
        while True:
            batches.append(next(found))
    assert caught.value.code == "file_breaks_off"
    assert 1_000 < len(making.posts_of(batches)) < 50_000
    assert batches[-1].rejected[-1].reason == "truncated"


@pytest.mark.slow
def test_memory_stays_bounded_however_big_the_file(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    row = f"7,{'some words of a text ' * 10},{DAY}\n" * 10_000
    with path.open("w") as file:
        file.write("id,text,date\n")
        for _ in range(40):
            file.write(row)
    script = f"""
        import resource
        from pathlib import Path
        from grapevine.connectors.file import reading
        from grapevine.connectors.file.tests.making import PLAIN
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rows = sum(len(batch.posts) for batch in reading.read(Path({str(path)!r}), PLAIN))
        print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )
    rows, grown = map(int, done.stdout.split())
    assert rows == 400_000
    assert path.stat().st_size > 85_000_000
    assert grown < 60, f"{grown} MiB for a file of 87 MB"


def test_reading_gives_batches_of_about_the_size_asked_for(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *(f"{n},{'text ' * 40},{DAY}" for n in range(30_000)))
    sizes = [len(batch.posts) for batch in reading.read(path, making.PLAIN)]
    assert sum(sizes) == 30_000
    assert max(sizes) <= 6_000
    assert len(sizes) <= 12
