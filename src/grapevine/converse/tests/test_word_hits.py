"""Searching conversations costs what it may, however many there are, and says so where it looked no further."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.selectors import word_hits
from grapevine.core import bulk
from grapevine.core.testing import NOON, signed_in
from grapevine.engine import query
from grapevine.listen.contracts import searching

pytestmark = pytest.mark.django_db


def made(*texts: str) -> list[int]:
    thread = testing.make_thread(text="")
    return [
        testing.make_message(thread, text, at=NOON + timedelta(days=number)).pk
        for number, text in enumerate(texts)
    ]


def hits(words: str, before: int | None = None) -> word_hits.Hits:
    need = searching.needed(query.parse(words))
    assert need is not None
    return word_hits.of(need, before)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if eight messages were a store of millions."""
    monkeypatch.setattr(word_hits, "NEWEST", 2)
    monkeypatch.setattr(word_hits, "PART", 2)
    monkeypatch.setattr(word_hits, "MOST_PARTS", 2)
    monkeypatch.setattr(word_hits, "HITS", 4)
    monkeypatch.setattr(word_hits, "ENOUGH", 2)


def test_a_rare_word_is_found_however_old_it_is(small: None) -> None:
    numbers = made("the lute is broken", *["nothing to say"] * 9)
    assert hits("lute") == word_hits.Hits((numbers[0],))


def test_common_words_are_found_among_the_newest_and_the_next_page_goes_on_there(small: None) -> None:
    numbers = made(*["a lute"] * 7)
    first = hits("lute")
    assert first.rest is not None
    assert first.numbers == tuple(reversed(numbers[-len(first.numbers) :]))
    found, rest = list(first.numbers), first.rest
    while rest is not None:
        part = hits("lute", rest)
        found, rest = [*found, *part.numbers], part.rest
    assert found == numbers[::-1]


def test_what_cannot_be_cheap_is_left_off_and_says_how_far_it_went(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = made("the lute is broken", *["nothing to say"] * 9)
    monkeypatch.setattr(word_hits, "RARE", -1)  # PostgreSQL reckons that too many have it
    monkeypatch.setattr(word_hits, "PATIENCE", -1)  # SQLite has looked for long enough
    left_off = hits("lute")
    assert left_off.numbers == ()
    assert left_off.rest is not None
    assert numbers[0] < left_off.rest <= numbers[-1]
    while left_off.rest is not None and not left_off.numbers:
        left_off = hits("lute", left_off.rest)
    assert left_off.numbers == (numbers[0],)


@pytest.mark.postgres
def test_an_index_that_takes_too_long_is_stopped_and_the_page_still_comes(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made("the lute is broken", *["nothing to say"] * 9)
    asked = bulk.ask

    def slow(statement: str, values: Any = ()) -> Any:
        if statement.startswith("WITH hits"):
            statement = statement.replace(
                "WITH hits", "WITH s AS MATERIALIZED (SELECT pg_sleep(60)), hits", 1
            )
            statement = statement.replace("FROM hits", "FROM hits, s", 1)
        return asked(statement, values)

    monkeypatch.setattr(bulk, "ask", slow)
    monkeypatch.setattr(word_hits, "PATIENCE", 0.01)
    assert hits("lute").rest is not None
    assert asked("SHOW statement_timeout")[0][0] == "0"


def test_the_page_tells_how_far_back_it_looked(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made("the lute is broken", *["nothing to say"] * 9)
    monkeypatch.setattr(word_hits, "RARE", -1)
    monkeypatch.setattr(word_hits, "PATIENCE", -1)
    page = signed_in("member").get("/inbox/?view=all&q=lute").content.decode()
    assert "Looked back to" in page
    assert "Show more" in page
