"""Rules by which threads find who answers them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.desk import Team
from grapevine.converse.models.threads import Label, Priority


class RuleQuerySet(models.QuerySet["Rule"]):
    def present(self) -> RuleQuerySet:
        return self.filter(deleted_at=None)


class Rule(models.Model):
    """Where everything asked for is so, a thread gets this team, person, priority and label. An empty condition asks for nothing.

    Rules are asked in their order; what an earlier one has decided no later one changes.
    """

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    # Conditions.
    languages = models.JSONField(default=list)
    wants = models.JSONField(default=list)  # names of `listen.reads`: one of them
    moods = models.JSONField(default=list)
    brands = models.JSONField(default=list)  # ids
    sources = models.JSONField(default=list)  # ids
    words = models.TextField(blank=True)  # in the language of watches
    needs_mandate = models.BooleanField(default=False)  # only where somebody of the team may answer it alone
    # Outcome.
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, null=True)
    label = models.ForeignKey(Label, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
