"""Killing the worker at any moment loses no post and doubles none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("kind", "posts", "kills"), [("import", 9_000, 8), ("stream", 1200, 7)])
def test_what_is_killed_again_and_again_comes_out_whole(
    kind: str, posts: int, kills: int, tmp_path: Path, another_home: Callable[[Path], dict[str, str]]
) -> None:
    home = tmp_path / f"home-{kind}"
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "grapevine.listen.tests.killed",
            kind,
            str(posts),
            str(kills),
            "1",
            str(tmp_path),
        ],
        env={**os.environ, **another_home(home)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "all is well" in run.stdout, run.stdout + run.stderr
