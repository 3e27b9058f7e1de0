"""Looking for garbage seldom."""

from __future__ import annotations

import gc

import pytest

from grapevine.core import garbage


def test_it_is_looked_for_seldom_inside_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), garbage.seldom():
        assert gc.get_threshold()[0] > 50 * before[0]
        raise RuntimeError
    assert gc.get_threshold() == before
