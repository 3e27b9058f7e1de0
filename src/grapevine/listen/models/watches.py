"""Standing queries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.listen.models.brands import Brand


class WatchState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")


class RematchState(models.TextChoices):
    NONE = "", _("Up to date")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


class WatchQuerySet(models.QuerySet["Watch"]):
    def present(self) -> WatchQuerySet:
        """Watches that are deleted neither themselves nor with their brand."""
        return self.filter(deleted_at=None, brand__deleted_at=None)

    def listening(self) -> WatchQuerySet:
        """Watches that new posts are matched against."""
        return self.present().filter(state=WatchState.ACTIVE)


class Watch(models.Model):
    """A standing boolean query for a brand; `query` is that of its `version`."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="watches")
    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(_("query"))
    state = models.CharField(max_length=10, choices=WatchState, default=WatchState.ACTIVE)
    version = models.ForeignKey(
        "listen.WatchVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # History is matched again in the background after a change.
    rematch_state = models.CharField(
        max_length=10, choices=RematchState, blank=True, default=RematchState.NONE
    )
    rematch_done = models.BigIntegerField(default=0)
    rematch_total = models.BigIntegerField(default=0)
    rematch_job_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        ordering = ["brand", "name", "id"]

    def __str__(self) -> str:
        return self.name


class WatchVersion(models.Model):
    """The query as it was saved at one time. A mention names the version that caught it."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    query = models.TextField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="watch_version_once", fields=["watch", "number"])]

    def __str__(self) -> str:
        return f"{self.watch_id} v{self.number}"


class WatchSetVersion(models.Model):
    """One row that is raised with every change of a watch, so that workers know when theirs are stale."""

    value = models.BigIntegerField(default=0)
