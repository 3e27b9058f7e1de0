"""Who gets a thread: rules on plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.converse.clocks import Hours
from grapevine.converse.routing import Choice, Crew, Desk, Facts, Person, Rule, choose
from grapevine.converse.terms import Terms
from grapevine.core.testing import NOON
from grapevine.engine import query
from grapevine.listen.contracts.readings import WANT_BITS

HELP = 2
HORATIO, OPHELIA, OSRIC = 1, 2, 3
COURT, GUARD = 10, 20


def desk(*rules: Rule, crews: Any = None, **people: Any) -> Desk:
    """Horatio speaks Danish, Ophelia Danish and English, Osric English; all sit in the court."""
    all_of_them = {
        HORATIO: Person(id=HORATIO, name="Horatio", languages=frozenset({"da"})),
        OPHELIA: Person(id=OPHELIA, name="Ophelia", languages=frozenset({"da", "en"})),
        OSRIC: Person(id=OSRIC, name="Osric", languages=frozenset({"en"})),
    }
    for pk, change in people.get("changes", {}).items():
        all_of_them[pk] = replace(all_of_them[pk], **change)
    crews = crews or [Crew(id=COURT, members=(HORATIO, OPHELIA, OSRIC)), Crew(id=GUARD, members=(OSRIC,))]
    return Desk(rules=rules, crews={one.id: one for one in crews}, people=all_of_them)


def facts(**values: Any) -> Facts:
    return Facts(**{"key": "1/post-1", "source_id": 1, "lang": "da", **values})


DANISH = Rule(id=1, name="Danish to the court", languages=frozenset({"da"}), team_id=COURT)


def codes(choice: Choice) -> list[str]:
    return [reason.code for reason in choice.reasons]


@pytest.mark.parametrize(
    ("rule", "fitting", "other"),
    [
        (Rule(id=1, languages=frozenset({"da"})), {"lang": "da"}, {"lang": "sv"}),
        (Rule(id=1, wants=HELP), {"wants": 3}, {"wants": 1}),
        (Rule(id=1, moods=frozenset({1})), {"mood": 1}, {"mood": 0}),
        (Rule(id=1, brands=frozenset({7})), {"brand_id": 7}, {"brand_id": None}),
        (Rule(id=1, sources=frozenset({4})), {"source_id": 4}, {"source_id": 5}),
        (Rule(id=1, words=query.parse("lute NEAR/3 broken")), {"text": "My lute is broken"}, {"text": "A lute"}),
    ],
)  # fmt: skip
def test_a_rule_fits_where_what_it_asks_for_is_so(rule: Rule, fitting: Any, other: Any) -> None:
    assert rule.fits(facts(**fitting))
    assert not rule.fits(facts(**other))


def test_the_first_rule_that_says_who_decides_and_later_ones_decide_what_is_open() -> None:
    urgent = Rule(id=2, team_id=GUARD, priority=1, label_id=5)
    choice = choose(facts(), desk(DANISH, urgent), NOON)
    assert (choice.team_id, choice.priority, choice.label_ids) == (COURT, 1, (5,))
    assert choice.rule_ids == [1, 2]


@pytest.mark.parametrize(
    ("wants", "storms", "priority", "why"),
    [
        ("complains", (), 2, ["pressing"]),
        ("leaves", (), 2, ["pressing"]),
        ("asks_help", (8,), 2, ["pressing"]),
        ("asks_help", (7,), 1, ["pressing_in_storm"]),
        ("praises", (7,), 3, []),
    ],
)
def test_what_presses_matters_more_where_no_rule_says_how_much(
    wants: str, storms: tuple[int, ...], priority: int, why: list[str]
) -> None:
    found = choose(facts(wants=WANT_BITS[wants], brand_id=7), Desk(storms=frozenset(storms)), NOON)
    assert (found.priority, codes(found)) == (priority, why)


@pytest.mark.parametrize(
    ("text", "wants", "priority", "why"),
    [
        ("Min son fick utslag, vi är på akuten", "praises", 1, ["danger"]),
        ("Var är mitt paket? Det brådskar!", "praises", 2, ["haste"]),
        ("Ni är idioter. Sämsta jävla kaffet", "complains", 3, []),
        ("Kvarnen gick sönder efter en vecka", "complains", 2, ["pressing"]),
    ],
)
def test_what_their_words_say_matters_more_than_that_they_are_angry(
    text: str, wants: str, priority: int, why: list[str]
) -> None:
    found = choose(facts(text=text, lang="sv", wants=WANT_BITS[wants]), Desk(), NOON)
    assert (found.priority, codes(found)) == (priority, why)


def test_a_rule_of_ones_own_says_before_that_how_much_a_thread_matters() -> None:
    calm = Rule(id=4, name="Calm", wants=WANT_BITS["complains"], priority=3)
    found = choose(facts(wants=WANT_BITS["complains"]), Desk(rules=(calm,)), NOON)
    assert (found.priority, codes(found)) == (3, ["rule"])
    decided = choose(facts(wants=WANT_BITS["complains"], priority=4), Desk(), NOON)
    assert (decided.priority, codes(decided)) == (4, [])


def test_a_thread_goes_to_who_speaks_its_language() -> None:
    english = Rule(id=1, team_id=COURT)
    assert choose(facts(lang="da"), desk(DANISH), NOON).user_id in {HORATIO, OPHELIA}
    assert choose(facts(lang="en"), desk(english), NOON).user_id in {OPHELIA, OSRIC}
    nobody = choose(facts(lang="sv"), desk(english), NOON)
    assert (nobody.team_id, nobody.user_id, codes(nobody)[-1]) == (COURT, None, "nobody_speaks")


def test_a_text_whose_language_nobody_knows_may_go_to_anybody() -> None:
    assert choose(facts(lang=""), desk(Rule(id=1, team_id=COURT)), NOON).user_id is not None


def test_who_is_away_gets_nothing_until_they_are_back() -> None:
    away = {HORATIO: {"away_until": NOON + timedelta(days=1)}, OPHELIA: {"away_until": NOON}}
    assert choose(facts(), desk(DANISH, changes=away), NOON).user_id == OPHELIA


def test_who_has_no_room_gets_nothing() -> None:
    full = {HORATIO: {"load": 20}, OPHELIA: {"load": 5, "max_load": 0}}
    choice = choose(facts(), desk(DANISH, changes=full), NOON)
    assert (choice.user_id, codes(choice)[-1]) == (None, "nobody_has_room")


def test_room_is_measured_by_what_each_said_to_be_enough() -> None:
    part_time = {HORATIO: {"load": 4, "max_load": 5}, OPHELIA: {"load": 8, "max_load": 20}}
    assert choose(facts(), desk(DANISH, changes=part_time), NOON).user_id == OPHELIA


def test_once_mandates_are_given_a_thread_goes_to_who_holds_one_for_it() -> None:
    mandates = {OPHELIA: {"mandates": (Terms(brand_ids=(7,)),)}}
    held = desk(DANISH, changes=mandates)
    assert choose(facts(brand_id=7), held, NOON).user_id == OPHELIA
    assert codes(choose(facts(brand_id=8), held, NOON))[-1] == "nobody_may"


def test_a_rule_may_ask_that_somebody_of_its_team_holds_a_mandate() -> None:
    rule = replace(DANISH, needs_mandate=True)
    assert codes(choose(facts(), desk(rule), NOON)) == []
    mandated = desk(rule, changes={OPHELIA: {"mandates": (Terms(),)}})
    assert choose(facts(), mandated, NOON).user_id == OPHELIA


def test_a_rule_to_a_person_who_is_away_falls_back_to_their_team() -> None:
    rule = Rule(id=1, team_id=COURT, user_id=HORATIO)
    assert choose(facts(), desk(rule), NOON).user_id == HORATIO
    away = desk(rule, changes={HORATIO: {"away_until": NOON + timedelta(days=1)}})
    choice = choose(facts(), away, NOON)
    assert (choice.user_id, codes(choice)) == (OPHELIA, ["rule", "away", "least_laden"])


def test_a_rule_that_names_a_person_only_leaves_the_team_as_it_was() -> None:
    to_osric = Rule(id=1, user_id=OSRIC)
    alone = desk(to_osric, crews=[Crew(id=COURT, members=(HORATIO,))])
    choice = choose(facts(), alone, NOON)
    assert (choice.team_id, choice.user_id) == (COURT, OSRIC)
    with_later = choose(facts(), desk(to_osric, replace(DANISH, id=2)), NOON)
    assert (with_later.team_id, with_later.user_id, with_later.rule_ids) == (COURT, OSRIC, [1, 2])
    assert choose(facts(), desk(to_osric), NOON).team_id is None


def test_what_is_urgent_outside_the_hours_goes_to_who_is_on_call() -> None:
    from zoneinfo import ZoneInfo

    closed = Crew(id=COURT, members=(HORATIO,), hours=Hours(ZoneInfo("UTC")), on_call=OSRIC)
    rule = replace(DANISH, priority=1)
    choice = choose(facts(), desk(rule, crews=[closed]), NOON)
    assert (choice.user_id, codes(choice)[-1]) == (OSRIC, "on_call")
    assert choose(facts(), desk(DANISH, crews=[closed]), NOON).user_id == HORATIO


def test_a_team_that_takes_for_itself_is_given_no_person() -> None:
    choice = choose(facts(), desk(crews=[Crew(id=COURT, members=(HORATIO,), assigns=False)]), NOON)
    assert (choice.team_id, choice.user_id, codes(choice)) == (COURT, None, ["only_team", "team_takes"])


def test_without_rules_and_with_several_teams_nobody_is_chosen() -> None:
    assert choose(facts(), desk(), NOON) == Choice()


def test_a_rule_to_a_team_that_was_dissolved_decides_nothing() -> None:
    assert choose(facts(), desk(replace(DANISH, team_id=99), replace(DANISH, id=2)), NOON).rule_ids == [2]


@given(st.lists(st.text(max_size=8), min_size=30, max_size=60, unique=True))
def test_threads_are_given_out_evenly_and_always_to_the_same(keys: list[str]) -> None:
    def given_out() -> list[int | None]:
        held, got = desk(DANISH), []
        for key in keys:
            choice = choose(facts(key=key), held, NOON)
            held.took(choice)
            got.append(choice.user_id)
        return got

    counts = Counter(given_out())
    assert set(counts) <= {HORATIO, OPHELIA, None}
    assert abs(counts[HORATIO] - counts[OPHELIA]) <= 1
    assert given_out() == given_out()
