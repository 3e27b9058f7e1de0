"""The pages of audit and jobs tell people what happened, in words and without repeating themselves."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from grapevine.core import access, audit, testing
from grapevine.core.models import Job
from grapevine.core.selectors import audit as selectors

pytestmark = pytest.mark.django_db


def test_what_was_done_is_told_in_words_and_not_as_python() -> None:
    audit.record(
        "core.user.role_changed",
        by=access.SYSTEM,
        at=testing.NOON,
        role="lead",
        moved=True,
        secrets_changed=False,
        before={"role": "reader", "name": None},
        names=["language", "time_zone"],
        start="2026-03-02T12:00:00+00:00",
    )
    user = testing.make_user(role="administrator")
    user.language = "sv"
    user.save()
    with translation.override("en"), timezone.override("Europe/Stockholm"):
        (entry,) = selectors.page(user).entries
    assert {one.name: one.value for one in entry.details} == {
        "role": "Lead",
        "moved": "yes",
        "secrets changed": "no",
        "before": "name: –; role: Reader",
        "settings": "language, time zone",
        "from": "2 March 2026, 13:00",
    }
    page = testing.signed_in(user=user).get(reverse("core:audit")).content.decode()
    assert "True" not in page
    assert "ja" in page


def test_jobs_of_one_kind_that_ended_well_are_one_row() -> None:
    def ended(state: str) -> None:
        now = testing.NOON
        Job.objects.create(kind="core.tidy", state=state, run_at=now, created_at=now, finished_at=now)

    for _ in range(40):
        ended("done")
    ended("failed")
    client = testing.signed_in("administrator")
    page = client.get(reverse("core:jobs"))
    assert [(row.state, row.same) for row in page.context["page"].rows] == [("failed", 0), ("done", 39)]
    assert "and 39 more like it" in page.content.decode()
    assert len(client.get(reverse("core:jobs"), {"state": "done"}).context["page"].rows) == 40
