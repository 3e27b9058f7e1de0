"""A day at the inbox as people live it, in real browsers, with a real WordPress and a real mail server.

A Danish complaint is routed, answered and promised upon; nobody answers twice; a Swedish letter is merged and parted again; what goes beyond a mandate waits
for the lead. The worker's turns are taken by the test itself, so that it knows when they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from grapevine.connectors import http
from grapevine.connectors.addresses import AllowList
from grapevine.converse import testing
from grapevine.converse.actions import colleagues, rules, teams
from grapevine.converse.models import Message, MessageState, Thread
from grapevine.core import access, clock
from grapevine.core import testing as core
from grapevine.listen import testing as listen
from grapevine.people.selectors import promises
from grapevine.sources.actions import pulls, sending
from grapevine.sources.actions import sources as actions
from grapevine.sources.models import Source
from grapevine.ui import testing as ui
from tests.peers import post as mail
from tests.peers import wordpress

pytestmark = [
    pytest.mark.both,
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.wordpress,
    pytest.mark.mail,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("patient"),
]
WAIT = 30_000
LOOPBACK = AllowList.parse(["127.0.0.0/8", "::1/128"])
DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
COMPLAINT = "Jeg er meget vred på Elsinore: min kaffemaskine gik i stykker efter to dage, og ingen svarer mig. Elendig service!"
LETTER = (
    "Hej! Jag är missnöjd med er kaffebryggare från Elsinore. Den gick sönder direkt och jag vill ha hjälp."
)


class House:
    """Those who work here, and the worker's turns."""

    def __init__(self, post: mail.Post) -> None:
        at = clock.now()
        self._trust = post.trust()
        self.lead = core.make_user(role="lead", name="Gertrude")
        self.dane = core.make_user(name="Ophelia Jensen")
        self.swede = core.make_user(name="Horatio Lind")
        for user, lang in ((self.dane, "da"), (self.swede, "sv")):
            testing.make_mandate(user, at=at, amount=Decimal(500), currency="SEK")
            colleagues.describe(user=user, by=user, at=at, languages=[lang], hold_seconds=0)
        team = teams.add(
            name="The counter", by=self.lead, at=at, members=[self.dane.pk, self.swede.pk], assigns=True
        )
        teams.set_hours(team=team, week=[(day, 0, 24 * 60) for day in range(7)], by=self.lead, at=at)
        rules.add(name="Danish and Swedish", languages=["da", "sv"], team=team, by=self.lead, at=at)
        listen.make_watch(brand=listen.make_brand(name="Elsinore", ours=True), query="elsinore")

    def add(self, name: str, connector: str, **settings: Any) -> Source:
        source = actions.add(
            name=name,
            connector=connector,
            settings=settings,
            retention_days=0,
            by=access.SYSTEM,
            at=clock.now() - timedelta(hours=1),
        )
        self.read(source)
        return source

    def _web(self) -> http.Client:
        return http.Client(allow=LOOPBACK, context=self._trust)

    def read(self, source: Source) -> None:
        source.refresh_from_db()
        pulls.pull(source=source, at=clock.now(), rng=Random(1), http=self._web())
        source.refresh_from_db()
        assert source.last_error_code == ""

    def send(self) -> list[str]:
        with self._web() as web:
            return [
                sending.send(one, clock=clock.now, rng=Random(1), over=web)
                for one in sending.due(clock.now())
            ]


def hear(page: Page, selector: str) -> None:
    """Let a piece of the page know that something came, as the event stream would (it is another process, tested elsewhere)."""
    page.evaluate("(one) => htmx.trigger(document.querySelector(one), 'live')", selector)


