"""The page of a network: its picture, the people in it, their circles, what shows a tie."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people
from grapevine.spread import snapshots, testing
from grapevine.spread.actions import forgetting
from grapevine.spread.models import Network
from grapevine.spread.tests import worlds
from grapevine.spread.tests.test_maps import TOWNS

pytestmark = pytest.mark.django_db


def test_the_page_says_in_words_what_the_picture_shows() -> None:
    network = testing.make_network(TOWNS, languages=("da",))
    page = signed_in("member").get(f"/spread/networks/{network.pk}/")
    said = page.content.decode()
    assert 'aria-label="8 people with 25 ties between them.' in said
    assert said.count('class="map-person ') == 8 + 1  # and one in the legend
    assert "Around <bdi>hamlet</bdi>" in said
    assert "Danish" in said
    assert "What it is made of" in said


def test_figures_are_sentences() -> None:
    network = testing.make_network(TOWNS)
    lines = signed_in("member").get(f"/spread/networks/{network.pk}/").context["lines"]
    told = {one.name: (one.figure, one.says) for one in lines}
    assert told["Hang together"][0] == "100%"
    assert told["Ties that go both ways"] == ("96%", "People listen to each other: this is a conversation.")
    assert told["Inner circle"] == (
        "8",
        "In the middle there is a group of 8 people who each have at least 3 ties inside it.",
    )


def test_a_circle_lists_who_listens_and_to_whom_with_the_strongest_first() -> None:
    network = testing.make_network([(0, 1, 1.0), (0, 2, 5.0), (3, 0, 2.0), (1, 0, 1.0)])
    circle = signed_in("member").get(f"/spread/networks/{network.pk}/people/0/").context["circle"]
    assert [tie.listener.name for tie in circle.listeners] == ["horatio", "ophelia"]
    assert [tie.speaker.name for tie in circle.listens_to] == ["gertrude", "ophelia"]
    assert circle.both_ways == 1


def test_a_tie_says_what_shows_it_both_ways() -> None:
    network = testing.make_network([(0, 1), (1, 0)], kinds=5)
    page = signed_in("member").get(f"/spread/networks/{network.pk}/people/0/to/1/").content.decode()
    assert "<bdi>ophelia</bdi> listens to <bdi>hamlet</bdi>" in page
    assert "<bdi>hamlet</bdi> listens to <bdi>ophelia</bdi>" in page
    assert "passed on what they said" in page
    missing = testing.make_network([(0, 1)], count=3)
    assert signed_in("member").get(f"/spread/networks/{missing.pk}/people/0/to/2/").status_code == 404


def test_people_are_found_by_the_beginning_of_their_handle_the_most_listened_to_first() -> None:
    known = [people.make_identity(handle=handle) for handle in ("yorick", "yoric", "osric")]
    people.make_identity(handle="yoricius")  # in no network
    network = testing.make_network([(0, 1), (1, 0), (1, 2)], identities=known)
    found = signed_in("member").get(f"/spread/networks/{network.pk}/people/?q=yor").context["found"]
    assert [one.name for one in found] == ["yoric", "yorick"]
    nobody = signed_in("member").get(f"/spread/networks/{network.pk}/people/?q=%25").content
    assert b"Nobody in this network" in nobody


def test_a_community_lists_its_most_listened_to() -> None:
    network = testing.make_network(TOWNS)
    page = signed_in("member").get(f"/spread/networks/{network.pk}/people/?community=1")
    assert sorted(one.number for one in page.context["found"]) == [4, 5, 6, 7]


def test_the_side_is_a_piece_of_the_page_when_the_picture_asks() -> None:
    network = testing.make_network(TOWNS)
    member = signed_in("member")
    piece = member.get(f"/spread/networks/{network.pk}/people/0/", headers={"HX-Target": "map-side"}).content
    assert b"<html" not in piece
    assert b'data-circle-of="0"' in piece
    assert b"<html" in member.get(f"/spread/networks/{network.pk}/people/0/").content
    assert member.get(f"/spread/networks/{network.pk}/people/8/").status_code == 404


def test_the_picture_opens_with_the_person_of_its_address() -> None:
    network = testing.make_network(TOWNS)
    member = signed_in("member")
    assert b'data-circle-of="3"' in member.get(f"/spread/networks/{network.pk}/?person=3").content
    assert b"data-circle-of" not in member.get(f"/spread/networks/{network.pk}/?person=99").content
    assert b"data-circle-of" not in member.get(f"/spread/networks/{network.pk}/?person=x").content


def test_places_are_sent_once_and_anew_when_somebody_was_taken_out() -> None:
    network = testing.make_network(TOWNS)
    member = signed_in("member")
    address = f"/spread/networks/{network.pk}/places"
    first = member.get(address, headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    etag = first.headers["ETag"]
    assert member.get(address, headers={"If-None-Match": etag}).status_code == 304
    forgetting.out_of_networks([int(snapshots.read(network).people["identity"][0])])
    assert member.get(address, headers={"If-None-Match": etag}).status_code == 200
    plain = member.get(address)
    assert "Content-Encoding" not in plain.headers
    assert plain.content[4:5] == b"{"


def test_names_are_told_to_who_may_see_the_network_and_not_of_who_was_forgotten() -> None:
    known = [people.make_identity(handle=handle) for handle in ("yor\u202eick", "osric")]
    network = testing.make_network([(0, 1)], identities=known)
    address = f"/spread/networks/{network.pk}/names?n=0,1,77,x"
    told = signed_in("member").get(address).json()
    assert set(told) == {"0", "1"}
    assert "\u202e" not in told["0"]
    assert signed_in("reader").get(address).status_code == 403
    forgetting.out_of_networks([known[1].pk])
    assert signed_in("member").get(address).json()["1"] == ""


def test_hostile_names_are_text() -> None:
    known = [people.make_identity(handle="<b>x</b>"), people.make_identity(handle="osric")]
    network = testing.make_network([(0, 1), (1, 0)], identities=known)
    for address in ("", "people/0/", "people/?q=<b", "people/0/to/1/"):
        page = signed_in("member").get(f"/spread/networks/{network.pk}/{address}").content
        assert b"<b>x" not in page, address


def test_a_network_is_held_against_the_one_before_that_was_made_alike() -> None:
    known = [people.make_identity(handle=testing.named(one)) for one in range(4)]
    before = testing.make_network([(0, 1), (0, 2)], identities=known[:3], at=NOON - timedelta(days=1))
    testing.make_network([(0, 1)], identities=known[:2], at=NOON - timedelta(hours=5), asked={"days": 7})
    network = testing.make_network([(0, 1), (2, 0), (2, 1)], identities=[*known[:2], known[3]])
    compared = signed_in("member").get(f"/spread/networks/{network.pk}/").context["compared"]
    assert compared.before_id == before.pk
    assert (compared.came, compared.went, compared.stayed) == (1, 1, 2)
    assert [(one.person.name, one.before, one.now) for one in compared.moved] == [("hamlet", 2, 1)]
    assert signed_in("member").get(f"/spread/networks/{before.pk}/").context["compared"] is None


def test_who_was_forgotten_does_not_count_as_gone_from_the_network() -> None:
    network = testing.make_network(TOWNS)
    everybody = snapshots.read(network).people["identity"]
    forgetting.out_of_networks([int(one) for one in np.asarray(everybody)])
    page = signed_in("member").get(f"/spread/networks/{network.pk}/")
    assert b"Nobody is in this network any more" in page.content
    assert Network.objects.get().revision == 2


def test_people_are_found_by_any_part_of_what_they_are_called_and_told_apart() -> None:
    """Who begins with the words comes first; two of one name are told apart by where they write."""
    network = worlds.network_of([(0, 1), (0, 2), (1, 2)], handles=["prince-hamlet", "hamlet", "hamlet"])
    people.Identity.objects.filter(pk=worlds.identity(network, 2)).update(platform="bluesky")
    text = signed_in("member").get(f"/spread/networks/{network.pk}/people/?q=hamlet").content.decode()
    assert text.index("hamlet · bluesky") < text.index("prince-hamlet")
    assert "prince-hamlet ·" not in text
