"""Who looks after brands and watches, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from grapevine.core.testing import signed_in


@pytest.fixture
def lead(db: None) -> Client:
    return signed_in("lead")
