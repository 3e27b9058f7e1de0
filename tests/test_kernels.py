"""Compiled kernels of one state of the sources are never used by another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import grapevine.engine

ASK = "import os, grapevine.engine; print(os.environ['NUMBA_CACHE_DIR'])"


def _asked(base: Path) -> str:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "NUMBA_CACHE_DIR": str(base)},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def test_each_state_of_the_sources_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = _asked(tmp_path)
    assert Path(first).parent == tmp_path
    assert _asked(tmp_path) == first
    assert _asked(Path(first)) == first  # a process begun by another one


def test_a_changed_source_is_another_state(tmp_path: Path) -> None:
    source = tmp_path / "kernel.py"
    source.write_text("LEAST = 1\n")
    before = grapevine.engine._fingerprint(tmp_path)
    assert grapevine.engine._fingerprint(tmp_path) == before
    source.write_text("LEAST = 12\n")
    assert grapevine.engine._fingerprint(tmp_path) != before
