"""The start page tells what happened, and on an empty house what to do first; the search box finds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grapevine.core import access, clock, jobs, past_jobs, testing
from grapevine.core.models import Job
from grapevine.home import demo_door
from grapevine.home.demo_marks import GOES_ON
from grapevine.listen.actions import brands, watches
from grapevine.ui import navigation, searches, slots, steps

pytestmark = pytest.mark.django_db


def test_every_way_in_the_frame_leads_to_a_page() -> None:
    assert [entry.url_name for entry in navigation.entries() if not entry.href] == []
    assert [step.name for step in steps.everything() if not step.href] == []
    keys = [entry.keys for entry in navigation.entries() if entry.keys]
    assert len(keys) == len(set(keys))


def test_every_way_opens_for_who_sees_it() -> None:
    for role in testing.ROLES:
        client = testing.signed_in(role)
        page = client.get("/")
        assert page.status_code == 200
        for way in (way for group in page.context["frame"].groups() for way in group.ways):
            assert client.get(way.href).status_code == 200, (role, way.href)


def test_an_empty_house_shows_the_first_steps_to_who_may_take_them() -> None:
    assert "First steps" in testing.signed_in("administrator").get("/").content.decode()
    assert "First steps" not in testing.signed_in("reader").get("/").content.decode()


def test_what_the_demo_brought_is_no_step_of_ones_own() -> None:
    client = testing.signed_in("administrator")
    brand = brands.add(name="Hassel", ours=True, by=access.SYSTEM, at=testing.NOON, is_demo=True)
    watches.add(brand=brand, name="Hassel", query="hassel", by=access.SYSTEM, at=testing.NOON, is_demo=True)
    assert not any(one.is_done for one in client.get("/").context["steps"])
    brands.add(name="Elsinore", ours=True, by=access.SYSTEM, at=testing.NOON)
    watches.add(brand=brand, name="Our own", query="elsinore", by=access.SYSTEM, at=testing.NOON)
    done = {one.step.name for one in client.get("/").context["steps"] if one.is_done}
    assert done == {"listen.brand", "listen.watch"}


def test_panels_are_told_since_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillings", slots.defaultdict(list))
    given: list[datetime] = []

    def provide(request: Any, *, since: datetime) -> None:
        given.append(since)

    slots.fill("home.start", provide)
    client = testing.signed_in("reader")
    client.get("/")
    assert clock.now() - given[0] >= timedelta(days=7)  # the first visit: a week
    user = client.user  # type: ignore[attr-defined]
    user.refresh_from_db()
    user.previous_visit_at = testing.NOON
    user.save()
    client.get("/")
    assert given[1] == testing.NOON


def test_the_demo_is_loaded_by_the_worker_and_asked_for_once() -> None:
    client = testing.signed_in("administrator")
    for _ in range(2):
        assert client.post("/demo").headers["Location"] == "/"
    assert [job.kind for job in Job.objects.filter(kind=demo_door.LOAD)] == [demo_door.LOAD]
    assert "being loaded" in client.get("/").content.decode()
    assert testing.signed_in("lead").post("/demo").status_code == 403
    assert client.get("/demo").status_code == 405


def test_the_loader_and_the_door_mean_the_same_demo() -> None:
    from grapevine.home.demo import loader

    assert demo_door.LOADED == loader.LOADED


def test_the_search_finds_pages_what_rooms_find_and_leads_into_the_stream(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searches, "_finders", {})
    searches.add("brands", "Brands", lambda words, request: [searches.Hit(f"Kaffe & {words}", "/b")])
    shown = testing.signed_in("administrator").get("/search", {"q": "users"}).content.decode()
    assert "Kaffe &amp; users" in shown
    assert f'href="{reverse("core:users")}"' in shown
    assert f'href="{reverse("listen:stream")}?q=users"' in shown


def test_a_search_for_nothing_asks_what_for() -> None:
    page = testing.signed_in("reader").get("/search", {"q": "  "})
    assert page.status_code == 200
    assert page.context["found"] == []
    assert "autofocus" in page.content.decode()


def test_who_is_not_signed_in_sees_neither() -> None:
    testing.make_user()
    for path in ("/", "/search?q=x"):
        assert Client().get(path).status_code == 302


def test_the_demo_goes_on_in_one_row_and_with_the_demo_its_jobs_go() -> None:
    from grapevine.home.demo import loader

    now = clock.now()
    for _ in range(3):
        Job.objects.create(kind=GOES_ON, state="done", run_at=now, created_at=now, finished_at=now)
    jobs.put(GOES_ON, key="demo")
    brand = brands.add(name="Hassel", ours=True, by=access.SYSTEM, at=now, is_demo=True)
    watches.add(brand=brand, name="Hassel", query="hassel", by=access.SYSTEM, at=now, is_demo=True)
    own = brands.add(name="Elsinore", ours=True, by=access.SYSTEM, at=now)
    watches.add(brand=own, name="Our own", query="elsinore", by=access.SYSTEM, at=now)
    past_jobs.forget_done(GOES_ON)
    assert [job.state for job in Job.objects.filter(kind=GOES_ON)] == ["waiting"]
    loader.remove(at=now)
    assert [job.kind for job in Job.objects.all()] == ["listen.rematch"]  # of one's own watch


def test_the_demo_is_taken_away_by_a_button_for_who_may() -> None:
    from grapevine.core import installation
    from grapevine.home.demo_marks import LOADED

    client = testing.signed_in("administrator")
    assert "Remove the demo" not in client.get("/").content.decode()
    installation.put(LOADED, {"until": "", "sources": {}, "told": 0})
    brands.add(name="Hassel", ours=True, by=access.SYSTEM, at=clock.now(), is_demo=True)
    page = client.get("/").content.decode()
    assert "Remove the demo" in page
    assert "grapevine demo --remove" in page
    assert "Remove the demo" not in testing.signed_in("lead").get("/").content.decode()
    assert testing.signed_in("lead").post("/demo/remove").status_code == 403
    assert client.post("/demo/remove").headers["Location"] == "/"
    (job,) = Job.objects.filter(kind=demo_door.REMOVE)
    demo_door.remove(jobs.Run(job))
    assert "Remove the demo" not in client.get("/jobs/").content.decode() or not installation.get(LOADED)
    assert not demo_door.is_loaded()
