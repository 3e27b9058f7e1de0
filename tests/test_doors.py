"""Every address opened with every role gives what the permission says."""

from __future__ import annotations

import pytest
from django.test import Client

from grapevine.core import access, bulk, guests, testing
from grapevine.core.models import User
from grapevine.listen import testing as listen
from grapevine.listen.models import Brand
from grapevine.sources import testing as sources
from grapevine.sources.models import Source
from tests import doors

ALL = doors.doors()
GUARDED = [door for door in ALL if door.permission and not door.machine]
METHODS = ("get", "post")


def ids(door: doors.Door) -> str:
    return door.route or "/"


@pytest.mark.parametrize("door", ALL, ids=ids)
def test_an_address_says_who_may_enter(door: doors.Door) -> None:
    permission = door.permission
    assert permission != "", f"{door.route}: mark the view with @access.needs(…) or @access.open_to_all"
    assert permission is None or permission in access.registered()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("door", GUARDED, ids=ids)
def test_every_role_enters_where_it_may_and_nowhere_else(door: doors.Door) -> None:
    """On PostgreSQL only by who may everything: that each page can be asked there. Who else may hangs on no database."""
    address = door.address()
    if bulk.is_postgresql():
        _opens(door, address, "administrator")
        return
    _nobody_without_signing_in(address)
    for role in testing.ROLES:
        _opens(door, address, role)
    User.objects.all().delete()
    Source.objects.update(is_demo=True)
    Brand.objects.update(is_demo=True)
    guests.open_house()
    _a_guest_only_looks(door, address)


def _opens(door: doors.Door, address: str, role: str) -> None:
    """What somebody of this role is answered, by both methods."""
    browser = testing.signed_in(role)
    browser.raise_request_exception = False
    allowed = access.may(browser.user, door.permission or "")  # type: ignore[attr-defined]
    piece = browser.get(address, HTTP_HX_REQUEST="true")
    assert (piece.headers["Cache-Control"], "HX-Request" in piece.headers["Vary"]) == ("no-store", True), (
        address
    )
    for method in METHODS:
        status = getattr(browser, method)(address).status_code
        told = f"{method} {address} as {role}: {status}"
        assert status < 500, told
        assert (status != 403) is allowed, told


def _nobody_without_signing_in(address: str) -> None:
    testing.make_user(role="administrator")
    for method in METHODS:
        answer = getattr(Client(), method)(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/sign-in?next=")
    piece = Client().get(address, HTTP_HX_REQUEST="true")
    assert (piece.status_code, piece.headers["HX-Redirect"]) == (401, "/sign-in")


def _a_guest_only_looks(door: doors.Door, address: str) -> None:
    assert Client().post(address).status_code in (403, 405), address
    status = Client().get(address).status_code
    if access.may(guests.guest(), door.permission or ""):
        assert status < 400 or status in (404, 405), address
    else:
        assert status == 403, address


@pytest.mark.django_db
def test_the_guest_is_gone_as_soon_as_somebody_is_a_user() -> None:
    guests.open_house()
    assert Client().get("/").status_code == 200
    testing.make_user()
    assert Client().get("/").status_code == 302


@pytest.mark.django_db
def test_the_guest_is_gone_as_soon_as_something_is_not_of_the_demo() -> None:
    guests.open_house()
    sources.make_source(is_demo=True)
    brand = listen.make_brand(is_demo=True)
    assert Client().get("/").status_code == 200
    real = sources.make_source()
    assert Client().get("/").status_code == 302
    real.delete()
    assert Client().get("/").status_code == 200
    Brand.objects.filter(pk=brand.pk).update(is_demo=False)
    assert Client().get("/").status_code == 302


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_to_anybody() -> None:
    page = Client().get("/nothing/here")
    assert page.status_code == 404
    assert b"<h1>" in page.content
