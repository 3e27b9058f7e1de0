"""What the worker clears away by itself."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore

from grapevine.core import clock, heartbeats, installation, jobs, live, past_jobs, throttle


@jobs.job("core.live.prune", every=timedelta(minutes=1))
def prune_live(run: jobs.Run) -> None:
    """Notices for open pages are of no use after some minutes."""
    live.forget(before=clock.now() - live.KEPT)


@jobs.job("core.tidy", every=timedelta(hours=1))
def tidy(run: jobs.Run) -> None:
    """Finished jobs, old sign-in tries, expired sessions, processes long gone."""
    now = clock.now()
    past_jobs.forget_finished(before=now - timedelta(days=installation.current().jobs_kept_days))
    throttle.forget(before=now - timedelta(days=1))
    heartbeats.forget(before=now - timedelta(days=1))
    SessionStore.clear_expired()
