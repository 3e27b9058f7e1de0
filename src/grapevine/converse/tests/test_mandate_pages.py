"""Mandates and approvals on their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import approvals
from grapevine.converse.models import Approval, Mandate, Message
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import signed_in
from grapevine.listen import testing as listen

pytestmark = pytest.mark.django_db


def fields(**changed: Any) -> dict[str, Any]:
    today = clock.now().date()
    return {
        "relation": "lute maker",
        "speaks_as": "specialist",
        "wants": ["complains"],
        "amount": "500",
        "currency": "SEK",
        "percent": "10",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=365)).isoformat(),
        "note": "Trust yourself",
        **changed,
    }


def test_a_lead_gives_and_the_employee_reads_and_accepts() -> None:
    member, brand = core.make_user(name="Horatio"), listen.make_brand(name="Elsinore Lutes")
    lead = signed_in("lead")
    answer = lead.post("/mandates/give/", fields(user=member.pk, brand_ids=[brand.pk]))
    mandate = Mandate.objects.get()
    assert answer.headers["Location"] == f"/mandates/{mandate.pk}/"
    theirs = signed_in(user=member)
    page = theirs.get("/mandates/").content.decode()
    for said in ("lute maker", "Elsinore Lutes", "Complains", "up to 500 SEK", "Trust yourself"):
        assert said in page
    answer = theirs.post(f"/mandates/{mandate.pk}/accept/", {"version": "1"})
    assert answer.headers["Location"] == "/guidelines/check/"
    mandate.refresh_from_db()
    assert mandate.accepted_version == 1


def test_changing_shows_what_changed_in_the_history() -> None:
    lead, member = signed_in("lead"), core.make_user()
    lead.post("/mandates/give/", fields(user=member.pk))
    mandate = Mandate.objects.get()
    assert lead.get(f"/mandates/{mandate.pk}/edit/?renew").status_code == 200
    lead.post(f"/mandates/{mandate.pk}/edit/", fields(amount="900"))
    page = lead.get(f"/mandates/{mandate.pk}/").content.decode()
    assert "up to 900 SEK" in page
    assert "up to 500 SEK" in page
    assert page.count('class="changed"') == 1
    lead.post(f"/mandates/{mandate.pk}/withdraw/")
    assert "Withdrawn" in lead.get(f"/mandates/{mandate.pk}/").content.decode()


def test_what_cannot_be_given_says_why() -> None:
    lead = signed_in("lead")
    member = core.make_user()
    answer = lead.post("/mandates/give/", fields(user=member.pk, ends_on="2020-01-01"))
    assert answer.status_code == 422
    assert "The last day comes before the first." in answer.content.decode()
    mandate = testing.make_mandate(member, at=clock.now())
    answer = signed_in("lead").post(f"/mandates/{mandate.pk}/accept/", {"version": "nonsense"}, follow=True)
    assert "Only the one it was given to can accept it." in answer.content.decode()


def _waiting(page: str) -> int:
    """How many approvals the way to them says are waiting."""
    way = re.search(r'<a [^>]*href="/approvals/".*?</a>', page, re.DOTALL)
    assert way is not None
    told = re.search(r'class="count">(\d+)<', way[0])
    return int(told[1]) if told else 0


def test_a_lead_approves_with_one_click_and_the_badge_goes_down(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(approvals, "_way_out", [lambda *, message, by, at: sent.append(message.text)])
    member, lead = core.make_user(), signed_in("lead")
    approval = testing.make_held(by=member, text="We give you <b>500 kr</b>")
    page = lead.get("/approvals/").content.decode()
    assert "&lt;b&gt;500 kr" in page
    assert "There is no mandate yet." in page
    assert _waiting(page) == 1
    emptied = lead.post(f"/approvals/{approval.pk}/approve/", {"text": "  "}, follow=True)
    assert "nothing left to send" in emptied.content.decode()
    lead.post(
        f"/approvals/{approval.pk}/approve/",
        {"seen": approval.message_id, "text": "We give you <b>500 kr</b>"},
    )
    assert sent == ["We give you <b>500 kr</b>"]
    assert Approval.objects.get().state == "approved"
    assert _waiting(lead.get("/approvals/").content.decode()) == 0
    late = signed_in("lead").post(f"/approvals/{approval.pk}/approve/", follow=True)
    assert f"{lead.user.name} was faster" in late.content.decode()  # type: ignore[attr-defined]
    assert len(sent) == 1


def test_a_returned_reply_is_shown_to_its_author_with_the_note_once_as_news() -> None:
    member, lead = core.make_user(), signed_in("lead")
    approval = testing.make_held(by=member)
    lead.post(f"/approvals/{approval.pk}/return/", {"note": " "})
    assert Approval.objects.get().state == "waiting"
    lead.post(f"/approvals/{approval.pk}/return/", {"note": "Ask for the number", "next": "//evil.example/"})
    theirs = signed_in(user=member)
    assert _waiting(theirs.get("/mandates/").content.decode()) == 1
    assert "Ask for the number" in theirs.get("/approvals/?view=mine").content.decode()
    assert _waiting(theirs.get("/mandates/").content.decode()) == 0


def test_an_author_takes_back_what_waits() -> None:
    member = core.make_user()
    approval = testing.make_held(by=member)
    signed_in(user=member).post(f"/approvals/{approval.pk}/take-back/")
    assert Message.objects.get(pk=approval.message_id).state == "cancelled"


def test_what_a_lead_changed_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "_way_out", [lambda **_given: None])
    member = core.make_user()
    approval = testing.make_held(by=member)
    signed_in("lead").post(
        f"/approvals/{approval.pk}/approve/", {"seen": approval.message_id, "text": "We give you 200 kr"}
    )
    page = signed_in(user=member).get("/approvals/?view=mine").content.decode()
    assert "<del>500</del><ins>200</ins>" in page


def test_the_start_page_names_what_waits() -> None:
    now = clock.now()
    member = core.make_user(name="Horatio")
    testing.make_mandate(member, at=now, days=20, accepted=False)
    page = signed_in(user=member).get("/").content.decode()
    assert "1 mandate to read and accept" in page
    assert "Your mandate ends on" in page
    testing.make_held(by=member)
    assert "1 reply to approve" in signed_in("lead").get("/").content.decode()


def test_what_leads_said_of_others_is_for_leads_and_their_authors() -> None:
    author, lead = core.make_user(), core.make_user(role="lead")
    approval = testing.make_held(by=author)
    approvals.give_back(approval=approval, by=lead, at=clock.now(), note="Too generous by half")
    testing.make_held(by=author)
    for view in ("waiting", "decided"):
        page = signed_in("member").get(f"/approvals/?view={view}").content.decode()
        assert "Too generous by half" not in page
        assert "We give you 500 kr" not in page
    assert "Too generous by half" in signed_in("lead").get("/approvals/?view=decided").content.decode()
    assert "Too generous by half" in signed_in(user=author).get("/approvals/").content.decode()
