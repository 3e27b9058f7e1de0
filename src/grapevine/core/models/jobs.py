"""Work that waits, in the same database as what it is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")

    @classmethod
    def unfinished(cls) -> tuple[JobState, JobState]:
        """The states of a job that still has something to do."""
        return cls.WAITING, cls.RUNNING


class Job(models.Model):
    """A piece of work for the worker. Claimed under a lease; a lease that ran out is claimed again."""

    kind = models.CharField(max_length=60)
    # At most one unfinished job has this key: asking twice for the same work does it once.
    key = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    run_at = models.DateTimeField()
    lease = models.CharField(
        max_length=80, blank=True
    )  # the worker's name, a colon, and a word of this lease only
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

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

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


class Heartbeat(models.Model):
    """A sign of life of a process (web, live or worker), renewed every few seconds."""

    name = models.CharField(max_length=64, primary_key=True)
    part = models.CharField(max_length=10)
    host = models.CharField(max_length=120)
    pid = models.IntegerField()
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
