"""How something spread: who joined when, and who brought them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.core import access, jobs
from grapevine.core.testing import NOON, deeds
from grapevine.listen import testing as listen
from grapevine.listen.contracts.filters import Wish
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.spread import testing, unfolding
from grapevine.spread.actions import cascades
from grapevine.spread.models import Cascade, How, Joining, WorkState
from grapevine.spread.observed import Seen
from grapevine.spread.unfolding import Told

LATER = NOON + timedelta(days=2)
HOUR = 3_600


def nobody(identity: int, at: int) -> tuple[int, ...]:
    return ()


def test_who_passes_on_or_answers_was_brought_by_who_joined_before() -> None:
    first = {1: (10, 0), 2: (20, HOUR), 3: (30, 2 * HOUR), 4: (40, 3 * HOUR)}
    told = {20: Told(passed_on=(1,)), 30: Told(answered=(9, 2, 1)), 40: Told(passed_on=(7,))}
    joined = unfolding.unfold(first, told, nobody, window=1)
    assert [(one.brought_by, one.how, one.depth) for one in joined] == [
        (None, How.OWN, 0),
        (0, How.REPOST, 1),
        (1, How.REPLY, 2),
        (None, How.OWN, 0),
    ]


def test_where_nobody_says_so_it_is_whom_they_listen_to_that_joined_last() -> None:
    first = {1: (10, 0), 2: (20, HOUR), 3: (30, 2 * HOUR), 4: (40, 90 * HOUR)}

    def circle(identity: int, at: int) -> tuple[int, ...]:
        return {3: (1, 2, 4), 4: (1,)}.get(identity, ())

    joined = unfolding.unfold(first, {}, circle, window=72 * HOUR)
    assert [(one.brought_by, one.how, one.exposed) for one in joined] == [
        (None, How.OWN, 0),
        (None, How.OWN, 0),
        (1, How.LISTENS, 2),
        (None, How.OWN, 1),  # heard too long ago
    ]


def test_who_joins_in_the_same_second_brought_nobody() -> None:
    joined = unfolding.unfold({1: (10, 0), 2: (20, 0)}, {}, lambda identity, at: (1, 2), window=HOUR)
    assert [one.brought_by for one in joined] == [None, None]


def test_reproduction_counts_what_the_first_generations_brought() -> None:
    first = {number: (number, number * HOUR) for number in range(1, 5)}
    told = {2: Told(passed_on=(1,)), 3: Told(passed_on=(1,)), 4: Told(passed_on=(3,))}
    joined = unfolding.unfold(first, told, nobody, window=HOUR)
    assert unfolding.reproduction(joined) == 1.0
    assert unfolding.delay_hours(joined) == 1.0
    # Forty who began brought twice as many, who brought nobody: two each, not one of the earlier half.
    began = {number: (number, number) for number in range(40)}
    later = {number: (number, number) for number in range(40, 120)}
    told = {number: Told(passed_on=((number - 40) // 2,)) for number in later}
    assert unfolding.reproduction(unfolding.unfold({**began, **later}, told, nobody, window=HOUR)) == 2.0
    assert unfolding.reproduction(()) is None


def made(**values: Any) -> Cascade:
    """A cascade of posts about mugs, read."""
    told = {"name": "Mugs", "wish": Wish(q="mugs"), "begins": None, "ends": LATER, "network": None, **values}
    cascade = cascades.ask(**told, by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    cascade.refresh_from_db()
    return cascade


@pytest.mark.django_db
def test_a_cascade_is_read_out_of_the_posts_of_a_filter() -> None:
    listen.make_watch(query="mugs OR swords")
    source = sources.make_source()
    sources.store(
        source,
        sources.heard("swords", author="laertes", external_id="0"),
        sources.heard("new mugs", author="hamlet", external_id="1"),
        sources.heard("new mugs", author="ophelia", external_id="2", kind="repost", repost_of="1"),
        sources.heard("these mugs", author="horatio", external_id="3", parent_id="2"),
        sources.heard("mugs again", author="hamlet", external_id="4"),
        sources.heard("mugs from afar", author="gertrude", external_id="5"),
    )
    who = {one.handle: one for one in people.Identity.objects.all()}
    network = testing.make_network(
        [(0, 1), (0, 2)], identities=[who["horatio"], who["gertrude"], who["laertes"]]
    )
    cascade = made(network=network)
    rows = Joining.objects.filter(cascade=cascade).order_by("place").select_related("identity")
    told = [(row.identity.handle if row.identity else "", row.brought_by, row.how, row.depth) for row in rows]
    assert told == [
        ("hamlet", None, "own", 0),
        ("ophelia", 0, "repost", 1),
        ("horatio", 1, "reply", 2),
        ("gertrude", 2, "listens", 3),
    ]
    seen = Seen.from_json(cascade.result)
    assert (cascade.state, cascade.people, cascade.depth) == (WorkState.DONE, 4, 3)
    assert (seen.posts, seen.people, seen.strangers, seen.generations) == (5, 4, 2, (1, 1, 1, 1))
    assert seen.how == {"own": 1, "repost": 1, "reply": 1, "listens": 1}
    assert seen.estimated is not None
    assert seen.estimated.ties == 2
    assert deeds()[-1] == "spread.cascade.asked"


@pytest.mark.django_db
def test_identities_of_one_person_join_once() -> None:
    listen.make_watch(query="mugs")
    source = sources.make_source()
    sources.store(source, sources.heard("mugs", author="hamlet"), sources.heard("mugs", author="prince"))
    who = {one.handle: one for one in people.Identity.objects.all()}
    people.make_join(first=who["prince"], second=who["hamlet"])
    assert made().people == 1


@pytest.mark.django_db
def test_a_cascade_of_nothing_says_so() -> None:
    listen.make_watch(query="swords")
    assert made().fault == "cascade_no_posts"
    assert made(wish=Wish(q="mugs", by="meaning")).fault == "cascade_meaning"
    assert made(wish=Wish(brand="gone")).fault == "cascade_filter"


@pytest.mark.django_db
def test_ties_that_came_with_it_do_not_tell_who_brought_whom() -> None:
    listen.make_watch(query="mugs")
    source = sources.make_source()
    sources.store(source, sources.heard("mugs", author="hamlet"), sources.heard("mugs", author="ophelia"))
    who = [people.Identity.objects.get(handle=one) for one in ("hamlet", "ophelia")]
    network = testing.make_network([(0, 1)], identities=who, began=NOON + timedelta(days=1))
    cascade = made(network=network)
    assert Seen.from_json(cascade.result).how == {"own": 2}
    assert Seen.from_json(cascade.result).estimated is None


@pytest.mark.django_db
def test_what_is_kept_of_the_question_names_no_author() -> None:
    identity = people.make_identity()
    cascade = cascades.ask(
        name="Mugs", wish=Wish(q="mugs", author=str(identity.pk)), begins=None, ends=LATER, network=None,
        by=access.SYSTEM, at=LATER,
    )  # fmt: skip
    assert cascade.asked["wish"] == {"q": "mugs"}
