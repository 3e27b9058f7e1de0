"""Whether somebody of the house has opened a person's story lately."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grapevine.people import terms
from grapevine.people.models import Identity, Opening


def is_open(every: list[Identity], *, by: Any, at: datetime) -> bool:
    """Whether `by` has opened what is known of one of these identities, and it is not so long ago that the reason has to be asked again."""
    user = getattr(by, "pk", None)
    if not user:
        return False
    ids = [one.pk for one in every]
    return Opening.objects.filter(opened_by_id=user, identity_id__in=ids, at__gt=at - terms.OPENED).exists()
