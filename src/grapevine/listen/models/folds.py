"""What near-duplicates are recognised by."""

from __future__ import annotations

from django.db import models


class FoldBlock(models.Model):
    """The fingerprints of one batch: post ids and band keys as arrays. Each worker reads those it has not seen yet.

    Only as many as the window holds are kept. A fingerprint tells nothing of the text.
    """

    # Ids are given anew when a batch is undone; this number is not, so nobody mistakes one block for another.
    mark = models.BigIntegerField(default=0)
    data = models.BinaryField()
    items = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
