"""What follows from a failed attempt: plain values, no database."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.connectors.base import (
    BadData,
    CannotTell,
    ConnectorError,
    CredentialError,
    Gone,
    RateLimited,
    Unreachable,
)
from grapevine.core.testing import NOON
from grapevine.sources import outcomes, words

FAMILIES = (CredentialError, Gone, Unreachable, BadData, CannotTell, ConnectorError)


def after(
    error: ConnectorError, *, attempts: int = 1, hours: float = 0, in_doubt: bool = False
) -> outcomes.Next:
    since = NOON - timedelta(hours=hours)
    return outcomes.after(error, in_doubt=in_doubt, attempts=attempts, since=since, at=NOON, rng=Random(1))


@pytest.mark.parametrize(
    ("family", "code"), [(f, c) for f in FAMILIES if f is not CannotTell for c in f.sentences]
)
def test_every_code_leads_somewhere_and_ends(family: type[ConnectorError], code: str) -> None:
    error = family(code)
    assert after(error).state in ("waiting", "held", "failed", "unclear")
    assert after(error, attempts=99, hours=99).state != "waiting"


@given(st.sampled_from([c for f in FAMILIES if f is not CannotTell for c in f.sentences]), st.booleans())
def test_doubt_is_never_lost_before_a_look(code: str, in_doubt: bool) -> None:
    family = next(f for f in FAMILIES if code in f.sentences)
    follows = after(family(code), in_doubt=in_doubt)
    if in_doubt and follows.state in ("waiting", "held"):
        assert follows.in_doubt
    if follows.state == "failed":
        assert not follows.in_doubt


def test_what_the_platform_asks_for_is_given_but_not_beyond_a_day() -> None:
    assert after(RateLimited(7200.0)).wait >= timedelta(hours=2)
    assert after(RateLimited(7 * 86400.0)).wait == outcomes.PATIENCE


@pytest.mark.parametrize("code", ["server_error", "unconfirmed"])
def test_a_platform_that_may_still_be_at_work_is_left_alone_for_a_minute(code: str) -> None:
    error = Unreachable(code, host="x", status=500, detail="")
    follows = after(error)
    assert (follows.state, follows.in_doubt) == ("waiting", True)
    assert follows.wait >= outcomes.SETTLE


def test_a_machine_that_slept_for_a_day_still_tries_a_few_times() -> None:
    error = Unreachable("no_answer", host="x", detail="")
    assert after(error, attempts=2, hours=30).state == "waiting"
    assert after(error, attempts=4, hours=30).state == "failed"


def test_every_code_of_our_own_has_words() -> None:
    for code in ("source_gone", "said_already", "forgotten", "stopped_in_doubt"):
        assert "could not be read" not in words.error(code, {})
