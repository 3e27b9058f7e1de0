"""Three ways to multiply bytes, the best that a processor has."""

from __future__ import annotations

import ctypes
import platform
import sys
from functools import cache

from llvmlite import binding
from numba.core import config

AVX2, VNNI, TILES = range(3)
"""What every x86 processor of the last ten years has; dot products of AVX-512 (64 products at a stroke); tiles (AMX, 16,384 of them)."""
_NEEDS = {AVX2: ("avx2", "fma"), VNNI: ("avx512f", "avx512bw", "avx512vnni"), TILES: ("amx-tile", "amx-int8")}


@cache
def _features() -> frozenset[str]:
    """What numba compiles for."""
    told = config.CPU_FEATURES
    if told is None:
        told = binding.get_host_cpu_features().flatten()
    return frozenset(one[1:] for one in told.split(",") if one.startswith("+"))


def has(way: int) -> bool:
    """Whether code of a way can be made here."""
    return platform.machine().lower() in ("x86_64", "amd64") and _features().issuperset(_NEEDS[way])


@cache
def ways() -> tuple[int, ...]:
    """The ways that this processor and its system allow, the fastest first; none where there is none of ours."""
    return tuple(way for way in (TILES, VNNI, AVX2) if has(way) and (way != TILES or _may_use_tiles()))


def _may_use_tiles() -> bool:
    """Ask Linux for the tiles' memory, once for the whole process."""
    if not sys.platform.startswith("linux"):
        return False
    call, ask, tiles = 158, 0x1023, 18  # arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
    return bool(ctypes.CDLL(None).syscall(call, ask, tiles) == 0)
