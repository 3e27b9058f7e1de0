"""Posts that go, many at once; and posts that nobody could tell apart."""

from __future__ import annotations

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.core.testing import NOON
from grapevine.sources import testing
from grapevine.sources.actions import batches
from grapevine.sources.models import Post, Rejected, Source

pytestmark = pytest.mark.django_db


def _queries_of_a_batch_that_goes_at_once(source: Source, count: int, name: str) -> int:
    posts = [testing.heard(f"Letter {number}", external_id=f"{name}{number}") for number in range(count)]
    gone = [post.external_id for post in posts]
    with CaptureQueriesContext(connection) as asked:
        outcome = testing.store(source, *posts, gone=gone)
    assert (outcome.new, outcome.gone) == (count, count)
    return len(asked)


def test_ten_thousand_deletions_take_no_more_questions_than_a_few() -> None:
    source = testing.make_source()
    few = _queries_of_a_batch_that_goes_at_once(source, 10, "few")
    many = _queries_of_a_batch_that_goes_at_once(source, 10_000, "many")
    # Earlier versions are removed two thousand posts at a time, nothing else depends on how many there are.
    assert many <= few + 20
    assert not Post.objects.filter(deleted_at=None).exists()


def test_deletions_of_posts_stored_long_ago_are_followed_as_cheaply() -> None:
    source = testing.make_source()
    posts = [testing.heard(f"Letter {number}") for number in range(3_000)]
    testing.store(source, *posts)
    stays = testing.heard("I stay")
    with CaptureQueriesContext(connection) as asked:
        outcome = testing.store(source, stays, gone=[post.external_id for post in posts])
    assert (outcome.new, outcome.gone) == (1, 3_000)
    assert len(asked) < 60
    assert Post.objects.get(deleted_at=None).text == "I stay"


def test_of_a_batch_in_which_some_go_the_others_stay_new() -> None:
    source = testing.make_source()
    posts = [testing.heard(f"Letter {number}", external_id=f"x{number}") for number in range(5)]
    outcome = testing.store(source, *posts, gone=["x1", "x3", "never-seen"])
    assert (outcome.new, outcome.gone) == (5, 2)
    left = Post.objects.filter(deleted_at=None).values_list("external_id", flat=True)
    assert sorted(left) == ["x0", "x2", "x4"]


@pytest.mark.parametrize("empty", ["", " ", "\0"])
def test_a_post_without_an_id_is_left_out_counted_and_kept_to_be_looked_at(empty: str) -> None:
    source = testing.make_source()
    posts = [testing.heard("First"), testing.heard("Nobody"), testing.heard("Last")]
    found = testing.batch(posts)
    found.posts[1] = (msgspec.structs.replace(posts[1], external_id=empty), b'{"id": ""}')
    outcome = batches.store(source=source, batch=found, at=NOON)
    assert (outcome.new, outcome.rejected) == (2, 1)
    assert sorted(Post.objects.values_list("text", flat=True)) == ["First", "Last"]
    row = Rejected.objects.get()
    assert (row.reason, bytes(row.raw)) == ("no_id", b'{"id": ""}')
    source.refresh_from_db()
    assert source.rejected_count == 1
