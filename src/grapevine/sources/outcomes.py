"""What follows from an attempt to send that failed: try again, hold, give up, or say that nobody knows. Plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from grapevine.connectors.base import CannotTell, ConnectorError, CredentialError, Gone, RateLimited
from grapevine.sources import rules

PATIENCE = timedelta(hours=24)
"""For how long a reply is tried again: older than that, somebody must see whether it is still worth sending."""
LOOKS = timedelta(hours=1)
"""For how long we look whether something turns up there before a person has to decide."""
TRIES = 4
"""At least so often, however long our own machine was asleep in between."""
SETTLE = timedelta(seconds=60)
"""A platform that broke off may still be at work on what it got: no look before that."""

# What waiting doesn't mend.
_NO_USE = frozenset(
    {
        "url_broken",
        "url_scheme",
        "url_userinfo",
        "address_refused",
        "not_found",
        "no_feed",
        "no_api",
        "too_many_redirects",
        "refused",
    }
)
# Where the platform itself says in the end that it isn't there: said after every look, and about this very reply.
_SAYS_NO = frozenset({"reply_refused", "removal_refused"})
# What may be mended by a look: an answer that made no sense, a fault of our own.
_LOOK = frozenset({"not_understood", "failed"})


@dataclass(frozen=True)
class Next:
    """What to do. `wait` is how long until the next attempt (waiting only); `in_doubt` whether something may have arrived."""

    state: Literal["waiting", "held", "failed", "unclear"]
    in_doubt: bool
    wait: timedelta = timedelta(0)


def holds(error: ConnectorError) -> bool:
    """Whether nothing can go out through the source until somebody gives it other credentials."""
    return isinstance(error, CredentialError) and error.code != "not_allowed"


def after(
    error: ConnectorError, *, in_doubt: bool, attempts: int, since: datetime, at: datetime, rng: Random
) -> Next:
    """What follows from `error`, at the `attempts`-th attempt of a series that began at `since`.

    `in_doubt` says that an attempt before this one may have arrived.
    """
    doubt = in_doubt or error.in_doubt
    if holds(error):
        return Next("held", in_doubt)
    if isinstance(error, Gone) or error.code in _SAYS_NO:
        return Next("failed", False)
    given_up = Next("unclear" if doubt else "failed", doubt)
    looking = isinstance(error, CannotTell) or error.code in _LOOK
    again = error.look_again if isinstance(error, CannotTell) else error.retry or looking
    if not again or error.code in _NO_USE:
        return given_up
    wait = _wait(error, attempts, rng)
    if attempts >= TRIES and at + wait > since + (LOOKS if looking else PATIENCE):
        return given_up
    return Next("waiting", doubt, wait)


def _wait(error: ConnectorError, attempts: int, rng: Random) -> timedelta:
    asked_for = error.retry_after if isinstance(error, RateLimited) else None
    wait = rules.wait_after_failure(attempts, rng=rng, asked_for=asked_for)
    if error.in_doubt:
        wait = max(wait, SETTLE)
    return min(wait, PATIENCE)
