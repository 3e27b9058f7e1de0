"""The card "How it reads": what the machine read, and what people say instead."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core.testing import NOON, deeds, heard, make_user, signed_in
from grapevine.listen import samples, warmth
from grapevine.listen import testing as listen
from grapevine.listen.actions import purges
from grapevine.listen.models import Brand, Mention
from grapevine.listen.tests.telling import a_tale
from grapevine.sources.actions import removals
from grapevine.ui import testing as ui
from grapevine.understand.events import ReadingCorrected
from grapevine.understand.selectors import corrections as said

pytestmark = pytest.mark.django_db
LINE = "It was a Thursday at Elsinore, and the guard was changed"


@pytest.fixture(autouse=True)
def _ready() -> None:
    warmth.warm()


def brand_id() -> int:
    return Brand.objects.get(name="Elsinore").pk


def of(post_id: int) -> Any:
    return said.of("post", [post_id]).get(post_id)


def press(client: Any, post_id: int, way: str = "correct", **values: Any) -> Any:
    return client.post(
        f"/mentions/{post_id}/reading/{way}/", values, headers={"HX-Request": "true"}
    ).content.decode()


def test_a_mood_is_corrected_with_one_press_and_undone_with_another(
    django_capture_on_commit_callbacks: Any,
) -> None:
    (post,) = a_tale().say(LINE)
    client = signed_in("member")
    page = client.get(f"/mentions/{post}/").content.decode()
    assert 'aria-pressed="true" data-key="1"' not in page
    with heard(ReadingCorrected) as told, django_capture_on_commit_callbacks(execute=True):
        card = press(client, post, mood="negative")
    assert "Corrected by you." in card
    assert 'aria-pressed="true" data-key="1"' in card
    assert of(post).mood == "negative"
    assert told == [ReadingCorrected("post", post, samples.scope_of(brand_id()))]
    card = press(client, post, "undo", correction=str(said.by_scope("post", post)[told[0].scope][0]))
    assert "Corrected" not in card
    assert of(post) is None
    assert deeds()[-2:] == ["understand.reading.corrected", "understand.reading.taken_back"]


def test_wishes_are_switched_one_by_one() -> None:
    (post,) = a_tale().say("I can warmly recommend Elsinore, and thank you!")
    client = signed_in("member")
    press(client, post, want="compares")
    first = of(post).intents
    assert "compares" in first and len(first) > 1
    press(client, post, want="compares")
    assert of(post).intents == tuple(one for one in first if one != "compares")


def test_spam_is_switched_on_and_off() -> None:
    (post,) = a_tale().say(LINE)
    client = signed_in("member")
    assert 'value="no"' in press(client, post, spam="yes")
    assert of(post).spam is True
    press(client, post, spam="no")
    assert of(post).spam is False


def test_without_htmx_one_comes_back_to_the_post() -> None:
    (post,) = a_tale().say(LINE)
    answer = signed_in("member").post(f"/mentions/{post}/reading/correct/", {"mood": "positive"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/mentions/{post}/?of={brand_id()}#reads",
    )


def test_each_brand_of_a_post_reads_for_itself() -> None:
    (post,) = a_tale().say("Elsinore or Wittenberg, that is the question")
    client = signed_in("member")
    other = Brand.objects.get(name="Wittenberg").pk
    press(client, post, mood="negative", of=str(other))
    page = client.get(f"/mentions/{post}/").content.decode()
    assert "For which brand" in page
    assert "Corrected by you" not in page
    assert "Corrected by you" in client.get(f"/mentions/{post}/?of={other}").content.decode()
    piece = client.get(f"/mentions/{post}/reading/?of={other}", headers={"HX-Request": "true"})
    assert "Corrected by you" in piece.content.decode()


def test_a_reader_sees_who_corrected_but_has_nothing_to_press() -> None:
    (post,) = a_tale().say(LINE)
    press(signed_in("member", user=make_user(name="Horatio")), post, mood="negative")
    page = signed_in("reader").get(f"/mentions/{post}/").content.decode()
    assert "Corrected by Horatio." in page
    assert 'name="mood"' not in page
    assert signed_in("reader").post(f"/mentions/{post}/reading/correct/").status_code == 403


def test_nonsense_changes_nothing() -> None:
    (post,) = a_tale().say(LINE)
    client = signed_in("member")
    for values in ({}, {"mood": "melancholy"}, {"want": "revenge"}, {"spam": "perhaps"}):
        press(client, post, **values)
    press(client, post, "undo", correction="999")
    assert of(post) is None
    for wrong in ("987654321", "x", "9" * 30):
        assert (
            client.post(f"/mentions/{post}/reading/correct/", {"mood": "negative", "of": wrong}).status_code
            == 404
        )
    assert client.post("/mentions/1/reading/correct/", {"mood": "negative"}).status_code == 404


def test_the_card_costs_the_page_two_questions_at_most(
    django_assert_max_num_queries: Any,
) -> None:
    (post,) = a_tale().say(LINE)
    client = signed_in("member")
    press(client, post, mood="negative")
    with django_assert_max_num_queries(28):
        client.get(f"/mentions/{post}/")


def test_a_post_that_is_deleted_is_learnt_from_no_longer() -> None:
    tale = a_tale()
    (post,) = tale.say(LINE, by="ophelia")
    press(signed_in("member"), post, mood="negative")
    removals.erase(source=tale.sources["Court news"], author_external_ids=["ophelia"], at=NOON)
    assert of(post) is None


def test_with_a_brand_goes_what_was_learnt_for_it() -> None:
    (post,) = a_tale().say(LINE)
    press(signed_in("member"), post, mood="negative")
    Brand.objects.filter(name="Elsinore").update(deleted_at=NOON)
    purges.purge(at=NOON.replace(year=2027))
    assert of(post) is None


def test_samples_are_the_posts_of_a_brand_with_their_authors() -> None:
    tale = a_tale()
    first, second = tale.say(LINE, "Elsinore again", by="ophelia")
    tale.say("Only Wittenberg here")
    supply = samples.Posts()
    scope = samples.scope_of(brand_id())
    found = supply.candidates(scope, since=NOON.replace(year=2025), limit=100)
    assert [one.subject_id for one in found] == [first, second]
    assert (found[0].text, found[0].source, found[0].author) == (LINE, "Court news", "ophelia")
    assert list(supply.some(scope, [second, 77])) == [second]
    assert supply.candidates("brand:x", since=NOON, limit=9) == []
    assert supply.some("king:1", [first]) == {}
    assert [one.name for one in supply.scopes(make_user(role="reader"))] == ["Elsinore", "Wittenberg"]


def test_of_very_many_posts_runs_are_drawn_from_all_over(monkeypatch: pytest.MonkeyPatch) -> None:
    tale = a_tale()
    tale.say(*(f"Elsinore number {number} says something else {number * 7}" for number in range(120)))
    monkeypatch.setattr(samples, "RUNS", 10)
    found = samples.Posts().candidates(samples.scope_of(brand_id()), since=NOON.replace(year=2025), limit=40)
    ids = [one.subject_id for one in found]
    every = list(Mention.objects.order_by("post_id").values_list("post_id", flat=True))
    assert 20 <= len(ids) <= 40
    assert {every.index(one) // 30 for one in ids} == {0, 1, 2, 3}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_correcting_is_done_with_the_keys_and_has_no_barriers(page: Any, live_server: Any) -> None:
    (post,) = a_tale().say("Elsinore and Wittenberg, on a Thursday")
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url, role="member")
    page.goto(f"{live_server.url}/mentions/{post}/")
    page.keyboard.press("1")
    page.get_by_text("Corrected by you.").wait_for()
    assert page.locator("#read-negative").get_attribute("aria-pressed") == "true"
    page.locator(".reads-more summary").click()
    page.get_by_role("button", name="Compares").click()
    page.locator("#read-compares[aria-pressed=true]").wait_for()
    assert ui.barriers(page) == []
    page.keyboard.press("z")
    page.locator("#read-compares[aria-pressed=true]").wait_for(state="detached")
    page.keyboard.press("?")
    assert page.get_by_text("It is: Negative").is_visible()
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 800})
    assert ui.sticks_out(page) == 0
    assert complaints == []


def test_while_the_reader_is_made_ready_the_card_says_so_and_asks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listen.make_watch()
    (mention,) = listen.make_mentions(1)
    monkeypatch.setattr(warmth, "is_ready", lambda: False)
    page = signed_in("member").get(f"/mentions/{mention.post_id}/").content.decode()
    assert "The reader is being made ready." in page
    assert f'hx-get="/mentions/{mention.post_id}/reading/"' in page
