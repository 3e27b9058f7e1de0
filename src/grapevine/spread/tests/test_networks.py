"""Networks out of the store: who answers, names, passes on and follows whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from grapevine.connectors.base import Batch, Follow
from grapevine.core import access, jobs
from grapevine.core.testing import NOON, deeds, make_user
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.sources.actions import batches
from grapevine.spread import snapshots, testing, ties
from grapevine.spread.actions import networks
from grapevine.spread.definitions import Definition, Found
from grapevine.spread.models import Network, WorkState

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def watch() -> Any:
    """Somebody listens, so that who says "mugs" is known."""
    return listen.make_watch(query="mugs")


def made(**wanted: Any) -> Network:
    """A network of the definition, made."""
    values = {"half_life": 0.0, "days": 0, **wanted}
    network = networks.ask(name="Elsinore", definition=Definition(**values), by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    network.refresh_from_db()
    return network


def arcs(network: Network) -> dict[tuple[str, str], tuple[float, int, int]]:
    """(who is listened to, who listens): weight, kinds, times."""
    snapshot = snapshots.read(network)
    graph = snapshot.graph
    rows = people.Identity.objects.in_bulk(snapshot.people["identity"].tolist())
    names = [rows[one].handle for one in snapshot.people["identity"].tolist()]
    source = np.repeat(np.arange(graph.n), graph.out_degree)
    return {
        (names[u], names[v]): (round(float(w), 4), int(k), int(t))
        for u, v, w, k, t in zip(
            source,
            graph.out_to,
            graph.out_weight,
            snapshot.ties["kinds"],
            snapshot.ties["times"],
            strict=True,
        )
    }


def test_who_answers_names_and_passes_on_listens(watch: Any) -> None:
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("new mugs", author="hamlet", external_id="1"),
        sources.heard("nice mugs", author="ophelia", external_id="2", parent_id="1"),
        sources.heard("new mugs", author="horatio", external_id="3", kind="repost", repost_of="1"),
        sources.heard("mugs, @Ophelia!", author="horatio", external_id="4", mentions=("Ophelia",)),
    )
    assert arcs(made()) == {
        ("hamlet", "ophelia"): (1.0, 1, 1),
        ("hamlet", "horatio"): (2.0, 4, 1),
        ("ophelia", "horatio"): (0.5, 2, 1),
    }


def test_the_name_in_front_of_an_answer_is_no_second_sign(watch: Any) -> None:
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("new mugs", author="hamlet", external_id="1"),
        sources.heard(
            "@hamlet nice mugs", author="ophelia", external_id="2", parent_id="1", mentions=("hamlet",)
        ),
    )
    assert arcs(made()) == {("hamlet", "ophelia"): (1.0, 1, 1)}


def test_times_add_up_and_fade(watch: Any) -> None:
    source = sources.make_source()
    sources.store(
        source, sources.heard("mugs", author="hamlet", external_id="1", at=LATER - timedelta(days=20))
    )
    for number, days in enumerate((10, 0)):
        at = LATER - timedelta(days=days)
        sources.store(
            source, sources.heard("mugs", author="ophelia", external_id=f"a{number}", parent_id="1", at=at)
        )
    assert arcs(made(half_life=10.0)) == {("hamlet", "ophelia"): (1.5, 1, 2)}


def test_a_follow_is_a_tie_until_it_is_over(watch: Any) -> None:
    source = sources.make_source()
    sources.store(source, *(sources.heard("mugs", author=one) for one in ("hamlet", "ophelia", "horatio")))
    follows = [
        Follow("ophelia", "hamlet", NOON),
        Follow("horatio", "hamlet", NOON),
        Follow("stranger", "hamlet"),
    ]
    batches.store(source=source, batch=Batch(follows=follows), at=NOON)
    batches.store(source=source, batch=Batch(unfollows=[Follow("horatio", "hamlet")]), at=NOON)
    network = made()
    assert arcs(network) == {("hamlet", "ophelia"): (0.5, 8, 1)}
    found = Found.from_json(network.result)
    assert found.unknown == 1
    assert found.alone == 1


def test_identities_of_one_person_are_one(watch: Any) -> None:
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("mugs", author="hamlet", external_id="1"),
        sources.heard("mugs", author="prince", external_id="2", parent_id="1"),
        sources.heard("mugs", author="ophelia", external_id="3", parent_id="2"),
    )
    by_handle = {one.handle: one for one in people.Identity.objects.all()}
    people.make_join(first=by_handle["hamlet"], second=by_handle["prince"])
    network = made()
    assert arcs(network) == {("hamlet", "ophelia"): (1.0, 1, 1)}


def test_only_the_brand_its_answers_the_languages_and_the_days_asked_for_count() -> None:
    brand = listen.make_watch(query="mugs").brand
    listen.make_watch(query="swords", brand=listen.make_brand(name="Swords"))
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("swords", author="hamlet", external_id="1", lang="en"),
        sources.heard("swords are here", author="laertes", external_id="2", parent_id="1"),
        sources.heard("mugs", author="ophelia", external_id="3"),
        sources.heard("indeed", author="hamlet", external_id="4", parent_id="3", lang="da-DK"),
        sources.heard(
            "mugs", author="laertes", external_id="5", parent_id="3", at=NOON - timedelta(days=100)
        ),
    )
    assert set(arcs(made(brand_id=brand.pk))) == {("ophelia", "hamlet"), ("ophelia", "laertes")}
    assert set(arcs(made(brand_id=brand.pk, days=30))) == {("ophelia", "hamlet")}
    assert set(arcs(made(languages=("da",)))) == {("ophelia", "hamlet")}
    other = sources.make_source(name="The Globe")
    assert made(source_ids=(other.pk,)).fault == "network_no_ties"


def test_without_anybody_without_ties_it_says_so() -> None:
    assert made().fault == "network_nobody"
    listen.make_watch(query="mugs")
    sources.store(sources.make_source(), sources.heard("mugs"))
    network = made()
    assert (network.state, network.fault) == (WorkState.FAILED, "network_no_ties")


def test_it_is_made_with_figures_and_written_down(watch: Any) -> None:
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("new mugs", author="hamlet", external_id="1"),
        sources.heard("nice mugs", author="ophelia", external_id="2", parent_id="1"),
    )
    network = made()
    assert (network.state, network.people, network.ties) == (WorkState.DONE, 2, 1)
    found = Found.from_json(network.result)
    assert (found.posts, found.kinds, found.figures["n"]) == (2, {"reply": 1}, 2)
    assert deeds()[-1] == "spread.network.asked"


def test_whoever_may_not_make_networks_is_refused() -> None:
    with pytest.raises(access.AccessDenied):
        networks.ask(name="x", definition=Definition(), by=make_user(role="member"), at=NOON)


def test_sums_are_the_same_however_they_come_in_pieces() -> None:
    rng = np.random.default_rng(5)
    source, target = rng.integers(0, 30, 4_000), rng.integers(-1, 30, 4_000)
    whole, pieces = ties.Tally(), ties.Tally(most=100)
    at = rng.integers(0, 1_000, 4_000)
    whole.add(source, target, ties.REPLY, 1.0, at, at)
    for part in np.array_split(np.arange(4_000), 37):
        pieces.add(source[part], target[part], ties.REPLY, 1.0, at[part], at[part])
    one, other = whole.summed(), pieces.summed()
    for name in one.__dataclass_fields__:
        assert np.array_equal(getattr(one, name), getattr(other, name))
    fits = (target >= 0) & (source != target)
    assert one.times.sum() == fits.sum()


def test_a_made_network_is_there_at_once() -> None:
    network = testing.make_network([(0, 1, 1.0), (1, 2, 0.5)], ours=[0])
    snapshot = snapshots.read(network)
    assert snapshot.graph.out_weight.tolist() == [1.0, 0.5]
    assert snapshot.people["ours"].tolist() == [True, False, False]


def test_a_fresh_network_is_made_anew_every_night_and_old_ones_go() -> None:
    first = testing.make_network(is_fresh=True)
    Network.objects.filter(pk=first.pk).update(asked=Definition(fresh=True).to_json())
    assert networks.renew(at=NOON + timedelta(hours=10)) == 0
    assert networks.renew(at=NOON + timedelta(hours=30)) == 1
    second = Network.objects.get(series=first)
    first.refresh_from_db()
    assert (first.is_fresh, second.is_fresh) == (False, True)
    for day in range(9):
        testing.make_network(name=f"night {day}", series=first, until=NOON + timedelta(days=day + 3), at=NOON)
    assert networks.let_go(at=NOON) == 3
    assert not Network.objects.filter(pk=first.pk).exists()
