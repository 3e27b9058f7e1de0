"""Compiled kernels of one state of the sources are never used by another, and commands load what they stand on quickly."""

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


WAKE = """
import gc, importlib.util, sys
from grapevine.cli import waking

with waking.quickly():
    assert not gc.isenabled()
    from grapevine.engine.text import reading

    reading.read([""])
assert gc.isenabled()
assert "scipy.linalg" not in sys.modules
if importlib.util.find_spec("scipy"):  # not everybody has it
    import scipy.linalg

    assert scipy.linalg.norm([3.0, 4.0]) == 5.0
"""


def test_a_quick_start_leaves_linear_algebra_aside_until_somebody_asks_for_it() -> None:
    told = subprocess.run([sys.executable, "-c", WAKE], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
