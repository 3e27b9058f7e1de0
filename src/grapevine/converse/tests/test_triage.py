"""The triage beside a conversation: walked, recorded, counted, changed; and written anew."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import shipped, testing
from grapevine.converse.actions import editions
from grapevine.converse.actions import triage as actions
from grapevine.converse.events import ThreadJudged
from grapevine.converse.models import Triage, TriageDay
from grapevine.converse.selectors import triage
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.testing import NOON, signed_in
from grapevine.listen import testing as listen

pytestmark = pytest.mark.django_db
THANK, RESTORE = (0, 0), (1, 1, 1, 1, 1, 0)


def judge(thread: Any, answers: Any = THANK, *, by: Any = None, at: Any = NOON) -> Triage:
    return actions.record(thread=thread, edition=1, answers=answers, by=by or core.make_user(), at=at)


def counts() -> dict[str, int]:
    return {row.outcome: row.threads for row in TriageDay.objects.filter(threads__gt=0)}


def test_an_outcome_is_recorded_counted_and_told(django_capture_on_commit_callbacks: Any) -> None:
    brand = listen.make_brand()
    with core.heard(ThreadJudged) as told, django_capture_on_commit_callbacks(execute=True):
        judge(testing.make_thread(brand=brand))
    assert [(one.outcome, one.before) for one in told] == [("thank", "")]
    assert core.deeds() == ["converse.thread.judged"]
    (found,) = triage.counted(NOON.date(), NOON.date(), brand_id=brand.pk)
    assert (found.outcome.key, found.threads) == ("thank", 1)
    assert triage.counted(NOON.date() - timedelta(days=9), NOON.date() - timedelta(days=1)) == []


def test_a_changed_mind_is_counted_where_it_was_and_once() -> None:
    thread = testing.make_thread()
    judge(thread)
    judge(thread, RESTORE, at=NOON + timedelta(days=3))
    judge(thread, RESTORE, at=NOON + timedelta(days=3))
    assert counts() == {"restore": 1}
    assert TriageDay.objects.get(outcome="restore").on == NOON.date()
    actions.forget(thread=thread, by=core.make_user(), at=NOON)
    assert counts() == {}


def test_answers_that_lead_nowhere_or_of_another_tree_are_refused() -> None:
    thread = testing.make_thread()
    for edition, answers in ((1, (0,)), (1, ()), (2, THANK), (1, (9, 9))):
        with pytest.raises(actions.NoOutcome):
            actions.record(thread=thread, edition=edition, answers=answers, by=core.make_user(), at=NOON)
    with pytest.raises(access.AccessDenied):
        judge(thread, by=core.make_user(role="reader"))


def test_it_is_walked_beside_the_conversation_a_key_for_each_answer() -> None:
    thread, member = testing.make_thread(), signed_in("member")
    address = f"/threads/{thread.pk}/triage/"
    first = member.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert 'data-key="1"' in first
    assert "?way=0" in first
    led = member.get(f"{address}?way=1.1.1.1.1.0", HTTP_HX_REQUEST="true").content.decode()
    assert "Make it good" in led
    done = member.post(
        address, {"way": "1.1.1.1.1.0", "edition": "1"}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "Make it good" in done
    assert "Judge again" in done
    assert counts() == {"restore": 1}
    assert member.get(f"{address}?way=x.-1.99999", HTTP_HX_REQUEST="true").status_code == 200


def fields_of(tree: dict[str, Any], **changed: str) -> dict[str, str]:
    fields = {"based_on": "1", "first": tree["first"]}
    for key, question in tree["questions"].items():
        fields |= {f"q.{key}.text.{lang}": text for lang, text in question["text"].items()}
        for place, answer in enumerate(question["answers"]):
            fields |= {f"q.{key}.a{place}.{lang}": text for lang, text in answer["text"].items()}
            fields[f"q.{key}.a{place}.to"] = answer["to"]
    for key, outcome in tree["outcomes"].items():
        fields |= {f"o.{key}.name.{lang}": text for lang, text in outcome["name"].items()}
        fields[f"o.{key}.tone"] = outcome["tone"]
    return {**fields, **changed}


def test_a_lead_writes_the_tree_anew_and_what_was_counted_keeps_its_name() -> None:
    judge(testing.make_thread())
    lead = signed_in("lead")
    tree = copy.deepcopy(shipped.content("triage"))
    renamed = fields_of(tree)
    for lang in shipped.LANGUAGES:
        renamed.pop(f"o.thank.name.{lang}")
    renamed |= {"o.cheer.name.en": "Cheer", "q.add.a0.to": "cheer"}
    assert lead.post("/triage/edit/", renamed).status_code == 302
    page = lead.get("/triage/?days=365").content.decode()
    assert "Cheer" in page
    (found,) = triage.counted(NOON.date(), NOON.date())
    assert found.outcome.name == "Thank"


def test_a_tree_with_a_fault_is_shown_again_with_what_is_wrong() -> None:
    lead = signed_in("lead")
    circle = fields_of(shipped.content("triage"), **{"q.helps.a0.to": "kind"})
    answer = lead.post("/triage/edit/", circle)
    assert answer.status_code == 422
    assert "back to itself" in answer.content.decode()
    more = lead.post("/triage/edit/", fields_of(shipped.content("triage"), add="question")).content.decode()
    assert 'name="q.q1.text.en"' in more
    assert lead.post("/triage/edit/", fields_of(shipped.content("triage"))).status_code == 302
    assert lead.post("/triage/edit/", fields_of(shipped.content("triage"))).status_code == 409


def test_unsound_trees_never_reach_the_store() -> None:
    with pytest.raises(editions.Unsound):
        editions.write(
            kind="triage", content={"questions": {}}, based_on=1, by=core.make_user(role="lead"), at=NOON
        )
