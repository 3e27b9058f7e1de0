"""A WordPress site is followed: what is new, changed, gone, late; and answered once and only once."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grapevine import connectors
from grapevine.connectors.base import BadData, Batch, CredentialError, Gone, Reply, Unreachable
from grapevine.connectors.http import Answer, Request
from grapevine.connectors.testing import NOW, FakeHttp, fetched
from grapevine.connectors.wordpress import fetching
from grapevine.connectors.wordpress.testing import BLOG, FakeSite

WORDPRESS = connectors.get("wordpress")
SETTINGS = {"url": f"{BLOG}/"}
MARIA = SETTINGS | {"user": "maria", "password": "secret"}


def _fetch(
    site: FakeSite, cursor: dict[str, Any] | None = None, later: int = 0
) -> tuple[list[Batch], dict[str, Any]]:
    batches = fetched(WORDPRESS, SETTINGS, site, cursor=cursor, now=NOW + timedelta(minutes=later))
    return batches, batches[-1].cursor


def _ids(batches: list[Batch]) -> list[str]:
    return [post.external_id for batch in batches for post, _ in batch.posts]


def _gone(batches: list[Batch]) -> list[str]:
    return [one.external_id for batch in batches for one in batch.deletions]


def test_posts_and_comments_come_with_their_threads() -> None:
    site = FakeSite()
    posts = {post.external_id: post for batch in _fetch(site)[0] for post, _ in batch.posts}
    articles = [post for post in posts.values() if post.kind == "article"]
    comments = [post for post in posts.values() if post.kind == "comment"]
    assert (len(articles), len(comments)) == (3, 4)
    roast = next(post for post in articles if post.title == "A new roast for the north")
    assert "• washed beans\n• three minutes" in roast.text
    assert roast.links == ("https://shop.example/new?a=1&b=2",)
    assert set(roast.tags) == {"roast", "kaffe"}
    assert roast.media == ("image",)
    assert roast.edited_at == datetime(2026, 2, 4, 11, tzinfo=UTC)
    assert roast.author is not None
    assert roast.author.handle == "admin"
    malmo = next(post for post in articles if "Malmö" in post.title)
    assert malmo.title == "Vi öppnar i Malmö & Århus"
    assert "alert" not in malmo.text
    assert malmo.edited_at is None
    answer = next(post for post in comments if post.text.startswith("He lies"))
    assert posts[answer.parent_id].text == "I am not what I am, but this is “too sour” — sorry."
    assert {post.thread_id for post in comments} <= set(posts)
    assert answer.tags == ("kaffe",)


def test_visitors_are_known_again_without_their_mail_address() -> None:
    authors = [
        post.author for batch in _fetch(FakeSite())[0] for post, _ in batch.posts if post.kind == "comment"
    ]
    assert all(author is not None and author.external_id.startswith("visitor-") for author in authors)
    assert len({author.external_id for author in authors if author}) == 4


def test_nothing_new_is_told_apart_from_news() -> None:
    site = FakeSite()
    _, cursor = _fetch(site)
    batches, _ = _fetch(site, cursor, later=5)
    assert [(batch.done, batch.not_modified) for batch in batches] == [(True, True)]


def test_an_edited_post_comes_again() -> None:
    site = FakeSite()
    _, cursor = _fetch(site)
    site.items["posts"][0] |= {"title": {"rendered": "Changed"}, "modified_gmt": "2026-02-25T10:00:00"}
    batches, _ = _fetch(site, cursor)
    ((post, _),) = [pair for batch in batches for pair in batch.posts]
    assert (post.title, post.edited_at) == ("Changed", datetime(2026, 2, 25, 10, tzinfo=UTC))


def test_an_edited_comment_comes_again_with_the_time_we_noticed() -> None:
    site = FakeSite()
    _, cursor = _fetch(site)
    site.items["comments"][0]["content"]["rendered"] = "<p>Softer words</p>"
    batches, cursor = _fetch(site, cursor, later=7)
    ((post, raw),) = [pair for batch in batches for pair in batch.posts]
    assert (post.text, post.edited_at) == ("Softer words", NOW + timedelta(minutes=7))
    assert WORDPRESS.map(raw) == post
    assert _ids(_fetch(site, cursor, later=9)[0]) == []


@pytest.mark.parametrize("status", ["hold", "spam", "trash", "removed"])
def test_a_comment_taken_away_is_a_deletion(status: str) -> None:
    site = FakeSite()
    _, cursor = _fetch(site)
    comment = site.items["comments"][0]
    if status == "removed":
        site.items["comments"].remove(comment)
    else:
        comment["status"] = status
    batches, cursor = _fetch(site, cursor)
    assert _gone(batches) == [f"comment-{comment['id']}"]
    assert _gone(_fetch(site, cursor)[0]) == []


@pytest.mark.parametrize("pick", [min, max])
def test_a_comment_let_in_again_comes_back(pick: Any) -> None:
    site = FakeSite()
    _, cursor = _fetch(site)
    comment = pick(site.items["comments"], key=lambda item: item["date_gmt"])
    comment["status"] = "hold"
    _, cursor = _fetch(site, cursor)
    comment["status"] = "approved"
    batches, cursor = _fetch(site, cursor)
    assert _ids(batches) == [f"comment-{comment['id']}"]
    assert _ids(_fetch(site, cursor)[0]) == []


def test_a_site_out_of_order_does_not_empty_the_store() -> None:
    """Lists that are suddenly empty are believed only as far as the single items confirm it."""
    site = FakeSite()
    _, cursor = _fetch(site)
    honest = site.exchange

    def empty(request: Request) -> Answer:
        answer = honest(request)
        return Answer(200, request.url, {}, b"[]") if answer.body.startswith(b"[") else answer

    site.exchange = empty  # type: ignore[method-assign]
    assert _gone(_fetch(site, cursor)[0]) == []


def test_a_comment_held_back_appears_under_its_old_date() -> None:
    site = FakeSite()
    held = min(site.items["comments"], key=lambda item: item["date_gmt"])
    held["status"] = "hold"
    _, cursor = _fetch(site)
    held["status"] = "approved"
    batches, cursor = _fetch(site, cursor)
    assert _ids(batches) == [f"comment-{held['id']}"]
    assert _ids(_fetch(site, cursor)[0]) == []


def test_a_scheduled_post_appears_without_being_modified() -> None:
    site = FakeSite()
    late = deepcopy(site.items["posts"][0]) | {"id": 900, "status": "future"}
    late |= {"date_gmt": "2026-02-28T08:00:00", "modified_gmt": "2026-02-01T08:00:00"}
    site.items["posts"].append(late)
    _, cursor = _fetch(site)
    late["status"] = "publish"
    batches, cursor = _fetch(site, cursor)
    assert _ids(batches) == ["post-900"]
    assert _ids(_fetch(site, cursor)[0]) == []


def test_what_is_dated_ahead_has_the_time_it_was_seen_and_hides_nothing_that_comes_later() -> None:
    site = FakeSite()
    for what, number in (("posts", 901), ("comments", 902)):
        item = deepcopy(site.items[what][0]) | {"id": number, "date_gmt": "2027-01-01T08:00:00"}
        site.items[what].append(
            item | ({"modified_gmt": "2027-01-02T08:00:00"} if what == "posts" else {"parent": 0})
        )
    batches, cursor = _fetch(site)
    found = {post.external_id: (post, raw) for batch in batches for post, raw in batch.posts}
    for name in ("post-901", "comment-902"):
        post, raw = found[name]
        assert (post.published_at, post.edited_at, post.notes) == (NOW, None, ("date_first_seen",))
        assert WORDPRESS.map(raw) == post
    assert not _ids(_fetch(site, cursor)[0])
    later = deepcopy(site.items["comments"][0]) | {"id": 903, "parent": 0, "date_gmt": "2026-03-01T12:05:00"}
    site.items["comments"].append(later)
    edited = next(item for item in site.items["posts"] if item["id"] == 901)
    edited |= {"content": {"rendered": "<p>Other words</p>"}, "modified_gmt": "2027-01-03T08:00:00"}
    batches, cursor = _fetch(site, cursor, later=10)
    assert sorted(_ids(batches)) == ["comment-903", "post-901"]
    again = next(post for batch in batches for post, _ in batch.posts if post.external_id == "post-901")
    assert again.published_at <= NOW + timedelta(minutes=10)
    assert not _ids(_fetch(site, cursor, later=20)[0])


@pytest.mark.parametrize("apart", [0, 1, 3_600])
def test_many_comments_come_page_by_page_even_in_one_second(apart: int) -> None:
    site = FakeSite()
    start = datetime(2026, 2, 21, 10)
    for n in range(730):
        made = deepcopy(site.items["comments"][0]) | {"id": 1_000 + n, "parent": 0}
        made["date_gmt"] = (start + timedelta(seconds=n * apart)).isoformat()
        made["content"] = {"rendered": f"<p>Comment {n}</p>"}
        site.items["comments"].append(made)
    batches, cursor = _fetch(site)
    ids = _ids(batches)
    assert len(ids) == len(set(ids)) == 737
    half = batches[: len(batches) // 2]
    rest = fetched(WORDPRESS, SETTINGS, site, cursor=half[-1].cursor)
    assert {*_ids(half), *_ids(rest)} == set(ids)
    assert len(cursor["comments"]["known"]) == fetching.WATCHED["comments"]
    if apart:  # within one second more than we watch, some are asked for again: the store knows them
        assert _ids(_fetch(site, cursor)[0]) == []


def test_an_item_that_makes_no_sense_is_kept_aside_once() -> None:
    site = FakeSite()
    site.items["comments"].append(site.items["comments"][0] | {"id": 77, "content": {"rendered": "<p> </p>"}})
    batches, cursor = _fetch(site)
    assert [one.reason for batch in batches for one in batch.rejected] == ["not_understood"]
    assert not [one for batch in _fetch(site, cursor)[0] for one in batch.rejected]


def test_a_reply_returns_the_platforms_proof() -> None:
    site = FakeSite()
    comment = site.items["comments"][0]
    proof = WORDPRESS.send(MARIA, Reply(to=f"comment-{comment['id']}", text="Thank you <3"), http=site)
    sent = next(request.json for request in site.seen if request.method == "POST")
    assert sent == {"post": comment["post"], "parent": comment["id"], "content": "Thank you &lt;3"}
    assert (proof.state, proof.found) == ("published", False)
    assert proof.url.endswith(proof.external_id)
    assert WORDPRESS.map(proof.raw).text == "Thank you <3"


def test_the_same_reply_twice_is_one_reply() -> None:
    site = FakeSite()
    reply = Reply(to=f"post-{site.items['posts'][0]['id']}", text='We are "sorry" -- truly')
    first = WORDPRESS.send(MARIA, reply, http=site)
    again = WORDPRESS.send(MARIA, reply, http=site)
    assert (again.external_id, again.found) == (first.external_id, True)
    posted = len([request for request in site.seen if request.method == "POST"])
    resent = WORDPRESS.send(MARIA, Reply(to=reply.to, text=reply.text, resend=True), http=site)
    assert resent.external_id == first.external_id
    assert len([request for request in site.seen if request.method == "POST"]) == posted, (
        "it looked before it sent"
    )


def test_a_reply_held_for_a_moderator_is_not_called_published() -> None:
    site = FakeSite()
    site.moderated = True
    reply = Reply(to=f"post-{site.items['posts'][0]['id']}", text="Hello")
    assert WORDPRESS.send(MARIA, reply, http=site).state == "held"
    with pytest.raises(BadData) as caught:
        WORDPRESS.send(MARIA, reply, http=site)
    assert caught.value.code == "duplicate_hidden"


@pytest.mark.parametrize("to", ["post-999", "comment-999"])
def test_a_reply_to_what_is_gone_says_so(to: str) -> None:
    with pytest.raises((Gone, BadData)) as caught:
        WORDPRESS.send(MARIA, Reply(to=to, text="x"), http=FakeSite())
    assert str(caught.value)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (SETTINGS, "credentials_missing"),
        (SETTINGS | {"user": "maria"}, "credentials_missing"),
        (MARIA | {"password": "wrong"}, "credentials_refused"),
    ],
)
def test_credentials_that_will_not_do_are_named(settings: dict[str, str], code: str) -> None:
    with pytest.raises(CredentialError) as caught:
        WORDPRESS.send(settings, Reply(to="post-1", text="x"), http=FakeSite())
    assert caught.value.code == code


def test_the_check_says_what_we_may() -> None:
    assert "user_moderated" in {line.code for line in WORDPRESS.check(MARIA, http=FakeSite()).lines}
    assert "no_user" in {line.code for line in WORDPRESS.check(SETTINGS, http=FakeSite()).lines}


@pytest.mark.parametrize("page", [b"<html>", b'{"namespaces": []}', b"[]"])
def test_a_site_that_is_no_wordpress_is_told(page: bytes) -> None:
    http = FakeHttp({f"{BLOG}/": b"<html>", f"{BLOG}/wp-json/": page})
    with pytest.raises(Unreachable) as caught:
        fetched(WORDPRESS, SETTINGS, http)
    assert caught.value.code == "no_api"
