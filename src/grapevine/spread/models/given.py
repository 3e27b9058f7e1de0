"""Who listens to whom, as somebody told it in a file."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class TieFile(models.Model):
    """A file of ties. What it tells counts in networks that are made while it is there. Counts are of lines: `kept` became ties."""

    name = models.CharField(max_length=140)
    read = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # by somebody who may still undo it

    def __str__(self) -> str:
        return self.name


class GivenTie(models.Model):
    """`listener` listens to `speaker`, says a file."""

    file = models.ForeignKey(TieFile, on_delete=models.CASCADE, related_name="ties")
    listener = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="+")
    speaker = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField(default=1.0)

    class Meta:
        constraints = [models.UniqueConstraint(name="given_tie_once", fields=["file", "listener", "speaker"])]


class RefusedTie(models.Model):
    """A line of a file that became no tie, and why; a file keeps a limited number."""

    file = models.ForeignKey(TieFile, on_delete=models.CASCADE, related_name="refused_rows")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    raw = models.CharField(max_length=500, blank=True)
