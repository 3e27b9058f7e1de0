"""Signs of arranged talk: what shows them, and what must not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.core.testing import NOON
from grapevine.listen import suspicions
from grapevine.listen import testing as listen
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Mention
from grapevine.listen.selectors import suspicions as found
from grapevine.listen.selectors import walks
from grapevine.sources import testing as sources

HOUR = timedelta(hours=1)
LONG_AGO = NOON - timedelta(days=90)


def test_who_posts_at_even_gaps_has_a_beat() -> None:
    assert suspicions.clockwork([NOON + n * HOUR + timedelta(seconds=n % 3) for n in range(20)]) == HOUR


def test_people_have_no_beat() -> None:
    assert suspicions.clockwork([NOON + n * n * HOUR for n in range(20)]) is None


def test_few_posts_days_without_a_time_and_bursts_say_nothing() -> None:
    midnight = NOON.replace(hour=0, minute=0, second=0)
    assert suspicions.clockwork([NOON + n * HOUR for n in range(5)]) is None
    assert suspicions.clockwork([midnight + n * timedelta(days=1) for n in range(30)]) is None
    assert suspicions.clockwork([NOON + n * timedelta(seconds=2) for n in range(30)]) is None


def test_a_text_by_many_newcomers_looks_arranged() -> None:
    copies = [(who, NOON - HOUR, NOON + who * HOUR) for who in range(6)] + [(99, LONG_AGO, NOON)]
    assert suspicions.chorus(copies, heard_since=LONG_AGO) == suspicions.Chorus(authors=7, new=6)


@pytest.mark.parametrize(
    ("copies", "since"),
    [
        ([], LONG_AGO),
        ([(who, NOON, NOON) for who in range(4)], LONG_AGO),
        ([(who, LONG_AGO, NOON) for who in range(20)], LONG_AGO),
        ([(who, NOON, NOON) for who in range(20)], NOON - HOUR),
        ([(who, NOON, NOON) for who in range(20)], None),
    ],
    ids=["no copies", "few authors", "old friends", "a source just begun", "no source"],
)
def test_what_people_do_by_themselves_does_not(copies: list[tuple], since: object) -> None:
    assert suspicions.chorus(copies, heard_since=since) is None


@pytest.mark.django_db
def test_both_are_found_among_mentions() -> None:
    listen.make_watch(query="elsinore")
    source = sources.make_source()
    line = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"
    sources.store(source, sources.heard("Elsinore in the old days", author="yorick", at=LONG_AGO))
    sources.store(source, *(sources.heard(line, author=f"a{n}", at=NOON + n * HOUR) for n in range(8)))
    sources.store(
        source,
        *(
            sources.heard(f"Elsinore offer number {n} {n * 37}", author="bot", at=NOON + n * HOUR)
            for n in range(15)
        ),
    )
    (repeated,) = [one for one in walks.older(Filter(), limit=100).rows if one.copies]
    assert found.choruses([repeated]) == {repeated.post_id: suspicions.Chorus(authors=7, new=7)}
    everybody = list(Mention.objects.values_list("identity_id", flat=True).distinct())
    bot = Mention.objects.filter(post_id__gt=0).order_by("-post_id").first()
    assert found.clockwork(everybody) == {bot.identity_id: HOUR}
