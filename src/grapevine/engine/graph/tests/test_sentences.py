"""A sentence is English as it stands, and can be told in another language, now or later."""

from __future__ import annotations

import json
import math
import pickle

import numpy as np
import pytest

from grapevine.engine.graph import GraphError
from grapevine.engine.graph.sentences import Counted, Sentence, so_many

SWEDISH = {
    "{n} person": "{n} person",
    "{n} people": "{n} personer",
    "There are {people}.": "Det finns {people}.",
    "{people} people, {share} of them: {why}.": "{why}: {share} av {people} personer.",
    "only {most}": "bara {most}",
}


def _swedish(text: str) -> str:
    return SWEDISH.get(text, text)


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")


WHOLE = Sentence("{people} people, {share} of them: {why}.", people=12_345, share=0.25, why=Sentence("only {most}", most=1000.0))  # fmt: skip


def test_it_is_told_in_english_and_in_another_language() -> None:
    assert str(WHOLE) == "12,345 people, 0.25 of them: only 1,000."
    assert WHOLE.told(_swedish, _number) == "bara 1 000: 0,25 av 12 345 personer."


def _swedish_several(one: str, several: str, count: int) -> str:
    return _swedish(one if count == 1 else several)


@pytest.mark.parametrize(
    ("count", "english", "swedish"),
    [(0, "0 people", "0 personer"), (1, "1 person", "1 person"), (2_000, "2,000 people", "2 000 personer")],
)
def test_what_is_counted_has_a_form_for_one_and_a_form_for_several(
    count: int, english: str, swedish: str
) -> None:
    sentence = Sentence("There are {people}.", people=so_many(count))
    assert str(sentence) == f"There are {english}."
    assert sentence.told(_swedish, _number, _swedish_several) == f"Det finns {swedish}."
    assert str(Counted("{n} tie", "{n} ties", count)).startswith(f"{count:,} tie")


def test_it_is_the_same_after_it_was_kept() -> None:
    for one in (WHOLE, Sentence("There are {people}.", people=so_many(1)), so_many(3)):
        assert Sentence.from_json(json.loads(json.dumps(one.to_json()))) == one
        assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (np.int64(4_000), "4,000"),
        (np.float64(0.1) + 0.2, "0.3"),
        (1e30, "1e+30"),
        (-2.5, "-2.5"),
        (math.nan, "nan"),
        (True, "True"),
        ("4000", "4000"),
        (None, "None"),
    ],
)
def test_a_fact_is_a_number_or_a_text_and_json_has_a_word_for_it(fact: object, told: str) -> None:
    sentence = Sentence("{fact}", fact=fact)
    assert str(sentence) == told
    assert Sentence.from_json(json.loads(json.dumps(sentence.to_json(), allow_nan=False))) == sentence


def test_a_text_in_an_error_is_taken_for_no_template() -> None:
    assert str(GraphError("There is no {this}.")) == "There is no {this}."
    assert str(GraphError("{file} is gone.", file="{file}")) == "{file} is gone."


def test_an_error_comes_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(GraphError("{runs} runs.", runs=1_000)))
    assert type(error) is GraphError
    assert str(error) == "1,000 runs."
    assert error.sentence == Sentence("{runs} runs.", runs=1_000)
