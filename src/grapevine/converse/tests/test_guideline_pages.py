"""The guideline, its check and its signature on their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import shipped, testing
from grapevine.converse.actions import editions as actions
from grapevine.converse.events import EditionWritten
from grapevine.converse.models import CheckTaken, Edition, Label
from grapevine.converse.selectors import checks, guidelines
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in

pytestmark = pytest.mark.django_db
HEADERS = {"HTTP_ACCEPT_LANGUAGE": "en"}


def page_fields(**changed: Any) -> dict[str, Any]:
    return {"based_on": "1", "title_en": "Tone", "body_en": "## Be kind {complains}\n\nAlways.", **changed}


def test_everybody_reads_the_shipped_pages_in_their_language() -> None:
    reader = signed_in("reader")
    assert "Say who you are" in reader.get("/guidelines/").content.decode()
    page = reader.get("/guidelines/tone/?lang=da").content.decode()
    assert "Når nogen er utilfreds" in page
    assert "{complains" not in page
    assert reader.get("/guidelines/nothing/").status_code == 404


def test_a_lead_looks_at_a_page_before_saving_and_nothing_in_it_runs() -> None:
    lead = signed_in("lead")
    text = "## Be kind {complains}\n\n<script>alert(1)</script> **Always**."
    preview = lead.post("/guidelines/tone/edit/", page_fields(body_en=text, preview="1")).content.decode()
    assert "<strong>Always</strong>" in preview
    assert "<script>alert" not in preview
    assert not Edition.objects.exists()
    lead.post("/guidelines/tone/edit/", page_fields(body_en=text, note="Shorter"))
    page = lead.get("/guidelines/tone/").content.decode()
    assert "Be kind" in page
    assert "<script>alert" not in page
    past = lead.get("/guidelines/tone/history/").content.decode()
    assert "Shorter" in past
    assert "<del>" in past


def test_two_who_write_at_once_do_not_overwrite_each_other() -> None:
    lead = signed_in("lead")
    lead.post("/guidelines/tone/edit/", page_fields())
    late = signed_in("lead").post("/guidelines/tone/edit/", page_fields(body_en="## Other\n\nText."))
    assert late.status_code == 409
    assert "Somebody saved another version" in late.content.decode()
    assert Edition.objects.count() == 1


def test_what_is_wrong_with_a_page_is_told() -> None:
    lead = signed_in("lead")
    answer = lead.post(
        "/guidelines/tone/edit/", page_fields(body_en="## A {complaints}\n\nB", title_sv="Ton")
    )
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "“complaints” in braces means nothing here" in told
    assert "In Svenska there is a title without text" in told


def test_a_page_is_added_taken_away_and_brought_back() -> None:
    lead = signed_in("lead")
    lead.post("/guidelines/new/", page_fields(based_on="0", title_en="On animals"))
    assert "On animals" in lead.get("/guidelines/").content.decode()
    lead.post("/guidelines/on-animals/retire/")
    assert "On animals" not in lead.get("/guidelines/").content.decode().split("toast")[0]
    lead.post("/guidelines/on-animals/retire/")
    assert "On animals" in lead.get("/guidelines/").content.decode()
    assert core.deeds() == [
        "converse.guideline.written",
        "converse.guideline.retired",
        "converse.guideline.written",
    ]


def right_answers() -> dict[str, str]:
    questions = shipped.content("check")["questions"]
    return {
        f"q{place}": str(number)
        for place, question in enumerate(questions)
        for number, option in enumerate(question["options"])
        if option["right"]
    }


def test_the_check_is_failed_explained_and_passed() -> None:
    member = signed_in("member")
    wrong = member.post("/guidelines/check/", {**right_answers(), "q0": "1"}).content.decode()
    assert "Whoever reads it must see it in the answer itself" in wrong
    assert "/guidelines/who/" in wrong
    assert not checks.passed(member.user.pk, clock.now())  # type: ignore[attr-defined]
    assert member.post("/guidelines/check/", right_answers()).status_code == 302
    assert checks.passed(member.user.pk, clock.now())  # type: ignore[attr-defined]
    assert list(CheckTaken.objects.values_list("right", flat=True)) == [5, 6]
    assert "Passed" in signed_in("lead").get("/guidelines/check/people/").content.decode()


def test_a_pass_ends_after_a_year_or_when_a_version_says_so(django_capture_on_commit_callbacks: Any) -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    testing.pass_check(member)
    assert checks.passed(member.pk, NOON + timedelta(days=364))
    assert not checks.passed(member.pk, NOON + timedelta(days=366))
    with core.heard(EditionWritten) as told, django_capture_on_commit_callbacks(execute=True):
        for days, renews in ((1, False), (2, True)):
            actions.write(
                kind="guideline",
                key="tone",
                content=shipped.guideline("tone"),
                based_on=days,
                renews=renews,
                by=lead,
                at=NOON + timedelta(days=days),
            )
    assert [one.renews for one in told] == [False, True]
    later = NOON + timedelta(days=3)
    assert not checks.passed(member.pk, later)
    testing.pass_check(member, at=later)
    assert checks.passed(member.pk, later + timedelta(days=1))


def test_the_questions_are_written_anew() -> None:
    lead = signed_in("lead")
    assert lead.get("/guidelines/check/edit/").status_code == 200
    fields = {"based_on": "1", "q0.about": "tone", "q0.text.en": "Kind?", "q0.o0.en": "Yes", "q0.o1.en": "No"}
    assert lead.post("/guidelines/check/edit/", fields).status_code == 422
    lead.post("/guidelines/check/edit/", {**fields, "q0.o0.right": "on"})
    assert "Kind?" in lead.get("/guidelines/check/").content.decode()
    assert lead.post("/guidelines/check/edit/", {**fields, "q0.o0.right": "on"}).status_code == 409


def test_the_lines_that_bear_on_a_conversation_come_first() -> None:
    thread = testing.make_thread(wants=1 << 3, mood=1)
    titles = [one.title for one in guidelines.bearing_on(thread, labels=[], lang="en")]
    assert titles[0] == "When somebody is unhappy"
    label = Label.objects.create(name="Crisis", created_at=NOON)
    thread.labels.add(label)
    thread.wants = 0
    titles = [one.title for one in guidelines.bearing_on(thread, labels=["Crisis"], lang="en")]
    assert titles[0] == "Don’t delete"
    assert all(one != "When somebody is kind" for one in titles)


def test_answers_are_signed_with_first_name_and_relation_in_the_language_of_the_conversation() -> None:
    member = core.make_user(name="Hanna Ek")
    mandate = testing.make_mandate(member, relation="lampmakare")
    assert guidelines.signature(member, lang="sv", mandate_id=mandate.pk) == "/ Hanna, lampmakare"
    assert guidelines.signature(member, lang="nl") == "– Hanna, lampmakare"
    assert guidelines.signature(core.make_user(name="Bo Li"), lang="da") == "/ Bo"
    assert guidelines.signed("{first_name} ({relation})", name="Bo", relation="") == "Bo"


def test_a_signature_names_a_person_and_nothing_else() -> None:
    lead = signed_in("lead")
    bad = lead.post("/guidelines/signature/", {"based_on": "1", "template_en": "{password}"})
    assert bad.status_code == 422
    assert (
        lead.post("/guidelines/signature/", {"based_on": "1", "template_en": "The team"}).status_code == 422
    )
    lead.post("/guidelines/signature/", {"based_on": "1", "template_en": "{name} of {relation}"})
    assert guidelines.signature(lead.user, lang="en").startswith("Gertrude")  # type: ignore[attr-defined]
