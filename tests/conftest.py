"""Real platforms for the walks through the whole house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers import post as mail
from tests.peers import wordpress


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[wordpress.WordPress]:
    if lacking := wordpress.missing():
        pytest.skip(lacking)
    with wordpress.WordPress.running(tmp_path / "blog") as running:
        yield running


@pytest.fixture
def post(tmp_path: Path) -> Iterator[mail.Post]:
    if lacking := mail.missing():
        pytest.skip(lacking)
    with mail.Post.running(tmp_path / "post") as running:
        yield running
