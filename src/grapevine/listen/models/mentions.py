"""A post that a watch matched."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from grapevine.listen.models.brands import Brand
from grapevine.listen.models.watches import Watch, WatchVersion


class MentionQuerySet(models.QuerySet["Mention"]):
    """Newest first is the order of `post_id`, which begins with the moment of publication (`sources.contracts.ids`)."""

    def shown(self) -> MentionQuerySet:
        """One row per post, copies folded away: what the stream shows without a brand or a watch chosen."""
        return self.filter(nth=0, lead_id=0)

    def shown_of(self, brand_id: int) -> MentionQuerySet:
        """One row per post that mentions the brand, copies folded away."""
        return self.filter(brand_id=brand_id, nth__lte=1, lead_id=0)

    def newest(self) -> MentionQuerySet:
        return self.order_by("-post_id")

    def between(self, start: datetime | None, end: datetime | None) -> MentionQuerySet:
        """Published at `start` or later and before `end`; by the key, so no index on times is needed."""
        from grapevine.sources.contracts import ids

        rows = self
        if start is not None:
            rows = rows.filter(post_id__gte=ids.floor(start))
        if end is not None:
            rows = rows.filter(post_id__lt=ids.floor(end))
        return rows


class Mention(models.Model):
    """A post caught by a watch, once for each such pair.

    What filters ask for is repeated here, so that a page of the stream is a walk along one index: filter on one or more of brand, watch,
    source, lang and identity, order by `-post_id`, and go on with `post_id__lt=<the last one seen>`.
    """

    post = models.ForeignKey(
        "sources.Post", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    watch = models.ForeignKey(
        Watch, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="mentions"
    )
    version = models.ForeignKey(
        WatchVersion, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    brand = models.ForeignKey(
        Brand, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="mentions"
    )
    source = models.ForeignKey(
        "sources.Source", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    identity = models.ForeignKey(
        "people.Identity",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    lang = models.CharField(max_length=8, blank=True)  # as read by us; empty: unsure
    mood = models.PositiveSmallIntegerField(default=0)  # numbers of `listen.reads`; 0: unsure
    wants = models.PositiveIntegerField(default=0)  # bits of `listen.reads`
    spam = models.BooleanField(default=False)
    by_brand = models.BooleanField(default=False)  # the brand says it itself: no mood, no wishes
    published_at = models.DateTimeField()
    found_at = models.DateTimeField()
    # 0: the first mention of its post; 1: not that, but the first of its brand; 2: a further watch of the same brand.
    nth = models.PositiveSmallIntegerField(default=0)
    # A near-duplicate is folded into the post it repeats: the id of that post, or 0 when it stands for itself.
    lead_id = models.BigIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)  # how many are folded into this one

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="mention_once", fields=["post", "watch"])]
        indexes = [
            models.Index(name="mention_brand", fields=["brand", "post"]),
            models.Index(name="mention_watch", fields=["watch", "post"]),
            models.Index(name="mention_author", fields=["identity", "post"]),
            models.Index(name="mention_lead", fields=["lead_id", "post"], condition=models.Q(lead_id__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}/{self.watch_id}"
