"""A form that is too old loses nothing that was typed, and a false set-up address is told truly."""

from __future__ import annotations

import pytest
from django.test import Client

from grapevine.core import testing
from grapevine.core.actions import sessions

pytestmark = pytest.mark.django_db
FORM = "http://testserver/brands/new/?from=start"


def _sent(client: Client, referer: str = FORM) -> str:
    answer = client.post("/brands/new/", {"name": "Elsinore"}, headers={"Referer": referer})
    assert answer.status_code == 403
    return answer.content.decode()


def _browser(role: str = "") -> Client:
    client = Client(enforce_csrf_checks=True)
    if role:
        client.force_login(testing.make_user(role=role))
    return client


def test_who_sends_an_old_form_is_led_back_to_it() -> None:
    page = _sent(_browser("lead"))
    assert "data-go-back" in page
    assert 'href="/brands/new/?from=start"' in page
    assert "/sign-in" not in page
    assert "Nothing was saved" in page


def test_who_was_signed_out_meanwhile_can_sign_in_and_come_back_to_the_form() -> None:
    testing.make_user(role="lead", email="hamlet@elsinore.example")
    assert "/sign-in?next=%2Fbrands%2Fnew%2F%3Ffrom%3Dstart" in _sent(_browser())
    # With a form that is not too old, the gate sends to the sign-in page; an address that only takes forms is no place to return to.
    away = Client().post(
        "/brands/elsinore/delete/", headers={"Referer": "http://testserver/brands/elsinore/"}
    )
    assert away.headers["Location"] == "/sign-in?next=/brands/elsinore/"


@pytest.mark.parametrize("referer", ["", "https://evil.example/x", "http://testserver//evil.example/x"])
def test_no_other_place_is_offered_as_the_form(referer: str) -> None:
    page = _sent(_browser("lead"), referer)
    assert "data-go-back" not in page
    assert "evil.example" not in page


@pytest.mark.parametrize("language", ["sv", "da", "nl"])
def test_the_advice_is_in_the_readers_language(language: str) -> None:
    client = _browser()
    client.cookies["grapevine_language"] = language
    assert "Nothing was saved" not in _sent(client)


def test_a_false_set_up_address_claims_no_newer_one() -> None:
    sessions.make_set_up_token()
    page = Client().get("/set-up?token=guessed")
    assert page.status_code == 403
    assert "not the address that was printed last" in page.content.decode()
    assert "was printed when" not in page.content.decode()
