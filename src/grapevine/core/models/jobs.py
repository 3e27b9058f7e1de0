"""Work that waits, in the same database as what it is about."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A piece of work for the worker. Claimed under a lease; a lease that ran out is claimed again."""

    kind = models.CharField(max_length=60)
    # At most one unfinished job has this key: asking twice for the same work does it once.
    key = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    run_at = models.DateTimeField()
    lease = models.CharField(max_length=40, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=8)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                name="job_due", fields=["run_at", "id"], condition=models.Q(state__in=["waiting", "running"])
            ),
            models.Index(name="job_kind", fields=["kind", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="job_once",
                fields=["key"],
                condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(key=""),
            )
        ]
