"""Turns of conversations, what was counted of them, and the sums that reports read.

A `Tally` is one thing that happened, once, with who it counts for at that moment; a `Rollup` holds the sums of a day and of a month. Sums are
changed in the transaction of what they count, and can be made again from the tallies. Teams and brands are numbers here, 0 for none: what
was counted outlives them. Nothing is counted by employee.
"""

from __future__ import annotations

from django.db import models

from grapevine.converse.models.threads import Thread


class Turn(models.Model):
    """It was our turn to say something: from their message to our answer. The clock stands while `since` is None."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, db_index=False, related_name="+")
    began_at = models.DateTimeField()  # their first message that waits
    since = models.DateTimeField(null=True)
    spent_seconds = models.PositiveIntegerField(default=0)  # of the target, before `since`
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered = models.BooleanField(default=False)  # ended by an answer, not by hand

    class Meta:
        constraints = [
            models.UniqueConstraint(name="turn_once", fields=["thread"], condition=models.Q(ended_at=None))
        ]
        indexes = [models.Index(name="turn_of_thread", fields=["thread", "-id"])]


class Kind(models.TextChoices):
    OPENED = "o"
    ANSWERED = "a"
    RESOLVED = "r"
    RATED = "s"


class Tally(models.Model):
    """One thing that was counted. Its thread may be forgotten: then a number is left."""

    kind = models.CharField(max_length=1, choices=Kind)
    thread = models.ForeignKey(Thread, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    day = models.DateField()  # of the installation's time zone at that moment
    team_id = models.BigIntegerField(default=0)
    source = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    brand_id = models.BigIntegerField(default=0)
    lang = models.CharField(max_length=8, blank=True)
    seconds = models.PositiveBigIntegerField(default=0)  # answered: how long they waited by the clock
    in_time = models.BooleanField(default=False)  # answered before it was due
    score = models.PositiveSmallIntegerField(default=0)  # rated: 1 no, 2 partly, 3 yes

    class Meta:
        indexes = [models.Index(name="tally_of_thread", fields=["thread", "kind", "-id"])]


class Rollup(models.Model):
    """What was counted on a day ("d") or in a month ("m", from its first day) for a team, source, brand and language."""

    span = models.CharField(max_length=1)
    first = models.DateField()
    team_id = models.BigIntegerField(default=0)
    source = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    brand_id = models.BigIntegerField(default=0)
    lang = models.CharField(max_length=8, blank=True)
    opened = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)
    in_time = models.BigIntegerField(default=0)
    resolved = models.BigIntegerField(default=0)
    seconds = models.BigIntegerField(default=0)
    # Answers by how long they took: see `converse.sums.BOUNDS`.
    took_00 = models.BigIntegerField(default=0)
    took_01 = models.BigIntegerField(default=0)
    took_02 = models.BigIntegerField(default=0)
    took_03 = models.BigIntegerField(default=0)
    took_04 = models.BigIntegerField(default=0)
    took_05 = models.BigIntegerField(default=0)
    took_06 = models.BigIntegerField(default=0)
    took_07 = models.BigIntegerField(default=0)
    took_08 = models.BigIntegerField(default=0)
    took_09 = models.BigIntegerField(default=0)
    took_10 = models.BigIntegerField(default=0)
    took_11 = models.BigIntegerField(default=0)
    took_12 = models.BigIntegerField(default=0)
    took_13 = models.BigIntegerField(default=0)
    # Whether it helped, as they said.
    helped = models.BigIntegerField(default=0)
    helped_partly = models.BigIntegerField(default=0)
    helped_not = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="desk_rollup_once", fields=["span", "first", "team_id", "source", "brand_id", "lang"]
            )
        ]
