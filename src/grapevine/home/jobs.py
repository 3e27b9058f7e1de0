"""What home does in the background: the demo goes on."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from grapevine.core import clock, jobs, past_jobs
from grapevine.home.demo_marks import GOES_ON

EVERY = timedelta(seconds=30)

jobs.describe({GOES_ON: _("Go on with the demo")})


@jobs.job(GOES_ON)
def demo_goes_on(run: jobs.Run) -> None:
    """One more post of the demo's talk; then again in half a minute, until it is over."""
    from grapevine.home.demo import loader  # heavy, and most processes never need it

    now = clock.now()
    if loader.go_on(at=now):
        # The posts before this one are told by the stream, not by a row each on the page of jobs.
        past_jobs.forget_done(GOES_ON)
        # Keyed by this job, so that a second try of it does not begin a second chain.
        jobs.put(GOES_ON, at=now + EVERY, key=f"demo-after:{run.job.pk}", max_attempts=3)
