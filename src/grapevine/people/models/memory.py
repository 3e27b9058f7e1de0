"""What the grocer remembers: facts people told, what messages suggest, and what we promised."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.consents import Consent
from grapevine.people.models.identities import Identity

LONGEST = 300


class Kind(models.TextChoices):
    """What a fact is about."""

    NAME = "name", _("Name")
    FAMILY = "family", _("Family")
    BIRTHDAY = "birthday", _("Birthday")
    BOUGHT = "bought", _("Bought")
    PREFERENCE = "preference", _("Likes and dislikes")
    EVENT = "event", _("Coming up")
    MET = "met", _("How we met")
    RELATION = "relation", _("Knows")


class Purpose(models.TextChoices):
    """What a fact is kept for."""

    ANSWERING = "answering", _("To answer them well")
    SERVICE = "service", _("To help with what they bought")
    RELATION = "relation", _("To know our customers")


class Basis(models.TextChoices):
    """Why we may keep it (article 6 of the GDPR)."""

    INTEREST = "interest", _("Legitimate interest")
    CONTRACT = "contract", _("A contract with them")
    CONSENT = "consent", _("Their consent")


class Visibility(models.TextChoices):
    """Who sees it."""

    TEAM = "team", _("Everybody who answers")
    LEADS = "leads", _("Leads only")
    OWN = "own", _("Only me")


class Precision(models.TextChoices):
    """How exactly a day is known."""

    DAY = "day", _("the day")
    WEEK = "week", _("the week")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")


class FromMessage(models.Model):
    """Where something comes from: `of`/`of_id` name a row of a room above ("converse.message", 12), `said` its words."""

    of = models.CharField(max_length=60, blank=True)
    of_id = models.BigIntegerField(null=True)
    said = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        abstract = True


class Fact(FromMessage):
    """One thing known of somebody, confirmed by a person of the house. `yearly` is month * 100 + day, for birthdays."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=LONGEST)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=5, choices=Precision, blank=True)
    yearly = models.PositiveSmallIntegerField(null=True)
    other = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="facts_naming")
    how = models.CharField(max_length=LONGEST, blank=True)  # where it was told, when no message says it
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.ANSWERING)
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.INTEREST)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="facts")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.TEAM)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField()
    expires_on = models.DateField()
    removed_at = models.DateTimeField(null=True)  # kept for a day, so that it can be undone

    class Meta:
        indexes = [
            models.Index(name="fact_of", fields=["identity", "kind"]),
            models.Index(name="fact_expires", fields=["expires_on"]),
            models.Index(
                name="fact_removed", fields=["removed_at"], condition=models.Q(removed_at__isnull=False)
            ),
            models.Index(
                name="fact_yearly",
                fields=["noted_by", "yearly", "-id"],
                condition=models.Q(yearly__isnull=False, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    KEPT = "kept", _("Kept")
    DECLINED = "declined", _("Declined")


PROMISE = "promise"
"""The kind of a proposal that came out of our own words."""


class Proposal(FromMessage):
    """What a message suggests to remember. Nothing is kept of one that was declined but `mark`, so that it is not proposed again."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12)  # a Kind, or PROMISE
    text = models.CharField(max_length=LONGEST, blank=True)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=5, choices=Precision, blank=True)
    yearly = models.PositiveSmallIntegerField(null=True)
    mark = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # whose words they were, when they were ours
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="proposal_once", fields=["identity", "mark"])]
        indexes = [
            models.Index(
                name="proposal_waits", fields=["identity", "-id"], condition=models.Q(state="waiting")
            ),
            models.Index(name="proposal_old", fields=["proposed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PromiseState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class PromiseKind(models.TextChoices):
    PROMISE = "promise", _("Promise")
    FOLLOW_UP = "follow_up", _("Follow-up")


class Promise(FromMessage):
    """What we said we would do, or want to ask again, and who does it on which day. `before` is what the last step changed."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=10, choices=PromiseKind, default=PromiseKind.PROMISE)
    text = models.CharField(max_length=LONGEST)
    due_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=PromiseState, default=PromiseState.OPEN)
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="promise_due", fields=["owner", "due_on", "id"], condition=models.Q(state="open")
            ),
            models.Index(name="promise_any_due", fields=["due_on", "id"], condition=models.Q(state="open")),
            models.Index(name="promise_of", fields=["identity", "state", "due_on"]),
            models.Index(name="promise_source", fields=["of", "of_id"]),
            models.Index(
                name="promise_closed", fields=["closed_at"], condition=models.Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"
