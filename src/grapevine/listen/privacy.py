"""Which personal data this room holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from grapevine.core import bulk, clock, privacy
from grapevine.engine.text.folding import Leads
from grapevine.listen import authors
from grapevine.listen.actions import mentions
from grapevine.listen.models import AuthorDay, FoldBlock, Mention, SavedFilter, WatchVersion
from grapevine.sources.contracts.intake import Before
from grapevine.sources.selectors import history


class Mentions:
    """That somebody spoke of a brand, and when."""

    name = "listen.mentions"
    models = ("listen.mention", "listen.authorday")
    purpose = "Knowing what is said about the brands that are listened for, and by how many different people."
    retention = "As long as the post they belong to."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        rows = (
            Mention.objects.filter(identity_id__in=subject.identity_ids)
            .select_related("brand")
            .order_by("post_id", "nth")
        )
        return [
            *(
                {"brand": row.brand.name, "published": row.published_at.isoformat(), "language": row.lang}
                for row in rows
            ),
            *_counted(subject),
        ]

    def forget(self, subject: privacy.Subject) -> int:
        """Mentions go with their posts; those whose post is known to another room by another name go here."""
        found = (
            Mention.objects.filter(identity_id__in=subject.identity_ids)
            .values_list("post_id", flat=True)
            .distinct()
        )
        touched = 0
        for ids in bulk.chunks(list(found), 2000):
            texts = {one.id: one.post for one in history.some(ids)}
            gone = [
                Before(
                    pk,
                    texts[pk].title,
                    texts[pk].text,
                    json.dumps(texts[pk].tags),
                    json.dumps(texts[pk].mentions),
                )
                if pk in texts
                else Before(pk, "", "")
                for pk in ids
            ]
            touched += mentions.forget(gone, at=clock.now())
        return touched


def _counted(subject: privacy.Subject) -> Iterator[dict[str, Any]]:
    """How often the subject is counted among a brand's authors, by day (UTC). Copies of a post are counted with the rest."""
    if not subject.identity_ids:
        return
    for row in AuthorDay.objects.select_related("brand").order_by("brand_id", "day").iterator(chunk_size=200):
        day = authors.Day(row.authors, row.repeats)
        if posts := sum(day.posts_of(one) for one in subject.identity_ids):
            yield {"brand": row.brand.name, "counted on": row.day.isoformat(), "posts": posts}


class Fingerprints:
    """By which near-duplicates are recognised: of each of the latest posts its number and some checksums of its words."""

    name = "listen.fingerprints"
    models = ("listen.foldblock",)
    purpose = "Showing posts that nearly repeat each other once."
    retention = "Until newer posts have taken their place in the window, also when the post is gone: they name nobody then."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """Of which of the subject's posts there are fingerprints. The checksums themselves can't be read back to words."""
        own = set(
            Mention.objects.filter(identity_id__in=subject.identity_ids).values_list("post_id", flat=True)
        )
        if not own:
            return []
        kept: set[int] = set()
        for data in FoldBlock.objects.order_by("pk").values_list("data", flat=True).iterator(chunk_size=20):
            kept.update(own.intersection(Leads.load(bytes(data)).ids.tolist()))
        return [{"fingerprint of post": str(post_id)} for post_id in sorted(kept)]

    def forget(self, subject: privacy.Subject) -> int:
        """Nothing to do: without its post, a fingerprint holds a number that leads nowhere and tells nothing of anybody."""
        return 0


class Makers:
    """Who keeps which filters and saved which queries."""

    name = "listen.makers"
    models = ("listen.savedfilter", "listen.watchversion")
    purpose = "Filters belong to a person; a query's history says who changed it."
    retention = "Until the user is forgotten."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        if subject.user_id is None:
            return []
        filters = SavedFilter.objects.filter(user_id=subject.user_id).order_by("pk")
        versions = WatchVersion.objects.filter(saved_by_id=subject.user_id).order_by("pk")
        return [
            *({"filter": row.name, "params": row.params} for row in filters),
            *({"query": row.query, "saved": row.saved_at.isoformat()} for row in versions),
        ]

    def forget(self, subject: privacy.Subject) -> int:
        if subject.user_id is None:
            return 0
        count = SavedFilter.objects.filter(user_id=subject.user_id).delete()[0]
        return count + WatchVersion.objects.filter(saved_by_id=subject.user_id).update(saved_by=None)
