"""Whom to brief: people advised for it, and kept under a name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from grapevine.spread.models.networks import Network
from grapevine.spread.models.work import Work


class Audience(Work):
    """People chosen to be briefed. Advice until somebody keeps it. `asked`: model, knobs, how many or which budget, constraints; `result`: what
    they reach together and what is proved of it."""

    name = models.CharField(max_length=140, blank=True)
    network = models.ForeignKey(Network, null=True, on_delete=models.SET_NULL, related_name="audiences")
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class AudienceMember(models.Model):
    """Somebody of an audience. `gain`: how many more are reached with them than without; `why`: figures that the reasons are made of."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="members")
    identity = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    gain = models.FloatField(null=True)
    cost = models.FloatField(default=1.0)
    why: Any = models.JSONField(default=dict)
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="audience_member_once", fields=["audience", "identity"])]


class AudienceCost(models.Model):
    """What it costs to brief somebody, by the file that came with the wish for advice."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="costs")
    identity = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="+")
    cost = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(name="audience_cost_once", fields=["audience", "identity"])]
