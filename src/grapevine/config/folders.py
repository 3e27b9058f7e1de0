"""Folders of the home that only its owner looks into."""

from __future__ import annotations

from pathlib import Path


def private(path: Path) -> Path:
    """The folder at `path`, made with all above it when it is not there. Raises OSError when that may not be."""
    for folder in [*reversed(path.parents), path]:
        folder.mkdir(mode=0o700, exist_ok=True)
    return path
