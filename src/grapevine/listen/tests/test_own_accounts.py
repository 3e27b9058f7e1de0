"""What a brand says itself: a mention like others, but no mood, no wish, no topic, no rising word and no voice."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace

from grapevine.connectors.base import Author
from grapevine.core import access, clock
from grapevine.core.models import Job
from grapevine.core.testing import NOON, signed_in
from grapevine.listen import accounts, periods, reads
from grapevine.listen import testing as listen
from grapevine.listen.actions import brands as actions
from grapevine.listen.actions import history, rereading
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand, Mention
from grapevine.listen.reads import MOOD_NUMBERS, WANT_BITS, Read
from grapevine.listen.selectors import authors, moods, talk, volume, walks
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db

HAPPY = Read("en", MOOD_NUMBERS["positive"], WANT_BITS["recommends"], False)


@pytest.fixture(autouse=True)
def happy(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is read is happy."""
    monkeypatch.setattr(reads, "of_batch", lambda batch: [HAPPY for _ in batch.langs])


@pytest.fixture
def brand() -> Brand:
    made = listen.make_brand(name="Elsinore", slug="elsinore", accounts=["Elsinore_DK"])
    listen.make_watch(brand=made, query="elsinore")
    sources.store(
        sources.make_source(),
        sources.heard("Elsinore is the best", author="@elsinore_dk"),
        sources.heard("Elsinore is good", author="hamlet"),
        sources.heard("Elsinore thanks you", author="ophelia", by_us=True),
    )
    return made


def _told(brand: Brand) -> dict[str, int]:
    chosen = periods.chosen({"period": "7"}, now=NOON + timedelta(hours=1), zone=UTC)
    return {name: much.posts for name, much in moods.of_brand(brand.pk, chosen).total.items() if much.posts}


def _change(brand: Brand, **values: object) -> None:
    given = {"name": brand.name, "ours": brand.ours, "accounts": brand.accounts, **values}
    actions.change(brand=brand, by=access.SYSTEM, at=NOON, **given)


def _counted_again() -> None:
    for brand in rereading.due(at=NOON):
        rereading.brand(brand_id=brand.pk, at=NOON)


def test_what_a_brand_says_itself_is_a_mention_without_mood_and_wishes(brand: Brand) -> None:
    assert _told(brand) == {"posts": 3, "positive": 2, "recommends": 2, "by_brand": 1}
    assert Mention.objects.get(by_brand=True).mood == reads.UNSURE
    listen.check()


def test_of_a_brand_of_ours_the_platform_may_tell(brand: Brand) -> None:
    _change(brand, ours=True)
    assert Job.objects.filter(key=rereading.JOB).exists()
    _counted_again()
    assert _told(brand) == {"posts": 3, "positive": 1, "recommends": 1, "by_brand": 2}
    listen.check()


def test_an_account_that_is_set_or_taken_away_counts_for_the_past_too(brand: Brand) -> None:
    _change(brand, accounts=["@Hamlet", "hamlet ", ""])
    assert brand.accounts == ["hamlet"]
    _counted_again()
    assert (
        Mention.objects.get(by_brand=True).post_id
        == sorted(Mention.objects.values_list("post_id", flat=True))[1]
    )
    _change(brand, accounts=[])
    _counted_again()
    assert _told(brand) == {"posts": 3, "positive": 3, "recommends": 3}
    assert not rereading.due(at=NOON)
    listen.check()


def test_what_comes_after_the_change_is_known_at_once(brand: Brand) -> None:
    _change(brand, accounts=["Horatio"])
    sources.store(sources.make_source(name="Second"), sources.heard("Elsinore again", author="horatio"))
    assert Mention.objects.order_by("id").last().by_brand  # type: ignore[union-attr]


def test_a_watch_held_against_history_knows_who_spoke(brand: Brand) -> None:
    watch = listen.make_watch(brand=brand, query="best OR thanks")
    history.rematch(watch_id=watch.pk, at=NOON)
    assert sorted(Mention.objects.filter(watch=watch).values_list("by_brand", flat=True)) == [False, True]
    listen.check()


