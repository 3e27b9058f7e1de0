"""The topics of a brand's talk: told, known again, found in the stream."""

from __future__ import annotations

import csv
import io
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from grapevine.core import clock
from grapevine.core.testing import signed_in
from grapevine.engine import query
from grapevine.engine.text import topics as engine
from grapevine.engine.text.topics import terms
from grapevine.listen import jobs as ours
from grapevine.listen import periods, topic_queries
from grapevine.listen import testing as listen
from grapevine.listen.actions import topics as actions
from grapevine.listen.models import KeptTopic
from grapevine.listen.selectors import topics
from grapevine.sources import testing as sources

DAY = timedelta(days=1)
LATE = (
    "elsinore {a} parcel {b} late {c} courier",
    "{c} late {a} parcel {b} elsinore",
    "{a} courier {b} parcel {c} elsinore",
)


@pytest.fixture
def brand(db):
    brand = listen.make_brand(name="Elsinore", slug="elsinore", ours=True)
    listen.make_watch(brand=brand, query="elsinore")
    return brand


def say(at, *texts, first=0):
    """Each text once an hour, by somebody else each time and with other words around it; beside twice as many that have nothing in common."""
    source = sources.make_source(name=f"heard {first}")
    posts = []
    for n, text in enumerate([*texts, *["elsinore {a} {b} {c}"] * (2 * len(texts))]):
        around = {
            key: f"and it was the {key}{n}x{first}p of my {key}{n}x{first}q which you {key}{n}x{first}r with the"
            for key in "abc"
        }
        at_hour = at + n % len(texts) * timedelta(hours=1)
        posts.append(sources.heard(text.format(**around), at=at_hour, author=f"a{first}-{n}", lang="en"))
    sources.store(source, *posts)


def _period(now=None):
    return periods.chosen({}, now=now or clock.now(), zone=UTC)


def _parcels(brand, now=None):
    return next(one for one in topics.of_brand(brand, _period(now)).found if "parcel" in one.terms)


def test_a_topic_is_told_with_its_posts_its_mood_and_its_typical_post(brand):
    say(clock.now() - 3 * DAY, *LATE * 6)
    one = _parcels(brand)
    assert set(one.label) == {"parcel", "courier", "late"}
    assert one.posts == 18 and one.before == 0
    assert one.lang == "en"
    assert sum(one.moods.values()) == pytest.approx(1.0)
    assert sum(one.curve) == 18 and len(one.curve) == 30
    assert one.typical is not None


def test_what_was_hardly_said_before_is_new_and_what_was_said_before_is_not(brand):
    say(clock.now() - 40 * DAY, *["elsinore {a} open {b} sunday {c}"] * 9, first=1)
    say(clock.now() - 3 * DAY, *LATE * 6, first=2)
    assert _parcels(brand).is_new
    say(clock.now() - 41 * DAY, *LATE * 5, first=3)
    assert (_parcels(brand).is_new, _parcels(brand).before) == (False, 15)


def test_with_little_text_there_are_no_topics(brand):
    assert topics.of_brand(brand, _period()).found == ()
    say(clock.now() - 3 * DAY, LATE[0])
    assert topics.of_brand(brand, _period()).found == ()


def test_the_stream_finds_the_posts_that_a_topic_counts(brand):
    say(clock.now() - 3 * DAY, *LATE * 6)
    client = signed_in("reader")
    page = client.get("/brands/elsinore/talk/")
    (shown,) = page.context["topics"]
    stream = client.get(shown.href).context["stream"]
    assert len(stream.rows) == 18


