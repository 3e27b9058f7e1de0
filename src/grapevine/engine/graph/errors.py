"""What is wrong with a graph that was given."""

from __future__ import annotations


class GraphError(ValueError):
    """Told to a person as it stands: it says what is wrong, in which line where there are lines, and what would be right."""
