"""A file being imported, and what could not be read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.sources.models.sources import Source


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Import(models.Model):
    """One file on its way in. `cursor` and the counts move in the transaction that stores the posts."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=255)
    path = models.TextField()
    layout = models.CharField(max_length=40, blank=True)  # brandwatch, meltwater, twcs, … as recognised
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    cursor = models.JSONField(default=dict)
    bytes_total = models.BigIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    rate = models.FloatField(default=0)  # posts per second, lately
    error_code = models.CharField(max_length=60, blank=True)
    error_params = models.JSONField(default=dict)
    job_id = models.BigIntegerField(null=True)
    lease = models.CharField(
        max_length=160, blank=True
    )  # of the process that reads it without a job: host:pid:secret
    leased_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class Rejected(models.Model):
    """An item that was left out, with where it stood and why. `raw` is cut; an import keeps a limited number."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rejected_rows")
    of_import = models.ForeignKey(Import, null=True, on_delete=models.CASCADE, related_name="rejected_rows")
    file_name = models.CharField(max_length=255, blank=True)
    line = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=60)
    detail = models.TextField(blank=True)
    raw = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
