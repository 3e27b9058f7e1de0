"""Which personal data this room holds."""

from __future__ import annotations

import json
from typing import Any

from grapevine.core import bulk, clock, privacy
from grapevine.listen.actions import mentions
from grapevine.listen.models import Mention, SavedFilter, WatchVersion
from grapevine.sources.contracts.intake import Before
from grapevine.sources.selectors import history


class Mentions:
    """That somebody spoke of a brand, and when."""

    name = "listen.mentions"
    models = ("listen.mention", "listen.authorday", "listen.foldblock")
    purpose = "Knowing what is said about the brands that are listened for, and by how many different people."
    retention = "As long as the post they belong to."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        rows = (
            Mention.objects.filter(identity_id__in=subject.identity_ids)
            .select_related("brand")
            .order_by("post_id", "nth")
        )
        return [
            {"brand": row.brand.name, "published": row.published_at.isoformat(), "language": row.lang}
            for row in rows
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
