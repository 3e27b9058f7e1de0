"""What is inside a mandate, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grapevine.converse import mandate_rules as rules
from grapevine.converse.mandate_rules import Facts, Standing
from grapevine.converse.terms import Terms
from grapevine.engine.text import money

TODAY = date(2026, 3, 2)
TERMS = Terms(
    brand_ids=(1,),
    source_ids=(7,),
    langs=("sv", "da"),
    wants=("complains", "asks_help"),
    except_label_ids=(9,),
    amount=Decimal(500),
    currency="SEK",
    percent=10,
)
FACTS = Facts(source_id=7, brand_id=1, lang="sv", wants=frozenset({"complains"}))


def says(text: str, lang: str = "sv") -> Facts:
    return replace(FACTS, promised=money.read(text, lang))


def mandate(**values: Any) -> Standing:
    return Standing(
        **{
            "id": 1,
            "version": 1,
            "terms": TERMS,
            "accepted": True,
            "starts_on": TODAY,
            "ends_on": TODAY,
            **values,
        }
    )


def codes(verdict: rules.Verdict) -> list[str]:
    return [one.code for one in verdict.reasons]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"brand_id": 2}, "brand"),
        ({"brand_id": None}, "brand"),
        ({"source_id": 8}, "source"),
        ({"lang": "nl"}, "lang"),
        ({"wants": frozenset({"complains", "leaves"})}, "wants"),
        ({"label_ids": frozenset({9})}, "label-kept"),
    ],
)
def test_each_thing_a_mandate_names_can_put_a_reply_outside(changed: dict[str, Any], code: str) -> None:
    verdict = rules.judged([mandate()], replace(FACTS, **changed), TODAY, passed=True)
    assert (verdict.inside, codes(verdict)) == (False, [code])


def test_what_a_mandate_names_is_inside_and_so_are_thanks_and_an_unknown_language() -> None:
    assert rules.judged([mandate()], FACTS, TODAY, passed=True) == rules.Verdict(True, mandate())
    facts = replace(FACTS, lang="", wants=frozenset({"thanks", "praises"}))
    assert rules.judged([mandate()], facts, TODAY, passed=True).inside


def test_empty_lists_leave_nothing_out() -> None:
    facts = Facts(source_id=3, brand_id=None, lang="fi", wants=frozenset({"job"}), label_ids=frozenset({4}))
    assert rules.judged([mandate(terms=Terms())], facts, TODAY, passed=True).inside


def test_labels_asked_for_must_be_there() -> None:
    terms = Terms(label_ids=(4, 5))
    assert codes(rules.judged([mandate(terms=terms)], FACTS, TODAY, passed=True)) == ["labels"]
    labelled = replace(FACTS, label_ids=frozenset({5}))
    assert rules.judged([mandate(terms=terms)], labelled, TODAY, passed=True).inside


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi ersätter 500 kr", []),
        ("Vi ersätter 501 kr", ["amount"]),
        ("Lampan kostar 4 999 kr", []),
        ("Vi ger dig € 20", ["currency"]),
        ("Du får 10 % rabatt", []),
        ("Du får 11 % rabatt", ["percent"]),
        ("Du får pengarna tillbaka", ["open-ended"]),
        ("Vi ersätter 100 kr, eller 900 kr om du vill", ["amount"]),
        ("Vi ersätter sextio tusen kronor", ["amount"]),
        ("Vi ersätter dig med 5000", ["amount"]),
        ("Vi ersätter dig med 400", []),
        ("Vi ersätter 400 kr för lampan och 400 kr för skärmen", ["amount"]),
        ("Vi ger dig 20 pund", ["currency"]),
        ("Du får den till halva priset", ["percent"]),
        ("Det är på husets bekostning", ["open-ended"]),
        ("Tack!" + " " * money.LONGEST + "Vi ersätter 5000 kr", ["too-long"]),
    ],
)
def test_a_promise_above_the_mandate_is_outside(text: str, found: list[str]) -> None:
    assert codes(rules.judged([mandate()], says(text), TODAY, passed=True)) == found


def test_crowns_of_no_land_are_those_of_the_mandate() -> None:
    assert rules.judged([mandate()], says("We refund 500 kr", "en"), TODAY, passed=True).inside
    euros = mandate(terms=replace(TERMS, currency="EUR"))
    assert codes(rules.judged([euros], says("We refund 5 kr", "en"), TODAY, passed=True)) == ["currency"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"accepted": False}, "not-accepted"),
        ({"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 9)}, "not-begun"),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 1)}, "ended"),
        ({"withdrawn": True}, "none"),
    ],
)
def test_a_mandate_that_does_not_hold_says_why(values: dict[str, Any], code: str) -> None:
    assert codes(rules.judged([mandate(**values)], FACTS, TODAY, passed=True)) == [code]


def test_nobody_speaks_without_mandate_or_without_knowing_the_guidelines() -> None:
    assert codes(rules.judged([], FACTS, TODAY, passed=True)) == ["none"]
    verdict = rules.judged([mandate()], FACTS, TODAY, passed=False)
    assert (verdict.inside, codes(verdict)) == (False, ["check"])


def test_of_several_mandates_one_is_enough_and_none_is_put_together() -> None:
    narrow = mandate(id=2, terms=replace(TERMS, brand_ids=(2,)))
    assert rules.judged([narrow, mandate()], FACTS, TODAY, passed=True).mandate_id == 1
    dear = mandate(id=3, terms=replace(TERMS, brand_ids=(2,), amount=Decimal(9000)))
    verdict = rules.judged([dear, mandate()], says("Vi ersätter 900 kr"), TODAY, passed=True)
    assert (verdict.inside, len(verdict.reasons)) == (False, 1)


def test_terms_survive_the_database() -> None:
    assert Terms.of({**TERMS.as_json(), "of a later release": 1}) == TERMS
    assert Terms.of({}) == Terms()
