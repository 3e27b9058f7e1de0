"""Stretches of time as pages about a period ask for them, for rooms above with such pages."""

from __future__ import annotations

from grapevine.listen.periods import Period, chosen

__all__ = ["Period", "chosen"]
