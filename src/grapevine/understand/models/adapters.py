"""What a scope learnt, and what is wished of it."""

from __future__ import annotations

from django.db import models


class Adapter(models.Model):
    """What a scope learnt from its corrections, as `engine.text.reading.adapter` writes it down. Made anew with each correction.

    `fingerprint` is of the shipped model it was learnt on; `scores` hold what cross-validation said: count, before, after, and `held`
    (see `evidence`).
    """

    scope = models.CharField(max_length=60, unique=True)
    mark = models.BigIntegerField()  # another one with each learning, so that processes load only what is new
    data = models.BinaryField()
    made_at = models.DateTimeField()
    corrections = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=32)
    scores = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.scope


class Wish(models.Model):
    """How often a sure reading of a scope should be right, and what follows from it.

    `threshold` is how likely a mood must be to count as sure, found from drawn labels; None while there are too few. `right` of `count` labels
    at or above it were right, of which `lower` is the lower end of the interval (Wilson).
    """

    scope = models.CharField(max_length=60, unique=True)
    share = models.FloatField()
    threshold = models.FloatField(null=True)
    right = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    lower = models.FloatField(default=0)
    is_reached = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.scope}: {self.share}"


class LearntVersion(models.Model):
    """One row that changes with every adapter and wish, so that processes know when theirs are stale."""

    value = models.BigIntegerField(default=0)
