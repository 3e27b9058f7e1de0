"""A fake platform, a keeper and a source to answer through, for the tests of the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.sources import testing
from grapevine.sources.actions import outbox
from grapevine.sources.models import Source

MINUTE = timedelta(minutes=1)


@pytest.fixture
def there() -> Iterator[testing.FakePlatform]:
    with testing.platform() as made:
        yield made


@pytest.fixture
def keeper() -> Iterator[testing.FakeKeeper]:
    with testing.keeper() as made:
        yield made


@pytest.fixture
def source(there: testing.FakePlatform, keeper: testing.FakeKeeper) -> Source:
    return testing.make_sending_source()


def put(source: Source, number: int = 1, *, text: str = "We are sorry.", **more: Any) -> int:
    """Put in an answer, the same one for the same number."""
    values: dict[str, Any] = {"to": "post-1", "thread_id": "thread", "at": NOON, "by": access.SYSTEM, **more}
    return outbox.put(source_id=source.pk, text=text, key=f"key-{number}", of="test", of_id=number, **values)


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + minutes * MINUTE
