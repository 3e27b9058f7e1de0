"""What is compiled while the first start does other things."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grapevine.config import beforehand

TOLD = """
import sys
from numba.core.dispatcher import Dispatcher
from grapevine.config import beforehand
beforehand.SHARES[sys.argv[1]]()
modules = [module for name, module in sys.modules.items() if name.startswith("grapevine.engine")]
for one in {one for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)}:
    for signature in one.overloads:
        print(one.py_func.__module__, one.py_func.__qualname__, signature)
"""


def compiled(share: str) -> set[str]:
    """The kernels that a process has at hand when it has done its share, with the types that they take."""
    told = subprocess.run(
        [sys.executable, "-c", TOLD, share], capture_output=True, text=True, timeout=120, check=True
    )
    return set(told.stdout.splitlines())


@pytest.mark.slow
def test_each_process_compiles_something_and_none_what_another_does() -> None:
    shares = {name: compiled(name) for name in beforehand.SHARES}
    assert all(shares.values())
    assert not set.intersection(*shares.values())
    names = {kernel.split()[1] for share in shares.values() for kernel in share}
    assert {"score", "classify", "fold", "word_sets", "words"} <= names


def test_what_is_begun_is_waited_for_whether_it_works_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        beforehand, "SHARES", {"reading": beforehand.SHARES["reading"], "nothing there": print}
    )
    begun = beforehand.begin()
    beforehand.wait(begun)
    assert [process.returncode for process in begun] == [0, 1]
