"""The clock and the database's moments."""

from __future__ import annotations

from datetime import UTC

import pytest

from grapevine.core import clock
from grapevine.core.models import Setting


def test_the_clock_speaks_utc() -> None:
    assert clock.now().tzinfo is UTC


@pytest.mark.django_db
def test_a_setting_is_kept() -> None:
    Setting.objects.create(name="organisation", value="Kvarnby Kaffe")
    assert Setting.objects.get(pk="organisation").value == "Kvarnby Kaffe"
