"""What sources hold of people is handed over and forgotten, rows that were left out included."""

from __future__ import annotations

import json

import pytest

from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.sources import privacy, testing
from grapevine.sources.models import Post, Rejected, Source

pytestmark = pytest.mark.django_db


def _left_out(source: Source, raw: bytes, detail: str = "") -> Rejected:
    return Rejected.objects.create(source=source, line=3, reason="no_date", detail=detail, raw=raw, at=NOON)


def test_what_came_with_a_post_is_handed_over_whole() -> None:
    source = testing.make_source()
    testing.store(source, testing.heard("To be", author="søren"), testing.heard("Get thee", author="ophelia"))
    testing.store(source, testing.heard("or not to be", author="søren"))
    handed = privacy.Posts().hand_over(Subject(authors=((source.pk, "søren"),)))
    ids = Post.objects.filter(author_handle="søren").order_by("pk").values_list("external_id", flat=True)
    assert [json.loads(row["as it came"])["id"] for row in handed] == list(ids)
    Post.objects.update(raw_block_id=None)
    assert {
        row["as it came"] for row in privacy.Posts().hand_over(Subject(authors=((source.pk, "søren"),)))
    } == {""}


def test_a_forgotten_author_is_gone_from_the_rows_that_were_left_out() -> None:
    source, other = testing.make_source(), testing.make_source(name="Another")
    testing.store(source, testing.heard("To be", author="søren"), testing.heard("Get thee", author="ophelia"))
    mine = [
        _left_out(source, "Søren;to be;yesterday".encode()),
        _left_out(source, json.dumps({"by": "søren", "text": "or not"}).encode()),
        _left_out(source, "by=SØREN!".encode("cp1252")),
        _left_out(source, b"?", detail="no date in a post of @søren"),
    ]
    others = [_left_out(source, "ophelia;sørensen;no".encode()), _left_out(other, "søren".encode())]
    subject = Subject(authors=((source.pk, "søren"),))
    handed = privacy.Posts().hand_over(subject)
    assert next(row["raw"] for row in handed if "raw" in row) == "Søren;to be;yesterday"
    assert len(handed) == 1 + len(mine)
    assert privacy.Posts().forget(subject) == 1 + len(mine)
    for row in Rejected.objects.filter(pk__in=[row.pk for row in mine]):
        assert (bytes(row.raw), row.detail, row.reason, row.line) == (b"", "", "no_date", 3)
    assert all(bytes(row.raw) for row in Rejected.objects.filter(pk__in=[row.pk for row in others]))
    assert not Post.objects.filter(author_handle="søren").exists()
    assert privacy.Posts().hand_over(subject) == []
