"""What the law protects specially is told in four languages, and what one may well remember is not taken for it. The sentences are made up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from conftest import SHARED
from grapevine.engine.text import facts

GOLD = [
    json.loads(line)
    for line in Path(__file__).with_name("special_gold.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", GOLD, ids=lambda one: one["text"])
def test_a_note_is_protected_specially_or_not(case: dict[str, str]) -> None:
    assert facts.special(case["text"]) == case["category"]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["sv_reviews_small", "nl_bol_reviews", "en_twcs_topics", "mabsa_da"])
def test_few_posts_about_purchases_are_taken_for_it(name: str) -> None:
    with gzip.open(SHARED / f"text/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line, _place in zip(lines, range(500), strict=False)]
    short = [one for one in rows if len(one) < 300]
    assert sum(bool(facts.special(one)) for one in short) / len(short) <= 0.06
