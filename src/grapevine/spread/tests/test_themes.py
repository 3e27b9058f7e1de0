"""What communities talk about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, jobs
from grapevine.core.testing import NOON, signed_in
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.spread import testing
from grapevine.spread.actions import networks
from grapevine.spread.definitions import Definition, Found

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
COURT = ("hamlet", "ophelia", "horatio", "gertrude", "claudius", "polonius")
GUARD = ("marcellus", "bernardo", "francisco", "osric", "reynaldo", "yorick")


def _talk(town: tuple[str, ...], text: str) -> list[Any]:
    return [sources.heard(f"@{town[0]} mugs {text}", author=one) for one in town]


def _network() -> Any:
    """Two towns in which everybody listens to everybody."""
    testing.make_tie_file(
        *(f"{one},{other}" for town in (COURT, GUARD) for one in town for other in town if one != other)
    )
    network = networks.ask(name="Elsinore", definition=Definition(), by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    network.refresh_from_db()
    assert network.state == "done", network.fault
    return network


def test_a_community_is_told_by_the_words_that_are_its_own() -> None:
    listen.make_watch(query="mugs")
    source = sources.make_source()
    sources.store(source, *_talk(COURT, "with the poisoned rapier"), *_talk(GUARD, "on the cold battlements"))
    network = _network()
    found = Found.from_json(network.result)
    court, guard = sorted(found.talk.values(), key=lambda its: "poisoned rapier" not in its)
    assert court[0] == "poisoned rapier" and guard[0] == "cold battlements"
    assert "mugs" not in (*court, *guard)  # both say so
    assert not {"hamlet", "marcellus"} & {*court, *guard}  # whom they answer is nothing they talk about
    page = signed_in("member").get(f"/spread/networks/{network.pk}/").content.decode()
    assert "They talk about <bdi>poisoned rapier" in page


def test_what_fewer_than_three_people_say_is_told_of_nobody() -> None:
    listen.make_watch(query="mugs")
    source = sources.make_source()
    secret = [sources.heard(f"mugs and my pirate voyage, part {part}", author="hamlet") for part in range(8)]
    sources.store(source, *_talk(COURT, "of wine"), *_talk(GUARD, "of beer"), *secret)
    told = " ".join(word for its in Found.from_json(_network().result).talk.values() for word in its)
    assert "wine" in told and "beer" in told
    assert "pirate" not in told and "voyage" not in told


def test_a_network_made_before_has_no_words_and_hostile_ones_are_text() -> None:
    network = testing.make_network([(0, 1), (1, 2), (2, 0)])
    member = signed_in("member")
    assert b"They talk about" not in member.get(f"/spread/networks/{network.pk}/").content
    network.result = {**network.result, "talk": {"0": ["<script>alert(1)</script>"]}}
    network.save(update_fields=["result"])
    page = member.get(f"/spread/networks/{network.pk}/").content
    assert b"They talk about" in page and b"<script>alert" not in page
    assert people.Identity.objects.count() == 3
