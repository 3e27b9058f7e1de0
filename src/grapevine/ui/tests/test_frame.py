"""The frame shows everybody their ways, and pages meet in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

from grapevine.core import testing
from grapevine.core.models import User
from grapevine.ui import live, navigation, searches, slots, steps, toasts


def request_of(user: Any = None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def somewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for registry in ((navigation, "_entries"), (steps, "_steps"), (searches, "_finders")):
        monkeypatch.setattr(*registry, {})
    monkeypatch.setattr(slots, "_fillings", slots.defaultdict(list))
    yield


def says(text: str, order: list[str] | None = None) -> slots.Provider:
    class Said(slots.Panel):
        def render(self, request: HttpRequest) -> Any:
            return text

    return lambda request, **given: Said("none")


@pytest.mark.usefixtures("somewhere")
def test_a_way_is_shown_to_who_may_go_there() -> None:
    navigation.add(navigation.Entry("ui:components", "Components", order=2))
    navigation.add(navigation.Entry("ui:language", "Users", permission="core.users.see", order=1))
    shown = {
        role: navigation.ways(request_of(User(role=role)), "work") for role in ("reader", "administrator")
    }
    assert [way.label for way in shown["reader"]] == ["Components"]
    assert [way.label for way in shown["administrator"]] == ["Users", "Components"]
    assert navigation.ways(request_of(), "work") == []


@pytest.mark.usefixtures("somewhere")
def test_the_way_nearest_to_the_page_is_the_current_one() -> None:
    navigation.add(navigation.Entry("ui:components", "Components"))
    navigation.add(navigation.Entry("ui:language", "Language"))
    ways = navigation.ways(request_of(User(role="reader"), "/ui/components/charts"), "work")
    assert [way.label for way in ways if way.current] == ["Components"]


@pytest.mark.usefixtures("somewhere")
def test_ways_stand_in_groups_that_can_be_folded_away_but_for_the_one_we_are_in() -> None:
    navigation.add(navigation.Entry("ui:components", "Components", group="house"))
    navigation.add(navigation.Entry("ui:language", "Language", group="listen", count=lambda request: 7))
    request = request_of(User(role="reader"), "/ui/components/charts")
    request.COOKIES[navigation.CLOSED_COOKIE] = "house.listen"
    shown = navigation.groups(request)
    assert [(group.name, group.is_open, group.counted) for group in shown] == [
        ("listen", False, "7"),
        ("house", True, ""),
    ]
    with pytest.raises(ValueError, match="no group"):
        navigation.add(navigation.Entry("ui:components", "Components", group="attic"))


@pytest.mark.usefixtures("somewhere")
def test_what_is_in_reach_of_a_thumb_comes_first_on_a_phone() -> None:
    navigation.add(navigation.Entry("ui:components", "Components", order=1))
    navigation.add(navigation.Entry("ui:language", "Language", order=2, thumb=True))
    shown = navigation.thumb(request_of(User(role="reader")))
    assert [way.label for way in shown] == ["Components", "Language"]


@pytest.mark.usefixtures("somewhere")
def test_an_entry_that_leads_nowhere_is_left_out() -> None:
    navigation.add(navigation.Entry("nowhere:at-all", "Nowhere"))
    assert navigation.ways(request_of(User(role="administrator")), "work") == []


@pytest.mark.usefixtures("somewhere")
def test_panels_meet_in_a_slot_in_their_order_and_by_permission() -> None:
    slots.fill("a.page", says("second"), order=20)
    slots.fill("a.page", says("first"), order=10)
    slots.fill("a.page", says("secret"), order=15, permission="core.users.see")
    slots.fill("a.page", lambda request, **given: None, order=1)
    template = Template("{% slot 'a.page' %}")
    assert template.render(Context({"request": request_of(User(role="reader"))})) == "firstsecond"
    assert (
        template.render(Context({"request": request_of(User(role="administrator"))})) == "firstsecretsecond"
    )


@pytest.mark.usefixtures("somewhere")
def test_filling_a_slot_twice_with_the_same_is_once() -> None:
    provider = says("once")
    slots.fill("a.page", provider)
    slots.fill("a.page", provider, order=3)
    assert slots.render("a.page", request_of(User(role="reader"))) == ["once"]


@pytest.mark.usefixtures("somewhere")
def test_first_steps_go_away_when_all_that_count_are_done() -> None:
    done = {"brand": False}
    steps.add(steps.Step("brand", "Add a brand", "", "ui:components", done=lambda: done["brand"]))
    steps.add(steps.Step("demo", "Load the demo", "", "ui:components", done=lambda: False, optional=True))
    request = request_of(User(role="reader"))
    assert [(one.step.name, one.is_done) for one in steps.shown(request)] == [
        ("brand", False),
        ("demo", False),
    ]
    done["brand"] = True
    assert steps.shown(request) == []


@pytest.mark.usefixtures("somewhere")
def test_kinds_without_a_hit_are_not_shown_by_the_search() -> None:
    searches.add("brands", "Brands", lambda words, request: [searches.Hit(words, "/b")], order=2)
    searches.add("watches", "Watches", lambda words, request: [], order=1)
    searches.add(
        "users", "Users", lambda words, request: [searches.Hit("x", "/u")], permission="core.users.see"
    )
    found = searches.found("kaffe", request_of(User(role="reader")))
    assert [(kind.title, kind.hits[0].label) for kind in found] == [("Brands", "kaffe")]


def test_a_notice_for_htmx_keeps_the_other_events_of_the_answer() -> None:
    response = HttpResponse(headers={"HX-Trigger": '{"grapevine:done": {}}'})
    toasts.send(response, "Saved “å”", undo="/undo")
    assert response.headers["HX-Trigger"].isascii()
    assert '"grapevine:done"' in response.headers["HX-Trigger"]
    assert '"undo": "/undo"' in response.headers["HX-Trigger"]


@pytest.mark.django_db
def test_the_page_of_components_is_for_administrators() -> None:
    assert testing.signed_in("lead").get("/ui/components").status_code == 403
    assert testing.signed_in("administrator").get("/ui/components").status_code == 200


@pytest.mark.django_db
def test_a_notice_is_shown_on_the_next_page_and_once() -> None:
    client = testing.signed_in("administrator")
    session = client.session
    session["toasts"] = [{"text": "Saved <it>", "tone": "good", "undo": "", "undo_label": ""}]
    session.save()
    assert "Saved &lt;it&gt;" in client.get("/ui/components").content.decode()
    assert "Saved &lt;it&gt;" not in client.get("/ui/components").content.decode()


@pytest.mark.django_db
def test_the_title_stands_in_the_head_without_markup() -> None:
    page = testing.signed_in("administrator").get("/ui/components").content.decode()
    assert "<title>Components · Grapevine</title>" in page
    assert "<h1>Components</h1>" in page
    assert "style=" not in page
    assert "<script>" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "da", "nl", "en"])
def test_the_component_page_opens_in_every_language(language: str) -> None:
    client = testing.signed_in("administrator")
    client.post("/ui/language", {"language": language, "next": "/ui/components"})
    page = client.get("/ui/components")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.django_db
def test_who_is_not_signed_in_chooses_a_language_by_cookie() -> None:
    testing.make_user()
    browser = Client()
    answer = browser.post("/ui/language", {"language": "nl", "next": "/sign-in"})
    assert answer.headers["Location"] == "/sign-in"
    assert '<html lang="nl"' in browser.get("/sign-in").content.decode()


@pytest.mark.django_db
def test_a_choice_is_kept_in_the_settings_of_who_is_signed_in() -> None:
    client = testing.signed_in("reader")
    client.post("/ui/language", {"language": "da"})
    client.post("/ui/appearance", {"appearance": "dark"})
    user = User.objects.get()
    assert (user.language, user.appearance) == ("da", "dark")
    client.post("/ui/appearance", {"appearance": "purple"})
    assert User.objects.get().appearance == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", ["https://norway.example/", "//norway.example", "javascript:alert(1)", ""]
)
def test_a_choice_leads_back_to_our_own_pages_only(elsewhere: str) -> None:
    answer = Client().post("/ui/language", {"language": "sv", "next": elsewhere})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost:8000", "localhost"), ("127.0.0.1", "127.0.0.1"), ("[::1]:8000", "[::1]")],
)
def test_the_event_stream_is_called_on_the_host_of_the_page(host: str, expected: str) -> None:
    address = live.address(RequestFactory().get("/", headers={"host": host}))
    assert address.startswith(f"http://{expected}:")
    assert address.endswith("/live")
