"""Who follows whom, as connectors tell it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.connectors.base import Batch, Follow
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.sources import testing as sources
from grapevine.sources.actions import batches, follows
from grapevine.sources.actions import sources as actions
from grapevine.sources.selectors import follows as selector

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


def told(source: sources.Source, *pairs: tuple[str, str], over: tuple[tuple[str, str], ...] = ()) -> None:
    batch = Batch(follows=[Follow(*pair) for pair in pairs], unfollows=[Follow(*pair) for pair in over])
    batches.store(source=source, batch=batch, at=NOON)


def known() -> list[tuple[str, str]]:
    return sorted((one.follower, one.followed) for one in selector.after(0, until=LATER, limit=100))


def test_a_follow_is_kept_once_and_lets_go_when_it_is_over() -> None:
    source = sources.make_source()
    told(source, ("ophelia", "hamlet"), ("horatio", "hamlet"), ("hamlet", "hamlet"), ("ophelia", "hamlet"))
    told(source, ("ophelia", "hamlet"))
    assert known() == [("horatio", "hamlet"), ("ophelia", "hamlet")]
    told(source, ("horatio", "hamlet"), over=(("horatio", "hamlet"),))
    assert known() == [("ophelia", "hamlet")]


def test_since_when_is_learnt_and_not_forgotten() -> None:
    source, since = sources.make_source(), NOON - timedelta(days=9)
    for one in (Follow("ophelia", "hamlet"), Follow("ophelia", "hamlet", since), Follow("ophelia", "hamlet")):
        batches.store(source=source, batch=Batch(follows=[one]), at=NOON)
    (found,) = selector.after(0, until=NOON, limit=9)
    assert found.since == since
    assert selector.after(0, until=since - timedelta(days=1), limit=9) == []


def test_who_is_forgotten_is_not_brought_back_by_the_next_pull() -> None:
    source = sources.make_source()
    told(source, ("ophelia", "hamlet"), ("horatio", "ophelia"), ("horatio", "hamlet"))
    subject = Subject(authors=((source.pk, "ophelia"),))
    handed = sources.Posts().hand_over(subject)
    assert {"source": source.pk, "followed by so many": 1} in handed
    sources.Posts().forget(subject)
    told(source, ("ophelia", "hamlet"), ("horatio", "ophelia"), ("horatio", "hamlet"))
    assert [pair for pair in known() if pair[1]] == [("horatio", "hamlet")]
    assert "ophelia" not in str(known())


def test_follows_go_with_their_source_and_when_they_are_too_old() -> None:
    source = sources.make_source()
    told(source, ("ophelia", "hamlet"))
    assert follows.let_go(source.pk, before=NOON) == 0
    assert follows.let_go(source.pk, before=LATER) == 1
    told(source, ("ophelia", "hamlet"))
    actions.clear(source=source, at=LATER)
    assert known() == []