def test_topics_and_rising_words_are_told_from_what_others_say(brand: Brand) -> None:
    chosen = periods.chosen({"period": "7"}, now=NOON + timedelta(hours=1), zone=UTC)
    assert len(talk.of_brand(brand, chosen).now) == 2


def test_what_the_brand_says_is_not_among_the_unsure_but_in_the_stream(brand: Brand) -> None:
    assert not walks.older(Filter(brand_id=brand.pk, mood=reads.UNSURE), limit=9).rows
    page = signed_in("reader").get("/stream/?brand=elsinore").content.decode()
    assert page.count("By the brand itself") == 1


def test_accounts_are_set_on_the_brands_page(brand: Brand) -> None:
    given = {"name": "Elsinore", "ours": "no", "position": "0", "accounts": "@one\n\n two \n@One"}
    assert signed_in("lead").post("/brands/elsinore/edit/", given).status_code == 302
    brand.refresh_from_db()
    assert [accounts.plain(one) for one in brand.accounts] == ["one", "two"]


def test_reading_deeper_and_correcting_leave_it_without_a_mood(brand: Brand) -> None:
    own = Mention.objects.get(by_brand=True)
    rereading.posts(post_ids=[own.post_id], at=NOON, deeper=True)
    own.refresh_from_db()
    assert (own.by_brand, own.mood, own.wants) == (True, reads.UNSURE, 0)


def test_the_brands_page_says_how_many_posts_are_its_own(brand: Brand) -> None:
    hour = clock.now() - timedelta(hours=1)
    own, other = (sources.heard("Elsinore today", author=name, at=hour) for name in ("Elsinore_dk", "yorick"))
    sources.store(sources.make_source(name="Second"), own, other)
    page = signed_in("reader").get("/brands/elsinore/").content.decode()
    assert "1 post is by the brand itself" in page
    assert "posts by a brand itself have no share" in page


def test_a_brand_has_no_share_of_voice_by_talking_itself(brand: Brand) -> None:
    other = listen.make_brand(name="Wittenberg")
    listen.make_watch(brand=other, query="wittenberg")
    sources.store(
        sources.make_source(name="Second"),
        *(sources.heard("Wittenberg, says Horatio", author=name) for name in ("horatio", "marcellus")),
    )
    chosen = periods.chosen({"period": "7"}, now=NOON + timedelta(hours=1), zone=UTC)
    voices = {one.name: one for one in volume.voices(chosen)}
    assert (voices["Elsinore"].count.posts, voices["Elsinore"].share) == (3, 0.5)
    assert voices["Wittenberg"].share == 0.5
    found = authors.unique([brand.pk, other.pk], chosen)
    assert (found[brand.pk].now, found[other.pk].now) == (2, 2)
    assert "elsinore_dk" not in {one.handle for one in authors.busiest(brand.pk, chosen)}


def test_the_authors_of_the_past_are_counted_again_without_the_brand(brand: Brand) -> None:
    chosen = periods.chosen({"period": "7"}, now=NOON + timedelta(hours=1), zone=UTC)
    _change(brand, accounts=["hamlet", "ophelia", "elsinore_dk"])
    _counted_again()
    assert authors.unique([brand.pk], chosen)[brand.pk].now == 0
    assert volume.voices(chosen)[0].share == 0.0
    listen.check()


def test_a_bare_name_under_an_article_is_not_believed(brand: Brand) -> None:
    signed = Author(external_id="visitor-1", handle="", name="Elsinore_DK")
    sources.store(
        sources.make_source(name="Second"),
        replace(sources.heard("Elsinore is a ruin", kind="comment"), author=signed),
        replace(sources.heard("Elsinore opens", kind="article"), author=signed),
    )
    told = dict(Mention.objects.order_by("id").values_list("post_id", "by_brand"))
    assert list(told.values())[-2:] == [False, True]
