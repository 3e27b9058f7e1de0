"""No page of any room has barriers: each is opened in a real browser, wide and on a phone, light and dark, and looked at by axe (WCAG 2.2 AA).

Pages are found by their addresses, so a new one is looked at without a word here. They are asked for by a test client first, which is quick: what
is no page (a file, a piece, a way elsewhere) is left out. Rooms are tests of their own, large ones several, so that they run side by side.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from grapevine.connectors.base import Batch
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.home.demo import mailbag, memory
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.people.models import Identity
from grapevine.sources import testing as sources
from grapevine.sources.actions import batches
from grapevine.ui import testing as ui
from tests import doors

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOMS = sorted({door.name.partition(":")[0] for door in doors.doors() if not door.machine})
SHARES = [
    (room, share, of)
    for room in ROOMS
    for of in ({"converse": 4, "spread": 2}.get(room, 1),)
    for share in range(of)
]
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
COLOURS = ("color-contrast",)
NARROW = (*COLOURS, "target-size", "scrollable-region-focusable", "button-name", "link-name", "region")
LOOKS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (WIDE, "light", ()),
    (WIDE, "dark", COLOURS),
    (PHONE, "dark", NARROW),
    (PHONE, "light", COLOURS),
)
"""Everything is looked for once; after that, what can be otherwise in other colours and on a narrow page."""
SETTLED = """() => new Promise((done) => {
  const root = document.documentElement;
  root.hidden = true;
  root.getBoundingClientRect();
  root.hidden = false;
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""
"""What is inherited keeps the colours of the other scheme until it is drawn anew."""
ELSEWHERE = ("ui:components", "admin")
"""Looked at by a test of its own."""


def _letters(user: Any) -> None:
    """A mailbox with conversations, and people of whom something is known: pages look otherwise when there is something on them."""
    at = clock.now()
    listen.make_watch(brand=listen.make_brand(name="Hassel", ours=True), query="hassel")
    mailbox = sources.make_source(
        name="Hassel's mailbox", connector="mail", settings=mailbag.SETTINGS, is_demo=True
    )
    batches.store(source=mailbox, batch=Batch(posts=mailbag.posts(at), done=True), at=at)
    memory.note(mailbox_id=mailbox.pk, at=at)
    for identity in Identity.objects.all():
        people.open_to(user, identity, at=at)


def _pages(room: str, client: Client, share: int, of: int) -> list[str]:
    """The addresses of a share of a room that answer with a page."""
    found: list[str] = []
    made: dict[str, str] = {}
    of_the_room = [
        door
        for door in doors.doors()
        if not door.machine and door.name.partition(":")[0] == room and not door.name.startswith(ELSEWHERE)
    ]
    for door in of_the_room[share::of]:
        address = door.address(made)
        answer = client.get(address)
        whole = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if whole and not answer.streaming and b"<main" in answer.content:
            found.append(address)
    return found + _more(room)[share::of]


def _more(room: str) -> list[str]:
    """Addresses that hang on what is asked for, or on what there is."""
    if room == "converse":
        return [
            "/inbox/?view=all",
            "/inbox/?view=all&q=pakke",
            "/inbox/?view=spam",
            "/approvals/?view=decided",
            *(f"/inbox/{pk}/" for pk in _threads()),
        ]
    if room == "people":
        mail = Identity.objects.filter(platform__startswith="mail/")
        stories = [f"/people/{pk}/story/" for pk in mail.values_list("pk", flat=True)[:2]]
        return [*stories, "/people/today/?everybody=1", "/people/?q=mette"]
    return []


def _threads() -> list[int]:
    from grapevine.converse.testing import Thread

    subjects = ["Kvista låter som en gräsklippare", "Pakken var gennemblødt"]
    return list(Thread.objects.filter(subject__in=subjects).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("room", "share", "of"), SHARES, ids=[f"{room}-{share + 1}-of-{of}" for room, share, of in SHARES]
)
def test_no_page_of_a_room_has_barriers(page: Page, live_server: Any, room: str, share: int, of: int) -> None:
    client = core.signed_in("administrator")
    user = client.user  # type: ignore[attr-defined]
    _letters(user)
    addresses = _pages(room, client, share, of)
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url, user=user)
    wrong = []
    for address in addresses:
        page.goto(f"{live_server.url}{address}")
        for size, scheme, only in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
            page.evaluate(SETTLED)
            wrong += [
                f"{address}, {scheme}, {size['width']} wide: {one}" for one in ui.barriers(page, only=only)
            ]
        if ui.sticks_out(page):
            wrong.append(f"{address}: wider than a phone")
    assert wrong == []
    assert complaints == []
