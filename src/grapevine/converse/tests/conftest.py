"""A fake platform, and a conversation there that can be answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Thread
from grapevine.sources import testing as sources


@pytest.fixture
def there() -> Iterator[sources.FakePlatform]:
    with sources.platform() as platform:
        yield platform


@pytest.fixture
def thread(there: sources.FakePlatform) -> Thread:
    return testing.make_answerable()
