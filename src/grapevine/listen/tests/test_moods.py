"""How a brand's posts read: counted along with them, shown on its page, and found again in the stream."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.urls import reverse

from grapevine.core import access
from grapevine.core.models import Job
from grapevine.core.testing import NOON, signed_in
from grapevine.listen import periods, reads
from grapevine.listen import testing as listen
from grapevine.listen.actions import brands as actions
from grapevine.listen.actions import history, rereading
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Brand, Mention
from grapevine.listen.reads import MOOD_NUMBERS, WANT_BITS, Read
from grapevine.listen.selectors import moods, walks
from grapevine.sources import testing as sources
from grapevine.understand.actions import corrections, learning, readings
from grapevine.understand.contracts.supplies import Candidate

pytestmark = pytest.mark.django_db

SAID = {
    "Elsinore is wonderful, go there!": Read("en", MOOD_NUMBERS["positive"], WANT_BITS["recommends"], False),
    "Elsinore was late again, three hours": Read(
        "en", MOOD_NUMBERS["negative"], WANT_BITS["complains"], False
    ),
    "Elsinore lost my bag, please help": Read(
        "en", MOOD_NUMBERS["negative"], WANT_BITS["complains"] | WANT_BITS["asks_help"], False
    ),
    "Elsinore, you know": Read("en", reads.UNSURE, 0, False),
    "Elsinore free gift cards here": Read("en", reads.UNSURE, 0, True),
}


@pytest.fixture
def brand(monkeypatch: pytest.MonkeyPatch) -> Brand:
    """A brand with five posts of two days, whose readings are given."""
    monkeypatch.setattr(reads, "of_texts", lambda texts, **_: [SAID[text] for _title, text in texts])
    made = listen.make_brand(name="Elsinore", slug="elsinore", ours=True)
    listen.make_watch(brand=made, query="elsinore")
    sources.store(
        sources.make_source(),
        *(sources.heard(text, at=NOON - timedelta(hours=9 * n)) for n, text in enumerate(SAID)),
    )
    return made


def _period() -> periods.Period:
    return periods.chosen({"period": "7"}, now=NOON + timedelta(hours=1), zone=UTC)


def test_moods_wishes_and_spam_are_counted_by_the_hour_and_the_unsure_and_spam_apart(brand: Brand) -> None:
    found = moods.of_brand(brand.pk, _period())
    told = {name: much.posts for name, much in found.total.items() if much.posts}
    assert told == {
        "posts": 5, "negative": 2, "positive": 1, "spam": 1, "unsure": 1, "recommends": 1, "complains": 2, "asks_help": 1,
    }  # fmt: skip
    assert found.balance == pytest.approx(-1 / 3)
    assert [sum(column) for column in zip(*(counts for _at, counts in found.points), strict=True)] == [
        2,
        0,
        1,
        1,
    ]
    listen.check()


def test_a_brand_without_posts_has_no_mood(brand: Brand) -> None:
    empty = moods.of_brand(listen.make_brand(name="Wittenberg").pk, _period())
    assert empty.balance is None
    assert empty.sure == 0


def test_what_is_wanted_stands_in_columns_with_the_latest_posts(brand: Brand) -> None:
    found = {one.want: one for one in moods.wanted(brand, _period())}
    assert set(found) == {"recommends", "complains", "asks_help"}
    assert len(found["complains"].latest) == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"mood": MOOD_NUMBERS["negative"]}, 2),
        ({"mood": reads.UNSURE}, 1),
        ({"want": WANT_BITS["complains"]}, 2),
        ({"want": WANT_BITS["asks_help"], "mood": MOOD_NUMBERS["positive"]}, 0),
        ({"spam": True}, 1),
        ({"spam": False}, 4),
    ],
)
def test_the_stream_is_filtered_by_how_posts_read(brand: Brand, asked: dict[str, int], count: int) -> None:
    assert len(walks.older(Filter(**asked), limit=10).rows) == count
    assert len(walks.older(Filter(brand_id=brand.pk, **asked), limit=10).rows) == count


def test_pages_show_moods_and_wishes(brand: Brand) -> None:
    client = signed_in("reader")
    page = client.get(reverse("listen:stream"), {"mood": "negative", "want": "asks_help"}).content.decode()
    assert "lost my bag" in page.replace("<mark>", "").replace("</mark>", "")
    assert "three hours" not in page
    days = {"from": (NOON - timedelta(days=3)).date().isoformat(), "to": NOON.date().isoformat()}
    board = client.get(reverse("listen:brand-wishes", args=["elsinore"]), days).content.decode()
    assert "Listen, and put it right" in board
    wrong = client.get(reverse("listen:stream"), {"mood": "furious"}).content.decode()
    assert "There is no mood “furious”." in wrong


def test_an_edited_post_is_read_anew(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    source = sources.make_source(name="Second")
    sources.store(source, sources.heard("Elsinore, you know", external_id="x", at=NOON))
    changed = Read("en", MOOD_NUMBERS["positive"], 0, False)
    monkeypatch.setattr(reads, "of_texts", lambda texts, **_: [changed for _ in texts])
    sources.store(source, sources.heard("Elsinore, you know, is lovely", external_id="x", at=NOON))
    assert moods.of_brand(brand.pk, _period()).total["positive"].posts == 2
    listen.check()


def _correct(post_id: int, brand: Brand, text: str, **said: Any) -> Any:
    return corrections.correct(
        subject=reads.SUBJECT,
        scope=reads.scope_of(brand.pk),
        of=Candidate(post_id, text, "en", None, "", "hamlet", NOON),
        by=access.SYSTEM,
        at=NOON,
        **said,
    )


@pytest.mark.django_db(transaction=True)
def test_what_a_person_says_holds_in_the_stream_and_the_counts_until_it_is_taken_back(brand: Brand) -> None:
    (row,) = walks.older(Filter(mood=reads.UNSURE), limit=10).rows
    said = _correct(row.post_id, brand, "Elsinore, you know", mood="positive", intents=["praises"])
    assert moods.of_brand(brand.pk, _period()).total["positive"].posts == 2
    assert [one.post_id for one in walks.older(Filter(want=WANT_BITS["praises"]), limit=10).rows] == [
        row.post_id
    ]
    corrections.take_back(correction=said, by=access.SYSTEM, at=NOON)
    assert moods.of_brand(brand.pk, _period()).total["positive"].posts == 1
    listen.check()


@pytest.mark.django_db(transaction=True)
def test_what_was_corrected_stays_when_history_is_read_again(brand: Brand) -> None:
    (row,) = walks.older(Filter(mood=reads.UNSURE), limit=10).rows
    _correct(row.post_id, brand, "Elsinore, you know", spam=True)
    rereading.brand(brand_id=brand.pk, at=NOON)
    history.rematch(watch_id=brand.watches.get().pk, at=NOON)
    assert len(walks.older(Filter(spam=True), limit=10).rows) == 2
    listen.check()


def test_a_brand_is_read_again_when_its_reader_changed_and_then_rests(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    sad = Read("en", MOOD_NUMBERS["negative"], 0, False)
    monkeypatch.setattr(reads, "of_batch", lambda batch: [sad for _ in batch.langs])
    assert rereading.due(at=NOON) == [brand]
    assert rereading.brand(brand_id=brand.pk, at=NOON) == 5
    assert moods.of_brand(brand.pk, _period()).total["negative"].posts == 5
    assert rereading.due(at=NOON + timedelta(days=1)) == []
    monkeypatch.setattr(readings, "mark", lambda scope: "another")
    assert rereading.due(at=NOON) == []
    assert rereading.due(at=NOON + timedelta(days=1)) == [brand]
    listen.check()


def test_a_new_brand_need_not_be_read_again() -> None:
    actions.add(name="Elsinore", by=access.SYSTEM, at=NOON)
    assert rereading.due(at=NOON) == []


def test_each_brand_has_its_own_mood_where_a_post_names_two() -> None:
    for name in ("Nordkaff", "Wittenberg"):
        listen.make_watch(brand=listen.make_brand(name=name), query=name.lower())
    sources.store(
        sources.make_source(),
        sources.heard("Nordkaff is great, I love it. Wittenberg was awful, never again!", at=NOON),
    )
    felt = {one.brand.name: reads.MOODS[one.mood - 1] for one in Mention.objects.select_related("brand")}
    assert felt == {"Nordkaff": "positive", "Wittenberg": "negative"}
    listen.check()


@pytest.mark.django_db(transaction=True)
def test_another_wish_of_what_is_sure_has_the_past_read_again_at_once(brand: Brand) -> None:
    rereading.brand(brand_id=brand.pk, at=NOON)
    learning.wish(scope=reads.scope_of(brand.pk), share=0.9, by=access.SYSTEM, at=NOON)
    assert Job.objects.filter(kind=rereading.JOB).exists()
    assert Brand.objects.get(pk=brand.pk).read_at is None
