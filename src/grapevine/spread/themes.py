"""What the communities of a network talk about, told from a few posts of some of their people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grapevine.listen.selectors import words
from grapevine.listen.selectors.words import Voice

COMMUNITIES = 24
FEWEST = 5
VOICES = 120
"""People heard of each community: those who wrote most lately."""


def of(community: Any, recent: Any, lang: Any, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words of the largest communities, by their number. `recent` are posts of everybody (0: none), `lang` places in `languages`."""
    sizes = np.bincount(community[community >= 0]) if community.size else np.zeros(0, np.int64)
    chosen = [one for one in np.argsort(-sizes, kind="stable")[:COMMUNITIES].tolist() if sizes[one] >= FEWEST]
    latest = recent.max(axis=1) if recent.size else np.zeros(0, np.int64)
    circles = []
    for one in chosen:
        members = np.flatnonzero((community == one) & (latest > 0))
        heard = members[np.argsort(-latest[members], kind="stable")[:VOICES]]
        circles.append(
            [
                Voice(
                    tuple(post for post in recent[who].tolist() if post),
                    languages[lang[who]] if lang[who] >= 0 else "",
                )
                for who in heard.tolist()
            ]
        )
    told = words.of_circles(circles)
    return {str(one): its for one, its in zip(chosen, told, strict=True) if its}
