"""Audiences that are changed after they were worked out, and what is said of who could not be chosen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.core import clock, jobs
from grapevine.core.testing import signed_in
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.spread import testing as spread
from grapevine.spread import words
from grapevine.spread.actions import forgetting
from grapevine.spread.advised import Advised
from grapevine.spread.models import Audience, Network, WorkState
from grapevine.spread.selectors import audiences, networks
from grapevine.spread.tests import worlds
from grapevine.spread.tests.test_audience_pages import NEW, filled
from grapevine.spread.tests.test_audiences import advised, chosen

pytestmark = pytest.mark.django_db


def test_accounts_of_brands_are_advised_only_where_that_is_wished() -> None:
    network = worlds.network_of(
        [(0, one) for one in range(1, 6)] + [(6, 7), (6, 8)],
        handles=["kobbekvarn", *"?" * 5, "ophelia", "?", "?"],
    )
    listen.make_brand(name="Kobbe & Kvarn", ours=False, accounts=["@Kobbekvarn"])
    row = advised(network, count=1)
    assert chosen(row) == [worlds.identity(network, 6)]
    told = Advised.from_json(row.result)
    assert (told.people, told.pool, told.accounts, told.refused) == (9, 8, 1, 0)
    assert chosen(advised(network, count=1, contactable=False)) == [worlds.identity(network, 0)]
    assert "none of the brands’ own accounts" in signed_in("lead").get(NEW).content.decode()


def test_the_page_says_who_could_not_be_chosen_and_why() -> None:
    network = worlds.network_of([(0, 1), (0, 2), (3, 4)], handles=["hamlet", "?", "?", "?", "?"], ours=[2])
    people.make_refusal(identity=people.Identity.objects.get(pk=worlds.identity(network, 0)))
    first = advised(network, count=1)
    row = advised(network, count=1, audience_ids=(first.pk,))
    said = signed_in("lead").get(f"/spread/audiences/{row.pk}/").content.decode()
    assert "1 is briefed already, 1 is not to be contacted, 1 is an account of a brand." in said
    assert "of 5 people in the network" in said


def test_taking_somebody_out_changes_number_and_cost_and_says_what_is_of_before() -> None:
    network = worlds.two_towns()
    row = advised(network, count=3, budget=30.0, cost=10.0)
    lead, address = signed_in("lead"), f"/spread/audiences/{row.pk}/"
    assert "The list was changed" not in lead.get(address).content.decode()
    member = row.members.order_by("place")[0]
    lead.post(f"{address}people/{member.pk}/out/")
    page = audiences.page(Audience.objects.get(pk=row.pk), at=clock.now())
    assert (page.count, page.spent, page.taken_out) == (2, 20.0, 1)
    text = lead.get(address).content.decode()
    assert "1 person was taken out" in text
    assert "before the list was changed" in text


def test_advice_is_worked_out_again_without_who_was_taken_out() -> None:
    network = worlds.two_towns()
    row = advised(network, count=1)
    [first] = chosen(row)
    lead, address = signed_in("lead"), f"/spread/audiences/{row.pk}/"
    lead.post(f"{address}people/{row.members.get().pk}/out/")
    again = lead.post(f"{address}without/").headers["Location"]
    assert again != address
    jobs.run_due(at=clock.now())
    new = Audience.objects.latest("pk")
    assert new.state == WorkState.DONE, new.fault
    assert [one.identity_id for one in new.members.filter(taken_out_at=None)] != [first]
    out = new.members.exclude(taken_out_at=None).get()
    assert (out.identity_id, out.place, out.gain) == (first, 1, None)
    text = lead.get(again).content.decode()
    assert "The list was changed" not in text
    assert "1 was taken out" in text
    lead.post(f"{again}people/{out.pk}/back/")
    assert "1 person was put back" in lead.get(again).content.decode()


def test_a_budget_below_the_cheapest_says_so_and_leaves_nothing_to_keep() -> None:
    row = advised(worlds.two_towns(), count=3, budget=4.0, cost=12.5)
    assert (row.state, row.fault) == (WorkState.FAILED, "audience_budget")
    assert "costs 12.50, and the budget is 4." in words.fault(row.fault, row.fault_params)
    text = signed_in("lead").get(f"/spread/audiences/{row.pk}/").content.decode()
    assert "Nobody fits this budget" in text
    assert "Keep them" not in text


def test_briefing_may_cost_nothing() -> None:
    network = worlds.two_towns()
    browser = signed_in("lead")
    assert browser.post(NEW, filled(network, cost="0", budget="5")).status_code == 302
    assert Audience.objects.get().asked["cost"] == 0
    jobs.run_due(at=clock.now())
    assert Audience.objects.get().members.count() == 2


def test_all_that_was_asked_stands_on_the_page() -> None:
    network = worlds.two_towns()
    first = spread.make_audience(network=network, kept_as="The early ones")
    given = filled(
        network, budget="50", cost="2.5", per_thousand="0.5", each_language="1", already=[first.pk], rng=7
    )
    browser = signed_in("lead")
    address = browser.post(NEW, given).headers["Location"]
    jobs.run_due(at=clock.now())
    page = audiences.page(Audience.objects.latest("pk"), at=clock.now())
    wished = dict(page.wished)
    assert wished["Budget"] == "50.0"
    assert wished["Cost of briefing somebody"] == "2.5"
    assert wished["… and more for a thousand followers"] == "0.5"
    assert wished["At least so many of each language"] == "1 (en, sv)"
    assert wished["Briefed already"] == "The early ones"
    assert wished["Only people who may be contacted, and none of the brands’ own accounts"] == "yes"
    assert wished["Dice"] == "7"
    text = browser.get(address).content.decode()
    assert all(label in text for label in wished)


def test_what_was_asked_is_changed_and_asked_again() -> None:
    network = worlds.two_towns()
    row = advised(network, count=3, budget=4.0, cost=12.5, costs={worlds.identity(network, 0): 9.0})
    browser = signed_in("lead")
    assert f"{NEW}?like={row.pk}" in browser.get(f"/spread/audiences/{row.pk}/").content.decode()
    page = browser.get(f"{NEW}?like={row.pk}")
    first = page.context["form"].initial
    assert (first["name"], first["network"], first["budget"], first["cost"]) == (
        "Regulars",
        network.pk,
        4.0,
        12.5,
    )
    assert "The file of costs has to be chosen again." in page.content.decode()
    assert signed_in("member").get(f"{NEW}?like={row.pk}").status_code == 403
    assert browser.get(f"{NEW}?like=99999").status_code == 404


def test_a_guarantee_that_is_no_number_is_kept_as_none() -> None:
    from grapevine.spread.actions import advising

    assert [advising._finite(one) for one in (None, float("inf"), float("nan"), 0.5)] == [
        None,
        None,
        None,
        0.5,
    ]


def asked_for(browser: Any, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert browser.get(address).status_code == 200
    return len(told)


def test_the_list_asks_as_often_however_many_audiences_there_are() -> None:
    network, browser = worlds.two_towns(), signed_in("lead")
    spread.make_audience(network=network)
    one = asked_for(browser, "/spread/audiences/")
    for _again in range(3):
        spread.make_audience(network=network)
    assert asked_for(browser, "/spread/audiences/") == one
    assert [row.members for row in audiences.rows()] == [2, 2, 2, 2]


def test_a_network_counts_the_people_who_are_there() -> None:
    network = worlds.two_towns()
    forgetting.out_of_networks([worlds.identity(network, 3), worlds.identity(network, 4)])
    assert Network.objects.get(pk=network.pk).people == 28
    [row] = networks.rows(by=make_lead())
    assert row.people == 28
    told = Advised.from_json(advised(Network.objects.get(pk=network.pk)).result)
    assert (told.people, told.pool) == (28, 27)


def make_lead() -> Any:
    return signed_in("lead").user  # type: ignore[attr-defined]
