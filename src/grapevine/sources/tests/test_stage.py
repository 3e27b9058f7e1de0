"""The demo's sources take answers, and nothing leaves this computer."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core.testing import NOON
from grapevine.sources import testing, ways
from grapevine.sources.selectors import outbox as selector
from grapevine.sources.tests.conftest import at, put

pytestmark = pytest.mark.django_db


def test_an_answer_in_the_demo_is_proved_and_no_connector_is_asked(there: Any, keeper: Any) -> None:
    source = testing.make_source(connector="wordpress", is_demo=True)
    way = ways.of(source)
    assert way is not None
    assert way.ready
    put(source)
    put(source, 2)
    assert testing.send_due(at=NOON) == ["sent", "sent"]
    first, second = (selector.of("test", [number])[number] for number in (1, 2))
    assert first.proof_id.startswith("stage-")
    assert first.proof_id != second.proof_id
    assert there.tried == []
    assert testing.send_due(at=at(9)) == []
