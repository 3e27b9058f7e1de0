"""How much was said, from the hourly counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.listen import periods
from grapevine.listen import testing as listen
from grapevine.listen.selectors import authors, pulses, talk, volume, words
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 15, 20, tzinfo=UTC)


def _period(zone="UTC", **params):
    return periods.chosen(
        {name.rstrip("_"): value for name, value in params.items()}, now=NOW, zone=ZoneInfo(zone)
    )


@pytest.fixture
def brand():
    made = listen.make_brand(name="Elsinore", slug="elsinore")
    listen.make_watch(brand=made, query="elsinore")
    return made


def _heard(*moments, source=None, text="elsinore", **values):
    source = source or sources.make_source(name=f"Source {len(moments)} {moments[0]}")
    posts = [
        sources.heard(f"{text} {place} {moment:%j%H%M%S}", at=moment, author=f"a{place}", **values)
        for place, moment in enumerate(moments)
    ]
    sources.store(source, *posts)


def test_an_hour_falls_on_the_readers_day(brand):
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)  # the 20th in Stockholm
    _heard(late)
    for zone, day in (("UTC", 19), ("Europe/Stockholm", 20), ("America/New_York", 19)):
        points = volume.of_brand(brand.pk, _period(zone, period="7")).points
        assert [point.at.day for point in points if point.posts] == [day]


def test_time_zones_of_half_hours_lose_nothing(brand):
    _heard(*(NOW - timedelta(hours=n) for n in range(60)))
    found = volume.of_brand(brand.pk, _period("Asia/Kolkata", period="7"))
    assert sum(point.posts for point in found.points) == found.total.posts == 60


def test_the_comparison_ends_at_the_same_hour_of_the_day(brand):
    _heard(NOW - timedelta(days=7, hours=2), NOW - timedelta(days=7) + timedelta(hours=2))
    found = volume.of_brand(brand.pk, _period(period="7"))
    # What came later on that day has no counterpart yet today; it belongs to neither stretch.
    assert (found.total.posts, found.total.before) == (0, 1)


def test_copies_are_counted_and_told_apart(brand):
    text = "elsinore has a long text that is repeated by very many people on the very same day in the north"
    source = sources.make_source()
    at = NOW - timedelta(days=1)
    sources.store(
        source, *(sources.heard(text, at=at + timedelta(minutes=n), author=f"a{n}") for n in range(5))
    )
    total = volume.of_brand(brand.pk, _period()).total
    assert (total.posts, total.leads) == (5, 1)


def test_sources_and_languages_add_up_to_the_whole(brand):
    _heard(NOW - timedelta(days=1), text="elsinore jag tycker att kaffet smakar mycket gott i dag")
    _heard(NOW - timedelta(days=2), text="elsinore I think that the coffee tastes very good today")
    found = volume.of_brand(brand.pk, _period())
    assert [part.count.posts for part in found.sources] == [1, 1]
    assert {part.key for part in found.languages} == {"sv", "en"}
    assert sum(part.share for part in found.languages) == pytest.approx(1)


def test_shares_of_nothing_are_nothing(brand):
    found = volume.of_brand(brand.pk, _period())
    assert [voice.share for voice in found.voices] == [0.0]
    assert found.total.change is None
    assert authors.busiest(brand.pk, _period()) == ()


def test_curves_of_all_brands_take_one_question(brand, django_assert_num_queries):
    _heard(NOW - timedelta(days=1))
    other = listen.make_brand(name="Other")
    with django_assert_num_queries(1):
        curves = volume.curves([brand.pk, other.pk], _period())
    assert sum(curves[brand.pk]) == 1
    assert sum(curves[other.pk]) == 0


def test_the_busiest_author_stands_first_with_all_posts_of_the_period(brand):
    source = sources.make_source()
    for day in range(1, 6):
        at = NOW - timedelta(days=day)
        sources.store(source, sources.heard(f"elsinore {day}", at=at, author="hamlet"))
        sources.store(source, sources.heard(f"elsinore other {day}", at=at, author=f"guest{day}"))
    first, *others = authors.busiest(brand.pk, _period())
    assert (first.handle, first.posts, first.share) == ("hamlet", 5, 1.0)
    assert len(others) == 5
    assert authors.unique([brand.pk], _period(), compared=[brand.pk])[brand.pk] == authors.Unique(6, 0)


def test_a_pulse_counts_since_a_moment_and_knows_what_is_usual(brand):
    _heard(*(NOW - timedelta(days=day, hours=3) for day in range(2, 26)))  # one a day
    _heard(*(NOW - timedelta(hours=4, minutes=n) for n in range(30)))
    (pulse,) = pulses.since(NOW - timedelta(days=1), NOW)
    assert pulse.posts == 30
    # The first day of talk is the first day of listening: 24 posts in as many days.
    assert pulse.usual == pytest.approx(1, rel=0.05)
    assert pulse.is_unusual
    (calm,) = pulses.since(NOW - timedelta(days=7), NOW - timedelta(days=3))
    assert not calm.is_unusual


def test_nothing_is_usual_before_a_week_was_heard(brand):
    _heard(*(NOW - timedelta(days=day, hours=3) for day in range(1, 6)))
    (pulse,) = pulses.since(NOW - timedelta(days=1), NOW)
    assert (pulse.posts, pulse.usual) == (0, None)


def test_no_question_about_volumes_reads_all_hours(brand):
    if connection.vendor != "sqlite":
        pytest.skip("reads the plans of SQLite")
    listen.make_watch(brand=listen.make_brand(name="Kronborg", slug="kronborg"), query="kronborg")
    _heard(*(NOW - timedelta(hours=n) for n in range(50)), text="elsinore kronborg")
    with CaptureQueriesContext(connection) as asked:
        volume.of_brand(brand.pk, _period())
        volume.curves([brand.pk], _period())
    plans = []
    with connection.cursor() as cursor:
        for one in asked.captured_queries:
            if "listen_hourlyrollup" in one["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + one["sql"])
                plans += [row[3] for row in cursor.fetchall() if "listen_hourlyrollup" in row[3]]
    assert len(plans) >= 4
    for plan in plans:
        assert plan.startswith("SEARCH listen_hourlyrollup")
        assert "brand_id=? AND hour>?" in plan


def test_words_are_sampled_in_bounded_number_and_stand_for_all(brand, monkeypatch):
    monkeypatch.setattr(talk, "SLICES", 4)
    monkeypatch.setattr(talk, "OF_SLICE", 5)
    _heard(*(NOW - timedelta(days=40, minutes=n * 7) for n in range(80)), text="elsinore is quiet")
    _heard(*(NOW - timedelta(days=2, minutes=n * 7) for n in range(80)), text="elsinore on strike")
    found = words.rising_of(brand, _period())
    assert found.read <= 40
    (strike,) = [word for word in found.found if word.word == "strike"]
    assert strike.now == pytest.approx(80, abs=8)
    assert strike.before == 0


def test_the_words_a_brand_is_found_by_do_not_rise_but_what_is_said_of_it_may(brand):
    listen.make_watch(brand=brand, query="(elsinore OR kronborg) (leak* OR broken)")
    _heard(*(NOW - timedelta(days=40, minutes=n * 7) for n in range(20)), text="elsinore kronborg is quiet")
    _heard(
        *(NOW - timedelta(days=2, minutes=n * 7) for n in range(20)),
        text="elsinores kronborg leaking machine",
    )
    risen = {word.word for word in words.rising_of(brand, _period()).found}
    assert risen == {"leaking machine"}
