"""The pages of cascades."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from grapevine.core import clock
from grapevine.core.privacy import Subject
from grapevine.core.testing import signed_in
from grapevine.engine.cascade.estimation import Exposure
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.people.actions import identities
from grapevine.sources import testing as sources
from grapevine.spread import privacy, testing
from grapevine.spread.models import Cascade, WorkState
from grapevine.spread.observed import Asked, Estimated

pytestmark = pytest.mark.django_db
LEARNT = Estimated(
    people=40, joined=4, ties=90, exposures=(Exposure(1, 20, 2, 0.1, 0.03, 0.3), Exposure(2, 9, 1, 0.11, 0.02, 0.4)),
    thresholds=(0.1, 0.2, 0.3, 0.4, 0.5), unprompted=0.25, chances=(("2–4", 0.04, 30),), occasions=29, held_out_people=25, auc=0.61, better=0.02,
)  # fmt: skip


def test_a_cascade_is_shown_as_a_tree_with_who_brought_most_and_everybody() -> None:
    cascade = testing.make_cascade(network=testing.make_network(), estimated=LEARNT)
    page = signed_in("member").get(f"/spread/cascades/{cascade.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("tree-dot") == 4
    assert "hamlet" in text
    assert "4 people joined, 1 of them on their own, 2 steps far." in text
    assert "This is no proof of influence" in text
    assert [one.brought for one in page.context["page"].bringers] == [2, 1]


def test_handles_are_hostile() -> None:
    who = [people.make_identity(handle="<script>alert(1)</script>"), people.make_identity(handle="ophelia")]
    cascade = testing.make_cascade([(0, None), (1, 0)], identities=who)
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert "<script>alert" not in text


def test_who_is_forgotten_stays_as_somebody() -> None:
    who = [people.make_identity(handle="hamlet"), people.make_identity(handle="ophelia")]
    cascade = testing.make_cascade([(0, None), (1, 0)], identities=who)
    privacy.Cascades().forget(Subject(identity_ids=(who[0].pk,)))
    identities.forget(identity_ids=[who[0].pk], at=clock.now())
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert "hamlet" not in text
    assert "somebody" in text


def test_from_the_stream_its_filter_comes_along() -> None:
    watch = listen.make_watch(query="mugs")
    brand = watch.brand
    listen.make_mentions(8, watch=watch, since=datetime(2026, 1, 2, 12, tzinfo=UTC))
    member = signed_in("member")
    assert b"See how this spread" in member.get(f"/stream/?brand={brand.slug}").content
    page = member.get(
        f"/spread/cascades/new/?q=mugs&brand={brand.slug}&lang=sv&from=2026-01-01&to=2026-01-05"
    )
    form = page.context["form"]
    assert form.initial["q"] == "mugs"
    answer = member.post(
        "/spread/cascades/new/",
        {"name": "Mugs", "q": "mugs", "brand": brand.slug, "spam": "hide", "since": "2026-01-01", "until": "2026-01-05", "window_hours": "72"},
    )  # fmt: skip
    cascade = Cascade.objects.get()
    assert answer.headers["Location"] == f"/spread/cascades/{cascade.pk}/"
    asked = Asked.from_json(cascade.asked)
    assert asked.wish == {"q": "mugs", "brand": brand.slug, "spam": "hide"}
    assert asked.begins.startswith("2025-12-31T23") or asked.begins.startswith("2026-01-01T00")
    assert cascade.state == WorkState.WAITING


def test_what_was_learnt_of_a_cascade_leads_to_a_simulation_with_its_numbers() -> None:
    network = testing.make_network()
    cascade = testing.make_cascade(network=network, estimated=LEARNT)
    member = signed_in("member")
    address = f"/spread/simulations/new/?cascade={cascade.pk}&amp;network={network.pk}"
    assert address in member.get(f"/spread/cascades/{cascade.pk}/").content.decode()
    form = member.get(address.replace("&amp;", "&")).context["form"]
    assert (form.initial["cascade"], form.initial["network"]) == (cascade.pk, network.pk)
    assert form.initial["ic-probability"] == 0.04
    untold = testing.make_cascade(network=network)
    assert b"simulations/new/?cascade" not in member.get(f"/spread/cascades/{untold.pk}/").content


def test_a_cascade_of_everything_is_refused_with_words() -> None:
    answer = signed_in("member").post("/spread/cascades/new/", {"name": "All", "window_hours": "72"})
    assert answer.status_code == 422
    assert b"Say what spread" in answer.content


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"q": "(mugs"}, "aria-invalid"),
        (
            {"q": "mugs", "since": "2026-03-01", "until": "2026-03-05"},
            "No post of these days is found by this",
        ),
        ({"q": "fortinbras"}, "No post of these days is found by this"),
    ],
)
def test_a_filter_that_finds_nothing_is_refused_in_the_form_and_not_kept(
    given: dict[str, str], said: str
) -> None:
    listen.make_mentions(4, watch=listen.make_watch(query="mugs"), since=datetime(2026, 1, 2, 12, tzinfo=UTC))
    answer = signed_in("member").post(
        "/spread/cascades/new/", {"name": "Mugs", "window_hours": "72", **given}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Cascade.objects.exists()


def test_one_that_failed_can_be_changed() -> None:
    cascade = testing.make_cascade()
    Cascade.objects.filter(pk=cascade.pk).update(
        state=WorkState.FAILED, fault="cascade_no_posts", asked=Asked(wish={"q": "mugs"}, begins="2026-01-01T00:00:00+01:00").to_json()
    )  # fmt: skip
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert "/spread/cascades/new/?q=mugs" in text


def test_days_are_told_as_days_also_to_who_lives_elsewhere() -> None:
    """Asked from midnight to midnight of another zone, it is not said to begin at two o'clock."""
    cascade = testing.make_cascade()
    asked = Asked(wish={"q": "mugs"}, begins="2026-10-23T00:00:00+00:00", ends="2026-11-04T00:00:00+00:00")
    Cascade.objects.filter(pk=cascade.pk).update(asked=asked.to_json())
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert "23 October 2026 – 3 November 2026" in text
    assert "02:00" not in text


