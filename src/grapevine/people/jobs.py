"""What the worker does for people."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.people.actions import purchase_files, tidying, whole


@jobs.job("people.tidy", every=timedelta(hours=1))
def tidy(run: jobs.Run) -> None:
    """Let go what is remembered no longer."""
    tidying.tidy(at=clock.now())


@jobs.job(purchase_files.READ, lane="long")
def read_purchases(run: jobs.Run) -> None:
    """Read a file of purchases."""
    purchase_files.read_file(file_id=run.payload["file_id"], at=clock.now(), run=run)


@jobs.job(whole.FORGET, lane="long")
def forget_person(run: jobs.Run) -> None:
    """Forget a person in all rooms, one holder after the other."""
    whole.forget_now(**run.payload, at=clock.now(), run=run)
