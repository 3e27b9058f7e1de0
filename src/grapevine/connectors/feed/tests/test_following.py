"""A feed is found, followed, and left when it ends."""

from datetime import timedelta
from typing import Any

import pytest

from grapevine import connectors
from grapevine.connectors.base import Batch, Gone, RateLimited, Unreachable
from grapevine.connectors.feed.testing import BLOG, FIXTURES, blog
from grapevine.connectors.http import Answer
from grapevine.connectors.testing import NOW, FakeHttp, fetched

FEED = connectors.get("feed")
URL = "https://feed.example/rss"


def _rss(*items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'.encode()


def _item(number: int, text: str = "text", more: str = "") -> str:
    guid = f"<guid isPermaLink='false'>{number}</guid>"
    return f"<item>{guid}<title>Title {number}</title><description>{text}</description>{more}</item>"


def _fetch(
    http: FakeHttp, cursor: dict[str, Any] | None = None, later: int = 0, url: str = URL
) -> tuple[list[Batch], dict[str, Any]]:
    batches = fetched(FEED, {"url": url}, http, cursor=cursor, now=NOW + timedelta(minutes=later))
    return batches, batches[-1].cursor


def _ids(batches: list[Batch]) -> list[str]:
    return [post.external_id for batch in batches for post, _ in batch.posts]


def test_the_feed_is_found_behind_a_pages_address() -> None:
    http = FakeHttp(blog())
    report = FEED.check({"url": f"{BLOG}/"}, http=http)
    assert report.settings == {"url": f"{BLOG}/feed/"}
    assert "The Globe" in str(report.lines[0])


@pytest.mark.parametrize("path", ["/feed/", "/rss.xml", "/atom.xml", "/index.xml"])
def test_the_usual_places_are_tried(path: str) -> None:
    http = FakeHttp(
        {
            "https://feed.example/": b"<html><head></head></html>",
            f"https://feed.example{path}": _rss(_item(1)),
        }
    )
    batches, cursor = _fetch(http, url="https://feed.example/")
    assert _ids(batches) == ["1"]
    assert cursor["url"] == f"https://feed.example{path}"


def test_a_page_without_a_feed_says_so() -> None:
    with pytest.raises(Unreachable) as caught:
        _fetch(FakeHttp({URL: b"<html>"}))
    assert caught.value.code == "no_feed"


def test_comment_feeds_named_by_a_page_come_last() -> None:
    page = b"""<html><head><base href="https://feed.example/blog/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments.xml">
    <LINK REL="ALTERNATE" TYPE="application/atom+xml" HREF="posts.xml"><link rel=stylesheet href=x></head>"""
    http = FakeHttp(
        {
            URL: page,
            "https://feed.example/blog/posts.xml": _rss(_item(1)),
            "https://feed.example/blog/comments.xml": _rss(),
        }
    )
    assert _fetch(http)[1]["url"] == "https://feed.example/blog/posts.xml"


def test_an_unchanged_feed_is_asked_for_conditionally_and_brings_nothing() -> None:
    http = FakeHttp({URL: _rss(_item(1))})
    _, cursor = _fetch(http)
    batches, again = _fetch(http, cursor, later=20)
    assert http.seen[-1].headers["If-None-Match"] == cursor["etag"]
    assert [batch.not_modified for batch in batches] == [True]
    assert again["known"] == cursor["known"]


def test_a_feed_that_changed_in_this_very_second_is_asked_for_whole_the_next_time() -> None:
    second = "Sun, 01 Mar 2026 12:00:00 GMT"
    headers = {"etag": '"1"', "last-modified": second, "date": second}
    http = FakeHttp({URL: Answer(200, URL, headers, _rss(_item(1)))})
    _, cursor = _fetch(http)
    http.pages[URL] = Answer(200, URL, headers, _rss(_item(1), _item(2)))
    batches, cursor = _fetch(http, cursor)
    assert "If-None-Match" not in http.seen[-1].headers
    assert _ids(batches) == ["2"]
    http.pages[URL] = Answer(200, URL, headers | {"date": "Sun, 01 Mar 2026 12:00:01 GMT"}, _rss(_item(2)))
    assert _fetch(http, cursor)[1]["etag"] == '"1"'


def test_a_changed_text_is_an_edit_and_a_changed_order_is_not() -> None:
    http = FakeHttp({URL: _rss(_item(1), _item(2))})
    first, cursor = _fetch(http)
    http.pages[URL] = _rss(_item(2), _item(1, "changed"))
    batches, cursor = _fetch(http, cursor, later=30)
    ((post, raw),) = [pair for batch in batches for pair in batch.posts]
    assert post.external_id == "1"
    assert post.edited_at == NOW + timedelta(minutes=30)
    assert post.published_at == NOW, "the date first seen stays"
    assert FEED.map(raw) == post
    http.pages[URL] = _rss(_item(2), _item(1, "changed"), "")
    assert _ids(_fetch(http, cursor, later=60)[0]) == []


def test_an_entry_that_comes_back_is_not_new() -> None:
    http = FakeHttp({URL: _rss(_item(1), _item(2))})
    _, cursor = _fetch(http)
    http.pages[URL] = _rss(_item(3))
    _, cursor = _fetch(http, cursor)
    http.pages[URL] = _rss(_item(3), _item(1))
    assert _ids(_fetch(http, cursor)[0]) == []


def test_comments_are_followed_below_their_article() -> None:
    http = FakeHttp(blog())
    batches, cursor = _fetch(http, url=f"{BLOG}/")
    comments = [post for batch in batches for post, _ in batch.posts if post.kind == "comment"]
    articles = {post.external_id for batch in batches for post, _ in batch.posts if post.kind == "article"}
    assert len(articles) == 3
    assert len(comments) == 4, "the spam is not there"
    assert {post.thread_id for post in comments} <= articles
    assert all(post.title == "" for post in comments), "“By: Iago” is not what Iago said"
    before = len(http.seen)
    _fetch(http, cursor, url=f"{BLOG}/", later=20)
    assert len(http.seen) - before == 4, "the feed and three comment feeds, all conditionally"


def test_a_new_comment_is_seen_although_the_articles_feed_is_unchanged() -> None:
    http = FakeHttp(blog())
    _, cursor = _fetch(http, url=f"{BLOG}/")
    path = next(url for url in http.pages if url.endswith("why-we-roast-on-mondays/feed/"))
    http.pages[path] = (
        (FIXTURES / "wordpress_comments_vi-oppnar-i-malmo-arhus.xml")
        .read_bytes()
        .replace(b"comment-", b"comment-9")
    )
    assert len(_ids(_fetch(http, cursor, url=f"{BLOG}/", later=20)[0])) == 1


def test_a_broken_comment_feed_does_not_spoil_the_articles() -> None:
    pages = {url: page for url, page in blog().items() if "mondays" not in url}
    pages[f"{BLOG}/a-new-roast-for-the-north/feed/"] = b"<html>down for repairs</html>"
    assert len(_ids(_fetch(FakeHttp(pages), url=f"{BLOG}/")[0])) == 4


def test_comments_can_be_left_out() -> None:
    batches = fetched(FEED, {"url": f"{BLOG}/", "comments": False}, FakeHttp(blog()))
    assert len(_ids(batches)) == 3


def test_a_feed_that_is_gone_ends() -> None:
    http = FakeHttp({URL: _rss(_item(1))})
    _, cursor = _fetch(http)
    http.pages[URL] = Answer(410, URL)
    with pytest.raises(Gone):
        _fetch(http, cursor)


def test_a_feed_that_asks_to_wait_is_left_alone() -> None:
    http = FakeHttp({URL: Answer(429, URL, {"retry-after": "120"})})
    with pytest.raises(RateLimited) as caught:
        _fetch(http)
    assert caught.value.retry_after == 120


def test_a_feed_that_moved_for_good_is_followed_there() -> None:
    http = FakeHttp({URL: _rss(_item(1))})
    _, cursor = _fetch(http)
    http.pages[URL] = Answer(
        200, "https://new.example/rss", {}, _rss(_item(2)), moved_to="https://new.example/rss"
    )
    assert _fetch(http, cursor)[1]["url"] == "https://new.example/rss"


def test_another_address_starts_anew() -> None:
    http = FakeHttp({URL: _rss(_item(1)), "https://other.example/rss": _rss(_item(1))})
    _, cursor = _fetch(http)
    assert _ids(_fetch(http, cursor, url="https://other.example/rss")[0]) == ["1"]


def test_an_entry_dated_ahead_has_the_time_it_was_first_seen_and_keeps_it() -> None:
    date = "<pubDate>Fri, 01 Jan 2027 08:00:00 +0000</pubDate>"
    http = FakeHttp({URL: _rss(_item(1, more=date))})
    batches, cursor = _fetch(http)
    post, raw = batches[0].posts[0]
    assert (post.published_at, post.edited_at, post.notes) == (NOW, None, ("date_first_seen",))
    assert FEED.map(raw) == post
    http.pages[URL] = _rss(_item(1, text="other words", more=date))
    batches, cursor = _fetch(http, cursor, later=15)
    again = batches[0].posts[0][0]
    assert (again.published_at, again.edited_at) == (NOW, NOW + timedelta(minutes=15))
    assert not _ids(_fetch(http, cursor, later=30)[0])


def test_an_entry_said_to_be_changed_in_the_future_was_changed_when_we_saw_it() -> None:
    entry = (
        "<entry><id>1</id><title>Title</title><published>2026-02-01T08:00:00Z</published>"
        "<updated>2027-01-01T08:00:00Z</updated><content>text</content></entry>"
    )
    page = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>'.encode()
    post, raw = _fetch(FakeHttp({URL: page}))[0][0].posts[0]
    assert (post.edited_at, post.notes) == (NOW, ())
    assert FEED.map(raw) == post
