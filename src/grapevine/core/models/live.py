"""What the pages should hear of at once."""

from __future__ import annotations

from django.db import models


class LiveEvent(models.Model):
    """A short notice for open pages: a channel and a few facts, never a text. Pruned after minutes."""

    channel = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)
