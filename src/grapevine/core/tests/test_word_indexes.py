"""Full-text indexes of rooms, on either database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grapevine.core import bulk
from grapevine.core.word_indexes import WordIndex

pytestmark = pytest.mark.django_db
INDEX = WordIndex("core_test_words", "line_id")


@pytest.fixture(autouse=True)
def _table() -> Iterator[None]:
    if bulk.is_postgresql():
        bulk.run("CREATE TABLE core_test_words (line_id bigint PRIMARY KEY, words tsvector NOT NULL)")
        bulk.run("CREATE INDEX core_test_words_gin ON core_test_words USING gin (words)")
    else:
        bulk.run("CREATE VIRTUAL TABLE core_test_words USING fts5 (words, content='')")
    yield
    bulk.run("DROP TABLE core_test_words")


def found(word: str) -> list[int]:
    if bulk.is_postgresql():
        statement = "SELECT line_id FROM core_test_words WHERE words @@ %s::tsquery ORDER BY line_id"
    else:
        statement = "SELECT rowid FROM core_test_words WHERE core_test_words MATCH %s ORDER BY rowid"
    return [row[0] for row in bulk.ask(statement, [word])]


def test_rows_are_found_by_their_words_until_they_are_taken_out() -> None:
    INDEX.add([(3, "something rotten"), (8, "something blue")])
    assert found("something") == [3, 8]
    INDEX.remove([(3, "something rotten")])
    assert (found("something"), found("rotten")) == ([8], [])


def test_nothing_put_in_or_taken_out_changes_nothing() -> None:
    INDEX.add([])
    INDEX.remove([])
    assert found("something") == []


def test_what_was_put_in_one_by_one_is_found_after_tidying() -> None:
    for number in range(1, 40):
        INDEX.add([(number, f"word{number} again")])
    INDEX.tidy()
    assert found("again") == list(range(1, 40))
    assert found("word7") == [7]


def test_many_rows_at_once_are_found_as_few_are() -> None:
    INDEX.add([(number, f"word{number} again och åter again") for number in range(1, 600)])
    INDEX.add([(600, " ".join(f"many{number}" for number in range(700))), (601, "")])
    assert found("word599") == [599]
    assert found("åter") == list(range(1, 600))
    INDEX.add([(1000 + number, " ".join(f"long{n}" for n in range(number))) for number in range(300)])
    assert found("long290") == list(range(1291, 1300))
