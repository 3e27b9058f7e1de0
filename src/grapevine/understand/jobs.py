"""What the worker does for understand."""

from __future__ import annotations

from datetime import timedelta

from grapevine.core import clock, jobs
from grapevine.understand.actions import learning


@jobs.job("understand.renew", every=timedelta(minutes=10))
def renew(run: jobs.Run) -> None:
    """After an upgrade with a new model, learn anew what was learnt on the one before. Nearly always there is nothing to do."""
    learning.renew(at=clock.now())
