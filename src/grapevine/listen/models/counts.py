"""What is counted of mentions, so that a page costs the same at ten thousand and at ten million.

Kept along with every change of a mention in the same transaction, and rebuildable from the mentions (`actions.counts.rebuild`).
"""

from __future__ import annotations

from django.db import models

from grapevine.listen.models.brands import Brand


class HourlyRollup(models.Model):
    """Mentions of a brand by source, language and hour (UTC) of publication. Rows of zeroes are removed."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, related_name="rollups")
    source = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    lang = models.CharField(max_length=8, blank=True)
    hour = models.DateTimeField()
    mentions = models.BigIntegerField(default=0)  # pairs of post and watch
    posts = models.BigIntegerField(default=0)  # posts, however many watches of the brand caught them
    leads = models.BigIntegerField(default=0)  # posts without those folded into another
    # Of the posts, by how they read; those without a sure mood are in none of the first three.
    negative = models.BigIntegerField(default=0)
    neutral = models.BigIntegerField(default=0)
    positive = models.BigIntegerField(default=0)
    spam = models.BigIntegerField(default=0)
    by_brand = models.BigIntegerField(default=0)  # what the brand says itself has no mood either
    recommends = models.BigIntegerField(default=0)
    asks_help = models.BigIntegerField(default=0)
    asks_information = models.BigIntegerField(default=0)
    complains = models.BigIntegerField(default=0)
    praises = models.BigIntegerField(default=0)
    idea = models.BigIntegerField(default=0)
    compares = models.BigIntegerField(default=0)
    buys = models.BigIntegerField(default=0)
    leaves = models.BigIntegerField(default=0)
    thanks = models.BigIntegerField(default=0)
    job = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rollup_once", fields=["brand", "hour", "source", "lang"])
        ]


class AuthorDay(models.Model):
    """Who mentioned a brand on one day (UTC) and how often, as sets that can be merged over any range of days.

    `authors` is a roaring bitmap of identity ids; `repeats` holds, for those with two posts or more, ids and counts. Read them by
    `selectors` through `listen.authors`; the bytes are nobody else's business.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, db_index=False, related_name="author_days")
    day = models.DateField()
    authors = models.BinaryField()
    repeats = models.BinaryField()
    size = models.PositiveIntegerField(default=0)  # how many authors

    class Meta:
        constraints = [models.UniqueConstraint(name="author_day_once", fields=["brand", "day"])]


class Deepening(models.Model):
    """How far the deep tier has come: one row, with the last mention it looked at."""

    last_mention = models.BigIntegerField(default=0)
