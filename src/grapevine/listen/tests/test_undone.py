"""A batch that was undone leaves nothing behind that the next one could stumble over."""

from __future__ import annotations

import pytest
from django.db import transaction

from grapevine.core.testing import NOON
from grapevine.listen.models import Mention
from grapevine.listen.tests.telling import a_tale
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db

LINE = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"


class Undone(Exception):
    """The batch fails at its very end."""


@pytest.mark.parametrize("others", [0, 1])
def test_a_post_of_an_undone_batch_is_not_folded_into_itself_when_it_comes_again(others):
    tale = a_tale()
    source = tale.source("Court news")
    # SQLite gives the numbers of an undone batch again, so the posts have the ids they had before.
    before = [sources.heard(LINE, external_id=f"first {n}", at=NOON) for n in range(others + 1)]
    with pytest.raises(Undone), transaction.atomic():
        sources.store(source, *before)
        raise Undone
    after = [sources.heard(LINE, external_id=f"again {n}", at=NOON) for n in range(others + 1)]
    sources.store(source, *reversed(after))
    leads = list(Mention.objects.order_by("post_id").values_list("post_id", "lead_id"))
    assert len(leads) == others + 1
    standing = [post for post, lead in leads if not lead]
    assert len(standing) == 1
    assert {lead for _, lead in leads if lead} <= set(standing)
