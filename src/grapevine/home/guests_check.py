"""Why a guest of the demo may no longer look: there is something that is not of the demo."""

from __future__ import annotations

from grapevine.core import guests
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import sources


@guests.objection
def something_is_real() -> bool:
    """Whether anybody has added a source or a brand of their own; deleted ones count as long as they are there."""
    return sources.any_real() or brands.any_real()
