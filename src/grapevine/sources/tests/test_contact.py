"""Contact forms: the public page, and what is sent by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grapevine.core import clock, installation, throttle
from grapevine.core.testing import signed_in
from grapevine.sources.models import Post, Source, SourceState
from grapevine.sources.testing import make_source
from grapevine.sources.views import contact

pytestmark = pytest.mark.django_db
FILLED = {"name": "Ofelia", "email": "Ofelia@court.example", "message": "Er koppen tæt?", "consent": "on"}


def make_form(**settings: str) -> Source:
    return make_source(name="Skriv til os", connector="form", settings=settings)


def address(source: Source, **query: str) -> str:
    path = reverse("sources:form", args=[f"{source.pk}-whatever"])
    return f"{path}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else path


def token_of(page: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def send(source: Source, client: Any = None, *, token: str = "", **more: str) -> Any:
    visitor = client or Client()
    return visitor.post(
        address(source), {**FILLED, "token": token or token_of(visitor.get(address(source))), **more}
    )


def test_a_form_says_who_asks_what_happens_to_the_data_and_to_whom_to_turn() -> None:
    told = make_form(organisation="Hovet, Helsingör", data="Vi läser det.", turn_to="Horatio, tel. 1")
    page = Client().get(address(told)).content.decode()
    assert all(one in page for one in ("Hovet, Helsingör", "Vi läser det.", "Horatio, tel. 1"))
    installation.put("installation.organisation", "The Court")
    plain = (
        Client().get(address(make_source(name="Write", connector="form", retention_days=90))).content.decode()
    )
    assert "You write to The Court." in plain
    assert "deleted after 90 days" in plain


def test_what_a_visitor_sends_comes_in_as_a_message() -> None:
    source = make_form(heading="Skriv til os")
    answer = send(source)
    assert answer.status_code == 302
    post = Post.objects.get()
    assert (post.kind, post.text, post.author_external_id, post.author_name) == (
        "message",
        "Er koppen tæt?",
        "ofelia@court.example",
        "Ofelia",
    )
    source.refresh_from_db()
    assert source.posts_count == 1
    assert source.last_success_at is not None
    assert "has come in" in Client().get(answer["Location"]).content.decode()


def test_sent_twice_it_comes_once_and_another_message_needs_a_fresh_page() -> None:
    source = make_form()
    token = token_of(Client().get(address(source)))
    for message in ("One", "One"):
        assert send(source, token=token, message=message).status_code == 302
    again = send(source, token=token, message="Two")
    assert again.status_code == 422
    assert "Two" in again.content.decode()
    assert send(source, token=token_of(again), message="Two").status_code == 302
    assert sorted(Post.objects.values_list("text", flat=True)) == ["One", "Two"]


def test_the_page_leaves_no_cookie_and_needs_no_script() -> None:
    page = Client(enforce_csrf_checks=True).get(address(make_form()))
    assert not page.cookies
    assert b"<script" not in page.content
    assert "script-src" not in page["Content-Security-Policy"]
    assert Client(enforce_csrf_checks=True).post(address(Source.objects.get()), FILLED).status_code == 422, (
        "without a token of ours"
    )


@pytest.mark.parametrize(
    ("sites", "ancestors"),
    [("", "'none'"), ("https://www.elsinore.example", "https://www.elsinore.example"), ("*", "'none'")],
)
def test_only_the_sites_named_may_embed_it(sites: str, ancestors: str) -> None:
    page = Client().get(address(make_form(sites=sites)))
    assert page["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")
    assert "X-Frame-Options" not in page


def test_no_other_page_may_be_embedded() -> None:
    make_form(sites="https://www.elsinore.example")
    assert (
        "frame-ancestors 'none'"
        in signed_in("lead").get(reverse("sources:sources"))["Content-Security-Policy"]
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", 'lang="sv"'), ("da", 'lang="da"'), ("nl", 'lang="nl"'), ("xx", 'lang="en"')],
)
def test_it_speaks_the_visitors_language(language: str, words: str) -> None:
    source = make_form()
    assert words in Client().get(address(source, lang=language)).content.decode()
    assert words in Client().get(address(source), HTTP_ACCEPT_LANGUAGE=language).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"message": ""},
        {"consent": ""},
        {"website": "https://spam.example"},
        {"email": "a@b\nc"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong: dict[str, str]) -> None:
    source = make_form()
    answer = send(source, **wrong)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert "Ofelia" in answer.content.decode()
    assert not Post.objects.exists()


def test_a_flood_from_one_address_is_stopped_and_nothing_typed_is_lost() -> None:
    source = make_form()
    statuses = [send(source, message=f"Number {number}").status_code for number in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert Post.objects.count() == 5
    visitor = Client(REMOTE_ADDR="203.0.113.9")
    assert send(source, visitor).status_code == 302


def test_neighbours_in_one_network_are_counted_as_one() -> None:
    source = make_form()
    statuses = [
        send(source, Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"), message=f"Number {number}").status_code
        for number in range(1, 8)
    ]
    assert statuses == [302] * 5 + [429] * 2
    assert send(source, Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 302


@pytest.mark.parametrize(
    ("address_", "near"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:0:a:b:c:d", "2001:db8::/64"),
        ("nowhere", "nowhere"),
    ],
)
def test_whoever_has_one_address_of_ipv6_has_its_network(address_: str, near: str) -> None:
    assert throttle.neighbourhood(address_) == near


@pytest.mark.parametrize(
    "sites", ["https://www.elsinore.example/contact", "https://*.elsinore.example", "everywhere"]
)
def test_what_is_no_site_is_refused_where_it_is_typed(sites: str) -> None:
    given = {"name": "Contact", "mail": "", "sites": sites, "retention_days": 365}
    answer = signed_in("lead").post(reverse("sources:add", args=["form"]), given)
    assert "is no site" in answer.content.decode()
    assert not Source.objects.exists()


def test_sites_are_kept_as_browsers_name_them() -> None:
    given = {
        "name": "Contact",
        "mail": "",
        "sites": "www.Elsinore.example, http://a.example:8080/",
        "retention_days": 365,
    }
    signed_in("lead").post(reverse("sources:add", args=["form"]), given)
    assert Source.objects.get().settings["sites"] == "https://www.elsinore.example http://a.example:8080"


def test_a_page_that_was_open_for_too_long_asks_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_form()
    token = token_of(Client().get(address(source)))
    monkeypatch.setattr(contact, "OPEN_FOR", timedelta(seconds=-1))
    again = send(source, token=token)
    assert again.status_code == 422
    monkeypatch.undo()
    assert token_of(again) != token
    assert send(source, token=token_of(again)).status_code == 302


def test_a_token_of_one_form_is_none_of_another() -> None:
    one, other = make_form(), make_form()
    assert send(other, token=token_of(Client().get(address(one)))).status_code == 422


def test_a_paused_form_is_closed_and_a_removed_one_is_gone() -> None:
    source = make_form()
    token = token_of(Client().get(address(source)))
    Source.objects.update(state=SourceState.PAUSED)
    assert Client().get(address(source)).status_code == 410
    assert send(source, token=token).status_code == 410
    Source.objects.update(state=SourceState.LEAVING)
    assert Client().get(address(source)).status_code == 404
    assert Client().get(address(make_source())).status_code == 404


def test_hostile_words_are_only_words() -> None:
    source = make_form(heading="<script>x</script>", intro='"><img src=x>')
    page = Client().get(address(source)).content.decode()
    assert "<script" not in page
    assert "<img" not in page
    send(source, message="<script>alert(1)</script>", name="A\u202eB")
    assert Post.objects.get().text == "<script>alert(1)</script>"


def test_the_sources_page_shows_how_to_link_to_it_and_embed_it() -> None:
    lead = signed_in("lead")
    source = make_form()
    page = lead.get(reverse("sources:source", args=[source.pk])).content.decode()
    assert "/forms/" in page
    assert "iframe" not in page
    Source.objects.update(settings={"sites": "https://www.elsinore.example", "heading": '"><b>'})
    page = lead.get(reverse("sources:source", args=[source.pk])).content.decode()
    assert "&lt;iframe src=&quot;http://testserver/forms/" in page
    Source.objects.update(settings={"sites": "everywhere"})
    assert "everywhere" in lead.get(reverse("sources:source", args=[source.pk])).content.decode()


def test_a_form_is_added_on_the_page_with_the_mailbox_that_answers() -> None:
    lead = signed_in("lead")
    mailbox = make_source(
        name="Post",
        connector="mail",
        settings={"address": "hello@elsinore.example", "imap_host": "imap.elsinore.example"},
    )
    assert reverse("sources:add", args=["form"]) in lead.get(reverse("sources:new")).content.decode()
    given = {"name": "Contact", "mail": str(mailbox.pk), "sites": "", "retention_days": 365}
    lead.post(reverse("sources:add", args=["form"]), given)
    form = Source.objects.get(connector="form")
    assert form.settings["mail"] == str(mailbox.pk)
    assert "Post" in lead.get(reverse("sources:source", args=[form.pk])).content.decode()
    from grapevine.sources import fetching

    assert fetching.settings_of(form)["mail_settings"]["address"] == "hello@elsinore.example"


def test_turns_come_back_after_a_while() -> None:
    now = clock.now()
    had = [throttle.turn("x", "y", limit=2, within=timedelta(minutes=1), at=now) for _ in range(3)]
    assert had == [None, None, timedelta(minutes=1)]
    assert (
        throttle.turn("x", "y", limit=2, within=timedelta(minutes=1), at=now + timedelta(minutes=1)) is None
    )
