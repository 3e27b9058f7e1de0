"""The page that shows how a file would be read, and what the forms of sources refuse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from grapevine import connectors
from grapevine.connectors.base import CheckReport
from grapevine.core import clock, jobs
from grapevine.core.testing import deeds, signed_in
from grapevine.sources.actions import imports
from grapevine.sources.models import Import, Post, Source
from grapevine.sources.testing import make_source
from grapevine.sources.tests.test_pages import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_zone_of_the_dates_and_how_long_posts_stay_are_shown_and_chosen() -> None:
    client = signed_in("lead")
    address = upload(client, "id,text,date\n1,Så gott kaffe!,2026-07-01 12:00\n")
    form = client.get(address).context["form"]
    assert form["time_zone"].value() == timezone.get_default_timezone_name()
    assert form["retention_days"].value() == 0
    given = {"start": "1", "name": "Old", "time_zone": "America/New_York", "retention_days": "3000"}
    assert client.post(address, given).status_code == 302
    one = Import.objects.get()
    imports.run(one.pk, at=one.created_at)
    assert Post.objects.get().published_at.hour == 16
    assert one.source.retention_days == 3000


def test_a_file_of_a_header_alone_has_no_rows() -> None:
    client = signed_in("lead")
    page = client.get(upload(client, "id,text,date\n")).content.decode()
    assert "no rows" in page
    assert "about 1 rows" not in page


def test_names_with_control_characters_are_refused_by_every_form() -> None:
    client = signed_in("lead")
    given = {"name": "a\x01b", "url": "https://blog.example/feed", "retention_days": 30}
    assert client.post(reverse("sources:add", args=["feed"]), given).status_code == 422
    assert client.post(upload(client), {"start": "1", "name": "a\x01b"}).status_code == 422
    assert not Source.objects.exists()


def test_an_address_without_a_scheme_is_completed_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = connectors.get("feed")
    asked = []

    def check(self: Any, settings: Any, *, http: Any) -> CheckReport:
        asked.append(settings["url"])
        return CheckReport(ok=True)

    monkeypatch.setattr(type(feed), "check", check)
    client = signed_in("lead")
    given = {"name": "Kaffe", "url": "kaffebloggen.example/feed", "retention_days": 30}
    page = client.post(reverse("sources:add", args=["feed"]), {**given, "check": "1"}).content.decode()
    assert asked == ["https://kaffebloggen.example/feed"]
    assert "completed: https://kaffebloggen.example/feed" in page
    page = client.post(reverse("sources:add", args=["feed"]), given, follow=True).content.decode()
    assert Source.objects.get().settings["url"] == "https://kaffebloggen.example/feed"
    assert "completed: https://kaffebloggen.example/feed" in page
    client.post(
        reverse("sources:add", args=["wordpress"]), {**given, "url": "kaffebloggen.example", "name": "Blog"}
    )
    assert Source.objects.get(name="Blog").settings["url"] == "https://kaffebloggen.example"


def test_a_source_of_files_shows_nothing_that_it_has_not() -> None:
    client = signed_in("lead")
    source = make_source(settings={"mapping": {"layout": "twcs"}})
    page = client.get(reverse("sources:edit", args=[source.pk])).content.decode()
    assert "Columns" not in page
    client.post(reverse("sources:edit", args=[source.pk]), {"name": "Renamed", "retention_days": 9})
    source.refresh_from_db()
    assert (source.name, source.retention_days, source.settings) == (
        "Renamed",
        9,
        {"mapping": {"layout": "twcs"}},
    )
    page = client.get(reverse("sources:remove", args=[source.pk])).content.decode()
    assert "pause" not in page
    other = make_source(name="Feed", connector="feed")
    assert "pause the source" in client.get(reverse("sources:remove", args=[other.pk])).content.decode()


def test_an_odd_first_line_is_no_error_of_the_page() -> None:
    client = signed_in("lead")
    for first in ("[]", "null", "# comment"):
        page = client.get(
            upload(client, first + '\n{"id": 1, "text": "Så gott kaffe!"}\n' * 3, "posts.jsonl")
        )
        assert page.status_code == 200
        assert "Så gott kaffe!" in page.content.decode()


def test_an_import_that_the_worker_gave_up_says_so_and_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = signed_in("lead")
    client.post(upload(client, "id,text\n1,Så gott kaffe!\n"), {"start": "1", "name": "Old"})
    one = Import.objects.get()

    def stumble(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("the worker stumbles")

    monkeypatch.setattr(imports, "_read", stumble)
    for attempt in range(8):
        jobs.run_due(at=clock.now() + timedelta(days=attempt))
    monkeypatch.undo()
    one.refresh_from_db()
    assert one.state == "running"
    page = client.get(reverse("sources:import-progress", args=[one.pk]))
    assert (page.context["one"].state, page.context["one"].given_up) == ("interrupted", True)
    assert "given it up" in page.content.decode()
    assert client.post(reverse("sources:import-go-on", args=[one.pk])).status_code == 302
    assert client.get(reverse("sources:import-progress", args=[one.pk])).context["one"].given_up is False
    assert imports.go_on(of=one, by=client.user, at=clock.now()) is False  # type: ignore[attr-defined]
    jobs.run_due(at=clock.now())
    one.refresh_from_db()
    assert (one.state, Post.objects.count()) == ("done", 1)
    assert deeds()[-1] == "sources.import.resumed"
