"""What the picture of a network is made of."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pytest

from grapevine.spread import maps, snapshots, still, testing
from grapevine.spread.actions import forgetting
from grapevine.spread.models import Network

pytestmark = pytest.mark.django_db

# Two closed circles of four, and one tie between them.
TOWNS = [(a, b) for town in (range(4), range(4, 8)) for a in town for b in town if a != b] + [(0, 4)]


def _unpacked(packed: bytes) -> dict[str, Any]:
    raw = gzip.decompress(packed)
    length = int.from_bytes(raw[:4], "little")
    told = json.loads(raw[4 : 4 + length])
    at = 4 + length
    for name, kind, count in told["arrays"]:
        assert at % 4 == 0
        told[name] = np.frombuffer(raw, f"<{kind}", count, at)
        at += told[name].nbytes + (-told[name].nbytes % 4)
    assert at == len(raw)
    return told


def test_discs_are_the_communities_with_what_their_people_have_in_common() -> None:
    network = testing.make_network(TOWNS, languages=("da", "en"), lang=[0, 0, 0, 1, 1, 1, 1, -1], ours=[5])
    drawn = maps.of(snapshots.read(network))
    one, other = drawn.discs
    assert (one.people, other.people, drawn.rest) == (4, 4, 0)
    assert one.languages == ((0, 3), (1, 1))
    assert other.languages == ((1, 3),)
    assert (one.ours, other.ours) == (0, 1)
    assert (one.hue, other.hue) == (0, 1)
    assert one.heads[0] == 0  # four listen to them, to the others three
    assert one.within == other.within == pytest.approx(12 / 13)
    assert [(each.one, each.other, each.ties) for each in drawn.bundles] == [(one.number, other.number, 1)]


def test_everybody_is_inside_the_disc_of_their_community_and_inside_the_picture() -> None:
    snapshot = snapshots.read(testing.make_network(TOWNS))
    drawn = maps.of(snapshot)
    left, top, right, bottom = drawn.bounds
    for one in drawn.discs:
        members = np.flatnonzero(snapshot.people["community"] == one.number)
        away = np.hypot(snapshot.people["x"][members] - one.x, snapshot.people["y"][members] - one.y)
        assert (away < one.radius).all()
    assert (snapshot.people["x"] > left).all()
    assert (snapshot.people["x"] < right).all()
    assert (snapshot.people["y"] > top).all()
    assert (snapshot.people["y"] < bottom).all()


def test_what_is_packed_for_the_browser_is_read_as_it_was() -> None:
    snapshot = snapshots.read(testing.make_network(TOWNS, ours=[5]))
    told = _unpacked(maps.places(snapshot))
    assert told["people"] == 8
    assert told["ties"] == snapshot.graph.m
    assert told["listeners"].tolist() == snapshot.graph.out_degree.tolist()
    assert told["ours"].tolist() == [0, 0, 0, 0, 0, 1, 0, 0]
    assert told["x"].tolist() == snapshot.people["x"].tolist()
    arcs = _unpacked(maps.arcs(snapshot))
    assert arcs["at"].tolist() == snapshot.graph.out_at.tolist()
    assert arcs["to"].tolist() == snapshot.graph.out_to.tolist()


def test_what_is_packed_holds_no_name() -> None:
    raw = gzip.decompress(maps.places(snapshots.read(testing.make_network(TOWNS))))
    assert b"hamlet" not in raw


def test_who_was_forgotten_is_not_in_the_picture() -> None:
    network = testing.make_network(TOWNS)
    gone = int(snapshots.read(network).people["identity"][0])
    forgetting.out_of_networks([gone])
    snapshot = snapshots.read(Network.objects.get())
    drawn = maps.of(snapshot)
    assert drawn.people == 7
    assert sorted(one.people for one in drawn.discs) == [3, 4]
    assert _unpacked(maps.places(snapshot))["community"][0] == -1
    assert str(still.drawing(drawn, snapshot, "")).count('class="map-person') == 7


def test_a_network_of_nobody_has_an_empty_picture() -> None:
    drawn = maps.of(snapshots.read(testing.make_network([])))
    assert (drawn.people, drawn.discs, drawn.bundles) == (0, (), ())


def test_more_communities_than_there_is_room_for_are_counted() -> None:
    pairs = [(2 * one, 2 * one + 1) for one in range(maps.MOST_DISCS + 5)]
    drawn = maps.of(snapshots.read(testing.make_network(pairs)))
    assert len(drawn.discs) == maps.MOST_DISCS
    assert drawn.rest == 5
    assert {one.hue for one in drawn.discs[maps.HUES * maps.ROUNDS :]} == {-1}
