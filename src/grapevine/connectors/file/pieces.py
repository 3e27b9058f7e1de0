"""What readers of lines hand on."""

from __future__ import annotations

from dataclasses import dataclass

from grapevine.connectors.base import Post, Rejected


@dataclass(slots=True)
class Piece:
    """What was made of a stretch of the file, which has `lines` lines, and what was left out."""

    posts: list[tuple[Post, bytes]]
    rejected: list[Rejected]
    lines: int
