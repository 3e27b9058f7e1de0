"""What can't be done with what was given."""

from __future__ import annotations

from grapevine.engine.graph.errors import GraphError


class SpreadError(GraphError):
    """Told to a person as `GraphError` is: which value is wrong, and what would be right."""
