"""Whom to brief is seen by those only who may brief."""

from __future__ import annotations

import pytest

from grapevine.core import access
from grapevine.core.testing import NOON, make_user, signed_in
from grapevine.spread import testing as spread
from grapevine.spread.actions import simulations
from grapevine.spread.models import Rule, Simulation
from grapevine.spread.questions import Begin, Question, Way
from grapevine.spread.tests import worlds
from grapevine.spread.tests.test_workbench import filled

pytestmark = pytest.mark.django_db
NEW = "/spread/simulations/new/"


def test_a_member_is_offered_no_audience_and_none_is_taken_from_them() -> None:
    network = worlds.two_towns()
    audience = spread.make_audience(network=network, kept_as="Secret regulars")
    member, lead = signed_in("member"), signed_in("lead")
    for address in (NEW, f"{NEW}?audience={audience.pk}"):
        assert "Secret regulars" not in member.get(address).content.decode()
        assert "Secret regulars" in lead.get(address).content.decode()
    assert lead.get(f"{NEW}?audience={audience.pk}").context["form"].initial["s0-name"] == ""
    given = filled(network, **{"s0-rule": Rule.AUDIENCE, "s0-audience": audience.pk, "s1-rule": ""})
    assert member.post(NEW, given).status_code == 422
    assert not Simulation.objects.exists()
    assert lead.post(NEW, given).status_code == 302
    begin = Begin(name="Secret", rule=Rule.AUDIENCE, way=Way(audience_id=audience.pk))
    with pytest.raises(access.AccessDenied):
        simulations.ask(
            name="No",
            network=network,
            question=Question(),
            begins=[begin],
            by=make_user(role="member"),
            at=NOON,
        )


def test_who_was_advised_is_named_to_leads_and_counted_for_all() -> None:
    network = worlds.two_towns()
    audience = spread.make_audience(network=network, count=2, kept_as="Secret regulars")
    row = spread.make_simulation(
        Begin(name="Theirs", rule=Rule.AUDIENCE, way=Way(audience_id=audience.pk)),
        Begin(name="Advice", rule=Rule.ADVICE, way=Way(count=2)),
        network=network,
    )
    address = f"/spread/simulations/{row.pk}/"
    assert signed_in("lead").get(address).content.decode().count("hamlet</bdi>") == 2
    seen = signed_in("member").get(address).content.decode()
    assert "hamlet" not in seen
    assert "Secret regulars" not in seen
    assert "Advice" in seen
    like = signed_in("member").get(f"{NEW}?like={row.pk}").content.decode()
    assert "Secret regulars" not in like
    assert "hamlet" not in like


def test_who_begins_by_a_rule_of_the_network_is_named_to_all() -> None:
    row = spread.make_simulation(network=worlds.two_towns())
    assert "hamlet</bdi>" in signed_in("member").get(f"/spread/simulations/{row.pk}/").content.decode()


def test_how_far_advice_is_worked_out_is_told_to_leads_only() -> None:
    address = f"/spread/audiences/{spread.make_audience(network=worlds.two_towns()).pk}/progress/"
    assert signed_in("member").get(address).status_code == 403
    assert signed_in("lead").get(address).status_code == 200


def test_where_no_audience_is_kept_the_form_says_how_to_come_by_one() -> None:
    worlds.two_towns()
    assert "No audience is kept yet" in signed_in("lead").get(NEW).content.decode()
    assert "/spread/audiences/new/" not in signed_in("member").get(NEW).content.decode()
