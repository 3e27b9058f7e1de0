"""Texts drawn by chance, and what a person said of each: what the figures of the page of readings are made of."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draw(models.Model):
    """Texts of a scope that were drawn at one time. `population` is how many they stand for."""

    scope = models.CharField(max_length=60)
    subject = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    population = models.PositiveIntegerField()
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="draw_scope", fields=["scope", "id"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.pk}"


class Label(models.Model):
    """One drawn text: how it read when it was drawn, for how many texts it stands, and what a person says (empty while nobody has).

    Its text is asked of the supply when it is shown, and kept with the correction that a person's word becomes.
    """

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="labels")
    place = models.PositiveSmallIntegerField()
    subject_id = models.BigIntegerField()
    source_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)
    author = models.TextField(blank=True)
    lang = models.CharField(max_length=8, blank=True)
    published_at = models.DateTimeField()
    stratum = models.CharField(max_length=40)
    weight = models.FloatField()  # how many texts of the population it stands for
    shares = models.JSONField()  # negative, neutral, positive
    sure = models.BooleanField()
    spam = models.BooleanField()
    tier = models.CharField(max_length=8)
    said = models.CharField(max_length=8, blank=True)
    said_spam = models.BooleanField(default=False)
    is_skipped = models.BooleanField(default=False)
    correction_id = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="label_once", fields=["draw", "place"])]
        indexes = [models.Index(name="label_author", fields=["source_id", "author"])]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.place}"

    @property
    def is_done(self) -> bool:
        """Whether somebody has had their say, be it that they can't tell."""
        return bool(self.said) or self.said_spam or self.is_skipped
