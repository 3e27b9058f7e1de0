"""The kinds of work of this room; each is done by its own module of actions."""

from __future__ import annotations


def register() -> None:
    """Make them known. Called when Django starts."""
