"""Every format of feed becomes posts that say the same."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grapevine import connectors
from grapevine.connectors.base import BadData, Post
from grapevine.connectors.feed import mapping, parsing
from grapevine.connectors.feed.testing import FIXTURES
from grapevine.connectors.testing import NOW, FakeHttp, fetched

FEED = connectors.get("feed")


def _posts(name: str) -> dict[str, Post]:
    url = f"https://feed.example/{name}"
    http = FakeHttp({url: (FIXTURES / name).read_bytes()})
    found = [pair for batch in fetched(FEED, {"url": url}, http) for pair in batch.posts]
    for post, raw in found:
        assert FEED.map(raw) == post
    return {post.external_id: post for post, _ in found}


def test_rss_0_91_has_neither_dates_nor_ids() -> None:
    first, second = _posts("rss_0_91.xml").values()
    assert (first.external_id, first.text, first.lang) == ("https://old.example/1", "Det luktar gott.", "sv")
    assert first.published_at == NOW
    assert first.notes == ("date_first_seen",)
    assert second.external_id.startswith("made-")
    assert second.notes == ("date_first_seen", "id_made")


def test_rss_1_0_gives_creator_and_date() -> None:
    (post,) = _posts("rss_1_0.xml").values()
    assert post.author is not None
    assert (post.author.name, post.published_at) == ("Beatrice", datetime(2026, 2, 1, 9, tzinfo=UTC))


def test_rss_2_0_gives_the_long_text_as_a_reader_sees_it() -> None:
    posts = _posts("rss_2_0.xml")
    post = posts["urn:1"]
    assert post.text == "Long text\nsecond line"
    assert post.title == "Beans & cups"
    assert post.links == ("https://two.example/relative",) or post.links[0].endswith("/relative")
    assert post.tags == ("coffee", "north")
    assert set(post.media) == {"image", "audio"}
    assert (post.lang, post.site, post.kind) == ("en", "two.example", "article")
    assert post.author is not None
    assert "mail@" not in f"{post.author.name}{post.author.external_id}"


def test_a_date_in_the_year_0_is_none_and_an_empty_entry_is_left_out() -> None:
    url = "https://feed.example/rss_2_0.xml"
    batches = fetched(FEED, {"url": url}, FakeHttp({url: (FIXTURES / "rss_2_0.xml").read_bytes()}))
    posts = {post.external_id: post for batch in batches for post, _ in batch.posts}
    assert posts["urn:2"].published_at == NOW
    assert [one.reason for batch in batches for one in batch.rejected] == ["no_text"]
    assert {"same", "same https://two.example/b"} <= set(posts), "one id for two entries"


def test_atom_gives_edits_replies_and_plain_text() -> None:
    post, reply = _posts("atom.xml").values()
    assert post.title == "Kaffe <3"
    assert post.text == "Rosmarin, det er til minde."
    assert (post.lang, post.edited_at) == ("da", datetime(2026, 2, 2, 10, tzinfo=UTC))
    assert post.author is not None
    assert post.author.external_id == "https://atom.example/ophelia"
    assert reply.kind == "comment"
    assert reply.parent_id == post.external_id
    assert reply.text == "1 < 2, broder"
    assert reply.published_at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_json_feed_is_read_too() -> None:
    post, second = _posts("feed.json").values()
    assert (post.text, post.lang, post.tags, post.media) == ("Lekker & warm", "nl", ("koffie",), ("image",))
    assert (post.published_at.hour, post.edited_at and post.edited_at.hour) == (9, 11)
    assert second.external_id == "2"
    assert second.text == "Zonder titel <b>"


@pytest.mark.parametrize(
    ("name", "seconds"), [("rss_2_0.xml", 5_400), ("rss_1_0.xml", 43_200), ("atom.xml", None)]
)
def test_a_feed_is_not_asked_before_it_says(name: str, seconds: float | None) -> None:
    url = f"https://feed.example/{name}"
    last = fetched(FEED, {"url": url}, FakeHttp({url: (FIXTURES / name).read_bytes()}))[-1]
    assert last.wait == seconds


def test_a_feed_that_swells_by_entities_is_refused() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
    bomb = f'{head}<rss version="2.0"><channel><title>&l11;</title></channel></rss>'
    started = time.monotonic()
    with pytest.raises(BadData, match="entities"):
        parsing.parse(bomb.encode(), url="https://bad.example/")
    assert time.monotonic() - started < 1


def test_the_name_of_a_file_or_an_address_is_not_opened() -> None:
    """feedparser opens what looks like one; we hand it bytes."""
    for body in (b"/etc/passwd", b"https://inside.example/feed", b"file:///etc/passwd", b""):
        with pytest.raises(BadData):
            parsing.parse(body, url="https://bad.example/")


@given(st.binary(max_size=300), st.integers(0, 2_000))
@example(b"\x80", 30)
@example(b"\x00", 30)
def test_a_broken_feed_gives_entries_or_an_error(junk: bytes, at: int) -> None:
    whole = (FIXTURES / "rss_2_0.xml").read_bytes()
    try:
        parsing.parse(whole[:at] + junk + whole[at:], url="https://bad.example/")
    except BadData as error:
        assert str(error)


def test_a_link_that_is_none_of_the_web_is_left_away() -> None:
    entry = {
        "title": "Words",
        "content": "",
        "link": "javascript:alert(1)",
        "author": "per",
        "author_url": "data:text/html,x",
    }
    post = mapping.entry_post(entry | {"published": "2026-03-01T12:00:00+00:00"})
    assert post.url == ""
    assert post.author is not None
    assert post.author.url == ""
