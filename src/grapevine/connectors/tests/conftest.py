"""Connector tests use no network but loopback, and no database."""

from collections.abc import Iterator

import pytest

from grapevine.connectors import http
from grapevine.connectors.addresses import AllowList
from grapevine.connectors.tests import servers

LOOPBACK = AllowList.parse(["127.0.0.0/8"])


@pytest.fixture
def server() -> Iterator[servers.Server]:
    with servers.serving() as running:
        yield running


@pytest.fixture
def client() -> Iterator[http.Client]:
    """A client that may go to loopback, with caps small enough to reach."""
    with http.Client(allow=LOOPBACK, caps=http.Caps(total=2.0, size=100_000)) as opened:
        yield opened
