"""Who answers, and when: teams and who sits in them, their hours, who is on call, and within which time an answer is due."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Priority, Thread

USER = settings.AUTH_USER_MODEL


def office_hours() -> list[list[int]]:
    """What a team begins with: Monday to Friday, nine to five (weekday, minute of the begin, of the end)."""
    return [[day, 9 * 60, 17 * 60] for day in range(5)]


class TeamQuerySet(models.QuerySet["Team"]):
    def present(self) -> TeamQuerySet:
        """Those that were not dissolved."""
        return self.filter(dissolved_at=None)


class Team(models.Model):
    """Those who answer together. One that was dissolved keeps its row: what it answered is counted under its name."""

    name = models.CharField(_("name"), max_length=80)
    members: Any = models.ManyToManyField(USER, through="converse.Seat", related_name="+")
    zone = models.CharField(max_length=60, blank=True)  # empty: as set for everybody
    week = models.JSONField(default=office_hours)  # weekday, minute of the begin and of the end
    country = models.CharField(max_length=10, blank=True)  # whose holidays it keeps; empty: none
    assigns = models.BooleanField(default=True)  # threads go to one of its people by themselves
    created_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="team_name_once", fields=["name"], condition=models.Q(dissolved_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody's place in a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, db_index=False, related_name="seats")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="seat_once", fields=["team", "user"])]


class Colleague(models.Model):
    """What routing needs to know of somebody who answers. Who has no row speaks all languages and takes the usual load."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="+")
    languages = models.JSONField(default=list)  # codes; empty: never asked, so any
    max_load = models.PositiveSmallIntegerField(default=20)  # open threads at once
    away_until = models.DateTimeField(null=True)
    follow_up_days = models.PositiveSmallIntegerField(default=7)  # after a resolution; 0: no reminder
    hold_seconds = models.PositiveSmallIntegerField(default=10)  # so long their answers wait to be taken back


class ClosedDay(models.Model):
    """A day on which a team, or everybody, is not there though it is no holiday of its country; or, `open_after_all`, is there though it is one."""

    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=80, blank=True)
    open_after_all = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(name="closed_day", fields=["day"])]


class Shift(models.Model):
    """Somebody is on call for a team: what is urgent outside its hours goes to them."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, db_index=False, related_name="shifts")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(name="shift_of_team", fields=["team", "ends_at"])]


class HandOver(models.Model):
    """A thread that went to who was on call, and from whom: in the morning it goes back."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, db_index=False, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")  # who was on call
    from_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # answered, taken by somebody else, or gone back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hand_over_once", fields=["thread"], condition=models.Q(ended_at=None)
            )
        ]
        indexes = [
            models.Index(name="hand_over_open", fields=["team", "id"], condition=models.Q(ended_at=None))
        ]


class Target(models.Model):
    """Within which time an answer is due: for a channel (a connector's name; empty: for all) and a priority."""

    channel = models.CharField(max_length=40, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority)
    minutes = models.PositiveIntegerField()
    by_clock = models.BooleanField(default=False)  # night and weekend count, too

    class Meta:
        constraints = [models.UniqueConstraint(name="target_once", fields=["channel", "priority"])]