@pytest.mark.parametrize(
    ("auc", "better", "said"),
    [
        (0.5, 0.0, "These chances foretell nothing here"),
        (0.71, 0.0, "no better than the average"),
        (0.71, 0.12, "takes away 12% of what is uncertain"),
    ],
)
def test_what_an_estimate_is_worth_is_said_plainly(auc: float, better: float, said: str) -> None:
    told = replace(LEARNT, auc=auc, better=better, chances=(("1", 0.04, 30), ("2–4", 0.05, 30)))
    cascade = testing.make_cascade(network=testing.make_network(), estimated=told)
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert said in text
    assert "Somebody who listens to 1 person:" in text


@pytest.mark.parametrize(
    ("brought", "said"),
    [
        (0.8, "it would look like 0.30: what is above that is a sign"),
        (0.35, "it would look like 0.20 to 0.40: nothing shows"),
    ],
)
def test_what_the_order_of_joining_tells_is_held_against_any_other_order(brought: float, said: str) -> None:
    told = replace(LEARNT, brought=brought, brought_by_chance=(0.3, 0.2, 0.4))
    cascade = testing.make_cascade(network=testing.make_network(), estimated=told)
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/").content.decode()
    assert said in text
    assert "Each of the first brought" in text
    assert "dies down" not in text


@pytest.mark.parametrize(
    ("worthless", "said"),
    [
        (
            {"auc": 0.5},
            "no better than a coin (0.50). To try it all the same: a tie passed it on with a chance of 4.0%",
        ),
        ({"auc": None}, "too few people joined"),
        ({"circular": True}, "its network was probably made of what spread"),
    ],
)
def test_numbers_that_foretell_nothing_are_named_so_and_not_filled_in(
    worthless: dict[str, Any], said: str
) -> None:
    network = testing.make_network()
    good = testing.make_cascade(network=network, estimated=LEARNT, name="Good")
    bad = testing.make_cascade(network=network, estimated=replace(LEARNT, **worthless), name="Bad")
    member = signed_in("member")
    page = member.get(f"/spread/simulations/new/?cascade={bad.pk}")
    assert page.context["form"].initial["ic-probability"] != 0.04
    assert page.context["form"].initial.get("cascade") is None
    text = page.content.decode()
    assert said in text
    assert text.count("Its chances foretell nothing") == 1
    assert [row[::2] for row in page.context["cascades"]] == [(bad.pk, False), (good.pk, True)]


def test_everybody_who_joined_can_be_taken_along_without_formulas() -> None:
    who = [people.make_identity(handle="=HYPERLINK(1)"), people.make_identity(handle="ophelia")]
    cascade = testing.make_cascade([(0, None), (1, 0)], identities=who)
    text = signed_in("member").get(f"/spread/cascades/{cascade.pk}/joined.csv").content.decode()
    assert "'=HYPERLINK" in text
    assert text.count("\n") == 3


def test_the_list_and_the_start_lead_to_cascades() -> None:
    member = signed_in("member")
    assert b"No cascade yet" in member.get("/spread/cascades/").content
    cascade = testing.make_cascade(network=testing.make_network())
    for address in ("/spread/", "/spread/cascades/"):
        assert f"/spread/cascades/{cascade.pk}/".encode() in member.get(address).content


def test_a_long_cascade_is_walked_page_by_page() -> None:
    cascade = testing.make_cascade([(0, None), *((hour, hour - 1) for hour in range(1, 70))])
    member = signed_in("member")
    page = member.get(f"/spread/cascades/{cascade.pk}/")
    assert len(page.context["members"]) == 50
    page = member.get(f"/spread/cascades/{cascade.pk}/?after=49")
    assert len(page.context["members"]) == 20
    assert page.context["further"] == ""


def test_how_many_posts_are_found_is_told_before_they_are_read() -> None:
    listen.make_watch(query="mugs OR tea")
    source = sources.make_source()
    sources.store(
        source, sources.heard("mugs", author="hamlet"), sources.heard("mugs, mugs", author="hamlet"), sources.heard("tea", author="ophelia"),
    )  # fmt: skip
    member = signed_in("member")

    def said(**given: str) -> str:
        return member.get("/spread/cascades/new/count/", {"window_hours": "72", **given}).content.decode()

    assert "2 posts are found." in said(q="mugs") and "1 person would join." in said(q="mugs")
    assert "1 post is found." in said(q="tea", name="Tea")
    assert "No post of these days is found" in said(q="coffee")
    for unsaid in ({}, {"q": "(mugs"}, {"q": "mugs", "since": "2026-02-01", "until": "2026-01-01"}):
        assert said(**unsaid).strip() == ""
    assert 'hx-get="/spread/cascades/new/count/"' in member.get("/spread/cascades/new/").content.decode()
    assert signed_in("reader").get("/spread/cascades/new/count/").status_code == 403
