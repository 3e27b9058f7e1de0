"""The pages of networks."""

from __future__ import annotations

import pytest

from grapevine.core.testing import deeds, signed_in
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources
from grapevine.spread import testing
from grapevine.spread.definitions import Definition
from grapevine.spread.models import Network, WorkState

pytestmark = pytest.mark.django_db
ASKED = {"name": "Round the castle", "days": "90", "half_life": "30", "least": "0", "weight_reply": "1"}


def test_without_a_network_the_start_leads_on() -> None:
    assert b"/spread/networks/new/" in signed_in("lead").get("/spread/").content
    page = signed_in("member").get("/spread/")
    assert b"/spread/networks/new/" not in page.content
    assert b"No network yet" in page.content


def test_a_lead_asks_for_a_network_and_it_is_made() -> None:
    lead, brand = signed_in("lead"), listen.make_brand()
    source = sources.make_source()
    told = {**ASKED, "brand": str(brand.pk), "sources": [str(source.pk)], "languages": ["da"], "fresh": "on"}
    answer = lead.post("/spread/networks/new/", told)
    network = Network.objects.get()
    assert answer.headers["Location"] == f"/spread/networks/{network.pk}/"
    definition = Definition.from_json(network.asked)
    assert (definition.brand_id, definition.source_ids, definition.languages) == (
        brand.pk,
        (source.pk,),
        ("da",),
    )
    assert network.is_fresh
    page = lead.get(answer.headers["Location"])
    assert b"waiting for the worker" in page.content
    assert f"/spread/networks/{network.pk}/progress/".encode() in page.content


def test_a_network_of_no_kind_of_tie_is_refused_with_words() -> None:
    answer = signed_in("lead").post("/spread/networks/new/", {**ASKED, "weight_reply": "0"})
    assert answer.status_code == 422
    assert b"Give at least one kind of tie" in answer.content


def test_a_network_that_failed_says_why_and_can_be_tried_again() -> None:
    network = testing.make_network(state=WorkState.FAILED, fault="network_no_posts")
    lead = signed_in("lead")
    assert b"No post fits what you chose" in lead.get(f"/spread/networks/{network.pk}/").content
    lead.post(f"/spread/networks/{network.pk}/again/")
    network.refresh_from_db()
    assert network.state == WorkState.WAITING
    lead.post(f"/spread/networks/{network.pk}/cancel/")
    network.refresh_from_db()
    assert network.state == WorkState.CANCELLED
    assert deeds()[-2:] == ["spread.network.asked-again", "spread.network.cancelled"]


def test_a_removed_network_can_be_brought_back() -> None:
    network, lead = testing.make_network(), signed_in("lead")
    lead.post(f"/spread/networks/{network.pk}/remove/")
    assert lead.get(f"/spread/networks/{network.pk}/").status_code == 404
    assert network.name.encode() not in lead.get("/spread/networks/new/").content
    lead.post(f"/spread/networks/{network.pk}/restore/")
    assert lead.get(f"/spread/networks/{network.pk}/").status_code == 200
    assert deeds()[-2:] == ["spread.network.removed", "spread.network.restored"]


def test_an_open_page_is_made_anew_when_the_work_has_ended() -> None:
    network, member = testing.make_network(state=WorkState.RUNNING), signed_in("member")
    address = f"/spread/networks/{network.pk}/progress/"
    assert "HX-Refresh" not in member.get(address).headers
    Network.objects.update(state=WorkState.DONE)
    assert member.get(address).headers["HX-Refresh"] == "true"


def test_the_list_shows_the_latest_of_a_series_that_is_done() -> None:
    first = testing.make_network()
    testing.make_network(name="The same, a night later", series=first)
    testing.make_network(name="The same, failed", series=first, state=WorkState.FAILED)
    rows = signed_in("member").get("/spread/").context["rows"]
    assert [(row.name, row.older) for row in rows] == [("The same, a night later", 2)]


def test_whether_it_is_made_anew_every_night_can_be_changed() -> None:
    network, lead = testing.make_network(), signed_in("lead")
    lead.post(f"/spread/networks/{network.pk}/fresh/", {"fresh": "1"})
    network.refresh_from_db()
    assert network.is_fresh
    assert deeds()[-1] == "spread.network.kept-fresh"
