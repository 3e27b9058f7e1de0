"""Somebody is handed all that any room holds about them, and is found nowhere once they are forgotten."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from grapevine.converse import testing as converse
from grapevine.core import access, clock, jobs
from grapevine.core import testing as core
from grapevine.core.models import AuditEntry
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.people.actions import joins, whole
from grapevine.people.models import Fact, Identity
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def yorick() -> Identity:
    """He wrote about the brand, has a conversation with us and is known by a second account."""
    source = sources.make_source()
    listen.make_watch(query="elsinore")
    sources.store(source, sources.heard("Elsinore was merry once, says yorick", author="yorick"))
    identity = Identity.objects.get(external_id="yorick")
    thread = converse.make_thread(text="yorick wants his skull", identity=identity, source=source)
    converse.make_message(thread, "Dear yorick, here it is", direction="ours")
    other = people.make_identity(handle="yorick2", name="Poor Yorick")
    joins.join(first=identity, second=other, by=access.SYSTEM, at=core.NOON)
    people.make_fact(identity=other, text="yorick jests")
    identity.refresh_from_db()
    return identity


def places(word: str) -> set[str]:
    """Every table in which a word stands in any column."""
    return {
        model._meta.label
        for model in apps.get_models()
        for row in model._default_manager.values()
        if any(word in str(value).lower() for value in row.values())
    }


def opened(role: str, identity: Identity) -> Any:
    browser = core.signed_in(role)
    people.open_to(browser.user, identity, at=clock.now())  # type: ignore[attr-defined]
    return browser


def test_a_lead_hands_over_everything_in_one_file_and_it_is_written_down(yorick: Identity) -> None:
    answer = opened("lead", yorick).post(f"/people/{yorick.pk}/hand-over/")
    told = json.loads(answer.getvalue())
    held = {part["where"]: part["what"] for part in told["held"]}
    assert [one["text"] for one in held["sources.posts"]] == ["Elsinore was merry once, says yorick"]
    assert {"yorick wants his skull", "Dear yorick, here it is"} == {
        one["text"] for one in held["converse.threads"]
    }
    assert held["people.memory"][0]["remembered"] == "yorick jests"  # of the account that was joined
    assert held["listen.mentions"]
    entry = AuditEntry.objects.get(action="people.person.handed_over")
    assert entry.detail == {"identities": 2}


def test_who_is_forgotten_is_in_no_table_and_it_is_written_down_who_did_it(yorick: Identity) -> None:
    browser = opened("lead", yorick)
    assert len(places("yorick")) > 5
    page = f"/people/{yorick.pk}/forget/"
    assert browser.post(page).status_code == 422  # asked twice
    assert Fact.objects.exists()
    browser.post(page, {"sure": "on"})
    browser.post(page, {"sure": "on"})
    assert "begins in a moment" in browser.get(page).content.decode()
    jobs.run_due(at=clock.now() + timedelta(seconds=1))
    assert places("yorick") == set()
    done = AuditEntry.objects.filter(action__startswith="people.person.forg").order_by("pk")
    assert [(one.action, one.by) for one in done] == [
        ("people.person.forgetting", browser.user),
        ("people.person.forgotten", browser.user),
    ]
    assert set(done[1].detail) == {"rows"}
    assert "They are forgotten" in browser.get(page).content.decode()


def test_forgetting_that_stopped_in_the_midst_goes_on(yorick: Identity) -> None:
    subject = whole.subject_of(yorick)
    values: dict[str, Any] = {
        "identity_id": yorick.pk, "identity_ids": list(subject.identity_ids), "person_id": subject.person_id, "by_id": None,
    }  # fmt: skip
    whole.forget_now(**values, at=core.NOON)
    whole.forget_now(**values, at=core.NOON)
    assert places("yorick") == set()


def test_others_neither_hand_over_nor_forget(yorick: Identity) -> None:
    browser = opened("member", yorick)
    story = browser.get(f"/people/{yorick.pk}/story/").content.decode()
    for way in ("hand-over", "forget"):
        assert f"/{way}/" not in story
        assert browser.post(f"/people/{yorick.pk}/{way}/", {"sure": "on"}).status_code == 403
    assert Fact.objects.exists()
