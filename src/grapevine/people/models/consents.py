"""What people agreed to, that they want to be left alone, and who of us looked at their story."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.identities import Identity


class ConsentPurpose(models.TextChoices):
    MEMORY = "memory", _("Remembering what they told us")
    CONTACT = "contact", _("Getting in touch with them")
    PUBLISH = "publish", _("Showing their words or name")
    RESEARCH = "research", _("Asking for their opinion")


class ConsentWay(models.TextChoices):
    """How it was said."""

    MESSAGE = "message", _("In a message")
    FORM = "form", _("On a form")
    SPOKEN = "spoken", _("In person")
    PHONE = "phone", _("On the telephone")


class Consent(models.Model):
    """That somebody agreed to a purpose, how, and what proves it; and that they took it back."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=ConsentPurpose)
    way = models.CharField(max_length=12, choices=ConsentWay)
    proof = models.CharField(max_length=300, blank=True)
    of = models.CharField(max_length=60, blank=True)
    of_id = models.BigIntegerField(null=True)
    given_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_way = models.CharField(max_length=12, choices=ConsentWay, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class RefusalReason(models.TextChoices):
    ASKED = "asked", _("They asked for it")
    COMPLAINT = "complaint", _("A complaint is being dealt with")
    LEGAL = "legal", _("A legal matter")
    DECEASED = "deceased", _("They have died")
    HOSTILE = "hostile", _("Hostile to our people")
    OTHER = "other", _("Another reason")


class DoNotContact(models.Model):
    """That we do not write to somebody: on one channel (a connector's name) or, when that is empty, on none; until a day or without end."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="refusals")
    channel = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=12, choices=RefusalReason)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateField(null=True)  # the first day on which we may write again
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(name="refusal_of", fields=["identity"], condition=models.Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class OpeningReason(models.TextChoices):
    ANSWER = "answer", _("To answer them")
    NOTE = "note", _("To note something they told us")
    ASKED = "asked", _("They asked what we know")
    JOIN = "join", _("To see whether two are the same")
    CHECK = "check", _("To check or correct something")


class Opening(models.Model):
    """That somebody of the house opened a person's story, and why. It stays open to them for some hours."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="openings")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=OpeningReason)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(name="opening_of", fields=["opened_by", "identity", "-at"])]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"
