"""What the worker does for mandates and for what was said before."""

from __future__ import annotations

from datetime import timedelta

from grapevine.converse import own_words
from grapevine.converse.actions import mandates
from grapevine.core import clock, jobs


@jobs.job("converse.rules", every=timedelta(hours=6))
def keep(run: jobs.Run) -> None:
    """Remind of mandates that end within a month; forget the words of replies of half a year ago."""
    at = clock.now()
    mandates.remind(at=at)
    run.progress(1, total=2)
    while own_words.prune(at=at):
        run.pause()
