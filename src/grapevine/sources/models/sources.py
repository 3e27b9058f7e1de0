"""An account, feed or file we hear from, and the key to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")  # by a person
    HELD = "held", _("Held")  # by us: a person must act first (credentials refused, the address gone)
    LEAVING = "leaving", _("Being removed")  # with its posts, by a job


class CredentialState(models.TextChoices):
    NONE = "none", _("Not needed")
    UNTRIED = "untried", _("Not tried yet")
    WORKING = "working", _("Working")
    REFUSED = "refused", _("Refused")


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, at: object) -> SourceQuerySet:
        """Active sources whose next pull is due."""
        return self.filter(state=SourceState.ACTIVE, next_pull_at__lte=at)


class Source(models.Model):
    """Where posts come from. `settings` and `cursor` are read by its connector only; secrets are in `Credential`."""

    name = models.CharField(_("name"), max_length=120)
    connector = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=SourceState, default=SourceState.ACTIVE)
    terms = models.TextField(
        blank=True
    )  # the connector's sentence on what may be done with its posts, as accepted
    retention_days = models.PositiveIntegerField(
        _("keep posts for (days)"), default=0
    )  # 0: as long as we like
    next_pull_at = models.DateTimeField(null=True, blank=True)  # None: nothing to pull (files)
    last_success_at = models.DateTimeField(null=True, blank=True)
    # The code of the latest fault, empty after a success; the page puts it into words with its parameters.
    last_error_code = models.CharField(max_length=60, blank=True)
    last_error_params = models.JSONField(default=dict)
    last_error_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    credential_state = models.CharField(max_length=10, choices=CredentialState, default=CredentialState.NONE)
    # Since when replies are held back because the platform no longer takes our credentials; reading may go on meanwhile.
    outbox_held_at = models.DateTimeField(null=True, blank=True)
    # Counted along with every batch, so that a page never counts posts.
    posts_count = models.BigIntegerField(default=0)
    rejected_count = models.BigIntegerField(default=0)
    latest_post_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(name="source_due", fields=["next_pull_at"], condition=models.Q(state="active"))
        ]

    def __str__(self) -> str:
        return self.name


class Credential(models.Model):
    """The secret settings of a source, encrypted at rest with a key derived from the installation's secret."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="credential")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()
