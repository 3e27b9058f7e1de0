"""What might spread: questions of the kind "what if we brief these, or those, or nobody"."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.spread.models.cascades import Cascade
from grapevine.spread.models.networks import Network
from grapevine.spread.models.work import Work

MOST_SCENARIOS = 4


class Simulation(Work):
    """Up to four scenarios on one network, compared. `asked`: model, knobs, runs, tolerance, seed of chance; `result`: what they share."""

    name = models.CharField(max_length=140)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="simulations")

    def __str__(self) -> str:
        return self.name


class Rule(models.TextChoices):
    """How a scenario's seeds are found."""

    NOBODY = "nobody", _("Nobody")
    HAND = "hand", _("Chosen by hand")
    AUDIENCE = "audience", _("A kept audience")
    ADVICE = "advice", _("As advised")
    DEGREE = "degree", _("Those with most listeners")
    DISCOUNT = "discount", _("Most listeners, apart from each other")
    CORE = "core", _("Those in the middle")
    PAGERANK = "pagerank", _("Those the listened-to listen to")
    RANDOM = "random", _("Drawn by lot")


class Scenario(models.Model):
    """One way to begin: who is briefed. `result` holds sizes, band and shares as JSON."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="scenarios")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    rule = models.CharField(max_length=10, choices=Rule)
    asked: Any = models.JSONField(default=dict)
    result: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(name="scenario_once", fields=["simulation", "place"])]


class Seed(models.Model):
    """Somebody who begins in a scenario, in the order of choosing."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="seeds")
    identity = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="seed_once", fields=["scenario", "identity"])]


class Forecast(models.Model):
    """A scenario kept as what we expect from a day on, to be held against what happened.

    A step of the model takes `step_hours`. `wish` is the filter of the stream whose posts count as joining; `outcome` the cascade made of it.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="forecasts")
    name = models.CharField(max_length=140)
    begins_at = models.DateTimeField()
    step_hours = models.FloatField()
    wish: Any = models.JSONField(default=dict)
    outcome = models.ForeignKey(Cascade, null=True, on_delete=models.SET_NULL, related_name="forecasts")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # by somebody who may still undo it

    def __str__(self) -> str:
        return self.name


class Experiment(Work):
    """Who matters? Cascades begun by the best connected against those begun by ordinary people (Watts & Dodds 2007)."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="experiments")

    def __str__(self) -> str:
        return self.network.name
