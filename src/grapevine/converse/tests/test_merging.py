"""Conversations with different people are put together only after a question, and what lies with drafts goes along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.connectors.base import Attachment
from grapevine.converse import testing
from grapevine.converse.actions import files, merges
from grapevine.converse.models import AnswerFile, Thread
from grapevine.converse.selectors import merging
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def with_whom(handle: str, **values: object) -> Thread:
    return testing.make_thread(text=f"From {handle}", identity=people.make_identity(handle=handle, **values))


def test_two_peoples_conversations_are_merged_only_when_somebody_says_so() -> None:
    client = signed_in("member")
    one, other = with_whom("ofelia"), with_whom("iago")
    asked = client.post("/inbox/merge/", {"into": one.pk, "thread": other.pk}, follow=True)
    page = asked.content.decode()
    assert "ofelia" in page
    assert "iago" in page
    assert not Thread.objects.exclude(merged_into=None).exists()
    client.post("/inbox/merge/", {"into": one.pk, "thread": other.pk, "anyway": "1"})
    other.refresh_from_db()
    assert other.merged_into == one


def test_the_list_is_led_to_the_question_as_a_page() -> None:
    one, other = with_whom("ofelia"), with_whom("iago")
    asked = signed_in("member").post(
        "/inbox/merge/", {"thread": [one.pk, other.pk]}, headers={"HX-Request": "true"}
    )
    assert asked["HX-Redirect"].startswith("/inbox/merge/ask/?")


def test_one_person_by_two_handles_or_one_address_is_no_stranger() -> None:
    ofelia, also = people.make_identity(handle="ofelia"), people.make_identity(handle="ophelia")
    people.make_join(first=ofelia, second=also)
    joined = [testing.make_thread(identity=ofelia), testing.make_thread(identity=also)]
    assert merging.strangers([one.pk for one in joined]) == ()
    by_mail = with_whom("iago@venice.example", platform="mail/venice.example")
    by_form = with_whom("Iago@Venice.example", platform="form/1")
    assert merging.strangers([by_mail.pk, by_form.pk, testing.make_thread(identity=None).pk]) == ()
    assert len(merging.strangers([joined[0].pk, by_mail.pk, by_form.pk])) == 3


def test_a_question_about_nothing_leads_back() -> None:
    assert signed_in("member").get("/inbox/merge/ask/?into=x&thread=99").status_code == 302


def test_files_of_a_draft_go_along_and_come_back_with_it() -> None:
    user = core.make_user()
    kept, other = testing.make_thread(), testing.make_thread()
    files.add(other, [Attachment(name="lute.png", media_type="image/png", content=b"x")], by=user, at=NOON)
    done = merges.merge(kept_id=kept.pk, other_id=other.pk, by=user, at=LATER)
    assert AnswerFile.objects.get().thread == kept
    merges.undo(done=done, by=user, at=LATER)
    assert AnswerFile.objects.get().thread == other
