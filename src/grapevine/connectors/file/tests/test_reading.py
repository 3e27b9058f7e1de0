"""A file is read exactly, from wherever it is read on."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine import connectors
from grapevine.connectors.base import BadData, Batch
from grapevine.connectors.file import delimited, reading
from grapevine.connectors.file.inspection import inspect
from grapevine.connectors.file.mapping import Mapping
from grapevine.connectors.file.tests.making import DAY, LINES, PLAIN, csv_file, posts_of, read, why
from grapevine.connectors.testing import NOW, FakeHttp, fetched

ROW = st.one_of(
    st.tuples(st.integers(0, 99), st.text('ab",é\n\r ☕', max_size=8)).map(lambda t: _quoted(t[0], t[1])),
    st.text('a,"\n\r\0é', max_size=12),
    st.sampled_from(["1,plain,2026-01-01", '2,"open', "3,x", ',,,,"', "", '"', '""', '5,"a\nb",2026-01-01']),
)


def _quoted(number: int, text: str) -> str:
    return f'{number},"{text.replace(chr(34), chr(34) * 2)}",{DAY}'


def _outcome(path: Path, mapping: Mapping, rows: int, cut: int | None = None) -> list[object]:
    """What reading gives, as plain values; with `cut`, stopped after so many batches and read on from the
    cursor."""
    batches: list[Batch] = []
    for batch in reading.read(path, mapping, rows=rows):
        batches.append(batch)
        if cut is not None and len(batches) > cut:
            break
    if cut is not None:
        cursor = msgspec.json.decode(msgspec.json.encode(batches[-1].cursor))
        batches += reading.read(path, mapping, rows=rows, start_cursor=cursor)
    kept = [(post.external_id, post.text, raw) for batch in batches for post, raw in batch.posts]
    return [*kept, *((one.line, one.reason, one.raw) for batch in batches for one in batch.rejected)]


@given(
    rows=st.lists(ROW, max_size=30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_reading_at_once_and_row_by_row_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], encoding: str, end: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "posts.csv"
    path.write_bytes(("id,text,date" + end + end.join(rows)).encode(encoding))
    mapping = msgspec.structs.replace(PLAIN, encoding=encoding.removesuffix("-sig"))
    fast = _outcome(path, mapping, 5_000)
    whole = delimited._whole
    try:
        delimited._whole = lambda *args: None  # type: ignore[assignment]
        slow = _outcome(path, mapping, 5_000)
    finally:
        delimited._whole = whole
    assert fast == slow


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "utf-16", "jsonl", "jsonl.gz", "parquet"])
def test_read_on_after_any_batch_it_gives_the_same(tmp_path: Path, kind: str) -> None:
    path, mapping = _file(tmp_path, kind, 4_000)
    whole = _outcome(path, mapping, 300)
    count = len(list(reading.read(path, mapping, rows=300)))
    assert count > 3
    assert len(whole) == 4_000
    for cut in range(0, count, 3):
        assert _outcome(path, mapping, 300, cut=cut) == whole


def _file(folder: Path, kind: str, count: int) -> tuple[Path, Mapping]:
    texts = [f'post {n}, "quoted" ☕\nand a line' + " and more" * (n % 40) for n in range(count)]
    if kind == "parquet":
        path = folder / "posts.parquet"
        columns = {
            "id": list(range(count)),
            "text": texts,
            "date": [datetime(2026, 1, 1, tzinfo=UTC)] * count,
        }
        pq.write_table(pa.table(columns), path, row_group_size=1_000)
        return path, msgspec.structs.replace(PLAIN, format="parquet")
    if kind.startswith("jsonl"):
        path = folder / f"posts.{kind}"
        data = "\n".join(
            json.dumps({"id": n, "text": text, "date": DAY}) for n, text in enumerate(texts)
        ).encode()
        path.write_bytes(gzip.compress(data) if kind.endswith("gz") else data)
        return path, LINES
    rows = [_quoted(n, text) for n, text in enumerate(texts)]
    path = csv_file(folder, *rows, name="posts.csv.gz" if kind == "csv.gz" else "posts.csv")
    if kind == "utf-16":
        path.write_bytes(path.read_bytes().decode().encode("utf-16"))
        return path, msgspec.structs.replace(PLAIN, encoding="utf-16")
    return path, PLAIN


def test_the_cursor_tells_how_far_it_is(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *(f"{n},text {n},{DAY}" for n in range(20_000)))
    cursors = [batch.cursor for batch in reading.read(path, PLAIN)]
    assert [cursor["read"] for cursor in cursors] == sorted(cursor["read"] for cursor in cursors)
    assert cursors[-1]["read"] == 20_000
    assert cursors[-1]["at"] == cursors[-1]["size"] == path.stat().st_size
    assert cursors[0]["offset"] < cursors[-1]["offset"]


def test_a_file_that_has_grown_is_read_on(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"1,first,{DAY}")
    cursor = list(reading.read(path, PLAIN))[-1].cursor
    assert not read(path, start_cursor=cursor)[0]
    with path.open("a") as file:
        file.write(f"2,second,{DAY}\n")
    posts, _ = read(path, start_cursor=cursor)
    assert [post.external_id for post in posts] == ["2"]


def test_another_file_under_the_same_name_is_not_read_on(tmp_path: Path) -> None:
    path = csv_file(tmp_path, *(f"{n},first,{DAY}" for n in range(9_000)))
    cursor = next(reading.read(path, PLAIN)).cursor
    csv_file(tmp_path, *(f"{n},other,{DAY}" for n in range(9_000)))
    with pytest.raises(BadData) as caught:
        read(path, start_cursor=cursor)
    assert caught.value.code == "file_changed"


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("id,text", "nr,text"), lambda text: "x\n" + text]
)
def test_a_file_with_another_header_is_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = csv_file(tmp_path, f"1,first,{DAY}")
    path.write_text(change(path.read_text()))
    with pytest.raises(BadData, match="header"):
        read(path)


def test_old_macintosh_line_ends_are_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"1,first,{DAY}", "2,bad,soon", f"3,third,{DAY}")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    found = inspect(path)
    posts, rejected = read(path, found.mapping)
    assert [post.external_id for post in posts] == ["1", "3"]
    assert why(rejected) == [(3, "bad_date")]


def test_a_row_kept_as_raw_can_be_mapped_again(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f'1,"a, ""b""",{DAY}')
    (post, raw) = next(reading.read(path, PLAIN)).posts[0]
    assert json.loads(raw) == {"id": "1", "text": 'a, "b"', "date": DAY}
    assert reading.map_raw(raw, PLAIN) == post


