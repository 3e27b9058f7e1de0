"""The pages of people: pseudonymous until opened, everything done from the page, and undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import clock
from grapevine.core.models import AuditEntry
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing
from grapevine.people.models import Consent, DoNotContact, Fact, Identity, Join, Person, Promise

pytestmark = pytest.mark.django_db


def opened(browser: Any, identity: Identity) -> str:
    """The story of somebody, opened by who looks."""
    browser.post(f"/people/{identity.pk}/open/", {"reason": "answer"})
    return str(browser.get(f"/people/{identity.pk}/story/").content.decode())


def test_a_person_is_a_handle_until_somebody_opens_their_story_saying_why() -> None:
    browser, identity = signed_in("member"), testing.make_identity(handle="prince")
    testing.make_fact(identity=identity, kind="name", text="Hamlet of Denmark")
    for address in (f"/people/{identity.pk}/", f"/people/{identity.pk}/story/"):
        page = browser.get(address).content.decode()
        assert "prince" in page
        assert "Hamlet of Denmark" not in page
    assert browser.post(f"/people/{identity.pk}/open/", {"reason": "curious"}).status_code == 422
    assert "Hamlet of Denmark" in opened(browser, identity)
    entry = AuditEntry.objects.get(action="people.person.opened")
    assert (entry.by, entry.subject_id, entry.detail) == (
        browser.user,
        str(identity.pk),
        {"reason": "answer"},
    )
    assert (
        "Hamlet of Denmark" not in signed_in("member").get(f"/people/{identity.pk}/story/").content.decode()
    )
    assert signed_in("reader").get(f"/people/{identity.pk}/story/").status_code == 403


def test_who_may_not_see_people_does_not_see_the_address_of_who_wrote_to_us_alone() -> None:
    letter, public = testing.make_identity(platform="mail/9"), testing.make_identity(platform="file/1")
    reader, member = signed_in("reader"), signed_in("member")
    assert reader.get(f"/people/{letter.pk}/").status_code == 403
    assert reader.get(f"/people/{public.pk}/").status_code == 200
    assert member.get(f"/people/{letter.pk}/").status_code == 200


def test_a_story_closes_again_after_some_hours() -> None:
    browser, identity = signed_in("member"), testing.make_identity()
    fact = testing.make_fact(identity=identity, text="something private")
    testing.open_to(browser.user, identity, at=clock.now() - timedelta(hours=13))  # type: ignore[attr-defined]
    for address in (f"/people/{identity.pk}/story/", f"/people/facts/{fact.pk}/"):
        assert "something private" not in browser.get(address, follow=True).content.decode()


def test_something_is_noted_corrected_removed_and_brought_back() -> None:
    browser, identity = signed_in("member"), testing.make_identity()
    opened(browser, identity)
    note = {"kind": "preference", "text": "Drinks it black", "purpose": "answering", "basis": "interest"}
    note |= {"visibility": "team"}
    browser.post(f"/people/{identity.pk}/note/", note)
    fact = Fact.objects.get()
    assert "Drinks it black" in opened(browser, identity)
    browser.post(f"/people/facts/{fact.pk}/", {**note, "text": "Drinks it with milk"})
    fact.refresh_from_db()
    assert fact.text == "Drinks it with milk"
    browser.post(f"/people/facts/{fact.pk}/remove/")
    assert "Drinks it" not in opened(browser, identity)
    browser.post(f"/people/facts/{fact.pk}/restore/")
    assert "Drinks it with milk" in opened(browser, identity)


def test_a_special_category_is_refused_with_an_explanation_and_what_was_typed_stays() -> None:
    browser, identity = signed_in("member"), testing.make_identity()
    opened(browser, identity)
    note = {"kind": "preference", "text": "Is allergic to nuts", "purpose": "answering", "basis": "interest"}
    page = browser.post(f"/people/{identity.pk}/note/", {**note, "visibility": "team"})
    assert page.status_code == 422
    assert "GDPR" in page.content.decode()
    assert "Is allergic to nuts" in page.content.decode()
    assert not Fact.objects.exists()


def test_a_birthday_to_come_keeps_the_day_and_no_year() -> None:
    browser, identity = signed_in("member"), testing.make_identity()
    note = {"kind": "birthday", "text": "Birthday", "purpose": "answering", "basis": "interest"}
    tomorrow = (clock.now() + timedelta(days=2)).date()
    browser.post(f"/people/{identity.pk}/note/", {**note, "visibility": "team", "on": tomorrow.isoformat()})
    fact = Fact.objects.get()
    assert (fact.on, fact.yearly) == (None, tomorrow.month * 100 + tomorrow.day)
    page = browser.post(f"/people/{identity.pk}/note/", {**note, "visibility": "team"})
    assert page.status_code == 422 or Fact.objects.count() == 1


def test_what_messages_suggest_is_kept_or_declined_from_the_page() -> None:
    browser, identity = signed_in("member"), testing.make_identity()
    keep = testing.make_proposal(identity=identity)
    decline = testing.make_proposal(identity=identity, text="My name is Polonius.")
    assert "My sister is called Ophelia" in opened(browser, identity)
    browser.post(f"/people/proposals/{keep.pk}/keep/")
    browser.post(f"/people/proposals/{decline.pk}/decline/")
    assert [one.text for one in Fact.objects.all()] == ["My sister is called Ophelia"]
    again = browser.post(f"/people/proposals/{keep.pk}/keep/", follow=True)
    assert "faster" in again.content.decode()


def test_a_promise_stands_in_the_owners_list_on_its_day_and_on_the_start_page() -> None:
    browser, identity = signed_in("member"), testing.make_identity(handle="prince")
    today = clock.now().date()
    browser.post(f"/people/{identity.pk}/promise/", {"text": "Send the ghost", "due_on": today.isoformat()})
    assert "Send the ghost" in browser.get("/people/today/").content.decode()
    assert "Send the ghost" in browser.get("/").content.decode()
    assert "Send the ghost" not in signed_in("member").get("/people/today/").content.decode()
    lead = signed_in("lead")
    assert "Send the ghost" in lead.get("/people/today/?of=everybody").content.decode()
    promise = Promise.objects.get()
    browser.post(f"/people/promises/{promise.pk}/postpone/", {"by": "week", "next": "/"})
    promise.refresh_from_db()
    assert promise.due_on == today + timedelta(days=7)
    browser.post(f"/people/promises/{promise.pk}/undo/")
    assert browser.post(f"/people/promises/{promise.pk}/done/", {"next": "//evil.example/"})["Location"] == (
        "/people/today/"
    )
    assert "Nothing is due" in browser.get("/people/today/").content.decode()


def test_somebody_is_left_alone_joined_parted_and_agrees_from_the_page() -> None:
    browser = signed_in("member")
    one, other = (
        testing.make_identity(handle="rosencrantz"),
        testing.make_identity(handle="rosencrantz", platform="mail/2"),
    )
    assert "The same person?" in opened(browser, one)
    browser.post(f"/people/{one.pk}/join/", {"other": other.pk})
    done = Join.objects.get()
    browser.post(f"/people/{other.pk}/leave-alone/", {"reason": "asked", "channel": "mail", "until": ""})
    page = opened(browser, one)
    assert "Do not contact" in page
    browser.post(f"/people/refusals/{DoNotContact.objects.get().pk}/allow/")
    browser.post(f"/people/joins/{done.pk}/undo/")
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.person_id != other.person_id
    given = {"purpose": "contact", "way": "spoken", "given_on": NOON.date().isoformat()}
    browser.post(f"/people/{one.pk}/consent/", given)
    browser.post(f"/people/consents/{Consent.objects.get().pk}/withdraw/")
    assert Consent.objects.get().withdrawn_at is not None
    assert browser.post(f"/people/{one.pk}/join/", {"other": "none"}).status_code == 404


def test_people_are_found_by_the_beginning_of_name_handle_or_address() -> None:
    browser = signed_in("member")
    known = testing.make_identity(handle="prince", name="P")
    testing.make_fact(identity=known, kind="name", text="Åsa Hamlet")
    testing.make_holding(identity=known, value="asa@elsinore.example")
    testing.make_identity(handle="@yorick@social.example", name="Alas")
    for words, called in (
        ("åsa", "Åsa Hamlet"),
        ("PRIN", "Åsa Hamlet"),
        ("asa@elsinore.example", "Åsa Hamlet"),
        ("yorick", "yorick"),
        ("alas", "yorick"),
    ):
        assert called in browser.get("/people/", {"q": words}).content.decode(), words
    assert "Nobody is found" in browser.get("/people/?q=fortinbras").content.decode()


def test_the_list_is_paged_without_gap_or_repeat(django_assert_max_num_queries: Any) -> None:
    from grapevine.people.selectors import persons

    for number in range(7):
        testing.make_fact(at=NOON + timedelta(minutes=number // 2))
    seen, before = [], ""
    while True:
        with django_assert_max_num_queries(2):
            page = persons.listed(before=before, limit=3)
        seen += [row.identity_id for row in page.rows]
        before = page.older
        if not before:
            break
    assert len(seen) == len(set(seen)) == Person.objects.count() == 7
