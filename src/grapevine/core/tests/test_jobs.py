"""Jobs: claimed once, run again when they fail, stopped when they must."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction

from grapevine.core import access, clock, jobs, past_jobs, testing
from grapevine.core.actions import jobs as actions
from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState

pytestmark = pytest.mark.django_db
NOON = testing.NOON


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    before = dict(jobs._kinds)
    jobs._kinds.clear()
    jobs.job("rose")(lambda run: None)
    yield
    jobs._kinds.clear()
    jobs._kinds.update(before)


def test_a_job_waits_for_its_time() -> None:
    jobs.put("rose", at=NOON + timedelta(minutes=1))
    assert jobs.claim(9, at=NOON) == []
    assert len(jobs.claim(9, at=NOON + timedelta(minutes=2))) == 1


def test_a_claimed_job_is_not_claimed_again_until_its_lease_runs_out() -> None:
    jobs.put("rose", at=NOON)
    assert len(jobs.claim(9, at=NOON)) == 1
    assert jobs.claim(9, at=NOON + jobs.LEASE) == []
    assert len(jobs.claim(9, at=NOON + jobs.LEASE + timedelta(seconds=1))) == 1


def test_the_longest_waiting_comes_first() -> None:
    late = jobs.put("rose", at=NOON)
    early = jobs.put("rose", at=NOON - timedelta(hours=1))
    assert late is not None
    assert early is not None
    assert [job.pk for job in jobs.claim(9, at=NOON)] == [early.pk, late.pk]


def test_the_same_key_is_put_once_while_unfinished() -> None:
    first = jobs.put("rose", key="pull:1")
    assert jobs.put("rose", key="pull:1") is None
    assert first is not None
    jobs.run(jobs.claim(1, at=clock.now())[0])
    assert jobs.put("rose", key="pull:1") is not None


def test_an_unknown_kind_cannot_be_put() -> None:
    with pytest.raises(KeyError, match="thorn"):
        jobs.put("thorn")


def test_a_failing_job_is_tried_again_later_and_fails_for_good_at_last() -> None:
    @jobs.job("thorn")
    def thorn(run: jobs.Run) -> None:
        raise ValueError("it pricks")

    put = jobs.put("thorn", max_attempts=2, at=NOON)
    assert put is not None
    jobs.run(jobs.claim(1, at=NOON)[0])
    put.refresh_from_db()
    assert put.state == JobState.WAITING
    assert put.run_at > clock.now()
    assert "ValueError: it pricks" in put.error
    jobs.run(jobs.claim(1, at=put.run_at)[0])
    put.refresh_from_db()
    assert put.state == JobState.FAILED


def test_a_cancelled_job_stops_at_its_next_progress() -> None:
    reached = []

    @jobs.job("walk")
    def walk(run: jobs.Run) -> None:
        run.progress(1, total=2, note="half way")
        jobs.cancel(run.job.pk, at=NOON)
        run.progress(2)
        reached.append("the end")

    put = jobs.put("walk")
    assert put is not None
    assert jobs.run(jobs.claim(1, at=clock.now())[0]) == JobState.CANCELLED
    put.refresh_from_db()
    assert (put.state, put.done, put.total, put.note) == (JobState.CANCELLED, 1, 2, "half way")
    assert reached == []


def test_who_lost_the_lease_is_stopped_and_its_batch_undone() -> None:
    @jobs.job("walk")
    def walk(run: jobs.Run) -> None:
        Job.objects.filter(pk=run.job.pk).update(lease="another:1")
        with transaction.atomic():
            jobs.put("rose", key="never")
            run.progress(1)

    jobs.put("walk")
    assert jobs.run(jobs.claim(1, at=clock.now())[0]) == JobState.CANCELLED
    assert not Job.objects.filter(key="never").exists()


def test_a_stopping_worker_gets_the_job_back_without_counting_the_try() -> None:
    stop = threading.Event()

    @jobs.job("walk")
    def walk(run: jobs.Run) -> None:
        run.progress(1)
        stop.set()
        run.progress(2)
        run.progress(3)

    put = jobs.put("walk")
    assert put is not None
    assert jobs.run(jobs.claim(1, at=clock.now())[0], stop=stop) == JobState.WAITING
    put.refresh_from_db()
    assert put.attempts == 0
    assert put.done in (1, 2)  # one more when the test itself is a transaction


def test_a_job_that_kills_its_worker_is_given_up() -> None:
    put = jobs.put("rose", max_attempts=2, at=NOON)
    assert put is not None
    at = NOON
    for _ in range(2):
        assert len(jobs.claim(1, at=at)) == 1
        at += jobs.LEASE + timedelta(seconds=1)
    assert jobs.claim(1, at=at) == []
    put.refresh_from_db()
    assert put.state == JobState.FAILED


def test_the_dead_workers_jobs_are_given_back_at_once() -> None:
    jobs.put("rose", at=NOON)
    jobs.claim(1, at=NOON, worker="ophelia")
    assert jobs.give_back("hamlet", at=NOON) == 0
    assert jobs.give_back("ophelia", at=NOON) == 1
    assert len(jobs.claim(1, at=NOON, worker="horatio")) == 1


def test_what_a_stopping_worker_puts_back_it_may_not_go_on_with() -> None:
    put = jobs.put("rose", at=NOON, max_attempts=1)
    assert put is not None
    claimed = jobs.claim(1, at=NOON, worker="ophelia")[0]
    assert jobs.put_back("hamlet") == 0
    assert jobs.put_back("ophelia") == 1
    with pytest.raises(jobs.LeaseLost):
        jobs.Run(claimed).progress(1)
    put.refresh_from_db()
    assert (put.state, put.attempts, put.done) == (JobState.WAITING, 0, 0)
    assert len(jobs.claim(1, at=NOON, worker="horatio")) == 1


def test_leases_are_renewed_and_lost_ones_are_told() -> None:
    jobs.put("rose", at=NOON)
    claimed = jobs.claim(1, at=NOON)[0]
    later = NOON + timedelta(seconds=50)
    assert jobs.renew([(claimed.pk, claimed.lease)], at=later) == set()
    assert jobs.claim(1, at=NOON + timedelta(seconds=70)) == []
    assert jobs.renew([(claimed.pk, "another")], at=later) == {claimed.pk}


def test_lanes_keep_long_jobs_from_short_ones() -> None:
    jobs.job("pilgrimage", lane="long")(lambda run: None)
    jobs.put("pilgrimage", at=NOON)
    jobs.put("rose", at=NOON)
    assert [job.kind for job in jobs.claim(9, at=NOON, kinds=jobs.kinds("short"))] == ["rose"]
    assert [job.kind for job in jobs.claim(9, at=NOON, kinds=jobs.kinds("long"))] == ["pilgrimage"]


def test_what_recurs_is_put_again_when_its_time_has_come() -> None:
    jobs.job("bell", every=timedelta(hours=1))(lambda run: None)
    jobs.put_recurring(at=clock.now())
    jobs.put_recurring(at=clock.now())
    assert Job.objects.count() == 1
    jobs.run_due(at=clock.now())
    jobs.put_recurring(at=clock.now())
    assert Job.objects.count() == 1
    jobs.put_recurring(at=clock.now() + timedelta(hours=2))
    assert Job.objects.count() == 2


def test_finished_jobs_are_forgotten_but_for_the_last_of_what_recurs() -> None:
    jobs.job("bell", every=timedelta(days=90))(lambda run: None)
    jobs.put_recurring(at=clock.now())
    jobs.put("rose")
    jobs.run_due(at=clock.now())
    assert past_jobs.forget_finished(before=clock.now() + timedelta(days=30)) == 1
    assert [job.kind for job in Job.objects.all()] == ["bell"]


def test_of_what_recurs_only_the_latest_of_each_end_are_kept() -> None:
    jobs.job("bell", every=timedelta(seconds=10))(lambda run: None)
    now = clock.now()

    def ended(state: str, count: int, key: str = "every:bell") -> list[int]:
        return [
            Job.objects.create(
                kind="bell", key=key, state=state, run_at=now, created_at=now, finished_at=now
            ).pk
            for _ in range(count)
        ]

    failed, done, asked = ended("failed", 2), ended("done", 30), ended("done", 9, key="")
    waiting = Job.objects.create(kind="bell", key="every:bell", run_at=now, created_at=now).pk
    assert past_jobs.forget_finished(before=now - timedelta(days=14)) == 30 - past_jobs.KEPT
    kept = [*failed, *done[-past_jobs.KEPT :], *asked, waiting]
    assert sorted(Job.objects.values_list("pk", flat=True)) == sorted(kept)


def test_a_lead_cancels_and_retries_with_audit_entries_and_a_member_may_not() -> None:
    job = jobs.put("rose")
    assert job is not None
    with pytest.raises(access.AccessDenied):
        actions.cancel(job=job, by=testing.make_user(role="member"), at=NOON)
    lead = testing.make_user(role="lead")
    assert actions.cancel(job=job, by=lead, at=NOON)
    assert not actions.cancel(job=job, by=lead, at=NOON)
    assert actions.retry(job=job, by=lead, at=NOON)
    assert testing.deeds() == ["core.job.cancelled", "core.job.retried"]


@pytest.mark.django_db(transaction=True)
def test_many_who_claim_at_once_get_different_jobs() -> None:
    for _ in range(40):
        jobs.put("rose", at=NOON)
    taken: list[int] = []
    faults: list[BaseException] = []

    def take() -> None:
        try:
            while claimed := jobs.claim(3, at=NOON):
                taken.extend(job.pk for job in claimed)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(taken) == len(set(taken)) == 40