def test_parquet_reaches_into_structs_and_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    rows = [
        {
            "id": 7,
            "body": "Hello #one",
            "user": {"name": "Iago", "followers": 3},
            "created_at": datetime(2026, 1, 2, 3),
            "likes": 5,
        },
        {"id": 8, "body": None, "user": None, "created_at": datetime(2026, 1, 2, 3), "likes": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    found = inspect(path)
    assert found.format == "parquet"
    assert found.rows == 2
    assert "user.name" in found.columns
    columns = found.mapping.columns | {"author_name": ("user.name",), "author_followers": ("user.followers",)}
    posts, rejected = read(path, msgspec.structs.replace(found.mapping, columns=columns))
    assert posts[0].author is not None
    assert (posts[0].author.name, posts[0].author.followers) == ("Iago", 3)
    assert posts[0].metrics == {"likes": 5}
    assert posts[0].published_at == datetime(2026, 1, 2, 3, tzinfo=UTC)
    assert why(rejected) == [(2, "no_text")]


@pytest.mark.shared
def test_the_posts_of_the_research_sets_are_all_read() -> None:
    folder = next(
        (
            up / "shared" / "text"
            for up in Path(__file__).resolve().parents
            if (up / "shared" / "text").is_dir()
        ),
        None,
    )
    if folder is None:
        pytest.skip("no ../shared")
    for path in sorted(folder.glob("*.jsonl.gz"))[:12]:
        found = inspect(path)
        assert found.usable, path.name
        posts, rejected = read(path, found.mapping)
        with gzip.open(path) as file:
            assert len(posts) + len(rejected) == sum(1 for _ in file)
        assert not [one for one in rejected if one.reason != "no_text"], path.name
        assert len({post.external_id for post in posts}) == len(posts)


def test_rows_dated_ahead_are_left_out_with_their_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"1,one,{DAY}", "2,two,2026-01-03", "3,three,2026-01-02T11:00:00Z")
    until = datetime(2026, 1, 2, 12, tzinfo=UTC)
    posts, rejected = read(path, until=until)
    assert [post.external_id for post in posts] == ["1", "3"]
    assert why(rejected) == [(3, "date_in_future")]
    looked = inspect(path, until=until)
    assert why(looked.rejected) == [(3, "date_in_future")]


def test_an_import_takes_tomorrow_for_today_elsewhere_and_nothing_beyond(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "1,one,2026-03-02", "2,two,2026-03-03")
    batches = fetched(connectors.get("file"), {"path": str(path)}, FakeHttp({}), now=NOW)
    assert [post.external_id for post in posts_of(batches)] == ["1"]
    assert why([row for batch in batches for row in batch.rejected]) == [(3, "date_in_future")]
