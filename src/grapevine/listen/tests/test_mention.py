"""One post's page: what it said and says, why it is here, what stands around it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from grapevine.core.testing import NOON, signed_in
from grapevine.listen import testing as listen
from grapevine.listen import warmth
from grapevine.listen.models import Mention
from grapevine.listen.tests.telling import a_tale
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale():
    return a_tale()


def open_page(post_id, query="", role="reader"):
    response = signed_in(role).get(f"/mentions/{post_id}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_post_is_shown_whole_with_what_the_watch_caught(tale):
    text = "Much text. " * 200 + "At last Elsinore."
    page = open_page(tale.say(text, url="https://example.org/1")[0])
    assert "At last <mark>Elsinore</mark>." in page
    assert '<code class="query"><mark>elsinore</mark></code>' in page
    assert "version 1" in page
    assert 'href="https://example.org/1" rel="noopener noreferrer nofollow ugc"' in page


def test_a_watch_that_asks_something_else_by_now_shows_what_it_asked_then(tale):
    post = tale.say("Elsinore is cold")[0]
    listen.save_query(tale.watches["Elsinore"], "elsinore warm")
    page = plain(open_page(post))
    assert "The watch asks something else by now (version 2)." in page
    assert "version 1" in page


def test_links_name_their_host_and_lead_nowhere_harmful(tale):
    page = open_page(
        tale.say(
            "Elsinore",
            links=("https://good.example/path", "javascript:alert(1)", "https://xn--pple-43d.com/"),
        )[0]
    )
    assert "<strong>good.example</strong>" in page
    assert 'rel="nofollow noopener noreferrer ugc"' in page
    assert "javascript:" not in page


def test_the_thread_is_told_in_order(tale):
    tale.say("Who goes there at Elsinore?", external_id="first", by="bernardo")
    middle = tale.say("Nay, answer me, Elsinore", external_id="second", parent_id="first", by="francisco")[0]
    tale.say("Long live the king", external_id="third", parent_id="second", by="bernardo")
    tale.say("Bernardo?", external_id="fourth", parent_id="third", by="francisco")
    words = plain(open_page(middle))
    places = [
        words.index(text) for text in ("Who goes there", "Nay, answer me", "Long live the king", "Bernardo?")
    ]
    assert places == sorted(places)


def test_a_conversation_that_bites_its_tail_ends(tale):
    first = tale.say("Elsinore asks", external_id="a", parent_id="b")[0]
    tale.say("Elsinore answers", external_id="b", parent_id="a")
    assert plain(open_page(first)).count("Elsinore answers") >= 1


def test_comments_under_an_article_are_its_answers(tale):
    article = tale.say("Elsinore in the news", external_id="article", kind="article", thread_id="article")[0]
    comment = tale.say("Elsinore indeed", external_id="c1", kind="comment", thread_id="article")[0]
    assert "Elsinore indeed" in plain(open_page(article))
    assert "Elsinore in the news" in plain(open_page(comment))


def test_what_its_author_changed_is_shown_word_by_word(tale):
    post = tale.say("Elsinore is a good place", external_id="e")[0]
    source = tale.sources["Court news"]
    sources.store(
        source,
        sources.heard(
            "Elsinore is a rotten place", external_id="e", author="ophelia", at=NOON + timedelta(minutes=1)
        ),
    )
    page = open_page(post)
    assert "<del>good</del>" in page
    assert "<ins>rotten</ins>" in page


def test_the_authors_other_posts_stand_beside_it(tale):
    tale.say("Elsinore once more", by="hamlet")
    post = tale.say("Elsinore again", by="hamlet")[0]
    tale.say("Elsinore from another", by="ophelia")
    words = plain(open_page(post))
    assert "Elsinore once more" in words
    assert "Elsinore from another" not in words


def test_newer_and_older_stay_within_the_filters(tale):
    first = tale.say("Elsinore one")[0]
    tale.say("Wittenberg two")
    third = tale.say("Elsinore three")[0]
    page = open_page(third, "?brand=elsinore")
    assert f'rel="next" href="/mentions/{first}/?brand=elsinore"' in page
    assert 'rel="prev"' not in page
    assert f'rel="prev" href="/mentions/{third}/?brand=elsinore"' in open_page(first, "?brand=elsinore")


def test_copies_and_the_post_they_repeat_know_each_other(tale):
    line = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"
    first, second = tale.say(line, by="ophelia")[0], tale.say(line, by="hamlet")[0]
    assert f"/stream/copies/{first}/" in open_page(first)
    assert f'href="/mentions/{first}/"' in open_page(second)


def test_the_number_of_a_mention_is_no_post(tale):
    tale.say("Elsinore")
    mention = Mention.objects.get()
    client = signed_in("administrator")
    assert client.get(f"/mentions/{mention.pk}/").status_code == 404
    assert client.get(f"/mentions/{mention.pk}/raw/").status_code == 404


def test_a_post_that_no_watch_caught_has_no_page(tale):
    post = sources.make_post(source=tale.source("Court news"), text="nobody's place")
    assert signed_in("administrator").get(f"/mentions/{post.pk}/").status_code == 404
    assert signed_in("reader").get("/mentions/9223372036854775807/").status_code == 404


def test_a_post_deleted_at_the_platform_says_so_and_nothing_more(tale):
    post = tale.say("Elsinore regrets", external_id="x")[0]
    sources.store(tale.sources["Court news"], gone=["x"])
    response = signed_in("reader").get(f"/mentions/{post}/")
    assert response.status_code == 410
    assert "Deleted at the platform" in response.content.decode()
    assert "regrets" not in response.content.decode()


def test_what_was_delivered_is_for_leads(tale):
    post = tale.say("Elsinore", external_id="raw")[0]
    assert signed_in("member").get(f"/mentions/{post}/raw/").status_code == 403
    assert "As it was delivered" not in open_page(post, role="member")
    assert "As it was delivered" in open_page(post, role="lead")
    page = signed_in("lead").get(f"/mentions/{post}/raw/").content.decode()
    assert "&quot;id&quot;: &quot;raw&quot;" in page


def test_texts_that_mean_harm_stay_texts(tale):
    hostile = '<script>alert(1)</script> Elsinore "><img src=x onerror=alert(1)> \u202egro.live'
    post = tale.say(hostile, title=hostile, by='"><b>', site=hostile, country="<i>")[0]
    page = open_page(post)
    for harm in ("<script>alert", "<img src=x", "<b>", "<i>", "\u202e"):
        assert harm not in page


def test_only_who_may_see_mentions_gets_in(client, tale):
    assert client.get(f"/mentions/{tale.say('Elsinore')[0]}/").status_code == 302


def test_counts_and_media_are_told_in_words_and_what_we_have_no_word_for_stands_apart(tale):
    page = plain(
        open_page(tale.say("Elsinore", metrics={"quotes": 4, "views": 5, "votes": 2}, media=("video",))[0])
    )
    assert "Views5" in page
    assert "Votes2" in page
    assert "Other countsquotes: 4" in page
    assert "Video" in page


def test_how_a_post_reads_is_said_as_a_guess(tale):
    warmth.warm()
    page = plain(open_page(tale.say("I love Elsinore, can highly recommend it to everybody!")[0]))
    assert re.search(r"MoodPositive\W+9\d%", page)
    assert "What it wantsRecommends" in page
    assert "a machine's guess, not a fact" in page.replace("&#x27;", "'")


def test_while_the_reader_is_made_ready_the_page_comes_without(tale, monkeypatch):
    monkeypatch.setattr(warmth, "is_ready", lambda: False)
    page = plain(open_page(tale.say("I love Elsinore")[0]))
    assert "The reader is being made ready." in page
    assert "a machine's guess" not in page.replace("&#x27;", "'")
