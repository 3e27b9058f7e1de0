"""Posts are stored, deleted, read again and corrected at the same time: nobody waits forever, and nothing outlives its post."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from grapevine.connectors.base import Batch, Deletion
from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.listen import reads, samples
from grapevine.listen.actions import mentions, rereading
from grapevine.listen.models import HourlyRollup, Mention
from grapevine.listen.testing import make_watch
from grapevine.sources import testing as sources
from grapevine.sources.actions import batches
from grapevine.sources.selectors import shown
from grapevine.sources.testing import Source
from grapevine.understand.actions import corrections, learning
from grapevine.understand.testing import Correction

pytestmark = pytest.mark.django_db(transaction=True)


class Two:
    """Two threads, of which the second begins where the first `waits`; what they stumble over is raised."""

    def __init__(self) -> None:
        self.there, self.errors = threading.Event(), []  # type: ignore[var-annotated]
        self.other = threading.Event()

    def waits(self) -> None:
        """Called by the first: the second goes on until it has to wait for us, or is done."""
        self.there.set()
        self.other.wait(0.5)

    def run(self, first: Callable[[], Any], second: Callable[[], Any]) -> None:
        threads = [threading.Thread(target=self._safely, args=(one,)) for one in (first, second)]
        threads[0].start()
        assert self.there.wait(20)
        threads[1].start()
        for thread in threads:
            thread.join(30)
        if self.errors:
            raise self.errors[0]

    def _safely(self, what: Callable[[], Any]) -> None:
        try:
            what()
        except Exception as error:  # noqa: BLE001 - any of them is raised by `run`
            self.errors.append(error)
        finally:
            self.other.set()
            connection.close()


@pytest.fixture
def heard() -> Source:
    """A source with one post that mentions a brand."""
    make_watch(query="elsinore")
    source = sources.make_source()
    sources.store(source, sources.heard("Kaffet på Elsinore är gott", external_id="p1"))
    return source


def gone(source: Source) -> Callable[[], Any]:
    batch = Batch(posts=[], cursor={}, deletions=[Deletion("p1", NOON + timedelta(days=1))])
    return lambda: batches.store(source=source, batch=batch, at=NOON + timedelta(days=1))


def test_reading_again_and_storing_for_the_same_source_do_not_wait_for_each_other_forever(
    heard: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Read in another language than when it came, as after an upgrade: its counts get a row of their own, which names the source.
    post_id = Mention.objects.get().post_id
    Mention.objects.update(lang="da")
    HourlyRollup.objects.update(lang="da")
    two, hold = Two(), mentions.hold

    def held_a_moment_later() -> None:
        two.waits()
        hold()

    monkeypatch.setattr(mentions, "hold", held_a_moment_later)
    two.run(gone(heard), lambda: rereading.posts(post_ids=[post_id], at=NOON))
    assert not Mention.objects.exists()
    assert not HourlyRollup.objects.exists()


def test_what_is_said_of_a_post_while_it_is_deleted_goes_with_it(
    heard: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention = Mention.objects.get()
    post = shown.posts([mention.post_id])[mention.post_id]
    seen = samples.candidate(post, "sv", heard.name)
    gone(heard)()
    with pytest.raises(corrections.Gone):
        corrections.correct(
            subject=reads.SUBJECT,
            scope=reads.scope_of(mention.brand_id),
            of=seen,
            by=access.SYSTEM,
            at=NOON,
            mood="negative",
        )
    assert not Correction.objects.exists()


def test_a_post_deleted_while_it_is_corrected_takes_the_correction_along(
    heard: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention = Mention.objects.get()
    post = shown.posts([mention.post_id])[mention.post_id]
    seen = samples.candidate(post, "sv", heard.name)
    two, learn = Two(), learning.learn

    def learnt_a_moment_later(**given: Any) -> Any:
        two.waits()
        return learn(**given)

    monkeypatch.setattr(learning, "learn", learnt_a_moment_later)
    two.run(
        lambda: corrections.correct(
            subject=reads.SUBJECT, scope=reads.scope_of(mention.brand_id), of=seen, by=access.SYSTEM, at=NOON, mood="negative",
        ),
        gone(heard),
    )  # fmt: skip
    assert not Correction.objects.exists()
    assert not Mention.objects.exists()
