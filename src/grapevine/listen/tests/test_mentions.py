"""The way of a post, from a batch to what is counted of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core.testing import NOON
from grapevine.core.testing import heard as told
from grapevine.engine import query
from grapevine.listen import index_queries, testing
from grapevine.listen.actions import history
from grapevine.listen.events import MentionsCaught
from grapevine.listen.models import HourlyRollup, Mention
from grapevine.listen.selectors import index
from grapevine.people.testing import Identity
from grapevine.sources import testing as sources
from grapevine.sources.testing import Post, PostVersion, RawBlock

pytestmark = pytest.mark.django_db
STORY = "The roaster of Elsinore on the corner of our street has opened a second shop by the harbour"


def search(text: str) -> list[int]:
    need = index_queries.needed(query.parse(text))
    assert need is not None
    return index.posts_with(need, low=0, high=1 << 62, limit=100, newest_first=True)


def test_a_post_is_caught_by_the_watch_it_satisfies() -> None:
    watch = testing.make_watch(query="elsinore")
    source = sources.make_source()
    outcome = sources.store(source, sources.heard("A day in Elsinore"), sources.heard("A day in Rome"))
    assert (outcome.new, outcome.known) == (2, 0)
    mention = Mention.objects.get()
    assert (mention.watch, mention.brand, mention.version, mention.nth) == (
        watch,
        watch.brand,
        watch.version,
        0,
    )
    assert mention.post.text == "A day in Elsinore"
    assert mention.identity is not None
    assert mention.identity.handle == "hamlet"
    testing.check()


def test_the_same_batch_again_changes_nothing() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    posts = [sources.heard(f"A day in Elsinore, number {number}") for number in range(5)]
    sources.store(source, *posts)
    before = testing.counted()
    outcome = sources.store(source, *posts)
    assert (outcome.new, outcome.known, outcome.changed) == (0, 5, 0)
    assert Mention.objects.count() == 5
    assert testing.counted() == before
    testing.check()


def test_news_and_the_open_pages_hear_of_mentions_once_a_batch(
    django_capture_on_commit_callbacks: Any,
) -> None:
    watch = testing.make_watch(query="elsinore")
    source = sources.make_source()
    with told(MentionsCaught) as news, django_capture_on_commit_callbacks(execute=True):
        sources.store(source, sources.heard("Elsinore one"), sources.heard("Elsinore two"))
    assert news == [MentionsCaught(source_id=source.pk, brands=((watch.brand_id, 2),), at=NOON)]


def test_a_post_that_two_watches_catch_is_one_post_of_the_brand() -> None:
    brand = testing.make_brand()
    first = testing.make_watch(brand=brand, query="elsinore")
    second = testing.make_watch(brand=brand, query="day")
    third = testing.make_watch(query="day")
    sources.store(sources.make_source(), sources.heard("A day in Elsinore"))
    rows = {row.watch_id: row.nth for row in Mention.objects.all()}
    assert rows == {first.pk: 0, second.pk: 2, third.pk: 1}
    assert list(HourlyRollup.objects.order_by("brand_id").values_list("mentions", "posts")) == [
        (2, 1),
        (1, 1),
    ]
    testing.check()


def test_copies_are_folded_into_the_first_and_each_author_is_kept() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    sources.store(
        source, sources.heard(STORY, author="hamlet"), sources.heard(f"RT @hamlet: {STORY}", author="horatio")
    )
    sources.store(source, sources.heard(STORY.replace("second", "third"), author="ophelia"))
    lead, *copies = Mention.objects.order_by("post_id")
    assert (lead.lead_id, lead.copies) == (0, 2)
    assert [copy.lead_id for copy in copies] == [lead.post_id] * 2
    assert Identity.objects.count() == 3
    assert HourlyRollup.objects.get().leads == 1
    testing.check()


def test_the_first_copy_stands_in_when_the_original_is_deleted() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    original = sources.heard(STORY)
    sources.store(source, original, *(sources.heard(STORY, author=f"author{n}") for n in range(3)))
    sources.store(source, gone=[original.external_id])
    rows = list(Mention.objects.order_by("post_id"))
    assert [row.lead_id for row in rows] == [0, rows[0].post_id, rows[0].post_id]
    assert rows[0].copies == 2
    testing.check()
    sources.store(source, sources.heard(STORY, author="late"))
    late = Mention.objects.order_by("post_id").last()
    assert late is not None
    assert late.lead_id == 0  # the lead it would have been folded into is gone; it leads those to come
    testing.check()


def test_a_deletion_at_the_platform_takes_text_author_raw_item_and_mention() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    post = sources.heard("A day in Elsinore")
    sources.store(source, post)
    outcome = sources.store(source, gone=[post.external_id, "never seen"])
    assert outcome.gone == 1
    kept = Post.objects.get()
    assert (kept.text, kept.author_handle, kept.raw_block_id) == ("", "", None)
    assert kept.deleted_at == NOON
    assert not Mention.objects.exists()
    assert not HourlyRollup.objects.exists()
    assert not RawBlock.objects.exists()
    assert search("elsinore") == []
    testing.check()


def test_a_post_and_its_deletion_in_one_batch_leave_nothing() -> None:
    testing.make_watch(query="elsinore")
    post = sources.heard("A day in Elsinore")
    sources.store(sources.make_source(), post, gone=[post.external_id])
    assert not Mention.objects.exists()
    assert Post.objects.get().text == ""
    testing.check()


def test_a_post_that_comes_back_after_a_deletion_is_heard_again() -> None:
    testing.make_watch(query="elsinore")
    source, post = sources.make_source(), sources.heard("A day in Elsinore")
    sources.store(source, post)
    sources.store(source, gone=[post.external_id])
    sources.store(source, post)
    assert Mention.objects.count() == 1
    assert Post.objects.get().deleted_at is None
    assert len(search("elsinore")) == 1
    testing.check()


def test_an_edit_is_matched_anew_and_the_earlier_text_is_kept() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    post = sources.heard("A day in Elsinore", external_id="p")
    sources.store(source, post)
    kept = Mention.objects.get().pk
    sources.store(source, sources.heard("A whole day in Elsinore", external_id="p", at=post.published_at))
    assert Mention.objects.get().pk == kept
    assert PostVersion.objects.get().text == "A day in Elsinore"
    assert len(search("whole")) == 1
    sources.store(source, sources.heard("A whole day in Rome", external_id="p", at=post.published_at))
    assert not Mention.objects.exists()
    assert search("whole") == []
    sources.store(source, sources.heard("Back in Elsinore", external_id="p", at=post.published_at))
    assert Mention.objects.count() == 1
    assert PostVersion.objects.count() == 3
    testing.check()


def test_a_post_that_gains_a_tag_is_caught_by_the_watch_for_it() -> None:
    testing.make_watch(query="#elsinore")
    source = sources.make_source()
    post = sources.heard("A day out", external_id="p")
    sources.store(source, post)
    assert not Mention.objects.exists()
    outcome = sources.store(
        source, sources.heard("A day out", external_id="p", at=post.published_at, tags=("elsinore",))
    )
    assert outcome.changed == 1
    assert Mention.objects.get().post.tags == ["elsinore"]
    testing.check()


def test_an_edit_and_a_deletion_in_one_batch_leave_nothing_in_the_index() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    post = sources.heard("A day in Elsinore", external_id="p")
    sources.store(source, post)
    sources.store(
        source, sources.heard("Another day in Elsinore", external_id="p", at=post.published_at), gone=["p"]
    )
    assert not Mention.objects.exists()
    assert search("day") == search("another") == []
    testing.check()


def test_counts_of_likes_follow_without_a_version() -> None:
    source = sources.make_source()
    sources.store(source, sources.heard("x", external_id="p", metrics={"likes": 1}))
    outcome = sources.store(source, sources.heard("x", external_id="p", metrics={"likes": 7}))
    assert outcome.changed == 0
    assert Post.objects.get().metrics == {"likes": 7}
    assert not PostVersion.objects.exists()


def test_of_a_post_that_stands_twice_in_a_batch_the_last_counts() -> None:
    source = sources.make_source()
    outcome = sources.store(
        source, sources.heard("first", external_id="p"), sources.heard("last", external_id="p")
    )
    assert (outcome.new, outcome.known) == (1, 1)
    assert Post.objects.get().text == "last"


def test_posts_older_than_the_source_keeps_are_not_taken_in() -> None:
    source = sources.make_source(retention_days=30)
    outcome = sources.store(
        source, sources.heard("old", at=NOON - timedelta(days=31)), sources.heard("new", at=NOON)
    )
    assert (outcome.new, outcome.known) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ["zero \0 character in Elsinore", "half \ud83d pair in Elsinore", "Elsinore " * 200_000, "Elsinore"],
)
def test_texts_no_database_likes_are_stored_all_the_same(text: str) -> None:
    testing.make_watch(query="elsinore")
    tags = tuple(f"tag{number}" for number in range(50_000)) if len(text) < 10 else ("a\0b",)
    source = sources.make_source()
    sources.store(source, sources.heard(text, tags=tags, external_id="x" * 5000, url="\0"))
    assert Mention.objects.count() == 1
    assert len(search("elsinore")) == 1
    sources.store(
        source, sources.heard("gone from here", external_id="x" * 5000, at=Post.objects.get().published_at)
    )
    assert not Mention.objects.exists()
    assert search("elsinore") == []


def test_a_watch_saved_while_a_batch_was_prepared_counts_for_that_batch() -> None:
    from grapevine.sources.actions import batches
    from grapevine.sources.contracts import intake
    from grapevine.sources.testing import facts

    source = sources.make_source()
    intake.begin()
    prepared = batches.prepare(facts.of(source), sources.batch([sources.heard("A day in Elsinore")]))
    testing.make_watch(query="elsinore")
    batches.store(source=source, batch=prepared, at=NOON)
    assert Mention.objects.count() == 1


def test_a_new_watch_finds_what_was_stored_before_it() -> None:
    source = sources.make_source()
    sources.store(source, *(sources.heard(f"A day in Elsinore, number {number}") for number in range(3)))
    sources.store(source, sources.heard(STORY), sources.heard(STORY, author="horatio"), sources.heard("Rome"))
    watch = testing.make_watch(query="elsinore", match=True)
    assert Mention.objects.count() == 5
    assert (watch.rematch_state, watch.rematch_done) == ("", 6)
    assert Mention.objects.filter(lead_id__gt=0).count() == 1
    assert len(search("elsinore")) == 5
    testing.check()
    sources.store(source, sources.heard(STORY, author="ophelia"))
    assert Mention.objects.filter(lead_id__gt=0).count() == 2
    testing.check()


def test_a_changed_watch_lets_go_of_what_it_no_longer_matches() -> None:
    source = sources.make_source()
    other = testing.make_watch(query="rome")
    watch = testing.make_watch(brand=other.brand, query="elsinore OR rome")
    sources.store(
        source, sources.heard("Elsinore"), sources.heard("Rome"), sources.heard("Elsinore and Rome")
    )
    version = testing.save_query(watch, "elsinore")
    history.rematch(watch_id=watch.pk, at=NOON)
    assert sorted(Mention.objects.filter(watch=watch).values_list("post__text", flat=True)) == [
        "Elsinore",
        "Elsinore and Rome",
    ]
    assert set(Mention.objects.filter(watch=watch).values_list("version_id", flat=True)) == {version.pk}
    assert len(search("rome")) == 2
    testing.check()
    testing.save_query(watch, "nothing")
    history.rematch(watch_id=watch.pk, at=NOON)
    assert not Mention.objects.filter(watch=watch).exists()
    assert search("elsinore") == search("rome AND elsinore")
    testing.check()
