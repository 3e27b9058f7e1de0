"""The stream searched by meaning, with an encoder that knows a few words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.core import clock, jobs
from grapevine.core.privacy import Subject
from grapevine.core.testing import signed_in
from grapevine.listen import testing as listen
from grapevine.listen.actions import vectors as actions
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Mention
from grapevine.listen.selectors import meanings
from grapevine.sources import testing as sources
from grapevine.understand import testing as understand
from grapevine.understand.testing import TextVector, Vectors

pytestmark = pytest.mark.django_db
TEXTS = (
    "Elsinore: försenad leverans",
    "Elsinore: late delivery",
    "Elsinore: kaffet är gott",
    "Elsinore opens on sunday with music and dancing",
)


@pytest.fixture
def installed(monkeypatch):
    understand.fake_encoder(monkeypatch)


@pytest.fixture
def brand():
    brand = listen.make_brand(name="Elsinore", slug="elsinore")
    listen.make_watch(brand=brand, query="elsinore*")
    return brand


def _say(*texts, source=None, **values):
    source = source or sources.make_source(name="heard")
    start = clock.now() - timedelta(hours=5)
    posts = [
        sources.heard(text, at=start + timedelta(minutes=n), author=f"a{n}", **values)
        for n, text in enumerate(texts)
    ]
    sources.store(source, *posts)
    return source, posts


def _found(words, **filters):
    rows = meanings.closest(Filter(meaning=words, **filters)).rows
    said = {vector.subject_id for vector in TextVector.objects.all()}
    assert {one.post_id for one in rows} <= said
    return [one.post_id for one in rows]


def _ids():
    return list(Mention.objects.order_by("post_id").values_list("post_id", flat=True))


def test_words_in_one_language_find_posts_in_another(installed, brand):
    _say(*TEXTS)
    assert actions.run_through() == 4
    swedish, english, coffee, _open = _ids()
    assert set(_found("late delivery")[:2]) == {swedish, english}
    assert _found("koffie")[0] == coffee


def test_the_other_filters_hold(installed, brand):
    source, _posts = _say(*TEXTS)
    actions.run_through()
    first = _ids()[0]
    assert _found("late delivery", end=clock.now() - timedelta(hours=4, minutes=59, seconds=30)) == [first]
    assert _found("late delivery", source_id=source.pk + 1) == []
    assert _found("late delivery", brand_id=brand.pk + 1) == []
    assert _found("late delivery", start=clock.now()) == []


def test_what_was_learnt_is_not_learnt_again_and_what_is_new_is(installed, brand):
    source, _posts = _say(*TEXTS)
    actions.run_through()
    assert actions.run_through() == 0
    sources.store(source, sources.heard("Elsinore: vertraagd pakket", at=clock.now(), author="b"))
    assert actions.run_through() == 1
    assert _ids()[-1] in _found("late delivery")


def test_only_the_newest_are_kept_and_the_newest_come_first(installed, brand, monkeypatch):
    _say(*TEXTS)
    monkeypatch.setattr(actions, "MOST", 3)
    monkeypatch.setattr(actions, "PAGE", 2)
    monkeypatch.setattr(actions, "OF_RUN", 2)
    assert actions.run_through() == 2
    assert set(TextVector.objects.values_list("subject_id", flat=True)) == set(_ids()[2:])
    actions.run_through()
    assert set(TextVector.objects.values_list("subject_id", flat=True)) == set(_ids()[1:])


def test_a_post_that_is_gone_or_changed_has_no_vector_any_longer(installed, brand):
    source, posts = _say(*TEXTS)
    actions.run_through()
    assert len(_found("late delivery")) >= 2
    gone, changed = _ids()[0], _ids()[1]
    again = sources.heard(
        "Elsinore: music", at=posts[1].published_at, author="a1", external_id=posts[1].external_id
    )
    sources.store(source, again, gone=[posts[0].external_id])
    assert not TextVector.objects.filter(subject_id__in=[gone, changed]).exists()
    assert not {gone, changed} & set(_found("late delivery"))


def test_the_vectors_of_who_is_forgotten_are_gone_and_were_handed_over_before(installed, brand):
    _say(*TEXTS)
    actions.run_through()
    row = TextVector.objects.order_by("subject_id").first()
    subject = Subject(authors=((row.source_id, row.author),))
    assert Vectors().hand_over(subject) == [{"meaning of post": str(row.subject_id)}]
    assert Vectors().forget(subject) == 1
    assert Vectors().hand_over(subject) == []
    assert row.subject_id not in _found("late delivery")
    assert Vectors().hand_over(Subject()) == []


def test_the_vectors_of_posts_no_watch_catches_any_longer_go_with_the_next_round(installed, brand):
    _say(*TEXTS)
    actions.run_through()
    Mention.objects.filter(post_id=_ids()[0]).delete()
    actions.run_through()
    assert TextVector.objects.count() == 3


def test_without_the_deep_tier_there_is_no_trace_of_it(brand, monkeypatch):
    from grapevine.engine.text.reading import deep

    monkeypatch.setattr(deep, "is_installed", lambda: False)
    _say(*TEXTS)
    assert actions.run_through() == 0
    client = signed_in("reader")
    assert 'name="by"' not in client.get("/stream/").content.decode()
    page = client.get("/stream/?q=late+delivery&by=meaning")
    assert page.context["stream"].rows == ()
    assert "not possible here" in page.content.decode()


def test_the_choice_appears_once_there_are_vectors_and_the_page_tells_among_how_many(installed, brand):
    client = signed_in("lead")
    _say(*TEXTS)
    assert 'name="by"' not in client.get("/stream/").content.decode()
    jobs.put("listen.vectors")
    jobs.run_due(at=clock.now())
    assert 'name="by"' in client.get("/stream/").content.decode()
    page = client.get("/stream/?q=late+delivery&by=meaning")
    text = page.content.decode()
    assert "Looked at: 4 posts" in text
    assert "stream-live" not in text and "export-link" not in text
    assert [chip.label for chip, _without in page.context["chips"]] == ["Meaning"]
    assert {row.post.id for row in page.context["stream"].rows} >= set(_ids()[:2])


def test_words_are_not_taken_for_a_query_when_their_meaning_is_asked_for(installed, brand):
    _say(*TEXTS)
    actions.run_through()
    page = signed_in("reader").get("/stream/", {"q": 'late (delivery" AND', "by": "meaning"})
    assert page.status_code == 200 and not page.context["choice"].problems


def test_an_export_by_meaning_is_refused_and_not_made_of_everything(installed, brand):
    _say(*TEXTS)
    actions.run_through()
    answer = signed_in("lead").post(
        "/stream/export/", {"q": "late", "by": "meaning", "format": "csv", "each": "first"}
    )
    assert answer.status_code == 422


def test_a_search_by_meaning_asks_few_questions(installed, brand):
    _say(*TEXTS)
    actions.run_through()
    _found("late delivery")
    with CaptureQueriesContext(connection) as asked:
        meanings.closest(Filter(meaning="late delivery"))
    assert len(asked) == 3
