"""The pages of readings: what they show to whom, and what is done on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from grapevine.core.testing import NOON, deeds, make_user, signed_in
from grapevine.engine.text.reading import adapter
from grapevine.ui import testing as ui
from grapevine.understand import testing
from grapevine.understand.actions import learning
from grapevine.understand.models import Adapter, Correction, Draw, Label, Wish
from grapevine.understand.selectors import honesty

pytestmark = pytest.mark.django_db
HERE = f"/readings/{testing.SCOPE}/"


@pytest.fixture(autouse=True)
def lines() -> Iterator[testing.Lines]:
    with testing.supplied() as supply:
        yield supply


def plain(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def label_all(client: Any, *, said: Any = None, count: int = 60) -> None:
    """Label what was drawn; `said(label)` says what."""
    for _ in range(count):
        label = next((one for one in Label.objects.order_by("place") if not one.is_done), None)
        if label is None:
            return
        word = said(label) if said else "positive"
        client.post(f"{HERE}label/say/", {"label": label.pk, "said": word})


def test_all_brands_stand_side_by_side() -> None:
    testing.make_correction()
    words = plain(signed_in("reader").get("/readings/"))
    assert "Hamlet" in words and "Lear" in words
    assert words.count("not known yet") == 2


def test_without_brands_the_list_says_what_will_be_there(lines: testing.Lines) -> None:
    lines.scopes = lambda by: []  # type: ignore[method-assign]
    assert "Nothing to judge yet" in plain(signed_in("reader").get("/readings/"))


def test_a_scope_that_is_not_there_has_no_page() -> None:
    client = signed_in("lead")
    for way in ("", "label/", "corrections/"):
        assert client.get(f"/readings/play:9/{way}").status_code == 404
    for way in ("draw/", "label/say/", "label/undo/", "wish/", "reset/", "corrections/take-back/"):
        assert client.post(f"/readings/play:9/{way}").status_code == 404


def test_at_first_the_page_says_that_nobody_knows() -> None:
    words = plain(signed_in("member").get(HERE))
    assert "How good is it on your posts?" in words
    assert "Label 50 posts" in words
    assert "Nothing yet. Say on a post’s page how it reads" in words
    assert "Label 50 posts" not in plain(signed_in("reader").get(HERE))


def test_fifty_are_drawn_and_a_draw_that_is_not_finished_goes_on() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    draw = Draw.objects.get()
    assert (draw.labels.count(), draw.population) == (50, 120)
    assert sum(draw.labels.values_list("weight", flat=True)) == pytest.approx(120)
    client.post(f"{HERE}draw/")
    assert Draw.objects.count() == 1
    assert "Go on labelling" in plain(client.get(HERE))


def test_where_there_is_nothing_to_draw_one_is_told() -> None:
    client = signed_in("member")
    answer = client.post("/readings/play:2/draw/", follow=True)
    assert "nobody has labelled yet" in plain(answer)


def test_labelling_shows_one_text_after_the_other_and_the_reading_only_afterwards() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    page = client.get(f"{HERE}label/")
    label = page.context["where"].label
    assert "Post 1 of 50" in plain(page)
    assert "The last one" not in plain(page)
    piece = client.post(
        f"{HERE}label/say/", {"label": label.pk, "said": "negative"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in piece.content.decode()
    assert "Post 2 of 50" in plain(piece)
    assert "The last one" in plain(piece)
    label.refresh_from_db()
    made = Correction.objects.get()
    assert (label.said, made.mood, made.is_drawn, made.pk) == (
        "negative",
        "negative",
        True,
        label.correction_id,
    )
    assert Adapter.objects.get().corrections == 1


def test_spam_and_what_one_cannot_tell_are_no_moods() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    label_all(client, said=lambda label: "spam" if label.place == 0 else "skip", count=2)
    assert Correction.objects.get().spam is True
    assert Label.objects.filter(is_skipped=True).count() == 1
    assert "you could not tell" in plain(client.get(f"{HERE}label/"))


def test_a_label_is_undone_with_what_was_learnt_from_it() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    label_all(client, said=lambda label: "skip" if label.place else "negative", count=2)
    client.post(f"{HERE}label/undo/")
    assert Correction.objects.count() == 1
    client.post(f"{HERE}label/undo/")
    assert not Correction.objects.exists()
    assert not Adapter.objects.exists()
    client.post(f"{HERE}label/undo/")
    assert "Post 1 of 50" in plain(client.get(f"{HERE}label/"))


def test_a_key_pressed_twice_labels_once() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    label = Label.objects.order_by("place").first()
    assert label is not None
    for said in ("negative", "positive", "nonsense"):
        client.post(f"{HERE}label/say/", {"label": label.pk, "said": said})
    assert Correction.objects.get().mood == "negative"
    for wrong in ("", "x", "9" * 30, "777"):
        assert client.post(f"{HERE}label/say/", {"label": wrong, "said": "negative"}).status_code == 404


def test_texts_that_were_taken_back_meanwhile_are_left_out(lines: testing.Lines) -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    first, second = Label.objects.order_by("place")[:2]
    del lines.there[first.subject_id]
    assert "of 49" in plain(client.get(f"{HERE}label/"))
    del lines.there[second.subject_id]
    client.post(f"{HERE}label/say/", {"label": second.pk, "said": "negative"})
    assert not Correction.objects.exists()
    assert Label.objects.count() == 48


def test_with_labels_the_page_tells_how_good_it_is() -> None:
    client = signed_in("lead")
    client.post(f"{HERE}draw/")
    label_all(client, said=lambda label: "spam" if label.place == 1 else "positive")
    words = plain(client.get(HERE))
    for told in ("Mood is right", "Macro-F1", "Counted as sure", "Calibration error", "Where it errs", "By language", "Month by month", "Label 50 more posts"):  # fmt: skip
        assert told in words, told
    assert "From 49 labels by hand of 120 posts" in words
    assert "1 was spam" in words
    assert "Swedish" in words and "Dutch" in words
    assert "cross-validation" in words
    assert "There are labels of one month only so far" in words
    assert re.search(r"Hamlet\s+\d+%", plain(client.get("/readings/")))


def test_few_labels_bear_no_figures_but_say_how_many_are_needed() -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    label_all(client, count=5)
    words = plain(client.get(HERE))
    assert "So far 5 labels say a mood. From 20 on there are figures" in words
    assert "Mood is right" not in words


def test_an_earlier_draw_can_be_looked_at(lines: testing.Lines) -> None:
    client, every = signed_in("member"), [*lines.there.items()]
    for count in (6, 12):  # each label is learnt from, so few will do
        lines.there = dict(every[:count])
        client.post(f"{HERE}draw/")
        label_all(client)
    first = Draw.objects.order_by("pk").first()
    assert first is not None
    assert client.get(f"{HERE}?draw={first.pk}").context["page"].shown.id == first.pk
    assert client.get(f"{HERE}?draw=x").context["page"].shown.id == first.pk + 1


def test_a_wish_is_saved_by_leads_and_shown_to_all() -> None:
    client = signed_in("lead")
    client.post(f"{HERE}wish/", {"share": "0.9"})
    assert Wish.objects.get().share == 0.9
    assert 'value="0.9" checked' in signed_in("reader").get(HERE).content.decode()
    client.post(f"{HERE}wish/", {"share": "0.5"})
    assert Wish.objects.get().share == 0.9
    client.post(f"{HERE}wish/", {"share": ""})
    assert not Wish.objects.exists()
    assert signed_in("member").post(f"{HERE}wish/", {"share": "0.9"}).status_code == 403


def test_what_was_learnt_is_shown_and_reset_by_leads() -> None:
    for number in range(4):
        testing.make_correction(f"Det var en torsdag i Lund, nummer {number}", mood="negative")
    client = signed_in("lead")
    words = plain(client.get(HERE))
    assert re.search(r"\d readings? w(as|ere) corrected", words)
    assert "torsdag" in words
    assert "Read as shipped again?" in words
    assert signed_in("member").post(f"{HERE}reset/").status_code == 403
    client.post(f"{HERE}reset/")
    assert not Adapter.objects.exists()
    assert "Nothing: it was reset" in plain(client.get(HERE))
    assert deeds()[-1] == "understand.adapter.was_reset"


def test_the_list_of_corrections_says_who_said_what_and_takes_back() -> None:
    client = signed_in(user=(by := make_user(role="member", name="Horatio")))
    made = testing.make_correction("Kvarnen gick sönder", mood="negative", intents=["complains"], by=by)
    testing.make_correction("Köp följare billigt", mood=None, spam=True, by=by)
    words = plain(client.get(f"{HERE}corrections/"))
    assert "Kvarnen gick sönder" in words and "Horatio" in words and "Complains" in words and "Spam" in words
    assert client.post("/readings/play:2/corrections/take-back/", {"correction": made.pk}).status_code == 404
    client.post(f"{HERE}corrections/take-back/", {"correction": made.pk})
    assert [one.text for one in Correction.objects.all()] == ["Köp följare billigt"]
    assert client.post(f"{HERE}corrections/take-back/", {"correction": "x"}).status_code == 404
    assert signed_in("reader").post(f"{HERE}corrections/take-back/").status_code == 403
    readers, ours = (one.get(f"{HERE}corrections/").content for one in (signed_in("reader"), client))
    assert (b"take-back" in readers, b"take-back" in ours) == (False, True)


def test_without_corrections_the_list_says_how_to_make_one() -> None:
    assert "Nothing was corrected yet" in plain(signed_in("reader").get(f"{HERE}corrections/"))


def test_the_page_costs_the_same_however_much_was_said(django_assert_max_num_queries: Any) -> None:
    client = signed_in("member")
    client.post(f"{HERE}draw/")
    label_all(client)
    with django_assert_max_num_queries(20):
        client.get(HERE)
    with django_assert_max_num_queries(12):
        client.get("/readings/")


def test_of_what_was_learnt_no_more_is_looked_at_than_is_learnt_from(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        testing.make_correction(f"Kvarnen gick sönder, nummer {number}")
    monkeypatch.setattr(adapter, "MOST", 3)
    learnt = honesty.learnt(testing.SCOPE)
    assert (learnt.corrected + learnt.confirmed, learnt.older) == (3, 2)
    assert "2 older ones are kept" in plain(signed_in("reader").get(HERE))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_labelling_is_done_with_the_keys_and_the_pages_have_no_barriers(page: Any, live_server: Any) -> None:
    complaints = ui.listen_to(page)
    lead = ui.enter(page, live_server.url, role="lead")
    page.goto(f"{live_server.url}{HERE}")
    assert ui.barriers(page) == []
    page.keyboard.press("l")
    page.get_by_text("Post 1 of 50").wait_for()
    for number, key in enumerate("1231x", start=2):
        page.keyboard.press(key)
        page.get_by_text(f"Post {number} of 50").wait_for()
    page.keyboard.press("z")
    page.get_by_text("Post 5 of 50").wait_for()
    assert ui.barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert ui.sticks_out(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    for label in Label.objects.filter(at=None):
        said = ("negative", "neutral", "positive")[label.place % 3]
        Label.objects.filter(pk=label.pk).update(said=said, at=NOON, by=lead)
    learning.learn(scope=testing.SCOPE, at=NOON)
    page.goto(f"{live_server.url}{HERE}")
    page.get_by_text("Where it errs").wait_for()
    assert ui.barriers(page) == []
    page.get_by_role("button", name="Reset").first.click()
    page.get_by_text("Read as shipped again?").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="At least 80%").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Your wish is kept. Until labels show").wait_for()
    page.set_viewport_size({"width": 390, "height": 800})
    assert ui.sticks_out(page) == 0
    page.emulate_media(color_scheme="dark")
    assert ui.barriers(page) == []
    page.goto(f"{live_server.url}{HERE}corrections/")
    assert ui.barriers(page) == []
    assert ui.sticks_out(page) == 0
    page.goto(f"{live_server.url}/readings/")
    assert ui.barriers(page) == complaints == []
