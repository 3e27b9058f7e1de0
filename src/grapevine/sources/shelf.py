"""What connectors say of themselves."""

from __future__ import annotations

from grapevine import connectors
from grapevine.connectors.base import Manifest


def manifest(name: str) -> Manifest | None:
    """What the connector says of itself; None when its package is not installed (any more)."""
    connector = connectors.shelf().get(name)
    return connector.manifest if connector is not None else None


def pulled() -> list[Manifest]:
    """The connectors that are read again and again, in the order of the shelf. (Files are imported instead.)"""
    return [c.manifest for c in connectors.shelf().values() if c.manifest.every_seconds is not None]


def offered() -> list[Manifest]:
    """The connectors that a source can be added with: those that are read, and those that visitors write to."""
    return [
        c.manifest
        for c in connectors.shelf().values()
        if c.manifest.every_seconds is not None or c.manifest.receives
    ]
