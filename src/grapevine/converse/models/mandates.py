"""Who may say what: mandates, and replies that wait for somebody who may say more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Message

USER = settings.AUTH_USER_MODEL


class SpeaksAs(models.TextChoices):
    """In which role somebody speaks. Readers are told: it stands in the signature with the relation."""

    SERVICE = "service", _("Customer service")
    SPECIALIST = "specialist", _("Somebody who made it or knows it best")
    COLLEAGUE = "colleague", _("A colleague, from their own work")
    SPOKESPERSON = "spokesperson", _("Speaks for the organisation")


class Mandate(models.Model):
    """Leave to speak without asking. What it says stands in its versions; it holds while its latest one is accepted."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1)  # the latest
    accepted_version = models.PositiveIntegerField(null=True)  # the latest that the employee accepted
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    reminded_on = models.DateField(null=True)  # the end that somebody was reminded of

    class Meta:
        indexes = [
            models.Index(name="mandate_user", fields=["user", "ends_on"]),
            models.Index(
                name="mandate_ends", fields=["ends_on"], condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class MandateVersion(models.Model):
    """What a mandate said from then on. `terms` as `converse.terms` reads them: ids and facts."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    note = models.TextField(blank=True)  # the lead's words to the employee
    starts_on = models.DateField()
    ends_on = models.DateField()
    given_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="mandate_version_once", fields=["mandate", "number"])]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.mandate_id}.{self.number}"


class ApprovalState(models.TextChoices):
    WAITING = "waiting", _("Waits")
    APPROVED = "approved", _("Approved")
    CHANGED = "changed", _("Changed and approved")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Taken back")


class Approval(models.Model):
    """A reply outside its author's mandates, and what a lead made of it. The latest of a message counts."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="approvals")
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    reasons = models.JSONField(default=list)  # [code, facts] of each; in words where they are shown
    state = models.CharField(max_length=9, choices=ApprovalState, default=ApprovalState.WAITING)
    text_before = models.TextField(blank=True)  # what its author wrote, where a lead changed it
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # when its author saw what became of it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="approval_once", fields=["message"], condition=models.Q(state="waiting")
            )
        ]
        indexes = [
            models.Index(
                name="approval_waiting", fields=["asked_at", "id"], condition=models.Q(state="waiting")
            ),
            models.Index(name="approval_told", fields=["asked_by", "-id"]),
            models.Index(name="approval_decided", fields=["-decided_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
