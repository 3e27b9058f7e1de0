"""What changed between two versions of a text, for rooms above that show edits."""

from __future__ import annotations

from grapevine.listen.differences import Piece, between

__all__ = ["Piece", "between"]