def test_a_kept_topic_keeps_its_name_and_its_past(brand):
    now = clock.now()
    say(now - 3 * DAY, *LATE * 6)
    assert actions.keep(brand=brand, at=now - DAY) >= 1
    kept = KeptTopic.objects.get()
    KeptTopic.objects.filter(pk=kept.pk).update(
        label=["late", "parcel"], days={**kept.days, (now - 5 * DAY).date().isoformat(): 70}
    )
    say(now - DAY, *["elsinore {a} parcel {b} late {c} neighbour"] * 8, first=2)
    one = _parcels(brand)
    assert (one.kept, one.label) == (kept.pk, ("late", "parcel"))
    assert 70 in one.curve
    actions.keep(brand=brand, at=now)
    again = KeptTopic.objects.get(pk=kept.pk)
    assert again.label == ["late", "parcel"]
    assert again.days[(now - 5 * DAY).date().isoformat()] == 70
    assert again.last_on == now.date()


def test_topics_are_kept_once_a_day_and_let_go_after_ninety(brand):
    now = clock.now()
    say(now - 3 * DAY, *LATE * 6)
    assert actions.due(at=now) == [brand]
    actions.keep(brand=brand, at=now)
    assert actions.due(at=now) == []
    assert actions.due(at=now + DAY) == [brand]
    actions.keep(brand=brand, at=now + 100 * DAY)
    assert not KeptTopic.objects.exists()


def test_keeping_the_same_day_twice_changes_nothing(brand):
    now = clock.now()
    say(now - 3 * DAY, *LATE * 6)
    actions.keep(brand=brand, at=now)
    before = list(KeptTopic.objects.values())
    actions.keep(brand=brand, at=now)
    assert list(KeptTopic.objects.values()) == before


def test_telling_topics_asks_the_same_few_questions_however_much_is_said(brand):
    say(clock.now() - 3 * DAY, *LATE * 6)
    actions.keep(brand=brand, at=clock.now())
    with CaptureQueriesContext(connection) as few:
        topics.of_brand(brand, _period())
    say(clock.now() - 6 * DAY, *LATE * 9, *["{a} espresso machine {b} elsinore {c} water"] * 20, first=2)
    with CaptureQueriesContext(connection) as more:
        topics.of_brand(brand, _period())
    assert len(few) == len(more) <= 8


def test_the_page_shows_topics_and_gives_their_numbers_as_a_file(brand):
    client = signed_in("reader")
    assert "No topic stands out" in client.get("/brands/elsinore/talk/").content.decode()
    say(clock.now() - 3 * DAY, *LATE * 6)
    page = client.get("/brands/elsinore/talk/").content.decode()
    assert "courier" in page and "topic-curve" in page
    rows = list(
        csv.reader(io.StringIO(client.get("/brands/elsinore/topics.csv").content.decode("utf-8-sig")))
    )
    assert rows[0][:4] == ["Topic", "Language", "Mentions", "Period before"]
    assert len(rows[0]) == len(rows[1]) == 9
    assert "parcel" in rows[1][0] + rows[1][-1]


def test_hostile_words_stay_text(brand):
    say(clock.now() - 3 * DAY, *["elsinore <script>alert('courier')</script> parcel {a}"] * 9)
    assert "<script>alert" not in signed_in("reader").get("/brands/elsinore/talk/").content.decode()


def test_the_worker_keeps_the_topics_of_every_brand(brand):
    say(clock.now() - 3 * DAY, *LATE * 6)
    from grapevine.core import jobs

    jobs.put("listen.topics")
    jobs.run_due(at=clock.now())
    assert KeptTopic.objects.filter(brand=brand).exists()
    assert ours.keep_topics.__doc__


_WORDS = st.sampled_from(["parcel", "late", "courier", "machine", "water", "åäö"])
_TERMS = st.lists(_WORDS | st.tuples(_WORDS, _WORDS).map(" ".join), min_size=2, max_size=6, unique=True)


@given(_TERMS, st.lists(_WORDS, max_size=7))
def test_the_query_of_a_topic_means_what_the_topic_counts(chosen, said):
    node = query.parse(topic_queries.of_terms(chosen))
    post = engine.Post(1, terms.runs(" ".join(said)), "en")
    counted = bool(engine.posts_of(engine.Topic(tuple(chosen), "en"), [post]))
    document = query.Document(text=" ".join(said))
    assert query.matches(node, document) == counted
