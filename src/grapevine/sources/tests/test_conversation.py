"""What stands around a post is found without reading all posts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.sources import testing
from grapevine.sources.selectors import shown

pytestmark = pytest.mark.django_db


def _asked() -> tuple[list[str], list[str]]:
    """The statements of one conversation, and what it found under the post."""
    source = testing.make_source()
    answer = testing.heard("It is", external_id="b", parent_id="a", thread_id="a")
    aside = testing.heard("Is it?", external_id="c", thread_id="a")
    testing.store(source, testing.heard("Something is rotten", external_id="a"), answer, aside)
    root = testing.Post.objects.get(external_id="a")
    post = shown.posts([root.pk], characters=100)[root.pk]
    with CaptureQueriesContext(connection) as asked:
        found = shown.conversation(post)
    return [one["sql"] for one in asked], sorted(one.external_id for _depth, one in found.below)


def test_answers_are_found_by_their_parent_and_by_their_thread() -> None:
    assert _asked()[1] == ["b", "c"]


@pytest.mark.sqlite
def test_a_conversation_reads_by_index_only() -> None:
    statements, _found = _asked()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            for row in cursor.fetchall():
                assert "SCAN" not in row[3], statement
