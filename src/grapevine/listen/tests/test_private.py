"""What was written to us alone is nobody's mention."""

from __future__ import annotations

import pytest

from grapevine.core.testing import NOON
from grapevine.listen import testing
from grapevine.listen.actions import history
from grapevine.listen.models import Mention
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


def test_what_was_written_to_us_alone_is_no_mention_now_nor_by_a_later_watch() -> None:
    early = testing.make_watch(query="elsinore")
    sources.store(sources.make_source(), sources.heard("A word from Elsinore, between us", kind="message"))
    late = testing.make_watch(query="word")
    history.rematch(watch_id=late.pk, at=NOON)
    assert not Mention.objects.filter(watch__in=[early, late]).exists()
