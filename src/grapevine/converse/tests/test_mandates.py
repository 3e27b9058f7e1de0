"""Mandates are given, accepted, changed and withdrawn; replies are judged by them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import mandates as actions
from grapevine.converse.events import MandateChanged, MandateEnding
from grapevine.converse.models import Label, Mandate
from grapevine.converse.privacy_of_work import Speakers
from grapevine.converse.selectors import mandates
from grapevine.converse.terms import Terms
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def given(user: Any, lead: Any, **terms: Any) -> Mandate:
    return actions.give(
        user=user,
        terms=Terms(relation="lute maker", **terms),
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=365),
        by=lead,
        at=NOON,
    )


def judge(user: Any, text: str = "We will mend it", **thread: Any) -> Any:
    return mandates.judge(by=user, thread=testing.make_thread(**thread), text=text, at=NOON)


def test_a_mandate_holds_once_its_employee_accepted_it(django_capture_on_commit_callbacks: Any) -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    testing.pass_check(member)
    with core.heard(MandateChanged) as told, django_capture_on_commit_callbacks(execute=True):
        mandate = given(member, lead)
        assert [one.code for one in judge(member).reasons] == ["not-accepted"]
        actions.accept(mandate=mandate, version=1, by=member, at=NOON)
    assert judge(member).mandate_id == mandate.pk
    assert [one.what for one in told] == ["given", "accepted"]
    assert core.deeds() == ["converse.mandate.given", "converse.mandate.accepted"]


def test_only_leads_give_and_only_the_employee_accepts() -> None:
    member, other, lead = core.make_user(), core.make_user(), core.make_user(role="lead")
    with pytest.raises(access.AccessDenied):
        given(member, member)
    mandate = given(member, lead)
    for user, version, code in (
        (other, 1, "not-yours"),
        (lead, 1, "not-yours"),
        (member, 2, "changed-since"),
    ):
        with pytest.raises(actions.MandateRefused) as refused:
            actions.accept(mandate=mandate, version=version, by=user, at=NOON)
        assert refused.value.code == code
    with pytest.raises(access.AccessDenied):
        actions.withdraw(mandate=mandate, by=other, at=NOON)


def test_a_changed_mandate_is_a_new_version_and_waits_to_be_accepted() -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    mandate = testing.make_mandate(member, amount=Decimal(500))
    until = mandate.ends_on
    same = Terms(relation="lute maker", amount=Decimal(500))
    actions.change(mandate=mandate, terms=same, starts_on=mandate.starts_on, ends_on=until, by=lead, at=NOON)
    assert judge(member).inside  # nothing changed
    wider = Terms(relation="lute maker", amount=Decimal(900))
    actions.change(mandate=mandate, terms=wider, starts_on=mandate.starts_on, ends_on=until, by=lead, at=NOON)
    assert not judge(member).inside
    actions.accept(mandate=mandate, version=2, by=member, at=NOON)
    assert judge(member).inside
    assert [(one.number, one.terms.amount) for one in mandates.history(mandate)] == [(2, 900), (1, 500)]


def test_a_mandate_ends_by_itself_when_withdrawn_and_when_given_back() -> None:
    member, lead = core.make_user(), core.make_user(role="lead")
    mandate = testing.make_mandate(member, days=1)
    assert judge(member).inside
    assert [
        one.code
        for one in mandates.judge(
            by=member, thread=testing.make_thread(), text="", at=NOON + timedelta(days=1)
        ).reasons
    ] == ["ended"]
    for by in (lead, member):
        mandate = testing.make_mandate(member)
        actions.withdraw(mandate=mandate, by=by, at=NOON)
        with pytest.raises(actions.MandateRefused):
            actions.accept(mandate=mandate, version=1, by=member, at=NOON)


def test_a_reply_is_judged_by_what_its_thread_is_about() -> None:
    member = core.make_user()
    brand, other = listen.make_brand(), listen.make_brand()
    press = Label.objects.create(name="press", created_at=NOON)
    testing.make_mandate(
        member, brand_ids=(brand.pk,), wants=("complains",), except_label_ids=(press.pk,), amount=Decimal(500), currency="DKK"
    )  # fmt: skip
    complaint = 1 << 3  # as listen keeps it
    assert judge(member, "Vi erstatter kr. 500,-", brand=brand, wants=complaint, lang="da").inside
    assert [one.code for one in judge(member, brand=other).reasons] == ["brand"]
    thread = testing.make_thread(brand=brand, wants=complaint | 1, lang="da")
    thread.labels.add(press)
    verdict = mandates.judge(by=member, thread=thread, text="Vi erstatter kr. 1.500,-", at=NOON)
    assert [one.code for one in verdict.reasons] == ["wants", "label-kept", "amount"]


def test_a_brand_that_is_gone_widens_no_mandate() -> None:
    member = core.make_user()
    brand = listen.make_brand()
    testing.make_mandate(member, brand_ids=(brand.pk,))
    brand.delete()
    assert not judge(member).inside


@pytest.mark.parametrize(
    ("role", "start", "end", "code"),
    [
        ("reader", TODAY, TODAY, "may-not-answer"),
        ("member", TODAY, TODAY - timedelta(days=1), "ends-before-it-begins"),
        ("member", date(2025, 1, 1), date(2025, 2, 1), "ended"),
    ],
)
def test_a_mandate_that_could_never_hold_is_refused(role: str, start: date, end: date, code: str) -> None:
    with pytest.raises(actions.MandateRefused) as refused:
        actions.give(
            user=core.make_user(role=role),
            terms=Terms(),
            starts_on=start,
            ends_on=end,
            by=core.make_user(role="lead"),
            at=NOON,
        )
    assert refused.value.code == code


def test_an_end_that_is_near_is_told_once(django_capture_on_commit_callbacks: Any) -> None:
    near = testing.make_mandate(core.make_user(), days=20)
    testing.make_mandate(core.make_user(), days=200)
    with core.heard(MandateEnding) as told, django_capture_on_commit_callbacks(execute=True):
        assert actions.remind(at=NOON) == 1
        assert actions.remind(at=NOON + timedelta(days=1)) == 0
    assert [one.mandate_id for one in told] == [near.pk]
    lead = core.make_user(role="lead")
    later = near.ends_on + timedelta(days=365)
    actions.change(mandate=near, terms=Terms(), starts_on=near.starts_on, ends_on=later, by=lead, at=NOON)
    assert actions.remind(at=NOON + timedelta(days=370)) == 1  # the new end


def test_a_forgotten_employee_leaves_no_mandate_and_was_told_what_it_said() -> None:
    member = core.make_user()
    testing.make_mandate(member)
    testing.make_mandate(core.make_user())
    subject = Subject(user_id=member.pk)
    assert [min(row) for row in Speakers().hand_over(subject)] == ["accepted", "at"]
    assert Speakers().forget(subject) == 3
    assert Mandate.objects.count() == 1


def test_the_languages_of_speakers_are_those_of_their_mandates() -> None:
    swedish, any_, none = core.make_user(), core.make_user(), core.make_user()
    testing.make_mandate(swedish, langs=("sv", "da"))
    testing.make_mandate(any_)
    found = mandates.languages_of([swedish.pk, any_.pk, none.pk], at=NOON)
    assert found == {swedish.pk: ("sv", "da"), any_.pk: ()}
