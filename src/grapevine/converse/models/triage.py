"""How a conversation was judged before it was answered, and what was taken away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Message, Thread

USER = settings.AUTH_USER_MODEL


class Triage(models.Model):
    """What somebody answered the tree's questions about a thread, and where that led."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="triage")
    edition = models.PositiveIntegerField()
    path = models.JSONField(default=list)  # [question, answer] of each step
    outcome = models.CharField(max_length=40)
    judged_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    # Where it is counted: on the day of its first judgement, for the brand the thread was of then.
    counted_on = models.DateField()
    brand_key = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.outcome


class TriageDay(models.Model):
    """How often the tree led where, by day."""

    on = models.DateField()
    outcome = models.CharField(max_length=40)
    brand_key = models.BigIntegerField(
        default=0
    )  # the brand's id; 0: of none. A key that is null would be unique never
    threads = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="triage_day_once", fields=["on", "outcome", "brand_key"])]

    def __str__(self) -> str:
        return f"{self.on} {self.outcome}"


class RemovalHow(models.TextChoices):
    HIDE = "hide", _("Hide")
    DELETE = "delete", _("Delete")


class RemovalState(models.TextChoices):
    """What became of it. "Removed" means that the platform said so."""

    WAITING = "waiting", _("Asked for")
    DONE = "done", _("Confirmed by the platform")
    HELD = "held", _("Held: the source needs new credentials")
    FAILED = "failed", _("Not done")
    UNCLEAR = "unclear", _("Perhaps done")
    CANCELLED = "cancelled", _("Cancelled")


class Removal(models.Model):
    """Somebody else's words that we had taken away at the platform: by whom, why, and what was known when it was decided."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="removals")
    how = models.CharField(max_length=6, choices=RemovalHow)
    reason = models.TextField()
    measured = models.JSONField(default=dict)  # the Streisand check's figures at that moment
    state = models.CharField(max_length=9, choices=RemovalState, default=RemovalState.WAITING)
    code = models.CharField(max_length=60, blank=True)  # why not, as the outbox says
    params = models.JSONField(default=dict)
    outgoing_id = models.BigIntegerField(null=True)
    removed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="removal_once",
                fields=["message", "how"],
                condition=models.Q(state__in=["waiting", "held", "done", "unclear"]),
            )
        ]
        indexes = [models.Index(name="removal_latest", fields=["-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.how} {self.message_id}"
