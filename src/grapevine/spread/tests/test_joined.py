"""People joined of several identities: one node, of which each of theirs is known, and which goes when one of them is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, jobs
from grapevine.core import privacy as core_privacy
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.listen.contracts.filters import Wish
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.spread import privacy, snapshots, testing
from grapevine.spread.actions import cascades, networks
from grapevine.spread.definitions import Definition
from grapevine.spread.models import AudienceMember, GivenTie, Joining, Network, Seed
from grapevine.spread.questions import Begin, Way

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def who() -> dict[str, Any]:
    """Hamlet writes as two; horatio and ophelia listen to one of him each."""
    prince = people.make_person(name="Hamlet")
    found = {name: people.make_identity(handle=name) for name in ("hamlet", "horatio", "ophelia")}
    found["mad hamlet"] = people.make_identity(handle="mad hamlet", platform="file/2")
    for name in ("hamlet", "mad hamlet"):
        people.Identity.objects.filter(pk=found[name].pk).update(person=prince)
    return found


@pytest.fixture
def network(who: dict[str, Any]) -> Network:
    testing.make_tie_file("horatio,hamlet", "ophelia,mad hamlet", "ophelia,horatio")
    made = networks.ask(name="Elsinore", definition=Definition(), by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    made.refresh_from_db()
    assert made.state == "done", made.fault
    return made


def test_each_of_somebodys_identities_leads_to_their_node(network: Network, who: dict[str, Any]) -> None:
    snapshot = snapshots.read(network)
    assert snapshot.people["identity"].tolist() == [who[one].pk for one in ("hamlet", "horatio", "ophelia")]
    for given, nodes in (("hamlet", [0]), ("mad hamlet", [0]), ("ophelia", [2])):
        assert snapshot.numbers([who[given].pk]).tolist() == nodes
    assert snapshot.numbers([who["mad hamlet"].pk, who["hamlet"].pk, who["horatio"].pk]).tolist() == [0, 1]
    told = privacy.Networks().hand_over(Subject(identity_ids=(who["mad hamlet"].pk,)))
    assert [(one["listen to them"], one["they listen to"]) for one in told] == [(2, 0)]


@pytest.mark.parametrize("parted", [False, True])
def test_when_one_of_them_is_forgotten_the_node_is_emptied(
    network: Network, who: dict[str, Any], parted: bool
) -> None:
    """Even if they were parted since: the ties of both are in it."""
    gone = who["mad hamlet"].pk
    if parted:
        people.Identity.objects.filter(pk=gone).update(person=None)
    assert privacy.Networks().forget(Subject(identity_ids=(gone,))) == 1
    network.refresh_from_db()
    snapshot = snapshots.read(network)
    assert snapshot.people["identity"].tolist() == [0, who["horatio"].pk, who["ophelia"].pk]
    assert (snapshot.graph.m, network.ties) == (1, 1)
    assert gone not in snapshot.joined["identity"].tolist()
    assert snapshot.numbers([gone, who["hamlet"].pk]).size == 0


def forget(identity: Any) -> None:
    """By all of the room's holders, in the order in which they are asked."""
    for holder in sorted(
        (one for one in core_privacy.holders() if one.name.startswith("spread.")), key=lambda one: one.name
    ):
        holder.forget(Subject(identity_ids=(identity.pk,)))


def test_what_a_file_tells_of_one_of_somebodys_identities_goes_with_it_alone(who: dict[str, Any]) -> None:
    testing.make_tie_file("horatio,hamlet", "ophelia,mad hamlet", "mad hamlet,horatio")
    told = GivenTie.objects.order_by("pk").values_list("listener__handle", "speaker__handle")
    assert list(told.all()) == [("horatio", "hamlet"), ("ophelia", "mad hamlet"), ("mad hamlet", "horatio")]
    forget(who["mad hamlet"])
    assert list(told.all()) == [("horatio", "hamlet")]
    forget(who["hamlet"])
    assert not told.exists()


def test_who_joined_under_one_of_several_identities_is_nobody_when_that_one_is_forgotten() -> None:
    listen.make_watch(query="mugs")
    one, other = sources.make_source(), sources.make_source()
    sources.store(one, sources.heard("tea", author="hamlet"))
    sources.store(other, sources.heard("mugs", author="mad hamlet"), sources.heard("mugs", author="ophelia"))
    both = {name: people.make_identity(handle=name, platform=f"file/{one.pk}") for name in ("hamlet",)}
    prince = people.make_person(name="Hamlet")
    mad = people.Identity.objects.get(handle="mad hamlet")
    people.Identity.objects.filter(pk__in=[mad.pk, both["hamlet"].pk]).update(person=prince)
    asked = cascades.ask(
        name="Mugs", wish=Wish(q="mugs"), begins=None, ends=LATER, network=None, by=access.SYSTEM, at=LATER
    )
    jobs.run_due(at=LATER + timedelta(days=400))
    assert mad.pk in asked.joinings.values_list("identity_id", flat=True)
    forget(mad)
    gone = Joining.objects.get(cascade=asked, identity=None)
    assert gone.post_id is None
    assert asked.joinings.exclude(identity=None).count() == 1


def test_beginnings_and_audiences_let_go_whom_a_forgotten_identity_was_joined_to(
    network: Network, who: dict[str, Any]
) -> None:
    """The first of theirs stood for both, by what both did."""
    by_hand = Begin(name="Two", rule="hand", way=Way(), people=(who["hamlet"].pk, who["horatio"].pk))
    testing.make_simulation(by_hand, network=network)
    audience = testing.make_audience(network=network, kept_as="Court")
    assert AudienceMember.objects.filter(audience=audience, identity=who["hamlet"]).exists()
    forget(who["mad hamlet"])
    assert [seed.identity_id for seed in Seed.objects.all()] == [who["horatio"].pk]
    assert not AudienceMember.objects.filter(identity=who["hamlet"]).exists()
