"""What is known of how likely readings are and whether they were right: labels of texts drawn by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grapevine.understand.contracts import MOODS
from grapevine.understand.models import Adapter, Label


@dataclass(frozen=True)
class Evidence:
    """One of each for every label: how likely its mood was, whether that was right, and for how many texts it stands."""

    likely: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]


def of(scope: str) -> Evidence:
    """The labels of a scope, as they are read by what it learnt from the *others* (kept by `actions.learning`).

    While that is too little: as they read when they were drawn.
    """
    row = Adapter.objects.filter(scope=scope).only("scores").first()
    held = row.scores.get("held") if row else None
    if held is None:
        labels = Label.objects.filter(draw__scope=scope).exclude(said="").order_by("pk")
        held = [
            (max(shares), MOODS[int(np.argmax(shares))] == said, weight)
            for shares, said, weight in labels.values_list("shares", "said", "weight")
        ]
    table = np.array(held, np.float64).reshape(-1, 3)
    return Evidence(table[:, 0], table[:, 1] > 0, table[:, 2])
