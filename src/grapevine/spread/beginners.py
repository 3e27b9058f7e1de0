"""With whom it begins: who of a network may be chosen, and by which rules."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from grapevine.listen.selectors import brands
from grapevine.people.selectors import every, names
from grapevine.spread.snapshots import Snapshot

RULES = ("degree", "discount", "core", "pagerank")
"""Those that need nothing but the network."""


def allowed(
    snapshot: Snapshot, refused: Collection[int], speakers: Collection[int], *, contactable: bool = True
) -> Any:
    """Who may be chosen, as a mark for everybody: whoever isn't forgotten, and, when they are to be contacted, neither refuses that
    (`refused`: identities) nor is an account of a brand, ours or another (`speakers`: identities)."""
    identity = np.asarray(snapshot.people["identity"])
    marked: Any = identity > 0
    if contactable:
        marked = marked & ~among(identity, refused) & ~accounts(snapshot, speakers)
    return marked


def accounts(snapshot: Snapshot, speakers: Collection[int]) -> Any:
    """Which people of a network are accounts of brands: those that are set for one, and those of which the platform says that they are ours."""
    marked: Any = among(np.asarray(snapshot.people["identity"]), speakers)
    if "ours" in snapshot.people:
        marked = marked | (np.asarray(snapshot.people["ours"]) != 0)
    return marked


def among(identity: Any, chosen: Collection[int]) -> Any:
    """A mark for those of these identities that are among the chosen."""
    return np.isin(identity, np.asarray(sorted(chosen), np.int64))


def speakers() -> frozenset[int]:
    """The identities by which brands speak themselves, as they are set for the brands there are, with those that stand for them."""
    ids = {one for found in names.by_handle(brands.accounts()).values() for one in found}
    return frozenset(ids | set(every.stand_ins(ids).values()))
