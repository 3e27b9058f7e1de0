"""Reading sources: what comes in, what goes wrong, and when it is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from grapevine import connectors
from grapevine.connectors.base import (
    BadData,
    Batch,
    CheckReport,
    CredentialError,
    Field,
    Gone,
    Manifest,
    RateLimit,
    RateLimited,
    Reply,
    SentProof,
    Unreachable,
)
from grapevine.core import access, jobs
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.sources import events, rules, secrets, testing
from grapevine.sources.actions import pulls
from grapevine.sources.actions import sources as actions
from grapevine.sources.models import Credential, CredentialState, Post, Source, SourceState

pytestmark = pytest.mark.django_db


class Tower:
    """A connector that gives what it was told to give."""

    manifest = Manifest(
        name="tower", label="Tower", summary="", terms="Look, don't touch.", retention_days=0, rate_limit=RateLimit(10, 1.0),
        every_seconds=600.0, fields=(
            Field(key="url", kind="url", label="Address", help=""), Field(key="key", kind="secret", label="Key", help=""),
        ),
    )  # fmt: skip

    def __init__(self) -> None:
        self.gives: list[Batch | Exception] = []
        self.asked: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def fetch(self, settings: Any, cursor: Any, *, http: Any, now: Any) -> Iterator[Batch]:
        self.asked.append((dict(settings), dict(cursor)))
        for one in self.gives:
            if isinstance(one, Exception):
                raise one
            yield one

    def map(self, raw: bytes, settings: Any = None) -> Any:
        raise BadData("no_text", detail="")

    def check(self, settings: Any, *, http: Any) -> CheckReport:
        return CheckReport(ok=True)

    def send(self, settings: Any, reply: Reply, *, http: Any) -> SentProof:
        raise BadData("no_text", detail="")


@pytest.fixture
def tower(monkeypatch: pytest.MonkeyPatch) -> Tower:
    made = Tower()
    monkeypatch.setitem(connectors.shelf(), "tower", made)
    return made


def pull(source: Source) -> Source:
    pulls.pull(source=source, at=NOON, rng=Random(1))
    source.refresh_from_db()
    return source


def test_a_pull_stores_posts_moves_the_cursor_and_plans_the_next(tower: Tower) -> None:
    source = testing.make_source(connector="tower")
    tower.gives = [
        testing.batch([testing.heard("one")], cursor={"at": 1}, done=False),
        testing.batch([testing.heard("two")], cursor={"at": 2}),
    ]
    source = pull(source)
    assert sorted(Post.objects.values_list("text", flat=True)) == ["one", "two"]
    assert (source.cursor, source.failures, source.last_success_at, source.posts_count) == (
        {"at": 2},
        0,
        NOON,
        2,
    )
    assert source.next_pull_at is not None
    assert timedelta(minutes=9) < source.next_pull_at - NOON < timedelta(minutes=11)
    pull(source)
    assert tower.asked[-1] == ({}, {"at": 2})


def test_what_came_before_a_fault_is_kept(tower: Tower) -> None:
    source = testing.make_source(connector="tower")
    tower.gives = [
        testing.batch([testing.heard("one")], cursor={"at": 1}, done=False),
        Unreachable("timed_out", host="x", seconds=30),
    ]
    source = pull(source)
    assert Post.objects.count() == 1
    assert (source.cursor, source.failures, source.last_error_code) == ({"at": 1}, 1, "timed_out")
    assert source.last_error_params == {"host": "x", "seconds": 30}
    assert source.state == SourceState.ACTIVE
    tower.gives = [testing.batch([], cursor={"at": 1})]
    source = pull(source)
    assert (source.failures, source.last_error_code) == (0, "")


@pytest.mark.parametrize(("error", "state", "credential"), [
    (CredentialError("credentials_refused", host="x"), SourceState.HELD, CredentialState.REFUSED),
    (Gone("gone", url="x"), SourceState.HELD, CredentialState.NONE),
    (Unreachable("no_answer", host="x", detail=""), SourceState.ACTIVE, CredentialState.NONE),
])  # fmt: skip
def test_a_fault_that_only_a_person_can_mend_holds_the_source(
    tower: Tower, error: Exception, state: str, credential: str, django_capture_on_commit_callbacks: Any
) -> None:
    source = testing.make_source(connector="tower", next_pull_at=NOON)
    tower.gives = [error]
    with heard(events.SourceFailed) as news, django_capture_on_commit_callbacks(execute=True):
        source = pull(source)
    assert (source.state, source.credential_state) == (state, credential)
    assert (source.next_pull_at is None) == (state == SourceState.HELD)
    assert [one.held for one in news] == [state == SourceState.HELD]


def test_the_platform_s_wish_to_be_left_alone_is_granted(tower: Tower) -> None:
    source = testing.make_source(connector="tower")
    tower.gives = [RateLimited(7200, host="x")]
    source = pull(source)
    assert source.next_pull_at is not None
    assert source.next_pull_at - NOON >= timedelta(hours=2)


def test_a_fault_of_our_own_is_written_down_and_raised(tower: Tower) -> None:
    source = testing.make_source(connector="tower")
    tower.gives = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        pull(source)
    source.refresh_from_db()
    assert (source.last_error_code, source.failures) == ("failed", 1)


@pytest.mark.parametrize("failures", [1, 2, 5, 50])
def test_waits_grow_and_never_beyond_six_hours(failures: int) -> None:
    waits = {rules.wait_after_failure(failures, rng=Random(seed)) for seed in range(20)}
    assert len(waits) > 1
    assert all(timedelta(seconds=15) <= wait <= rules.LONGEST_WAIT for wait in waits)


def test_a_source_is_added_read_paused_and_resumed(
    tower: Tower, django_capture_on_commit_callbacks: Any
) -> None:
    by = make_user(role="lead")
    tower.gives = [testing.batch([testing.heard("one")])]
    with heard(events.SourceAdded) as news, django_capture_on_commit_callbacks(execute=True):
        source = actions.add(
            name="Tower", connector="tower", settings={"url": "x", "key": "s3cret"}, by=by, at=NOON
        )
    assert news == [events.SourceAdded(source_id=source.pk, at=NOON)]
    assert source.settings == {"url": "x"}
    assert source.terms == "Look, don't touch."
    assert b"s3cret" not in bytes(Credential.objects.get().sealed)
    jobs.run_due(at=NOON + timedelta(days=9999))
    source.refresh_from_db()
    assert tower.asked[0][0] == {"url": "x", "key": "s3cret"}
    assert source.credential_state == CredentialState.WORKING
    actions.pause(source=source, by=by, at=NOON)
    assert not Source.objects.due(NOON + timedelta(days=9999)).exists()
    actions.resume(source=source, by=by, at=NOON)
    assert [deed for deed in deeds() if deed.startswith("sources.")] == [
        "sources.source.added", "sources.source.paused", "sources.source.resumed",
    ]  # fmt: skip


def test_secrets_left_empty_stay_and_other_changes_begin_anew(tower: Tower) -> None:
    by = make_user(role="lead")
    source = actions.add(
        name="Tower", connector="tower", settings={"url": "x", "key": "s3cret"}, by=by, at=NOON
    )
    Source.objects.update(cursor={"at": 5}, state=SourceState.HELD, next_pull_at=None)
    changed = actions.change(
        source=source, name="New", settings={"url": "x", "key": ""}, retention_days=3, by=by, at=NOON
    )
    assert (changed.cursor, changed.state, changed.retention_days) == ({"at": 5}, SourceState.HELD, 3)
    changed = actions.change(
        source=source, name="New", settings={"url": "y", "key": ""}, retention_days=3, by=by, at=NOON
    )
    assert (changed.cursor, changed.state, changed.next_pull_at) == ({}, SourceState.ACTIVE, NOON)
    assert secrets.unseal(bytes(Credential.objects.get().sealed)) == {"key": "s3cret"}


def test_secrets_of_another_installation_cannot_be_read(settings: Any) -> None:
    sealed = secrets.seal({"key": "s3cret"})
    settings.SECRET_KEY = "another"
    with pytest.raises(CredentialError):
        secrets.unseal(sealed)


@pytest.mark.parametrize("role", ["reader", "member"])
def test_who_may_not_change_sources_does_not(tower: Tower, role: str) -> None:
    by, source = make_user(role=role), testing.make_source(connector="tower")
    for act in (actions.pause, actions.resume, actions.pull_now, actions.remove):
        with pytest.raises(access.AccessDenied):
            act(source=source, by=by, at=NOON)
    with pytest.raises(access.AccessDenied):
        actions.add(name="x", connector="tower", settings={}, by=by, at=NOON)


def test_a_removed_source_takes_everything_with_it(tower: Tower) -> None:
    by = make_user(role="lead")
    source = testing.make_source(connector="tower")
    testing.store(source, *(testing.heard(f"post {number}") for number in range(5)))
    actions.remove(source=source, by=by, at=NOON)
    assert Source.objects.get().state == SourceState.LEAVING
    jobs.run_due(at=NOON + timedelta(days=9999))
    assert not Source.objects.exists()
    assert not Post.objects.exists()


def test_posts_past_their_time_are_removed_and_the_count_stays_honest() -> None:
    from grapevine.core import clock

    now = clock.now()
    source, other = testing.make_source(), testing.make_source(name="Other")
    for one in (source, other):
        testing.store(
            one, testing.heard("old", at=now - timedelta(days=40)), testing.heard("new", at=now), at=now
        )
    Source.objects.filter(pk=source.pk).update(retention_days=30)
    jobs.put("sources.retention")
    jobs.run_due(at=now + timedelta(days=9999))
    assert sorted(Post.objects.values_list("source_id", "text")) == [
        (source.pk, "new"),
        (other.pk, "new"),
        (other.pk, "old"),
    ]
    source.refresh_from_db()
    assert source.posts_count == 1
