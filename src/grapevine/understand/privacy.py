"""Which personal data this room holds."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from grapevine.core import clock, privacy
from grapevine.understand.actions import corrections, vectors
from grapevine.understand.models import Correction, Draw, Label, TextVector


class Corrections:
    """Texts of which somebody said how they read, with their author's id; and what was learnt from them."""

    name = "understand.corrections"
    models = ("understand.correction", "understand.label")
    purpose = "Reading the posts of a brand as its people read them."
    retention = "As long as the post they are about."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        wanted = _written_by(subject)
        if wanted is None:
            return []
        return [
            {
                "text": row.text,
                "published": row.published_at.isoformat(),
                "read as": row.before["mood"],
                "corrected to": {"mood": row.mood, "intents": row.intents, "spam": row.spam},
                "corrected": row.at.isoformat(),
            }
            for row in Correction.objects.filter(wanted).order_by("pk")
        ] + [
            {"drawn to be labelled, published": row.published_at.isoformat(), "read as": row.shares}
            for row in Label.objects.filter(wanted, correction_id=None).order_by("pk")
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """The rows go, and what was learnt from them: the adapters are made anew from the others, here and now."""
        return corrections.forget_authors(authors=subject.authors, at=clock.now())


class Vectors:
    """What texts mean, as numbers, with their author's id."""

    name = "understand.vectors"
    models = ("understand.textvector",)
    purpose = "Finding posts by what they mean, where the deep tier is installed."
    retention = "As long as the post they are about, and no longer than it is among the newest."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """Of which texts there are vectors. The numbers can't be read back to words."""
        wanted = _written_by(subject)
        if wanted is None:
            return []
        rows = TextVector.objects.filter(wanted).order_by("subject", "subject_id")
        return [
            {f"meaning of {kind}": str(number)} for kind, number in rows.values_list("subject", "subject_id")
        ]

    def forget(self, subject: privacy.Subject) -> int:
        return vectors.forget_authors(authors=subject.authors)


class Readers:
    """Who corrected and labelled."""

    name = "understand.readers"
    models = ("understand.correction", "understand.draw", "understand.label")
    purpose = "A correction says who made it, so that it can be talked about."
    retention = "Until the user is forgotten."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        if subject.user_id is None:
            return []
        rows = Correction.objects.filter(by_id=subject.user_id).order_by("pk")
        return [
            {
                "corrected": row.at.isoformat(),
                "to": {"mood": row.mood, "intents": row.intents, "spam": row.spam},
            }
            for row in rows
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        if subject.user_id is None:
            return 0
        return sum(
            model._default_manager.filter(by_id=subject.user_id).update(by=None)
            for model in (Correction, Draw, Label)
        )


def _written_by(subject: privacy.Subject) -> Q | None:
    wanted = Q()
    for source_id, author in subject.authors:
        wanted |= Q(source_id=source_id, author=author)
    return wanted if subject.authors else None
