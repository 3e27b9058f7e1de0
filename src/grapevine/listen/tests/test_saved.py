"""Saved filters: somebody's own."""

from __future__ import annotations

import re

import pytest

from grapevine.core.testing import deeds, signed_in
from grapevine.listen.models import SavedFilter
from grapevine.listen.testing import make_filter
from grapevine.listen.tests.telling import a_tale

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    a_tale()
    return signed_in("reader")


def toast(client):
    """The notices on the next page."""
    return re.findall(r'toast-text">([^<]+)<', client.get("/stream/").content.decode())


def test_a_filter_is_saved_under_a_name_and_opens_again(client):
    response = client.post(
        "/stream/filters/", {"name": "Cold days", "brand": "elsinore", "q": "cold", "lang": ""}
    )
    assert response.headers["Location"] == "/stream/?q=cold&brand=elsinore"
    kept = SavedFilter.objects.get()
    assert kept.params == {"q": "cold", "brand": "elsinore"}
    assert deeds()[-1] == "listen.filter.saved"
    page = client.get("/stream/?brand=elsinore&q=cold").content.decode()
    assert 'href="/stream/?q=cold&amp;brand=elsinore" aria-current="true"' in page


def test_a_name_is_taken_once(client):
    for _ in range(2):
        client.post("/stream/filters/", {"name": "Mine", "q": "x"})
    assert SavedFilter.objects.count() == 1
    assert "You have a filter called “Mine” already." in toast(client)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_filter_needs_a_name(client, name):
    client.post("/stream/filters/", {"name": name, "q": "x"})
    assert not SavedFilter.objects.exists()


def test_a_filter_is_renamed(client):
    kept = make_filter(user=client.user, name="Old", q="x")
    client.post(f"/stream/filters/{kept.pk}/rename/", {"name": "New"})
    assert SavedFilter.objects.get().name == "New"
    assert deeds()[-1] == "listen.filter.renamed"


def test_a_filter_comes_to_stand_for_something_else(client):
    kept = make_filter(user=client.user, q="x")
    client.post(f"/stream/filters/{kept.pk}/change/", {"q": "y"})
    assert SavedFilter.objects.get().params == {"q": "y"}
    assert deeds()[-1] == "listen.filter.changed"


def test_a_deleted_filter_comes_back_with_undo(client):
    kept = make_filter(user=client.user, name="Mine", q="x")
    client.post(f"/stream/filters/{kept.pk}/delete/")
    assert not SavedFilter.objects.exists()
    assert deeds()[-1] == "listen.filter.removed"
    undo = re.search(r'action="(/stream/filters/undo/[^"]+)"', client.get("/stream/").content.decode())[1]
    client.post(undo)
    again = SavedFilter.objects.get()
    assert (again.name, again.params, again.user_id) == ("Mine", {"q": "x"}, client.user.pk)


def test_undo_is_for_who_deleted_it_alone(client):
    kept = make_filter(user=client.user, q="x")
    client.post(f"/stream/filters/{kept.pk}/delete/")
    undo = re.search(r'action="(/stream/filters/undo/[^"]+)"', client.get("/stream/").content.decode())[1]
    assert signed_in("administrator").post(undo).status_code == 404
    assert client.post("/stream/filters/undo/forged/").status_code == 404


@pytest.mark.parametrize("deed", ["rename", "change", "delete"])
def test_nobody_touches_anothers_filter(client, deed):
    kept = make_filter(user=signed_in("member").user, name="Theirs", q="x")
    assert client.post(f"/stream/filters/{kept.pk}/{deed}/", {"name": "Mine", "q": "y"}).status_code == 404
    assert SavedFilter.objects.get().name == "Theirs"
    assert "Theirs" not in client.get("/stream/").content.decode()


def test_there_is_an_end_to_saving(client, monkeypatch):
    from grapevine.listen.actions import filters

    monkeypatch.setattr(filters, "LIMIT", 1)
    make_filter(user=client.user, q="x")
    client.post("/stream/filters/", {"name": "Second", "q": "y"})
    assert SavedFilter.objects.count() == 1


def test_a_look_writes_nothing(client):
    kept = make_filter(user=client.user, q="x")
    for path in (
        "/stream/filters/",
        f"/stream/filters/{kept.pk}/delete/",
        f"/stream/filters/{kept.pk}/rename/",
    ):
        assert client.get(path).status_code == 405
    assert SavedFilter.objects.count() == 1
