"""Who was joined with whom, by whom or by what proof, and what was before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.identities import Identity, Person


class JoinWay(models.TextChoices):
    HUMAN = "human", _("by a colleague")
    EMAIL = "email", _("by the same verified e-mail address")
    CUSTOMER = "customer", _("by the same verified customer number")
    LINKS = "links", _("by links to each other")


class Join(models.Model):
    """The identities `moved` came to those that `stayed`, who are the person `into`; before they were `came_from` (nobody when null)."""

    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="joins")
    came_from = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="joins_away")
    # The two that were found to be the same, and all that went with them.
    first = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=list)
    stayed = models.JSONField(default=list)
    way = models.CharField(max_length=10, choices=JoinWay)
    key_id = models.BigIntegerField(null=True)  # the key both hold, where that is the proof
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(name="join_lately", fields=["-at", "-id"], condition=models.Q(undone_at=None)),
        ]

    def __str__(self) -> str:
        return f"join {self.pk}"


class Apart(models.Model):
    """That two identities are not the same person: said by somebody, so it is neither suggested nor joined by proof. `low` is the smaller id."""

    low = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="apart_above")
    high = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="apart_below")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="apart_once", fields=["low", "high"])]

    def __str__(self) -> str:
        return f"apart {self.pk}"
