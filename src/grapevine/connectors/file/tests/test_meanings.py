"""What single cells come to: dates that are missing, addresses that are none, names, ids of our own exports."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grapevine.connectors import texts
from grapevine.connectors.file import inspection, reading
from grapevine.connectors.file.tests.making import DAY, LINES, PLAIN, csv_file, posts_of, read, why


def _file(folder: Path, *lines: str, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_row_without_a_date_gets_the_files_own_and_is_counted(tmp_path: Path, kind: str) -> None:
    if kind == "csv":
        path, mapping = csv_file(tmp_path, "1,dated,2025-05-05", "2,undated,", "3,undated too, "), PLAIN
    else:
        rows = (
            {"id": 1, "text": "dated", "date": "2025-05-05"},
            {"id": 2, "text": "u"},
            {"id": 3, "text": "v", "date": None},
        )
        path, mapping = _file(tmp_path, *map(json.dumps, rows), name="posts.jsonl"), LINES
    batches = list(reading.read(path, mapping))
    posts = posts_of(batches)
    assert [post.published_at.date().isoformat() for post in posts] == ["2025-05-05", DAY, DAY]
    assert [post.notes for post in posts] == [(), ("date_first_seen",), ("date_first_seen",)]
    assert batches[-1].cursor["undated"] == 2


def test_a_row_without_a_date_is_left_out_where_the_file_has_none_to_give(tmp_path: Path) -> None:
    posts, rejected = read(csv_file(tmp_path, "1,undated,"), msgspec.structs.replace(PLAIN, date=""))
    assert not posts
    assert why(rejected) == [(2, "missing_date")]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a", True), ("HTTP://example.org", True), ("www.example.org/a?b=c", True), ("example.org:8080/x", True),
        ("javascript:alert(1)", False), (" JavaScript:alert(1)//example.org/", False), ("data:text/html,x", False), ("file:///etc/passwd", False),
        ("java\tscript:alert(1)", False), ("//example.org/x", False), ("vbscript:x", False), ("", False), ("javascript.x:alert(1)", False),
    ],
)  # fmt: skip
def test_only_an_address_of_the_web_is_one(address: str, kept: bool) -> None:
    assert texts.web_address(address) == (address if kept else "")


def test_an_address_that_is_none_of_the_web_is_dropped_with_a_note(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "id,text,date,url,author,author_url,links",
        f"1,a row of words,{DAY},javascript:alert(1),per,javascript:alert(2),javascript:alert(3) https://example.org",
        f"2,another row,{DAY},https://example.org/2,per,https://example.org/per,",
        f"3,one more row,{DAY},,per,,",
        f"4,a last one,{DAY},https://example.org/4,per,https://example.org/per,",
    )
    found = inspection.inspect(path)
    columns = found.mapping.columns | {"links": ("links",)}
    found = inspection.inspect(path, mapping=msgspec.structs.replace(found.mapping, columns=columns))
    first, second, third, _ = found.posts
    assert (first.url, first.notes, first.links) == ("", ("url_dropped",), ("https://example.org",))
    assert (second.url, second.notes, third.notes) == ("https://example.org/2", (), ())
    assert [post.author.url for post in found.posts if post.author] == [
        "",
        "https://example.org/per",
        "",
        "https://example.org/per",
    ]


def test_full_names_are_not_taken_for_handles(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "Text;Datum;Författare", "Så gott kaffe!;2026-11-01;Anna Berg", "Nej tack;2026-11-02;Per Ek"
    )
    columns = inspection.inspect(path).mapping.columns
    assert columns["author_name"] == ("Författare",)
    assert "author_handle" not in columns
    path = _file(
        tmp_path, "Text;Datum;Författare", "Så gott kaffe!;2026-11-01;annaberg", "Nej tack;2026-11-02;@per"
    )
    assert inspection.inspect(path).mapping.columns["author_handle"] == ("Författare",)


@pytest.mark.parametrize("table", [True, False])
def test_our_own_exports_come_back_with_their_ids_and_threads(tmp_path: Path, table: bool) -> None:
    ids = ["'-5", "''quoted", "'123456789012345678", "plain"]
    if table:
        rows = [f"{one},post,a row of words,{DAY},{ids[0]}" for one in ids]
        path = _file(tmp_path, "external_id,kind,text,published_at,reply_to", *rows)
        expected, parent = ["-5", "'quoted", "123456789012345678", "plain"], "-5"
    else:
        items = [
            {"external_id": i, "kind": "post", "text": "words", "published_at": DAY, "reply_to": ids[0]}
            for i in ids
        ]
        path = _file(tmp_path, *map(json.dumps, items), name="posts.jsonl")
        expected, parent = ids, ids[0]
    found = inspection.inspect(path)
    assert found.layout == "grapevine"
    assert [post.external_id for post in found.posts] == expected
    assert {post.parent_id for post in found.posts} == {parent}
    assert found.posts[0].published_at == datetime.fromisoformat(DAY).replace(tzinfo=UTC)
