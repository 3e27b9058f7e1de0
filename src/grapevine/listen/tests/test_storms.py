"""Talk that is much faster than usual, from the hourly counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.core.testing import NOON
from grapevine.listen import testing
from grapevine.listen.models import Brand, HourlyRollup
from grapevine.listen.selectors import pulses
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def brand() -> Brand:
    return testing.make_brand(name="Elsinore", ours=True)


def talk(brand: Brand, *, now: int, an_hour: int, days: int = 7) -> None:
    """So many posts this hour, and so many in each hour of the days before."""
    source = sources.make_source()
    before = [
        HourlyRollup(brand=brand, source=source, hour=NOON - HOUR * back, posts=an_hour)
        for back in range(2, days * 24)
    ]
    HourlyRollup.objects.bulk_create(
        [HourlyRollup(brand=brand, source=source, hour=NOON, posts=now), *before]
    )


@pytest.mark.parametrize(
    ("now", "an_hour", "storms"), [(60, 10, True), (59, 10, False), (19, 1, False), (20, 1, True)]
)
def test_three_times_as_fast_as_in_the_week_before_is_a_storm(
    brand: Brand, now: int, an_hour: int, storms: bool
) -> None:
    talk(brand, now=now, an_hour=an_hour)
    assert (brand.pk in pulses.storms(NOON + timedelta(minutes=10))) is storms


def test_nothing_is_usual_after_two_days(brand: Brand) -> None:
    talk(brand, now=500, an_hour=1, days=2)
    assert pulses.storms(NOON) == frozenset()


def test_without_talk_there_is_no_storm(brand: Brand) -> None:
    assert pulses.storms(NOON) == frozenset()
