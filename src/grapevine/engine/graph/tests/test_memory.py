"""What networks take: bytes counted, and the height of memory while a large file is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grapevine.engine import graph

READ = """
import sys
from pathlib import Path
from grapevine.engine import graph

def height():
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) * 1024

few, large, directed = *map(Path, sys.argv[1:3]), sys.argv[3] == "directed"
graph.load(few, directed=directed)
before = height()
graph.load(large, directed=directed)
print(height() - before)
"""


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("directed", [False, True])
def test_an_arc_takes_four_bytes_a_direction_and_eight_with_a_weight(directed: bool, weighted: bool) -> None:
    first, second = np.random.default_rng(2).integers(0, 1000, (2, 5000))
    made = graph.from_arrays(
        first, second, np.ones(5000) if weighted else None, directed=directed, people=1000
    )
    sides = 2 if directed else 1  # an undirected tie's two arcs are seen from both ends in the same rows
    assert made.nbytes == sides * (4 * 1001 + (8 if weighted else 4) * made.arcs)
    assert {one.dtype.itemsize for one in (made.out_at, made.out_to, made.in_at, made.in_from)} == {4}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to see the height of memory in")
@pytest.mark.parametrize("directed", ["directed", "undirected"])
def test_a_large_file_is_read_in_forty_bytes_a_line(tmp_path: Path, directed: str) -> None:
    few, large = tmp_path / "few", tmp_path / "large"
    first, second = np.random.default_rng(3).integers(0, 300_000, (2, 3_200_000))
    lines = [b"%d %d" % pair for pair in zip(first.tolist(), second.tolist(), strict=True)]
    few.write_bytes(b"\n".join(lines[: len(lines) // 2]))
    large.write_bytes(b"\n".join(lines))
    told = subprocess.run(
        [sys.executable, "-c", READ, str(few), str(large), directed], capture_output=True, check=True
    )
    # A block of the file and what is read from it are there both times: told is what the further lines take.
    assert int(told.stdout) <= 40 * (len(lines) - len(lines) // 2)
