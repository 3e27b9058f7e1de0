"""The demo's watches do what a brand wants of them: catch what names it, leave the hazel bush alone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, lru_cache

import pytest

from grapevine.engine import query
from grapevine.engine.query import documents, reference
from grapevine.home.demo import tale, world
from grapevine.home.demo.shapes import StoryPost

BRANDS = [brand.key for brand in world.BRANDS]


@lru_cache(maxsize=1)
def posts() -> tuple[StoryPost, ...]:
    return tale.story(datetime(2025, 11, 20, 12, tzinfo=UTC)).posts


@lru_cache(maxsize=1)
def prepared() -> tuple[documents.Prepared, ...]:
    return tuple(
        documents.Prepared(
            documents.Document(title=p.post.title, text=p.post.text, lang=p.post.lang, url=p.post.url)
        )
        for p in posts()
    )


@cache
def caught(text: str) -> frozenset[int]:
    node = query.parse(text)
    return frozenset(at for at, document in enumerate(prepared()) if reference.matches(node, document))


def watches(brand: str) -> list[str]:
    return [watch.query for watch in world.WATCHES if watch.brand == brand]


@pytest.mark.parametrize("watch", world.WATCHES, ids=lambda watch: watch.key)
def test_every_watch_is_well_formed_and_catches_something(watch) -> None:  # type: ignore[no-untyped-def]
    checked = query.check(watch.query)
    assert checked.error is None
    assert not checked.lints, checked.lints
    assert len(caught(watch.query)) >= 10


@pytest.mark.parametrize("brand", BRANDS)
def test_the_watches_of_a_brand_catch_what_names_it(brand: str) -> None:
    naming = {at for at, one in enumerate(posts()) if brand in one.truth.names}
    got = frozenset[int]().union(*(caught(text) for text in watches(brand)))
    missed = [posts()[at].post.text for at in naming - got]
    assert len(naming) > 150
    assert len(naming & got) / len(naming) >= 0.9, missed[:10]


@pytest.mark.parametrize("brand", BRANDS)
def test_off_topic_talk_is_not_caught(brand: str) -> None:
    got = frozenset[int]().union(*(caught(text) for text in watches(brand)))
    wrong = [posts()[at].post.text for at in got if posts()[at].truth.off_topic]
    assert not wrong, wrong[:10]


@pytest.mark.parametrize("brand", BRANDS)
def test_a_watch_by_name_is_precise(brand: str) -> None:
    got = caught(watches(brand)[0])
    right = sum(brand in posts()[at].truth.names or posts()[at].truth.brand == brand for at in got)
    assert right / len(got) > 0.97


def test_without_not_the_watch_would_catch_hazel_bushes_and_traffic_jams() -> None:
    plain = caught("hassel*")
    off_topic = [at for at, one in enumerate(posts()) if one.truth.off_topic]
    assert sum(at in plain for at in off_topic) / len(off_topic) > 0.9
