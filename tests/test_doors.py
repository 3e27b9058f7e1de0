"""Every address opened with every role gives what the permission says."""

from __future__ import annotations

import pytest
from django.test import Client

from grapevine.core import access, guests, testing
from grapevine.core.models import User
from tests import doors

ALL = doors.doors()
GUARDED = [door for door in ALL if door.permission]
METHODS = ("get", "post")


def ids(door: doors.Door) -> str:
    return door.route or "/"


@pytest.mark.parametrize("door", ALL, ids=ids)
def test_an_address_says_who_may_enter(door: doors.Door) -> None:
    permission = door.permission
    assert permission != "", f"{door.route}: mark the view with @access.needs(…) or @access.open_to_all"
    assert permission is None or permission in access.registered()


@pytest.mark.django_db
@pytest.mark.parametrize("door", GUARDED, ids=ids)
def test_nobody_enters_without_signing_in(door: doors.Door) -> None:
    testing.make_user(role="administrator")
    address = door.address(doors.makers())
    for method in METHODS:
        answer = getattr(Client(), method)(address)
        if door.machine:
            assert answer.status_code in (401, 403, 405)
        else:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.django_db
@pytest.mark.parametrize("role", testing.ROLES)
@pytest.mark.parametrize("door", GUARDED, ids=ids)
def test_a_role_enters_where_it_may_and_nowhere_else(door: doors.Door, role: str) -> None:
    browser = testing.signed_in(role)
    allowed = access.may(browser.user, door.permission or "")  # type: ignore[attr-defined]
    address = door.address(doors.makers())
    for method in METHODS:
        status = getattr(browser, method)(address).status_code
        if allowed:
            assert status < 500
            assert status != 403, f"{method} {address} as {role}"
        else:
            assert status == 403, f"{method} {address} as {role}"


@pytest.mark.django_db
@pytest.mark.parametrize("door", GUARDED, ids=ids)
def test_a_guest_of_the_demo_only_looks(door: doors.Door) -> None:
    address = door.address(doors.makers())
    User.objects.all().delete()  # some makers make users
    guests.open_house()
    assert Client().post(address).status_code in (403, 405, 401)
    status = Client().get(address).status_code
    sees = access.may(guests.guest(), door.permission or "")
    assert (status < 403 or status in (404, 405)) if sees and not door.machine else status in (401, 403)


@pytest.mark.django_db
def test_the_guest_is_gone_as_soon_as_somebody_is_a_user() -> None:
    guests.open_house()
    assert Client().get("/").status_code == 200
    testing.make_user()
    assert Client().get("/").status_code == 302


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_to_anybody() -> None:
    page = Client().get("/nothing/here")
    assert page.status_code == 404
    assert b"<h1>" in page.content
