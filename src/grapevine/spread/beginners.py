"""With whom it begins: who of a network may be chosen, and by which rules."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from grapevine.spread.snapshots import Snapshot

RULES = ("degree", "discount", "core", "pagerank")
"""Those that need nothing but the network."""


def allowed(snapshot: Snapshot, refused: Collection[int], *, contactable: bool = True) -> Any:
    """Who may be chosen, as a mark for everybody: whoever isn't forgotten, and, when they are to be contacted, neither refuses that
    (`refused`: identities) nor is an account of our own."""
    identity = np.asarray(snapshot.people["identity"])
    marked: Any = identity > 0
    if contactable:
        marked = marked & ~np.isin(identity, np.asarray(sorted(refused), np.int64))
        if "ours" in snapshot.people:
            marked = marked & (np.asarray(snapshot.people["ours"]) == 0)
    return marked
