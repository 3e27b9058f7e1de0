"""A handle on a platform, and who we think stands behind it."""

from __future__ import annotations

from django.db import models

from grapevine.core import beginnings


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> PersonQuerySet:
        """Those of whom something is known: neither forgotten nor joined away into another."""
        return self.filter(forgotten_at=None, gone_at=None)


class Person(models.Model):
    """Who we think stands behind identities. They are joined by a human or by proof, never by a guess.

    Made when the first thing is noted of an identity. What is known stays with the identity it was learnt of, so joining and parting move
    nothing but `Identity.person`. `name` repeats the latest name that was noted, for lists.
    """

    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)  # when something was noted last
    gone_at = models.DateTimeField(null=True)  # joined into another; empty again when that is undone
    forgotten_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="person_known",
                fields=["-known_at", "-id"],
                condition=models.Q(forgotten_at=None, gone_at=None),
            ),
            models.Index(
                beginnings.index("name"),
                name="person_name",
                condition=models.Q(forgotten_at=None, gone_at=None),
            ),
        ]

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
        indexes = [
            models.Index(beginnings.index("handle"), name="identity_handle"),
            models.Index(beginnings.index("name"), name="identity_name"),
        ]

    def __str__(self) -> str:
        return self.handle or self.name or self.external_id
