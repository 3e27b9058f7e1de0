"""The workbench: its form, its page, its numbers."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core import clock, jobs
from grapevine.core.testing import signed_in
from grapevine.people import testing as people
from grapevine.spread import testing
from grapevine.spread.models import Rule, Simulation
from grapevine.spread.questions import Begin, Way
from grapevine.spread.simulation_forms import SimulationForm
from grapevine.spread.tests import worlds

pytestmark = pytest.mark.django_db


def filled(network: Any, **more: Any) -> dict[str, Any]:
    """The form as it is shown, with a name and a network."""
    told = {key: value for key, value in SimulationForm.defaults().items() if value not in (None, False)}
    return {**told, "name": "Forty or one", "network": network.pk, **more}


def test_the_form_asks_and_the_page_compares() -> None:
    network = worlds.two_towns()
    browser = signed_in("member")
    page = browser.get("/spread/simulations/new/")
    assert "Share of friends it takes" in page.content.decode()
    answer = browser.post(
        "/spread/simulations/new/",
        filled(network, **{"s0-count": 2, "model": "ic", "ic-probability": 0.9, "runs": 600}),
    )
    row = Simulation.objects.get()
    assert answer.headers["Location"] == f"/spread/simulations/{row.pk}/"
    jobs.run_due(at=clock.now())
    text = browser.get(answer.headers["Location"]).content.decode()
    assert "In 95 of 100 runs between" in text
    assert "As advised (2)" in text
    assert "goes furthest" in text
    assert text.count("<svg") > 6
    csv = browser.get(f"/spread/simulations/{row.pk}/course.csv")
    assert csv.content.decode().startswith("\ufeffStep,As advised (2),")
    assert browser.get(f"/spread/simulations/{row.pk}/window.csv").status_code == 404
    assert "Forty or one" in browser.get("/spread/simulations/").content.decode()
    again = browser.get(f"/spread/simulations/new/?like={row.pk}")
    assert 'value="Forty or one"' in again.content.decode()
    assert 'value="0.9"' in again.content.decode()


def test_people_are_named_by_handle_or_number_and_searched_for() -> None:
    network = worlds.network_of([(0, 1), (2, 1)], handles=["hamlet", "ophelia", "yorick", "yorick"])
    people.make_identity(handle="fortinbras")  # not of this network
    browser = signed_in("member")
    one = {"s0-rule": Rule.HAND, "s0-count": "", "s1-rule": ""}
    wrong = browser.post(
        "/spread/simulations/new/", filled(network, **one, **{"s0-people": "@Hamlet\nfortinbras\nyorick\n"})
    )
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "1 line names nobody of this network: fortinbras" in text
    assert "Several people are called so: yorick" in text
    third = worlds.identity(network, 2)
    right = browser.post(
        "/spread/simulations/new/", filled(network, **one, **{"s0-people": f"@Hamlet\nyorick #{third}\n"})
    )
    assert right.status_code == 302
    seeds = (
        Simulation.objects.get().scenarios.get().seeds.order_by("place").values_list("identity_id", flat=True)
    )
    assert list(seeds) == [worlds.identity(network, 0), third]
    found = browser.get("/spread/simulations/people/", {"network": network.pk, "q": "yor"}).content.decode()
    assert f"yorick #{third}" in found
    assert "1 listener" in found
    assert (
        "Nobody"
        in browser.get("/spread/simulations/people/", {"network": network.pk, "q": "forti"}).content.decode()
    )


def test_somebody_joined_into_one_person_is_found_by_each_handle() -> None:
    network = worlds.network_of([(0, 1)], handles=["hamlet", "ophelia"])
    person = people.make_person()
    people.Identity.objects.filter(pk=worlds.identity(network, 0)).update(person=person)
    people.make_identity(handle="prince", person=person)
    browser = signed_in("member")
    given = filled(network, **{"s0-rule": Rule.HAND, "s0-people": "prince", "s1-rule": ""})
    assert browser.post("/spread/simulations/new/", given).status_code == 302
    seed = Simulation.objects.get().scenarios.get().seeds.get()
    assert seed.identity_id == worlds.identity(network, 0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"s0-count": ""}, "How many?"),
        ({"s0-rule": Rule.AUDIENCE}, "Which audience?"),
        ({"s0-rule": Rule.HAND}, "Name somebody"),
        ({"s0-rule": "", "s1-rule": ""}, "at least once"),
        ({"model": "watts", "watts-threshold": "1.5"}, "less than or equal to 1"),
        ({"model": "watts", "watts-threshold": ""}, "A number is wanted here"),
        ({"runs": "0"}, "greater than or equal to 2"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_beside_it(changed: dict[str, Any], said: str) -> None:
    network = worlds.two_towns()
    answer = signed_in("member").post("/spread/simulations/new/", filled(network, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Simulation.objects.exists()


def test_a_name_follows_rule_and_number_until_somebody_writes_one() -> None:
    network = worlds.two_towns()
    browser = signed_in("member")
    browser.post(
        "/spread/simulations/new/",
        filled(
            network, **{"s0-rule": Rule.RANDOM, "s0-count": 3, "s1-name": "Our hub", "s2-rule": Rule.NOBODY}
        ),
    )
    row = Simulation.objects.get()
    names = list(row.scenarios.order_by("place").values_list("name", flat=True))
    assert names == ["Drawn by lot (3)", "Our hub", "Nobody"]
    again = browser.get(f"/spread/simulations/new/?like={row.pk}").context["form"]
    assert [again.initial[f"s{place}-name"] for place in range(3)] == ["", "Our hub", ""]
    assert "(optional)" not in str(
        browser.get("/spread/simulations/new/").content.decode().split("s0-count")[0].rsplit("<label", 1)[-1]
    )


def test_who_may_not_see_audiences_is_told_that_a_beginning_with_one_is_empty() -> None:
    network = testing.make_network([(0, 1), (0, 2)])
    audience = testing.make_audience(network=network, count=1, kept_as="Court")
    begin = Begin(name="The court", rule=Rule.AUDIENCE, way=Way(audience_id=audience.pk))
    row = testing.make_simulation(begin, Begin(name="Nobody", rule=Rule.NOBODY), network=network)
    address = f"/spread/simulations/new/?like={row.pk}"
    member = signed_in("member").get(address)
    assert "Beginning 1 is a kept audience" in member.content.decode()
    assert [member.context["form"][f"s{place}-rule"].value() for place in range(2)] == ["", Rule.NOBODY]
    lead = signed_in("lead").get(address)
    assert "is a kept audience" not in lead.content.decode()
    assert lead.context["form"]["s0-rule"].value() == Rule.AUDIENCE


def test_without_a_network_the_page_says_what_to_do() -> None:
    browser = signed_in("member")
    assert "A network is needed first" in browser.get("/spread/simulations/new/").content.decode()
    assert "A network is needed first" in browser.get("/spread/simulations/").content.decode()


def test_a_removed_simulation_is_gone_and_comes_back() -> None:
    network = worlds.two_towns()
    browser = signed_in("member")
    browser.post("/spread/simulations/new/", filled(network, **{"s0-count": 1}))
    row = Simulation.objects.get()
    answer = browser.post(f"/spread/simulations/{row.pk}/remove/", {"next": "/spread/simulations/"})
    assert answer.headers["Location"] == "/spread/simulations/"
    assert browser.get(f"/spread/simulations/{row.pk}/").status_code == 404
    browser.post(f"/spread/simulations/{row.pk}/restore/")
    assert browser.get(f"/spread/simulations/{row.pk}/").status_code == 200


def test_names_of_strangers_are_escaped() -> None:
    network = worlds.network_of([(0, 1)], handles=["<b>hamlet</b>", "ophelia"])
    browser = signed_in("member")
    browser.post("/spread/simulations/new/", filled(network, **{"s0-count": 1}))
    jobs.run_due(at=clock.now())
    text = browser.get(f"/spread/simulations/{Simulation.objects.get().pk}/").content.decode()
    assert "<b>hamlet" not in text
    assert "&lt;b&gt;hamlet" in text
