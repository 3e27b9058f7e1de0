"""Core's pages open, and do what they say."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from grapevine.core import testing
from grapevine.core.actions import sessions
from grapevine.core.models import ApiToken, Job, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["own-settings", "users", "audit", "installation", "jobs"])
@pytest.mark.parametrize("language", ["sv", "da", "nl", "en"])
def test_a_page_opens_in_every_language(name: str, language: str) -> None:
    user = testing.make_user(role="administrator")
    user.language = language
    user.save()
    Job.objects.create(
        kind="core.tidy", run_at=testing.NOON, created_at=testing.NOON, state="failed", error="x"
    )
    page = testing.signed_in(user=user).get(reverse(f"core:{name}"))
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back() -> None:
    testing.make_user(role="administrator", email="hamlet@elsinore.example")
    browser = Client()
    sent = browser.get("/settings/users")
    assert sent.headers["Location"] == "/sign-in?next=/settings/users"
    given = {"email": "Hamlet@Elsinore.example", "password": testing.PASSWORD, "next": "/settings/users"}
    assert browser.post("/sign-in", given).headers["Location"] == "/settings/users"
    assert browser.get("/settings/users").status_code == 200
    assert testing.deeds() == ["core.user.signed_in"]


def test_another_site_is_not_a_place_to_come_back_to() -> None:
    testing.make_user(email="hamlet@elsinore.example")
    given = {
        "email": "hamlet@elsinore.example",
        "password": testing.PASSWORD,
        "next": "https://norway.example/",
    }
    assert Client().post("/sign-in", given).headers["Location"] == "/"


def test_a_false_address_and_a_false_password_get_the_same_answer() -> None:
    testing.make_user(email="hamlet@elsinore.example")
    answers = []
    for email in ("hamlet@elsinore.example", "nobody@elsinore.example"):
        page = Client().post("/sign-in", {"email": email, "password": "to be or not"})
        answers.append((page.status_code, page.content.decode().replace(email, "")))
    assert answers[0][0] == 422
    assert "do not go together" in answers[0][1]
    assert answers[0][1].count("<") == answers[1][1].count("<")


def test_the_sixth_try_is_refused_even_with_the_right_password() -> None:
    testing.make_user(email="hamlet@elsinore.example")
    for _ in range(5):
        assert (
            Client().post("/sign-in", {"email": "hamlet@elsinore.example", "password": "no"}).status_code
            == 422
        )
    refused = Client().post("/sign-in", {"email": "hamlet@elsinore.example", "password": testing.PASSWORD})
    assert refused.status_code == 429
    assert Client().get("/settings/you").status_code == 302


def test_a_closed_account_lets_nobody_in() -> None:
    user = testing.make_user(email="hamlet@elsinore.example")
    browser = testing.signed_in(user=user)
    user.is_active = False
    user.save()
    assert browser.get("/settings/you").status_code == 302
    page = Client().post("/sign-in", {"email": "hamlet@elsinore.example", "password": testing.PASSWORD})
    assert page.status_code == 422


def _set_up(token: str, **changed: str) -> dict[str, str]:
    return {
        "token": token,
        "organisation": "Kvarnby Kaffe",
        "name": "Hamlet",
        "email": "hamlet@elsinore.example",
        "language": "da",
        "password": testing.PASSWORD,
        "again": testing.PASSWORD,
        **changed,
    }


def test_the_set_up_page_makes_the_first_administrator_once() -> None:
    assert Client().get("/").headers["Location"] == "/set-up"
    assert Client().get("/set-up").status_code == 200
    token = sessions.make_set_up_token()
    assert Client().post("/set-up", _set_up("guessed")).status_code == 403
    assert Client().post("/set-up", _set_up(token, again="something else")).status_code == 422
    browser = Client()
    assert browser.post("/set-up", _set_up(token)).headers["Location"] == "/"
    hamlet = User.objects.get()
    assert (hamlet.role, hamlet.language, hamlet.name) == ("administrator", "da", "Hamlet")
    assert hamlet.password.startswith("md5$")
    assert testing.deeds() == ["core.user.added", "core.installation.changed"]
    assert (
        Client().post("/set-up", _set_up(token, email="iago@venice.example")).headers["Location"]
        == "/sign-in"
    )
    assert User.objects.count() == 1


def test_set_up_stays_open_until_there_is_an_administrator() -> None:
    token = sessions.make_set_up_token()
    ophelia = testing.make_user(role="member", email="ophelia@elsinore.example")
    given = {"email": ophelia.email, "password": testing.PASSWORD}
    assert Client().get("/sign-in").status_code == 200
    assert Client().post("/sign-in", given).status_code == 302
    assert "There is no administrator yet." in Client().get("/set-up").content.decode()
    assert Client().get(f"/set-up?token={token}").status_code == 200
    assert Client().post("/set-up", _set_up(token)).headers["Location"] == "/"
    assert User.objects.administrators().get().name == "Hamlet"
    used = Client().get(f"/set-up?token={token}")
    assert used.status_code == 410
    assert "Grapevine is set up already" in used.content.decode()


def test_who_is_in_keeps_the_navigation_where_they_may_not_go() -> None:
    inside = testing.signed_in("member")
    for address, status in (("/settings/users", 403), ("/nothing/here", 404)):
        page = inside.get(address)
        assert page.status_code == status
        assert 'href="/spread/"' in page.content.decode()
        assert page.content.decode().count("<h1>") == 1
    assert 'href="/spread/"' not in Client().get("/nothing/here").content.decode()


def test_a_token_is_shown_once_and_can_be_revoked() -> None:
    browser = testing.signed_in("member")
    page = browser.post("/settings/you/tokens", {"token_name": "the script"}).content.decode()
    token = ApiToken.objects.get()
    assert page.count("gv_") == 1
    assert token.digest not in page
    assert "gv_" not in browser.get("/settings/you").content.decode()
    other = testing.signed_in("member")
    assert other.post(f"/settings/you/tokens/{token.pk}/revoke").status_code == 404
    browser.post(f"/settings/you/tokens/{token.pk}/revoke")
    assert not ApiToken.objects.exists()
    assert testing.deeds() == ["core.token.created", "core.token.revoked"]


def test_an_administrator_adds_somebody_who_chooses_a_password_once() -> None:
    browser = testing.signed_in("administrator")
    page = browser.post(
        "/settings/users/add", {"name": "Ophelia", "email": "Ophelia@elsinore.example", "role": "reader"}
    )
    link = page.context["link"]
    assert User.objects.get(email="ophelia@elsinore.example").has_usable_password() is False
    fresh = Client()
    assert fresh.get(link).status_code == 200
    given = {"password": "rosemary for remembrance", "again": "rosemary for remembrance"}
    assert fresh.post(link, given).headers["Location"] == "/"
    assert Client().get(link).status_code == 410
    assert Client().post(link, given).status_code == 410
    assert testing.deeds() == ["core.user.added", "core.user.password_link_made", "core.user.password_set"]


def test_the_last_administrator_stays() -> None:
    browser = testing.signed_in("administrator")
    me = browser.user.pk  # type: ignore[attr-defined]
    assert browser.post(f"/settings/users/{me}/role", {"role": "reader"}).status_code == 422
    assert browser.post(f"/settings/users/{me}/close").status_code == 422
    testing.make_user(role="administrator", name="Fortinbras")
    assert browser.post(f"/settings/users/{me}/role", {"role": "reader"}).status_code == 302
    assert browser.get("/settings/users").status_code == 403


def test_a_new_password_ends_other_sessions_and_keeps_this_one() -> None:
    user = testing.make_user()
    here, there = testing.signed_in(user=user), testing.signed_in(user=user)
    given = {"old": testing.PASSWORD, "password": "a wholly new beginning", "again": "a wholly new beginning"}
    assert here.post("/settings/you/password", {**given, "old": "wrong"}).status_code == 422
    assert here.post("/settings/you/password", given).status_code == 302
    assert here.get("/settings/you").status_code == 200
    assert there.get("/settings/you").status_code == 302


def test_the_installation_is_renamed_with_an_audit_entry() -> None:
    from grapevine.core import installation

    browser = testing.signed_in("administrator")
    given = {
        "organisation": "Kvarnby Kaffe",
        "language": "sv",
        "time_zone": "",
        "retention_days": 90,
        "jobs_kept_days": 7,
    }
    assert browser.post("/settings/installation", given).status_code == 302
    assert installation.current().organisation == "Kvarnby Kaffe"
    assert installation.current().retention_days == 90
    assert testing.deeds() == ["core.installation.changed"]


def test_the_audit_is_filtered_and_paged() -> None:
    from grapevine.core import access, audit

    for number in range(130):
        audit.record("core.job.retried", by=access.SYSTEM, at=testing.NOON, number=number)
    browser = testing.signed_in("administrator")
    page = browser.get("/settings/audit")
    assert len(page.context["page"].entries) == 100
    second = browser.get("/settings/audit" + page.context["older"])
    assert len(second.context["page"].entries) == 30
    assert not browser.get("/settings/audit?actor=claudius").context["page"].entries


def test_pages_carry_a_strict_content_security_policy() -> None:
    page = testing.signed_in("member").get("/settings/you")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    body = page.content.decode()
    assert "style=" not in body
    assert " onclick" not in body


def test_a_page_may_hear_the_event_stream_of_its_own_host_and_no_other() -> None:
    policy = (
        testing.signed_in("member")
        .get("/settings/you", HTTP_HOST="localhost:8000")
        .headers["Content-Security-Policy"]
    )
    assert policy.endswith("connect-src 'self' http://localhost:8001")
    strange = (
        Client().get("/sign-in", HTTP_HOST="evil.example; script-src *").headers["Content-Security-Policy"]
    )
    assert strange.endswith("connect-src 'self'")


@pytest.mark.parametrize("language", ["sv", "da", "nl", "en"])
def test_what_breaks_is_told_in_the_readers_language_without_its_reason(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grapevine.core.selectors import audit

    def fault(*_args: object, **_named: object) -> None:
        raise RuntimeError("secret ingredient")

    monkeypatch.setattr(audit, "page", fault)
    browser = testing.signed_in("administrator")
    browser.raise_request_exception = False
    browser.user.language = language  # type: ignore[attr-defined]
    browser.user.save()  # type: ignore[attr-defined]
    page = browser.get("/settings/audit")
    assert page.status_code == 500
    assert "secret ingredient" not in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


def test_a_visit_begins_after_half_an_hour_of_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from grapevine.core import clock

    browser = testing.signed_in("member")
    moments = iter([timedelta(), timedelta(minutes=10), timedelta(hours=3), timedelta(hours=3, minutes=6)])
    seen = []
    for after in moments:
        monkeypatch.setattr(clock, "now", lambda after=after: testing.NOON + after)
        browser.get("/settings/you")
        user = User.objects.get(pk=browser.user.pk)  # type: ignore[attr-defined]
        seen.append((user.previous_visit_at, user.last_seen_at))
    assert seen[0] == (None, testing.NOON)
    assert seen[1] == (None, testing.NOON + timedelta(minutes=10))
    assert seen[2] == (testing.NOON + timedelta(minutes=10), testing.NOON + timedelta(hours=3))
    assert seen[3][0] == testing.NOON + timedelta(minutes=10)
