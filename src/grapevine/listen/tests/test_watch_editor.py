"""The watch editor: what it says while somebody types, to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grapevine.core import clock, guests
from grapevine.core.models import User
from grapevine.core.testing import signed_in
from grapevine.listen import testing as listen
from grapevine.listen.models import Mention, Watch
from grapevine.listen.tests.watching import heard_before, save
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
PREVIEW = "/watches/preview/"


def _verdict(client, query, **extra):
    response = client.post(PREVIEW, {"query": query}, **extra)
    assert response.status_code == 200
    return response.context["verdict"]


def test_the_editor_asks_for_a_brand_first(lead):
    assert reverse("listen:brand-new") in lead.get("/watches/new/").content.decode()


def test_a_wrong_query_is_told_with_its_place_and_what_was_expected(lead):
    verdict = _verdict(lead, "elsinore AND SAS:s")
    assert verdict.place == 14
    assert '"SAS:s"' in verdict.fault
    assert [part.text for part in verdict.echo if part.kind == "error"] == ["SAS:s"]
    assert verdict.preview is None


def test_what_is_wrong_is_read_out_and_marked(lead):
    text = lead.post(PREVIEW, {"query": "a AND"}).content.decode()
    assert 'id="watch-said" role="status" hx-swap-oob="innerHTML"' in text
    assert 'data-go-to="3"' in text
    assert 'data-fault="3"' in text


def test_the_preview_finds_posts_that_no_watch_has_caught(lead):
    heard_before("Elsinore coffee is wonderful", "something else", "Coffee of Elsinore again")
    assert not Mention.objects.exists()
    verdict = _verdict(lead, "elsinore coffee")
    assert (verdict.preview.caught_count, verdict.preview.scanned, verdict.preview.complete) == (2, 3, True)
    marked = [segment.text for segment in verdict.caught[0].text if segment.marked]
    assert marked == ["Coffee", "Elsinore"]  # the newest first


def test_a_near_miss_names_the_one_part_that_kept_it_out(lead):
    heard_before("elsinore coffee with tea", "elsinore alone", "coffee alone", "nothing of it")
    verdict = _verdict(lead, "elsinore coffee -tea")
    missed = {missed.part: missed.kind for missed in verdict.missed}
    assert verdict.preview.caught_count == 0
    assert missed == {"-tea": "not", "coffee": "word", "elsinore": "word"}


def test_words_too_far_apart_or_not_in_a_row_are_near_misses(lead):
    heard_before("elsinore is a town and far from there is very good coffee", "white walls that are flat")
    (missed,) = _verdict(lead, "elsinore NEAR/3 (coffee OR tea)").missed
    assert (missed.part, missed.kind) == ("elsinore NEAR/3 (coffee OR tea)", "near")
    (missed,) = _verdict(lead, '"flat white"').missed
    assert missed.kind == "phrase"
    assert {segment.text for segment in missed.view.text if segment.marked} == {"flat", "white"}


@pytest.mark.parametrize(
    "part",
    [
        "(coffee OR tea) NEAR/2 (dear OR cheap)",
        "((coffee OR tea)) NEAR/2 ( dear OR (cheap) )",
        "coffee NEAR/2 (dear OR cheap)",
        "(coffee OR tea) NEAR/2 dear",
    ],
)
def test_a_near_miss_is_told_with_the_brackets_of_its_sides(lead, part):
    heard_before("coffee and then much else and at the end dear")
    for query in (part, f"({part})", f"({part}) -sugar"):
        parts = [missed.part for missed in _verdict(lead, query).missed]
        assert len(parts) == 1
        assert parts[0].count("(") == parts[0].count(")"), parts
        assert part in f"({parts[0]})", parts


def test_what_is_not_shown_of_the_near_misses_is_told(lead):
    heard_before(*(f"elsinore with coffee {n}" for n in range(10)))
    response = lead.post("/watches/preview/", {"query": "elsinore -coffee"})
    verdict = response.context["verdict"]
    assert (verdict.preview.missed_count, len(verdict.missed)) == (10, 8)
    assert "The newest 8 of 10." in response.content.decode()


def test_the_expected_volume_comes_with_its_uncertainty(lead):
    heard_before(*(f"elsinore {n}" for n in range(48)), minutes_apart=60)
    verdict = _verdict(lead, "elsinore")
    assert verdict.preview.estimate.low < 24 < verdict.preview.estimate.high
    assert verdict.estimate == "about 24.5 a day" or verdict.estimate.startswith("about 2")
    assert "between" in verdict.estimate_note


def test_a_query_in_fields_is_tried_on_fields_and_on_the_language_we_read(lead):
    heard_before(
        "jag tycker att kaffet smakar väldigt gott i dag",
        "I think the coffee tastes very good today",
        lang="",
    )
    assert _verdict(lead, "lang:sv").preview.caught_count == 1
    heard_before("with a tag", tags=("fika",))
    assert _verdict(lead, "#fika").preview.caught_count == 1
    assert _verdict(lead, 'source:"Elsinore Gazette"').preview.caught_count == 3


def test_posts_gone_at_their_platform_are_not_looked_at(lead):
    source = sources.make_source()
    post = sources.heard("elsinore")
    sources.store(source, post)
    sources.store(source, gone=[post.external_id])
    assert _verdict(lead, "elsinore").preview.scanned == 0


def test_the_preview_stops_within_its_budget(lead):
    from grapevine.engine import query
    from grapevine.listen.selectors import previews

    heard_before(*(f"elsinore {n}" for n in range(30)))
    bounded = previews.of_query(query.parse("elsinore"), posts=10)
    assert (bounded.scanned, bounded.complete) == (10, False)
    hasty = previews.of_query(query.parse("elsinore"), seconds=0)
    assert hasty.scanned == 30  # one chunk at least


def test_the_preview_asks_the_same_questions_of_any_store(lead):
    def cost():
        _verdict(lead, "elsinore")
        with CaptureQueriesContext(connection) as asked:
            _verdict(lead, "elsinore")
        return len(asked)

    heard_before("elsinore", "nothing")
    small = cost()
    heard_before(*(f"elsinore {n}" for n in range(200)))
    assert cost() <= small


@pytest.mark.parametrize(
    "query",
    [
        "",
        " \n ",
        "\x00",
        "<script>alert(1)</script>",
        "(" * 5000,
        "NOT " * 3000 + "a",
        "a OR " * 4000 + "a",
        "x" * 30_000,
        '"' * 101,
        "\u202e\u200b",
        "lang:",
        "𝔼𝕝𝕤𝕚𝕟𝕠𝕣𝕖 NEAR/100 (a* OR ☕)",
        "has:question",
        "-a -b",
    ],
)
def test_no_query_breaks_the_editor(lead, query):
    listen.make_brand()
    heard_before("elsinore <b>bold</b>?", "☕ elsinore")
    for response in (
        lead.post(PREVIEW, {"query": query}),
        lead.get("/watches/new/", {"query": query[:3000]}),
    ):
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    saved = lead.post("/watches/new/", {"brand": "nobody", "query": query, "do": "save"})
    assert saved.status_code == 200
    assert not Watch.objects.exists()


def test_a_query_of_another_tool_is_put_into_ours_with_notes(lead):
    listen.make_brand(slug="elsinore")
    given = {"brand": "elsinore", "dialect": "youscan", "foreign": "elsinore /2 coffee", "do": "translate"}
    response = lead.post("/watches/new/", given)
    assert response.context["form"]["query"].value() == "elsinore NEAR/1 coffee"
    assert response.context["notes"]
    assert response.context["verdict"].clauses
    assert not Watch.objects.exists()


@pytest.mark.parametrize("role", ["reader", "member"])
def test_who_only_looks_may_try_a_query_but_not_save_it(role):
    listen.make_brand(slug="elsinore")
    heard_before("elsinore")
    client = signed_in(role)
    assert _verdict(client, "elsinore").preview.caught_count == 1
    assert 'value="save"' not in client.get("/watches/new/").content.decode()
    assert save(client).status_code == 403
    watch = listen.make_watch(query="elsinore")
    for what in ("pause", "resume", "delete", "restore", "rematch", "cancel"):
        assert client.post(f"/watches/{watch.pk}/{what}/").status_code == 403


def test_a_guest_of_the_demo_may_try_a_query_too(client):
    listen.make_brand(slug="elsinore", is_demo=True)
    sources.store(
        sources.make_source(is_demo=True), sources.heard("elsinore", at=clock.now() - timedelta(hours=1))
    )
    User.objects.all().delete()
    guests.open_house()
    page = client.get("/watches/new/").content.decode()
    assert f'hx-get="{PREVIEW}"' in page
    assert client.get(PREVIEW, {"query": "elsinore"}).context["verdict"].preview.caught_count == 1


def test_a_query_of_another_tool_that_cannot_be_read_is_told_as_a_fault_alone(lead):
    listen.make_brand(slug="elsinore")
    given = {"brand": "elsinore", "dialect": "brandwatch", "foreign": "elsinore AND (", "do": "translate"}
    page = lead.post("/watches/new/", given)
    assert page.context["verdict"].fault
    assert "editor-fault" in page.content.decode()
    assert "Nothing had to be changed" not in page.content.decode()
    fine = lead.post("/watches/new/", {**given, "foreign": "elsinore AND warm"})
    assert "Nothing had to be changed" in fine.content.decode()
    unknown = lead.post("/watches/new/", {**given, "dialect": "abacus"}).content.decode()
    assert "Nothing had to be changed" not in unknown
    assert '<details class="editor-paste" open>' in unknown
