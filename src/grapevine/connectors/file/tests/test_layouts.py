"""Other tools' exports are recognised and mean in Grapevine what they meant there."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grapevine.connectors.base import BadData, Post
from grapevine.connectors.file import inspection, problems, sniffing
from grapevine.connectors.file.dates import DateRule
from grapevine.connectors.file.inspection import inspect
from grapevine.connectors.file.testing import FIXTURES
from grapevine.connectors.file.tests.making import DAY, csv_file, read


def _posts(name: str) -> list[Post]:
    return read(FIXTURES / name, inspect(FIXTURES / name).mapping)[0]


@pytest.mark.parametrize(
    ("name", "layout", "encoding", "separator"),
    [
        ("meltwater.csv", "meltwater", "utf-16", "\t"),
        ("meltwater_new.csv", "meltwater", "utf-8", ","),
        ("brandwatch.csv", "brandwatch", "utf-8", ","),
        ("twcs.csv", "twcs", "utf-8", ","),
        ("fider.csv", "fider", "utf-8", ","),
        ("texts.jsonl", "texts", "utf-8", ","),
        ("unknown.csv", "columns", "cp1252", ";"),
    ],
)
def test_a_layout_is_recognised_by_its_header(name: str, layout: str, encoding: str, separator: str) -> None:
    found = inspect(FIXTURES / name)
    assert (found.layout, found.encoding, found.separator) == (layout, encoding, separator)
    assert found.preview
    assert found.posts


def test_meltwater_keeps_news_and_tweets_apart_and_ignores_ave() -> None:
    news, tweet, spoilt = _posts("meltwater.csv")
    assert news.kind == "article"
    assert news.title == "Rosteriet öppnar i Malmö"
    assert news.text == "Nytt rosteri vid hamnen.\n\nRosteriet lovar färska bönor."
    assert (news.lang, news.country, news.site) == ("sv", "Sweden", "news.example")
    assert news.metrics == {"reach": 120_500}
    assert news.published_at == datetime(2025, 11, 21, 8, 15, tzinfo=UTC)
    assert tweet.external_id == "5001"
    assert tweet.text == "Best beans in town", "a hit sentence that is the text is not said twice"
    assert tweet.author is not None
    assert (tweet.author.external_id, tweet.author.handle, tweet.author.followers) == ("77", "emilia", 310)
    assert tweet.published_at == datetime(2025, 11, 22, 0, 5, tzinfo=UTC)
    assert spoilt.external_id.startswith("made-"), "an id rounded by a spreadsheet belongs to many"
    assert "2.87" not in msgspec.json.encode(tweet).decode()


def test_the_newer_meltwater_adds_hashtags_and_views() -> None:
    tweet = _posts("meltwater_new.csv")[1]
    assert tweet.tags == ("beans", "malmö")
    assert tweet.metrics["views"] == 1_000


def test_brandwatch_is_found_below_its_preamble() -> None:
    found = inspect(FIXTURES / "brandwatch.csv")
    assert found.mapping.skip_lines == 6
    reply, thread = _posts("brandwatch.csv")
    assert (reply.kind, reply.thread_id, reply.site, reply.lang, reply.country) == (
        "reply",
        "8",
        "x.example",
        "en",
        "GBR",
    )
    assert (reply.tags, reply.mentions) == (("beans",), ("emilia",))
    assert reply.metrics == {"likes": 3, "comments": 1, "shares": 0, "engagement": 4}
    assert thread.text == "Kaffen var kold, men …", "the snippet stands in for the full text"
    assert thread.kind == "post"


def test_customer_support_keeps_threads_sides_and_counts() -> None:
    brand, answer, question, *_ = _posts("twcs.csv")
    assert (brand.by_us, brand.kind, brand.parent_id, brand.metrics) == (True, "reply", "3", {"comments": 1})
    assert (answer.by_us, answer.parent_id) == (False, "1")
    assert question.metrics == {"comments": 2}, "it was answered twice"
    assert question.kind == "post"
    assert question.links == ("https://t.co/abc",)
    assert question.published_at == datetime(2017, 10, 31, 22, 8, 27, tzinfo=UTC)


def codes(found: inspection.Inspection) -> list[str]:
    return [problem.code for problem in found.problems]


def test_an_unknown_file_gets_a_proposal_and_is_told_how_its_dates_were_read() -> None:
    found = inspect(FIXTURES / "unknown.csv")
    assert found.mapping.columns["text"] == ("Kommentar",)
    assert found.mapping.columns["author_handle"] == ("Användare",)
    assert found.mapping.columns["metric:rating"] == ("Betyg",)
    assert codes(found) == ["ambiguous_dates"]
    assert found.usable
    assert found.posts[0].published_at.month == 2
    assert codes(inspect(FIXTURES / "unknown.csv", mapping=found.mapping)) == ["ambiguous_dates"]
    settled = msgspec.structs.replace(found.mapping, dates=DateRule(day_first=False))
    again = inspect(FIXTURES / "unknown.csv", mapping=settled)
    assert not codes(again)
    assert again.posts[0].published_at.month != 2


def test_the_end_of_a_file_may_settle_the_dates(tmp_path: Path) -> None:
    rows = [f"{n},{'some text ' * 20},0{n % 9 + 1}/02/2026" for n in range(9_000)]
    assert "ambiguous_dates" in codes(inspect(csv_file(tmp_path, *rows)))
    found = inspect(csv_file(tmp_path, *rows, "9999,the last,28/02/2026"))
    assert found.mapping.dates.day_first is True
    assert found.usable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "posts.csv"
    rows = [
        "id,text,date".split(","),
        *([str(n), f"Hälsningar från ön {n}, “tack”; hej", DAY] for n in range(30)),
    ]
    lines = (separator.join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes("\r\n".join(lines).encode(encoding))
    found = inspect(path)
    assert found.separator == separator
    assert [post.text for post in found.posts][:1] == ["Hälsningar från ön 0, “tack”; hej"]
    assert len(read(path, found.mapping)[0]) == 30


def test_latin_letters_without_marks_of_windows_are_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "1,Malmö är fint,2026-01-01".encode("latin-1"))
    assert inspect(path).posts[0].text == "Malmö är fint"


def test_tabs_with_bare_quotes_are_read_without_quoting(tmp_path: Path) -> None:
    path = tmp_path / "posts.tsv"
    path.write_text("id\ttext\tdate\n" + "".join(f'{n}\t"Hi" he said, "{n}\t{DAY}\n' for n in range(20)))
    found = inspect(path)
    assert not found.mapping.quoted
    assert read(path, found.mapping)[0][3].text == '"Hi" he said, "3'


def test_a_file_without_a_header_gets_numbered_columns(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "".join(f"{n},{DAY} 10:00,@iago,This is what somebody said about {n}\n" for n in range(1, 20))
    )
    found = inspect(path)
    assert "no_header" in codes(found)
    assert found.mapping.columns["text"] == ("column 4",)
    assert len(read(path, found.mapping)[0]) == 19


def test_a_plain_list_of_texts_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text("The first thing that was said\nThe second thing that was said\n")
    found = inspect(path)
    assert [post.text for post in found.posts] == [
        "The first thing that was said",
        "The second thing that was said",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'[{"id": 1}]', "JSON Lines"),
        (b"\x1f\x8bno gzip", "cannot be read"),
        (b"PAR1 but no parquet", "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(content)
    with pytest.raises(BadData, match=words):
        inspect(path)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(b"")
    assert codes(inspect(path)) == ["empty_file"]
    with pytest.raises(BadData, match="There is no file"):
        inspect(tmp_path / "none.csv")


def test_json_lines_reach_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    post = {"external_id": "1", "kind": "reply", "text": "Hello", "published_at": "2026-01-01T00:00:00Z"}
    post |= {
        "author": {"external_id": "a1", "handle": "iago"},
        "metrics": {"likes": 3},
        "tags": ["one", "two"],
        "parent_id": "0",
    }
    path.write_text(json.dumps(post) + "\n")
    found = inspect(path)
    assert found.layout == "grapevine"
    mapped = found.posts[0]
    assert mapped.author is not None
    assert (mapped.author.external_id, mapped.author.handle) == ("a1", "iago")
    assert (mapped.kind, mapped.parent_id, mapped.tags, mapped.metrics) == (
        "reply",
        "0",
        ("one", "two"),
        {"likes": 3},
    )


def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"1,text,{DAY}")
    columns = {"mood": ("id",), "text": ("nowhere",)}
    wrong = msgspec.structs.replace(inspect(path).mapping, columns=columns)
    found = inspect(path, mapping=wrong)
    assert {"unknown_column", "unknown_field"} <= set(codes(found))
    with pytest.raises(BadData, match="mood"):
        read(path, wrong)


def test_every_problem_has_a_sentence() -> None:
    assert set(problems.PROBLEMS) >= problems.BLOCKING
    for encoding in sniffing.ENCODINGS:
        assert "a,\n".encode(encoding).decode(encoding) == "a,\n"


def test_rows_without_an_id_keep_the_same_one(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    rows = [
        f"Iago,https://shop.example/p/1,{DAY},Bad",
        f"Emilia,https://shop.example/p/1,{DAY},Good",
        f",,{DAY},Bad",
        f",,{DAY},Good",
    ]
    path.write_text("author,url,date,text\n" + "\n".join(rows))
    first = [post.external_id for post in read(path, inspect(path).mapping)[0]]
    assert len(set(first)) == 4, "one page may hold many reviews"
    path.write_text("author,url,date,text\n" + "\n".join(reversed(rows)))
    assert {post.external_id for post in read(path, inspect(path).mapping)[0]} == set(first)
