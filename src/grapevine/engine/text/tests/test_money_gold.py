"""Answers as companies write them, made up, in four languages: what each promises, and how seldom something is taken for a promise that is none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import SHARED
from grapevine.engine.text import money
from grapevine.engine.text.money import spelt

GOLD = [
    json.loads(line) for line in Path(__file__).with_name("money_gold.jsonl").read_text("utf-8").splitlines()
]


def promised(text: str, lang: str) -> list[str]:
    found = money.read(text, lang)
    sums = [_written(one) for one in found.promised] + [f"{_written(one)} together" for one in found.together]
    return sums + [f"{one.normalize():f} %" for one in found.percents] + ["open"] * bool(found.open_ended)


def _written(one: money.Sum) -> str:
    return f"{one.value.normalize():f} {one.currency}".strip()


@pytest.mark.parametrize("case", GOLD, ids=lambda one: one["text"][:40])
def test_an_answer_promises_what_it_says(case: dict[str, Any]) -> None:
    assert promised(case["text"], case["lang"]) == case["promises"]


def test_every_gold_sentence_says_where_it_comes_from_and_every_language_has_both_kinds() -> None:
    assert all(one["origin"] for one in GOLD)
    kinds = {(one["lang"], bool(one["promises"])) for one in GOLD}
    assert kinds == {(lang, kind) for lang in ("sv", "da", "nl", "en") for kind in (True, False)}


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("tres", "60"),
        ("halvtredsindstyve", "50"),
        ("to hundrede og halvfjerds", "270"),
        ("seksoghalvfems", "96"),
        ("hundrede og tres tusind", "160000"),
        ("nittonhundranittionio", "1999"),
        ("en halv miljon", "500000"),
        ("half a million", "500000"),
        ("one and a half million", "1500000"),
        ("drieëndertig", "33"),
        ("zevenhonderdachtenzeventig", "778"),
        ("twelve hundred", "1200"),
        ("2 million 500 thousand", "2500000"),
        ("sixty-five", "65"),
    ],
)
def test_numbers_in_words_are_read_as_they_are_counted(words: str, digits: str) -> None:
    assert spelt.in_digits(words).text == digits


@pytest.mark.parametrize(
    "text", ["to them and a friend", "en och annan", "de en het een", "up to you", "ett hus"]
)
def test_little_words_that_are_numbers_too_are_let_be(text: str) -> None:
    assert spelt.in_digits(text).text == text


def test_a_place_in_digits_leads_back_to_the_words() -> None:
    text = "We refund sixty thousand pounds, or seventy."
    digits = spelt.in_digits(text)
    assert text[digits.place(digits.text.index("pounds")) :] == "pounds, or seventy."


def test_a_text_longer_than_is_read_says_so() -> None:
    assert not money.read("a" * money.LONGEST).unread
    assert money.read("a" * money.LONGEST + "We refund £60,000").unread


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "en_spotifycares_unlabelled",
        "en_twcs_topics",
        "sv_reviews_small",
        "nl_bol_reviews",
        "da_europarl",
        "mabsa_da",
    ],
)
def test_few_posts_that_promise_nothing_are_taken_for_a_promise_without_a_sum(name: str) -> None:
    with gzip.open(SHARED / f"text/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _place in zip(lines, range(400), strict=False)]
    held = sum(bool(money.read(row["text"], row["lang"][:2]).open_ended) for row in rows)
    assert held / len(rows) <= 0.02
