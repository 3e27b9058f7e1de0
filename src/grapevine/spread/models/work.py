"""What takes long is done by the worker: asked for by somebody, kept with its inputs and the version that did it."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")

    @classmethod
    def unfinished(cls) -> list[WorkState]:
        """Those that may still change by themselves."""
        return [cls.WAITING, cls.RUNNING]


class WorkQuerySet(models.QuerySet[Any]):
    def present(self) -> Self:
        """Those that nobody removed."""
        return self.filter(removed_at=None)

    def done(self) -> Self:
        """Those that are there to be looked at and computed with."""
        return self.filter(removed_at=None, state=WorkState.DONE)


class Work(models.Model):
    """Something computed. `asked` are its inputs, `result` what came out, `fault` why not, as a code of `spread.words` with its params.

    Both are plain JSON made and read by frozen dataclasses, without any name, handle or text of a person: people stand in rows of their
    own, which forgetting finds. `version` is that of the product that computed it.
    """

    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    asked: Any = models.JSONField(default=dict)
    result: Any = models.JSONField(default=dict)
    fault = models.CharField(max_length=60, blank=True)
    fault_params: Any = models.JSONField(default=dict)
    version = models.CharField(max_length=20, blank=True)
    job_id = models.BigIntegerField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)  # by somebody who may still undo it
    is_demo = models.BooleanField(default=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        abstract = True
