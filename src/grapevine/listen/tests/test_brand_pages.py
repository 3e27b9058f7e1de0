"""Brands on pages: what they show, to whom, at what cost."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grapevine.core import clock
from grapevine.core.testing import deeds, heard, signed_in
from grapevine.listen import testing as listen
from grapevine.listen.events import BrandChanged
from grapevine.listen.models import Brand
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>\u202e{% now %} & \'"'


def _talk(brand, *texts, days_ago=1.0, source=None, **values):
    source = source or sources.make_source(name=f"{brand.name} heard")
    start = clock.now() - timedelta(days=days_ago)
    posts = [
        sources.heard(text, at=start + timedelta(seconds=place), author=f"author{place}", **values)
        for place, text in enumerate(texts)
    ]
    sources.store(source, *posts)


def _elsinore(**values):
    brand = listen.make_brand(name="Elsinore", slug="elsinore", ours=True, **values)
    listen.make_watch(brand=brand, query="elsinore")
    return brand


def _page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_house_leads_those_who_may_to_their_first_brand(lead):
    assert reverse("listen:brand-new") in _page(lead, "/brands/")
    assert reverse("listen:brand-new") not in _page(signed_in("reader"), "/brands/")


def test_a_brand_without_a_watch_says_so_and_leads_to_the_editor(lead):
    brand = listen.make_brand(name="Kronborg")
    assert f"{reverse('listen:watch-new')}?brand={brand.slug}" in _page(lead, f"/brands/{brand.slug}/")


def test_a_brands_page_counts_the_period_and_the_time_before(lead):
    brand = _elsinore()
    _talk(brand, "elsinore one", "elsinore two", "elsinore three", days_ago=2)
    _talk(brand, "elsinore long ago", days_ago=40)
    page = lead.get("/brands/elsinore/").context["page"]
    assert (page.volume.total.posts, page.volume.total.before) == (3, 1)
    assert sum(point.posts for point in page.volume.points) == 3
    assert sum(point.before for point in page.volume.points) == 1
    assert (page.own_authors.now, page.own_authors.before) == (3, 1)
    assert [part.count.posts for part in page.volume.sources] == [3, 0]


def test_the_period_can_be_chosen_with_own_dates(lead):
    brand = _elsinore()
    _talk(brand, "elsinore then", days_ago=40)
    day = (clock.now() - timedelta(days=40)).date()
    page = lead.get(f"/brands/elsinore/?from={day - timedelta(days=1)}&to={day + timedelta(days=1)}").context[
        "page"
    ]
    assert page.volume.total.posts == 1
    assert page.period.key == "own"


def test_a_name_has_80_letters_at_most_and_is_not_cut(lead):
    given = {"name": "W" * 81, "ours": "yes", "position": "0"}
    response = lead.post("/brands/new/", given)
    assert "at most 80 characters" in response.content.decode()
    assert 'maxlength="80"' not in response.content.decode()
    assert "W" * 81 in response.content.decode()
    assert not Brand.objects.exists()
    assert lead.post("/brands/new/", {**given, "name": "W" * 80}).status_code == 302


def test_share_of_voice_is_told_by_mentions_and_by_people(lead):
    ours = _elsinore()
    theirs = listen.make_brand(name="Wittenberg", slug="wittenberg")
    listen.make_watch(brand=theirs, query="wittenberg")
    _talk(ours, "elsinore", "elsinore again", "elsinore once more")
    _talk(theirs, "wittenberg")
    page = lead.get("/brands/elsinore/").context["page"]
    assert [(voice.name, voice.share) for voice in page.volume.voices] == [
        ("Elsinore", 0.75),
        ("Wittenberg", 0.25),
    ]
    assert {page.authors[ours.pk].now, page.authors[theirs.pk].now} == {3, 1}


def test_a_deleted_brand_is_in_nobodys_share(lead):
    ours = _elsinore()
    theirs = listen.make_brand(name="Wittenberg", slug="wittenberg")
    listen.make_watch(brand=theirs, query="wittenberg")
    _talk(ours, "elsinore")
    _talk(theirs, "wittenberg")
    lead.post("/brands/wittenberg/delete/")
    assert [voice.share for voice in lead.get("/brands/elsinore/").context["page"].volume.voices] == [1.0]
    assert lead.get("/brands/wittenberg/").status_code == 404


def test_the_talk_shows_rising_words_authors_repeats_and_the_latest(lead):
    brand = _elsinore()
    _talk(brand, *(f"elsinore tastes fine number {n}" for n in range(12)), days_ago=40)
    strike = (
        "elsinore: the strike at the harbour goes on and nobody knows for how long it will last this year"
    )
    _talk(brand, *(f"elsinore strike today {n}" for n in range(8)), strike, f"RT {strike}", days_ago=1)
    context = lead.get("/brands/elsinore/talk/").context
    assert "strike" in [word.word for word in context["talk"].words.found]
    assert "elsinore" not in [word.word for word in context["talk"].words.found]
    assert len(context["authors"]) == 10
    assert [view.copies for view in context["repeats"]] == [1]
    assert len(context["latest"]) == 4


def test_the_talk_is_a_whole_page_without_htmx_and_a_piece_with_it(lead):
    brand = _elsinore()
    _talk(brand, "elsinore")
    assert "<!doctype html>" in _page(lead, "/brands/elsinore/talk/")
    piece = lead.get("/brands/elsinore/talk/", headers={"HX-Request": "true"}).content.decode()
    assert piece.lstrip().startswith('<div id="brand-talk"')


def test_an_author_is_named_by_handle_and_leads_to_the_stream(lead):
    brand = _elsinore()
    _talk(brand, "elsinore")
    (author,) = lead.get("/brands/elsinore/talk/").context["authors"]
    assert author.handle == "author0"
    assert lead.get(author.href).status_code == 200


@pytest.mark.parametrize("picture", ["volume", "voices", "sources", "languages", "words"])
def test_the_numbers_behind_every_picture_are_a_file(lead, picture):
    brand = _elsinore()
    _talk(brand, *(f"elsinore strike {n}" for n in range(5)))
    response = lead.get(f"/brands/elsinore/{picture}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) > 1
    if picture == "volume":
        assert sum(int(row[1]) for row in rows[1:]) == 5


def test_a_cell_that_would_be_a_formula_is_neutralised(lead):
    brand = _elsinore()
    _talk(brand, "elsinore", source=sources.make_source(name="=cmd|' /C calc'!A0"))
    assert "\r\n=cmd" not in lead.get("/brands/elsinore/sources.csv").content.decode()


def _cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "address", ["/brands/", "/brands/elsinore/", "/brands/elsinore/talk/", "/watches/", "/"]
)
def test_a_page_asks_as_many_questions_of_a_large_store_as_of_a_small_one(lead, address, monkeypatch):
    # On a busy machine a page may take longer than this, and would ask once more.
    monkeypatch.setattr("grapevine.understand.memory.PATIENCE", 3600.0)
    brand = _elsinore()
    _talk(brand, *(f"elsinore strike number {n} at the harbour" for n in range(6)))
    small = _cost(lead, address)
    for number in range(4):
        more = listen.make_brand(name=f"Castle {number}")
        listen.make_watch(brand=more, query=f"elsinore castle{number}")
    for number in range(3):
        _talk(
            brand,
            *(f"elsinore strike {n} {number} castle{n % 4} in the north" for n in range(60)),
            days_ago=number * 9 + 1,
        )
    assert _cost(lead, address) <= small


@pytest.mark.parametrize("role", ["reader", "member"])
def test_who_only_looks_sees_everything_and_changes_nothing(role):
    _elsinore()
    client = signed_in(role)
    for address in ("/brands/", "/brands/elsinore/", "/brands/elsinore/talk/", "/brands/elsinore/volume.csv"):
        assert client.get(address).status_code == 200
    assert reverse("listen:brand-edit", args=["elsinore"]) not in _page(client, "/brands/elsinore/")
    for address in ("/brands/new/", "/brands/elsinore/edit/", "/brands/elsinore/delete/"):
        assert client.post(address, {"name": "Mine"}).status_code == 403
    assert Brand.objects.get().deleted_at is None


def test_adding_a_brand_leads_to_its_first_watch(lead, django_capture_on_commit_callbacks):
    given = {"name": "  Kronborg   Coffee ", "ours": "yes", "description": "By the sea", "position": "3"}
    with heard(BrandChanged) as told, django_capture_on_commit_callbacks(execute=True):
        response = lead.post("/brands/new/", given)
    brand = Brand.objects.get()
    assert response["Location"] == f"{reverse('listen:watch-new')}?brand=kronborg-coffee"
    assert (brand.name, brand.ours, brand.description, brand.position) == (
        "Kronborg Coffee",
        True,
        "By the sea",
        3,
    )
    assert deeds()[-1] == "listen.brand.added"
    assert [(news.brand_id, news.what) for news in told] == [(brand.pk, "added")]


@pytest.mark.parametrize("name", ["Elsinore", "ELSINORE", " ", "x" * 121])
def test_a_name_that_is_taken_empty_or_too_long_is_told_at_its_field(lead, name):
    _elsinore()
    response = lead.post("/brands/new/", {"name": name, "ours": "no", "position": "0"})
    assert response.status_code == 200
    assert "name" in response.context["form"].errors
    assert Brand.objects.count() == 1


@pytest.mark.parametrize("name", ["Новый", "☕", "new", "deleted", "Ærø & Søn", "--"])
def test_every_name_gets_an_address_that_works(lead, name):
    lead.post("/brands/new/", {"name": name, "ours": "no", "position": "0"})
    brand = Brand.objects.get()
    assert name in lead.get(reverse("listen:brand", args=[brand.slug])).context["page"].brand.name


def test_a_hostile_name_is_shown_as_text_everywhere(lead):
    brand = _elsinore()
    Brand.objects.filter(pk=brand.pk).update(name=HOSTILE, description=HOSTILE)
    _talk(brand, f"elsinore {HOSTILE}", days_ago=0.1)
    for address in (
        "/brands/",
        "/brands/elsinore/",
        "/brands/elsinore/talk/",
        "/brands/elsinore/edit/",
        "/watches/",
        "/",
    ):
        assert "<script>alert" not in _page(lead, address)


def test_changing_a_brand_keeps_its_address(lead):
    _elsinore()
    given = {"name": "Helsingør", "ours": "no", "position": "5", "description": ""}
    lead.post("/brands/elsinore/edit/", given)
    brand = Brand.objects.get()
    assert (brand.slug, brand.name, brand.ours, brand.position) == ("elsinore", "Helsingør", False, 5)
    assert deeds()[-1] == "listen.brand.changed"


def test_a_deleted_brand_can_be_brought_back_from_the_notice(lead):
    brand = _elsinore()
    lead.post("/brands/elsinore/delete/")
    undo = reverse("listen:brand-restore", args=[brand.pk])
    assert undo in _page(lead, "/brands/")
    lead.post(undo)
    assert lead.get("/brands/elsinore/").status_code == 200
    assert deeds()[-2:] == ["listen.brand.deleted", "listen.brand.restored"]


def test_the_start_page_tells_what_was_said_and_marks_the_unusual(lead):
    brand = _elsinore()
    for week in range(1, 4):
        _talk(brand, *(f"elsinore week {week} text {n}" for n in range(3)), days_ago=7 * week + 2)
    _talk(brand, *(f"elsinore storm {n} breaks over the harbour" for n in range(20)), days_ago=1)
    page = _page(lead, "/")
    assert "Elsinore" in page
    assert "times the usual" in page
    assert "storm" in _page(lead, "/start/stands-out/")


def test_whatever_stands_in_the_address_the_start_pages_piece_answers(lead):
    for since in ("", "x", "2026-01-01", "0001-01-01T00:00:00+00:00", "9999-12-31T00:00:00+00:00"):
        assert lead.get("/start/stands-out/", {"since": since}).status_code == 200
