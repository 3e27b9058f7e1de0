"""What the house has written down for those who speak: guidelines, the check, openers and facts. And what was said before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Message

USER = settings.AUTH_USER_MODEL


class EditionKind(models.TextChoices):
    GUIDELINE = "guideline", _("Guideline")
    CHECK = "check", _("Check")
    TRIAGE = "triage", _("Triage")
    SIGNATURE = "signature", _("Signature")


class Edition(models.Model):
    """A version of something leads write: a guideline's page, the check's questions, the triage, the signature.

    What is shipped is edition 1 and lies in files (`converse.shipped`); only what leads wrote has rows, from 2 on.
    """

    kind = models.CharField(max_length=10, choices=EditionKind)
    key = models.SlugField(
        max_length=60, blank=True
    )  # which guideline; nothing where there is one of its kind
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=300, blank=True)  # what is new, for those who know the one before
    renews = models.BooleanField(default=False)  # whoever passed the check passes it anew
    retired = models.BooleanField(default=False)  # a page that was taken away has a last edition that says so
    written_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="edition_once", fields=["kind", "key", "number"])]
        indexes = [
            models.Index(name="edition_renews", fields=["-at"], condition=models.Q(renews=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.number}"


class CheckTaken(models.Model):
    """Somebody answered the check's questions."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    right = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="check_taken_user", fields=["user", "passed", "-at"])]

    def __str__(self) -> str:
        return f"{self.right}/{self.questions}"


class SnippetKind(models.TextChoices):
    OPENER = "opener", _("Opener")
    FACT = "fact", _("Fact")


class Snippet(models.Model):
    """An opener or a fact to put into a sentence of one's own. Never a whole answer."""

    kind = models.CharField(_("kind"), max_length=6, choices=SnippetKind)
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("text"), max_length=400)
    lang = models.CharField(_("language"), max_length=8, blank=True)  # nothing: for all
    brand = models.ForeignKey("listen.Brand", null=True, on_delete=models.CASCADE, related_name="+")
    written_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    checked_on = models.DateField(null=True)  # when somebody last saw that the fact is true
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="snippet_lang", fields=["lang", "kind", "name"], condition=models.Q(removed_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.name


class SaidBefore(models.Model):
    """The words of a reply that went out, as hashes: enough to see that the next one is nearly the same."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    words = models.BinaryField()  # of engine.text.folding: 32 bits each, ascending
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="said_before_at", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.message_id}"


class SaidBand(models.Model):
    """One key by which replies that are nearly the same find each other."""

    said = models.ForeignKey(SaidBefore, on_delete=models.CASCADE, db_index=False, related_name="bands")
    key = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(name="said_band_key", fields=["key", "-said"]),
            models.Index(name="said_band_said", fields=["said"]),
        ]

    def __str__(self) -> str:
        return f"{self.key}"