@pytest.fixture
def at_desk(browser: Browser, live_server: Any) -> Iterator[Callable[[Any], Page]]:
    """A browser of somebody's own."""
    opened = []

    def sit(user: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        ui.enter(page, live_server.url, user=user)
        return page

    yield sit
    for context in opened:
        context.close()


def promised_day() -> datetime:
    """A day of the week to come that isn't today's."""
    return clock.now() + timedelta(days=6)


def test_a_day_at_the_inbox(
    at_desk: Callable[[Any], Page], blog: wordpress.WordPress, post: mail.Post
) -> None:
    house = House(post)
    site = house.add(
        "Our blog", "wordpress", url=blog.url, comments=True, user="admin", password=blog.admin[1]
    )
    box = house.add("Our post", "mail", **post.settings())

    # A Danish complaint arrives below an article, and goes to who speaks Danish.
    article = blog.publish("A new machine", "<p>It makes coffee.</p>")
    blog.comment(article, "Yorick", COMPLAINT)
    house.read(site)
    complaint = Thread.objects.get()
    assert (complaint.lang, complaint.assignee) == ("da", house.dane)

    # Both open it. She types, and he sees it.
    hers, his = at_desk(house.dane), at_desk(house.swede)
    hers.goto("/inbox/")
    hers.get_by_text("Elendig service").first.click()
    his.goto(f"/inbox/{complaint.pk}/")
    answer = f"Kære Yorick, det er vi kede af. Vi bytter maskinen. Jeg ringer til dig på {DAYS[promised_day().weekday()]}."
    hers.locator("#answer-text").press_sequentially(answer[:12])
    hers.fill("#answer-text", answer)
    expect(hers.locator("#answer-state")).to_have_text("Draft kept")
    hear(his, "#there")
    expect(his.locator("#there")).to_contain_text("Ophelia Jensen")

    # She answers, within her mandate; it stands on the blog, and he is asked before he doubles it.
    hers.click("#answer-send")
    expect(hers.locator("#thread-said")).to_contain_text("Vi bytter maskinen")
    assert house.send() == ["sent"]
    there = blog.api("GET", f"comments?post={article}")
    assert sum("Vi bytter maskinen" in one["content"]["rendered"] for one in there) == 1
    his.fill("#answer-text", "Vi hjælper gerne!")
    his.click("#answer-send")
    expect(his.locator("#answer")).to_contain_text("Ophelia Jensen has answered meanwhile")
    assert Message.objects.filter(direction="ours").count() == 1

    # What she promised is kept with a key, and is a reminder on its day.
    hear(hers, "#beside")
    expect(hers.locator("#beside")).to_contain_text("Jeg ringer til dig")
    hers.keyboard.press("y")
    expect(hers.locator("#beside")).to_contain_text("We promised")
    (due,) = promises.today(by=house.dane, at=promised_day()).due
    assert (due.promise.due_on, due.days) == (promised_day().date(), 0)
    hers.goto("/people/today/")
    hers.get_by_role("link", name="Conversation").click()
    expect(hers.locator("#thread-said")).to_contain_text("Elendig service")

    # His letter in Swedish is another conversation, put together with this one and parted again.
    _write(post, house, box)
    letter = Thread.objects.get(source=box)
    assert (letter.lang, letter.assignee) == ("sv", house.swede)
    hers.keyboard.press("m")
    hers.locator("#merge-candidates label", has_text="missnöjd").click()
    hers.click("text=Put them into this one")
    hers.get_by_role("button", name="merge them").click()
    expect(hers.locator("#thread-said")).to_contain_text("Jag är missnöjd")
    assert Thread.objects.filter(merged_into=None).count() == 1
    hers.keyboard.press("u")
    expect(hers.locator("#thread-said")).not_to_contain_text("Jag är missnöjd")
    assert Thread.objects.filter(merged_into=None).count() == 2

    # More than his mandate allows waits for the lead, who lets it go.
    his.goto(f"/inbox/{letter.pk}/")
    his.fill("#answer-text", "Hej Yorick! Det beklagar vi, du får 5 000 kr tillbaka av oss.")
    his.click("#answer-send")
    expect(his.locator("#thread-said")).to_contain_text("Waiting for approval")
    assert house.send() == []
    assert post.mails("ofelia") == []
    lead = at_desk(house.lead)
    lead.goto("/approvals/")
    lead.get_by_role("button", name="Approve").click()
    expect(lead.get_by_text("Nothing waits")).to_be_visible()
    assert house.send() == ["sent"]
    post.wait_for(lambda: post.mails("ofelia"), "the answer")
    assert b"5 000 kr" in post.mails("ofelia")[0]
    assert set(Message.objects.filter(direction="ours").values_list("state", flat=True)) == {
        MessageState.SENT
    }


def _write(post: mail.Post, house: House, box: Source) -> None:
    """A letter comes in."""
    now = clock.now()
    head = f"From: Yorick Narr <{mail.OFELIA}>\r\nTo: {mail.OURS}\r\nSubject: Kaffebryggare\r\nMessage-ID: <yorick-1@court.example>\r\n"
    head += f"Date: {now:%a, %d %b %Y %H:%M:%S +0000}\r\nMIME-Version: 1.0\r\n"
    head += "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    post.deliver((head + LETTER).encode(), sender=mail.OFELIA)

    def come() -> bool:
        house.read(box)
        return Thread.objects.filter(source=box).exists()

    post.wait_for(come, "the letter")
