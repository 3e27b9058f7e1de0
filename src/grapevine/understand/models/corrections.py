"""What a person said of how a text reads."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def current(self) -> CorrectionQuerySet:
        """What holds now: one for each text and scope."""
        return self.filter(is_current=True)

    def lessons(self, scope: str) -> CorrectionQuerySet:
        """What a scope's adapter learns from, the oldest first."""
        return self.current().filter(scope=scope, is_lesson=True).order_by("pk")


class Correction(models.Model):
    """One word of a person on one text. A later one on the same text takes its place; the earlier is kept, so that it can be taken back.

    Parts of which nothing was said are None (`mood`: empty). The text is kept, for the adapter learns from it; it goes with its post and its author.
    """

    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    scope = models.CharField(max_length=60)
    text = models.TextField()
    lang = models.CharField(max_length=8, blank=True)
    source_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)
    author = models.TextField(blank=True)  # the author's id at the platform
    published_at = models.DateTimeField()
    before = models.JSONField()  # how it read: mood, shares, intents, spam, sure
    tier = models.CharField(max_length=8)
    mood = models.CharField(max_length=8, blank=True)
    intents = models.JSONField(null=True)
    spam = models.BooleanField(null=True)
    is_current = models.BooleanField(default=True)
    is_lesson = models.BooleanField(default=True)  # learnt from, unless the scope was reset since
    is_drawn = models.BooleanField(
        default=False
    )  # said of a text that was drawn by chance, not one that somebody came across
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="correction_once",
                fields=["subject", "subject_id", "scope"],
                condition=models.Q(is_current=True),
            )
        ]
        indexes = [
            models.Index(name="correction_subject", fields=["subject", "subject_id"]),
            models.Index(name="correction_scope", fields=["scope", "is_current", "id"]),
            models.Index(name="correction_author", fields=["source_id", "author"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"

    @property
    def agrees(self) -> bool:
        """Whether the person said what had been read."""
        return (
            (not self.mood or self.mood == self.before["mood"])
            and (self.intents is None or set(self.intents) == set(self.before["intents"]))
            and (self.spam is None or self.spam == self.before["spam"])
        )
