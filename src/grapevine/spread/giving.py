"""The ties that files tell of, given to networks as any room may give its own (`people.contracts`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy

from grapevine.people.contracts import Tie
from grapevine.spread.models import GivenTie


class Files:
    """Who listens to whom, as somebody wrote it down. It stands, as following does."""

    name = "spread.files"
    label = gettext_lazy("Files of ties")
    fades = False

    def ties(self, *, since: datetime, until: datetime) -> Iterator[Tie]:
        """The ties of all files that were there by then."""
        rows = GivenTie.objects.filter(file__removed_at=None, file__added_at__lte=until).order_by("pk")
        for speaker, listener, at, weight in rows.values_list(
            "speaker_id", "listener_id", "file__added_at", "weight"
        ).iterator(chunk_size=5_000):
            yield Tie(speaker, listener, at, weight)
