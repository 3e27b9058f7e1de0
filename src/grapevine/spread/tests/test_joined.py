"""People joined of several identities: one node, of which each of theirs is known, and which goes when one of them is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, jobs
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.people import testing as people
from grapevine.spread import privacy, snapshots, testing
from grapevine.spread.actions import networks
from grapevine.spread.definitions import Definition
from grapevine.spread.models import Network

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
