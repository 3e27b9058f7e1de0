"""The mood of each name where a text has several."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.engine.text import reading, shelf
from grapevine.engine.text.reading import about as module
from grapevine.engine.text.reading import fast
from grapevine.engine.text.reading.about import Mood, about, about_many


def spans(text: str, *names: str) -> dict[str, list[tuple[int, int]]]:
    """Where the names stand, each once."""
    return {name: [(text.index(name), text.index(name) + len(name))] for name in names}


@pytest.mark.parametrize("code", shelf.languages())
def test_each_name_has_its_own_mood(code: str) -> None:
    rows = [
        json.loads(line) for line in (shelf.FOLDER / code / "about.jsonl").read_text("utf-8").splitlines()
    ]
    found = about_many([(row["text"], spans(row["text"], *row["about"])) for row in rows])
    pairs = [
        (moods[name].sentiment, mood)
        for row, moods in zip(rows, found, strict=True)
        for name, mood in row["about"].items()
    ]
    assert len(rows) >= 15
    assert sum(said == right for said, right in pairs) / len(pairs) >= 0.9, [
        pair for pair in pairs if pair[0] != pair[1]
    ]
    assert not any({said, right} == {"positive", "negative"} for said, right in pairs)


def test_a_name_alone_has_the_mood_of_the_whole() -> None:
    text = "Havre & Hav is lovely, and so is the weather"
    (one,) = reading.read([text])
    assert about(text, spans(text, "Havre & Hav")) == {
        "Havre & Hav": Mood(one.sentiment, pytest.approx(one.sentiment_p, abs=1e-3), one.sure)
    }


def test_a_name_with_a_word_of_contrast_or_a_stop_in_it_is_not_cut() -> None:
    text = "But & Co. is wonderful, Yet. never again"
    found = about(text, spans(text, "But & Co.", "Yet."))
    assert (found["But & Co."].sentiment, found["Yet."].sentiment) == ("positive", "negative")


def test_irony_makes_all_of_them_unsure() -> None:
    text = "Nordkaff is fantastic, Brightline is terrible 🙄"
    assert not any(one.sure for one in about(text, spans(text, "Nordkaff", "Brightline")).values())


def test_where_a_language_is_not_read_all_names_have_the_mood_of_the_whole() -> None:
    text = "Nordkaff が大好きです Brightline は嫌いです"
    one, other = about(text, spans(text, "Nordkaff", "Brightline")).values()
    assert one == other


@pytest.mark.parametrize("table", ["_IT", "_THAN", "_BETTER", "_CHANGE", "_AND"])
def test_a_language_on_the_shelf_without_words_of_comparison_has_the_mood_of_the_whole(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Nordkaff is much better than Brightline, and Brightline is terrible"
    known = {code: words for code, words in getattr(module, table).items() if code != "en"}
    monkeypatch.setattr(module, table, known)
    one, other = about(text, spans(text, "Nordkaff", "Brightline")).values()
    assert one == other


def test_a_list_of_names_is_read_once_and_has_the_mood_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    read, calls = fast.read, []

    def counted(texts: list[str], **given: object) -> fast.Sums:
        calls.append(len(texts))
        return read(texts, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(fast, "read", counted)
    text = "Nordkaff is lovely Hassel is not good, " * 190
    places = {name: [m.span() for m in re.finditer(name, text)] for name in ("Nordkaff", "Hassel")}
    one, other = about(text, places).values()
    assert one == other
    assert len(calls) <= 4
    assert [one.sentiment for one in about(text[:39], spans(text, "Nordkaff", "Hassel")).values()] == [
        "positive",
        "negative",
    ]


def test_no_names_no_moods() -> None:
    assert about("so good", {}) == {}
    assert about_many([]) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_each_name_a_mood(before: str, between: str, after: str) -> None:
    text = f"{before}Aa{between}Bb{after}"
    first, second = len(before), len(before) + 2 + len(between)
    found = about(text, {"one": [(first, first + 2)], "two": [(second, second + 2)]})
    assert set(found) == {"one", "two"}
    assert all(sum(one.p) == pytest.approx(1, abs=0.01) for one in found.values())
