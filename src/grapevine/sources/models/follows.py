"""Who follows whom at a platform, where it says so."""

from __future__ import annotations

from django.db import models

from grapevine.sources.models.sources import Source


class Follow(models.Model):
    """`follower` listens to `followed`, both by their ids at the platform. `since` is the platform's word, `seen_at` when we heard it last.

    As with posts, the tie to the source is no constraint of the database; `sources.actions` is the only writer.
    """

    source = models.ForeignKey(
        Source, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    follower_external_id = models.TextField()
    followed_external_id = models.TextField()
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="follow_once", fields=["source", "follower_external_id", "followed_external_id"]
            )
        ]
        indexes = [models.Index(name="follow_followed", fields=["source", "followed_external_id"])]

    def __str__(self) -> str:
        return f"follow {self.pk}"
