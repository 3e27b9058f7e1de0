"""The connectors `wordpress` and `feed` against WordPress itself, with its visitors, editors and
moderators."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from grapevine import connectors
from grapevine.connectors import http
from grapevine.connectors.addresses import AllowList
from grapevine.connectors.base import Batch, CredentialError, Gone, Reply
from grapevine.connectors.testing import fetched

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]
peer = pytest.importorskip("tests.peers.wordpress", reason="the repository's tests are not there")

WORDPRESS, FEED = connectors.get("wordpress"), connectors.get("feed")


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if missing := peer.missing():
        pytest.skip(missing)
    with peer.WordPress.running(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


@pytest.fixture
def web() -> Iterator[http.Client]:
    with http.Client(allow=AllowList.parse(["127.0.0.0/8"])) as client:
        yield client


class Follower:
    """Fetches again and again, as a source does."""

    def __init__(self, connector: Any, settings: dict[str, Any], web: http.Client) -> None:
        self.connector, self.settings, self.web = connector, settings, web
        self.cursor: dict[str, Any] = {}

    def look(self) -> list[Batch]:
        batches = fetched(self.connector, self.settings, self.web, cursor=self.cursor, now=datetime.now(UTC))
        self.cursor = batches[-1].cursor
        for post, raw in (pair for batch in batches for pair in batch.posts):
            assert self.connector.map(raw, self.settings) == post
        return batches

    def news(self) -> dict[str, str]:
        """By id, the texts that came since the last look."""
        return {post.external_id: post.text for batch in self.look() for post, _ in batch.posts}


def _comment_id(blog: Any) -> int:
    return max(item["id"] for item in blog.api("GET", "comments?per_page=100&status=all"))


def test_a_blog_is_followed_through_its_life(blog: Any, web: http.Client) -> None:
    follower = Follower(WORDPRESS, {"url": blog.url}, web)
    post = blog.publish("A new roast", "<p>Lighter than “ever”.</p>")
    assert blog.comment(post, "Iago", "Too sour.") == 302
    assert blog.comment(post, "Iago", "Too sour.") == 409
    comment = _comment_id(blog)
    assert blog.comment(post, "Emilia", "He lies.", parent=comment) == 302
    answer = _comment_id(blog)
    first = {one.external_id: one for batch in follower.look() for one, _ in batch.posts}
    assert first[f"post-{post}"].text == "Lighter than “ever”."
    assert first[f"comment-{answer}"].parent_id == f"comment-{comment}"
    assert abs((first[f"comment-{answer}"].published_at - datetime.now(UTC)).total_seconds()) < 120, (
        "the time is in UTC"
    )
    assert follower.news() == {}

    blog.api("POST", f"posts/{post}", content="<p>Darker now.</p>")
    assert follower.news() == {f"post-{post}": "Darker now."}
    blog.api("POST", f"comments/{comment}", content="Sweet, in fact.")
    assert follower.news() == {f"comment-{comment}": "Sweet, in fact."}

    for status in ("hold", "spam"):
        blog.api("POST", f"comments/{comment}", status=status)
        assert [one.external_id for batch in follower.look() for one in batch.deletions] == [
            f"comment-{comment}"
        ]
        blog.api("POST", f"comments/{comment}", status="approved")
        assert follower.news() == {f"comment-{comment}": "Sweet, in fact."}, "what was released comes back"
    blog.api("DELETE", f"comments/{answer}?force=true")
    assert [one.external_id for batch in follower.look() for one in batch.deletions] == [f"comment-{answer}"]
    blog.api("DELETE", f"posts/{post}")
    gone = [one.external_id for batch in follower.look() for one in batch.deletions]
    assert f"post-{post}" in gone
    assert follower.look()[-1].not_modified


def test_a_scheduled_post_is_found_when_it_appears(blog: Any, web: http.Client) -> None:
    follower = Follower(WORDPRESS, {"url": blog.url}, web)
    soon = blog.api(
        "POST", "posts", title="Soon", content="Not yet.", status="future", date="2035-01-01T10:00:00"
    )["id"]
    blog.publish("In between", "Published meanwhile.")
    follower.look()
    blog.php(
        f"global $wpdb; $wpdb->update('wp_posts', ['post_status'=>'publish', 'post_date'=>current_time('mysql'),"
        f"'post_date_gmt'=>current_time('mysql', 1), 'post_modified'=>'2026-01-01 10:00:00',"
        f"'post_modified_gmt'=>'2026-01-01 09:00:00'], ['ID'=>{soon}]); wp_cache_flush();"
    )
    assert follower.news() == {f"post-{soon}": "Not yet."}


def test_more_than_a_page_of_comments_comes_whole(blog: Any, web: http.Client) -> None:
    post = blog.publish("Busy", "Many came.")
    blog.php(
        f"for ($n = 0; $n < 230; $n++) wp_insert_comment(['comment_post_ID'=>{post}, 'comment_author'=>'Guest',"
        "'comment_content'=>\"Comment $n\", 'comment_date'=>'2026-01-10 12:00:00',"
        "'comment_date_gmt'=>'2026-01-10 11:00:00', 'comment_approved'=>1]);"
    )
    texts = set(Follower(WORDPRESS, {"url": blog.url}, web).news().values())
    assert {f"Comment {n}" for n in range(230)} <= texts


def test_replies_are_sent_once_and_proved(blog: Any, web: http.Client) -> None:
    post = blog.publish("Ask us", "Anything.")
    blog.comment(post, "Cassio", "Where is it sold?")
    comment = _comment_id(blog)
    settings = {"url": blog.url, "user": blog.maria[0], "password": blog.maria[1]}
    reply = Reply(to=f"comment-{comment}", text='In "Malmö" -- by the <harbour> & online')
    proof = WORDPRESS.send(settings, reply, http=web)
    assert (proof.state, proof.found) == ("published", False)
    stored = blog.api("GET", f"comments/{proof.external_id.removeprefix('comment-')}?context=edit")
    assert (stored["parent"], stored["post"], stored["author_name"]) == (comment, post, "Maria")
    assert proof.url == stored["link"]
    for again in (reply, Reply(to=reply.to, text=reply.text, thread_id=f"post-{post}", resend=True)):
        found = WORDPRESS.send(settings, again, http=web)
        assert (found.external_id, found.found) == (proof.external_id, True)
    answers = [one for one in blog.api("GET", f"comments?post={post}") if one["parent"] == comment]
    assert len(answers) == 1
    seen = {
        one.external_id: one for batch in Follower(WORDPRESS, settings, web).look() for one, _ in batch.posts
    }
    assert seen[proof.external_id].text == "In “Malmö” — by the <harbour> & online"


def test_a_moderated_blog_holds_the_reply(blog: Any, web: http.Client) -> None:
    post = blog.publish("Careful", "We read before you do.")
    blog.php("update_option('comment_moderation', '1');")
    try:
        maria = {"url": blog.url, "user": blog.maria[0], "password": blog.maria[1]}
        admin = {"url": blog.url, "user": blog.admin[0], "password": blog.admin[1]}
        foreign = blog.publish("Of another", "Admin's own.")
        assert WORDPRESS.send(maria, Reply(to=f"post-{foreign}", text="Held?"), http=web).state in (
            "held",
            "published",
        )
        assert WORDPRESS.send(admin, Reply(to=f"post-{post}", text="At once."), http=web).state == "published"
    finally:
        blog.php("update_option('comment_moderation', '0');")


def test_a_comment_is_hidden_and_deleted_by_who_may_moderate(blog: Any, web: http.Client) -> None:
    post = blog.publish("Heated", "Speak your mind.")
    blog.comment(post, "Iago", "Put money in thy purse.")
    comment = _comment_id(blog)
    maria = {"url": blog.url, "user": blog.maria[0], "password": blog.maria[1]}
    foreign = blog.publish("Not hers", "Admin's own.")
    blog.comment(foreign, "Iago", "I am not what I am.")
    with pytest.raises(CredentialError, match="Give the user that right"):
        WORDPRESS.remove(maria, f"comment-{_comment_id(blog)}", "hide", http=web)
    admin = {"url": blog.url, "user": blog.admin[0], "password": blog.admin[1]}
    for _ in range(2):
        WORDPRESS.remove(admin, f"comment-{comment}", "hide", http=web)
    assert blog.api("GET", f"comments/{comment}?context=edit")["status"] == "hold"
    WORDPRESS.remove(admin, f"comment-{comment}", "delete", http=web)
    assert blog.api("GET", f"comments/{comment}?context=edit")["status"] == "trash", (
        "a person may undo it there"
    )
    for gone in (f"comment-{comment}", "comment-99999"):
        with pytest.raises(Gone):
            WORDPRESS.remove(admin, gone, "delete", http=web)


def test_what_cannot_be_answered_is_said_in_words(blog: Any, web: http.Client) -> None:
    settings = {"url": blog.url, "user": blog.maria[0], "password": blog.maria[1]}
    for to in ("post-99999", "comment-99999"):
        with pytest.raises(Gone):
            WORDPRESS.send(settings, Reply(to=to, text="Hello?"), http=web)
    with pytest.raises(CredentialError, match="refused"):
        WORDPRESS.send(settings | {"password": "wrong"}, Reply(to="post-1", text="Hello?"), http=web)
    with pytest.raises(CredentialError):
        WORDPRESS.check(settings | {"password": "wrong"}, http=web)
    lines = {line.code: str(line) for line in WORDPRESS.check(settings, http=web).lines}
    assert "Maria" in lines["user_known"]
    assert "user_moderated" in lines
    admin = settings | dict(zip(("user", "password"), blog.admin, strict=True))
    assert "user_moderates" in {line.code for line in WORDPRESS.check(admin, http=web).lines}


def test_its_feed_is_found_and_followed(blog: Any, web: http.Client) -> None:
    post = blog.publish("Fed", "<p>By <b>feed</b>.</p>")
    blog.comment(post, "Bianca", "I read it there.")
    follower = Follower(FEED, {"url": blog.url}, web)
    report = FEED.check({"url": blog.url}, http=web)
    assert report.settings == {"url": f"{blog.url}/feed/"}
    first = follower.news()
    assert {"By feed.", "I read it there."} <= set(first.values())
    while not follower.cursor["etag"]:  # it changed in this very second, which has to be over
        assert not follower.news()
    assert follower.look()[-1].not_modified, "an ETag and a 304"
    blog.comment(post, "Bianca", "And once more.")
    assert list(follower.news().values()) == ["And once more."]
    blog.api("POST", f"posts/{post}", content="<p>By feed, edited.</p>")
    edited = [one for batch in follower.look() for one, _ in batch.posts if one.kind == "article"]
    assert [one.text for one in edited] == ["By feed, edited."]
    assert edited[0].edited_at is not None


def test_its_feed_of_comments_is_a_feed_of_its_own(blog: Any, web: http.Client) -> None:
    post = blog.publish("Talked about", "Much.")
    blog.comment(post, "Roderigo", "Much indeed.")
    news = Follower(FEED, {"url": f"{blog.url}/comments/feed/"}, web).look()
    assert {one.kind for batch in news for one, _ in batch.posts} == {"comment"}
