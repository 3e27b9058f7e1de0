"""Killing the worker at any moment loses no post and doubles none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def environment_with_a_database_of_its_own(home: Path) -> dict[str, str]:
    environment = {**os.environ, "GRAPEVINE_HOME": str(home)}
    server = os.environ.get("GRAPEVINE_TEST_POSTGRESQL")
    if server:
        import psycopg

        name = f"killed_{os.getpid()}_{home.name}".replace("-", "_")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE grapevine_template')
        environment["GRAPEVINE_DATABASE_URL"] = f"{server}/{name}"
    else:
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    return environment


@pytest.mark.parametrize(("kind", "posts", "kills"), [("import", 9_000, 8), ("stream", 1200, 7)])
def test_what_is_killed_again_and_again_comes_out_whole(
    kind: str, posts: int, kills: int, tmp_path: Path
) -> None:
    home = tmp_path / f"home-{kind}"
    home.mkdir()
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
        env=environment_with_a_database_of_its_own(home),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "all is well" in run.stdout, run.stdout + run.stderr
