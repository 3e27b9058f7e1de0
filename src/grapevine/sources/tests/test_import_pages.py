"""The page that shows how a file would be read, and what the forms of sources refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from grapevine.core.testing import signed_in
from grapevine.sources.actions import imports
from grapevine.sources.models import Import, Post, Source
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
