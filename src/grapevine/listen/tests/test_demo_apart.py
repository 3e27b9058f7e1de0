"""The demo's brands and one's own are never counted together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.core import clock
from grapevine.core.testing import signed_in
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


def _brand(name, posts, **values):
    brand = listen.make_brand(name=name, slug=name.lower(), **values)
    listen.make_watch(brand=brand, query=name.lower())
    at = clock.now() - timedelta(hours=5)
    heard = [
        sources.heard(f"{name} {n}", at=at + timedelta(seconds=n), author=f"{name}{n}") for n in range(posts)
    ]
    sources.store(sources.make_source(name=f"{name} heard"), *heard)
    return brand


def test_share_of_voice_is_told_among_ones_own_and_among_the_demos():
    _brand("Elsinore", 3, ours=True)
    _brand("Wittenberg", 1)
    _brand("Hassel", 6, ours=True, is_demo=True)
    _brand("Rost", 2, is_demo=True)
    client = signed_in("lead")
    response = client.get("/brands/")
    page = response.context["page"]
    assert {row.voice.name: row.voice.share for row in page.rows} == {
        "Hassel": 0.75,
        "Elsinore": 0.75,
        "Rost": 0.25,
        "Wittenberg": 0.25,
    }
    assert [row.voice.name for row in page.compared] == ["Elsinore", "Wittenberg"]
    assert page.total == 4
    assert "only among themselves" in response.content.decode()
    own = client.get("/brands/elsinore/").context["page"]
    assert [voice.name for voice in own.volume.voices] == ["Elsinore", "Wittenberg"]
    demo = client.get("/brands/hassel/").context["page"]
    assert [voice.name for voice in demo.volume.voices] == ["Hassel", "Rost"]


def test_the_demo_alone_is_drawn_as_any_house():
    _brand("Hassel", 3, ours=True, is_demo=True)
    _brand("Rost", 1, is_demo=True)
    response = signed_in("lead").get("/brands/")
    assert len(response.context["page"].compared) == 2
    assert "only among themselves" not in response.content.decode()


def test_the_first_own_brand_is_ours_unless_told_otherwise():
    client = signed_in("lead")
    listen.make_brand(name="Hassel", slug="hassel", ours=True, is_demo=True)
    assert client.get("/brands/new/").context["form"].initial["ours"] == "yes"
    listen.make_brand(name="Wittenberg", slug="wittenberg")
    assert client.get("/brands/new/").context["form"].initial["ours"] == "yes"
    listen.make_brand(name="Elsinore", slug="elsinore", ours=True)
    assert client.get("/brands/new/").context["form"].initial["ours"] == "no"
