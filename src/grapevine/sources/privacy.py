"""Which personal data this room holds."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction

from grapevine.core import clock, privacy
from grapevine.sources import raws
from grapevine.sources.actions import follows, outbox, rejections, removals
from grapevine.sources.models import Follow, Import, Outgoing, Post, PostVersion, Source


class Posts:
    """What people published, with their names, as it came from the platform; and whom they follow there."""

    name = "sources.posts"
    models = ("sources.post", "sources.postversion", "sources.rawblock", "sources.rejected", "sources.follow")
    purpose = "Hearing what is said about the brands that are listened for."
    retention = "As set for each source; posts deleted at their platform lose text and author at once."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        found = []
        for source_id, authors in _by_source(subject).items():
            rows = Post.objects.filter(source_id=source_id, author_external_id__in=authors).order_by("pk")
            earlier: dict[int, list[str]] = defaultdict(list)
            for version in PostVersion.objects.filter(post__in=rows.values("pk")):
                earlier[version.post_id].append(version.text)
            came = raws.read_many({row.pk: (row.raw_block_id, row.raw_index) for row in rows})
            found += [
                {
                    "source": source_id,
                    "published": row.published_at.isoformat(),
                    "address": row.url,
                    "title": row.title,
                    "text": row.text,
                    "earlier texts": earlier[row.pk],
                    "handle": row.author_handle,
                    "name": row.author_name,
                    "counts": row.metrics,
                    "as it came": came[row.pk].decode("utf-8", "replace"),
                }
                for row in rows
            ]
            found += [
                {
                    "source": source_id,
                    "file": row.file_name,
                    "line": row.line,
                    "left out because": row.reason,
                    "detail": row.detail,
                    "raw": bytes(row.raw).decode("utf-8", "replace"),
                }
                for row in rejections.naming(source_id, rejections.names_of(source_id, authors))
            ]
            theirs = Follow.objects.filter(source_id=source_id, follower_external_id__in=authors)
            found += [
                {
                    "source": source_id,
                    "follows": row.followed_external_id,
                    "since": row.since.isoformat() if row.since else "",
                    "heard": row.seen_at.isoformat(),
                }
                for row in theirs.order_by("pk")
            ]
            followed = Follow.objects.filter(source_id=source_id, followed_external_id__in=authors).count()
            if followed:
                # Who they are is about those others, too.
                found.append({"source": source_id, "followed by so many": followed})
        return found

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        at = clock.now()
        sources = Source.objects.in_bulk(_by_source(subject))
        touched = 0
        for source_id, authors in _by_source(subject).items():
            if source_id in sources:
                # The posts know the names by which the rejected rows are found, so these come first.
                touched += rejections.blank(source_id, rejections.names_of(source_id, authors))
                touched += follows.forget(source_id, authors, at=at)
                touched += removals.erase(source=sources[source_id], author_external_ids=authors, at=at)
        return touched


class Imports:
    """Who imported which file."""

    name = "sources.imports"
    models = ("sources.import",)
    purpose = "Knowing where posts came from, and whom to ask."
    retention = "As long as the source."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        if subject.user_id is None:
            return []
        rows = Import.objects.filter(created_by_id=subject.user_id).order_by("pk")
        return [{"file": row.file_name, "started": row.created_at.isoformat()} for row in rows]

    def forget(self, subject: privacy.Subject) -> int:
        if subject.user_id is None:
            return 0
        return Import.objects.filter(created_by_id=subject.user_id).update(created_by=None)


class Outbox:
    """What is on its way to somebody, and the proof of what has gone."""

    name = "sources.outbox"
    models = ("sources.outgoing", "sources.outgoingfile")
    purpose = "Sending answers once, and proving that they arrived."
    retention = "Texts and files until they are sent; whom an answer was for, and where it stands, as long as the source."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        found = []
        for source_id, authors in _by_source(subject).items():
            rows = Outgoing.objects.filter(source_id=source_id, recipient__in=authors).order_by("pk")
            found += [
                {
                    "source": source_id,
                    "wanted": row.wanted_at.isoformat(),
                    "state": row.state,
                    "subject": row.subject,
                    "text": row.text,
                    "signed": row.signed,
                    "files": list(row.files.values_list("name", flat=True)),
                    "sent": row.sent_at.isoformat() if row.sent_at else "",
                    "address": row.proof_url,
                }
                for row in rows
            ]
        return found

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """What hasn't gone stays behind; the rows stay, without text and without whom they were for."""
        at = clock.now()
        return sum(
            outbox.forget(source_id, authors, at=at) for source_id, authors in _by_source(subject).items()
        )


def _by_source(subject: privacy.Subject) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for source_id, author in subject.authors:
        found[source_id].append(author)
    return found
