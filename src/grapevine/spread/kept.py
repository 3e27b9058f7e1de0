"""What is kept as JSON beside a row, and read again whatever version wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def again(cls: type[T], told: Mapping[str, Any], /, **parts: Any) -> T:
    """A dataclass made anew of what was kept of it: the fields that this version knows, with lists as tuples again. `parts` are those
    that take more than that."""
    names = {one.name for one in fields(cls)}  # type: ignore[arg-type]
    known = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told.items()
        if name in names
    }
    return cls(**{**known, **parts})
