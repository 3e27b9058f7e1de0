"""A handle on a platform, and who we think stands behind it."""

from __future__ import annotations

from django.db import models


class Person(models.Model):
    """Who we think stands behind identities. They are joined by a human or by proof, never by a guess."""

    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """An author as a platform names them. `platform` is where `external_id` is unique: `connector/source id`."""

    platform = models.CharField(max_length=60)
    external_id = models.TextField()
    handle = models.TextField(blank=True)
    name = models.TextField(blank=True)
    url = models.TextField(blank=True)
    followers = models.BigIntegerField(null=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()  # to the day: moved when a post is at least a day later
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="identities")
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(name="identity_once", fields=["platform", "external_id"])]

    def __str__(self) -> str:
        return self.handle or self.name or self.external_id
