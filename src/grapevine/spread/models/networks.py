"""Who listens to whom: snapshots of the ties that were observed."""

from __future__ import annotations

from django.db import models

from grapevine.spread.models.work import Work


class Network(Work):
    """The ties as they were observed until a moment, by a definition (`asked`), with a size.

    What it is made of lies in its parts, since a network is used whole or not at all. `revision` goes up whenever somebody is taken out of
    it, so that nobody goes on with an older copy of the parts.
    """

    name = models.CharField(max_length=140)
    until = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)
    ties = models.PositiveBigIntegerField(default=0)
    communities = models.PositiveIntegerField(default=0)
    # The first of the networks that were made anew from one definition; empty in that one, and where there is only one.
    series = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="later")
    is_fresh = models.BooleanField(default=False)  # the latest of a series that is made anew every night
    revision = models.PositiveIntegerField(default=1)
    stamp = models.CharField(max_length=32, blank=True)  # of its parts: another one whenever they are written

    class Meta:
        indexes = [models.Index(name="network_newest", fields=["-until", "-id"])]

    def __str__(self) -> str:
        return self.name


class NetworkPart(models.Model):
    """A piece of an array of a network: `name` says which, `number` which piece. At most 4 MB each."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="network_part_once", fields=["network", "name", "number"])
        ]
