"""Which personal data this room holds."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from grapevine.converse.actions import leaving
from grapevine.converse.models import (
    AnswerFile,
    Colleague,
    Draft,
    FollowUp,
    Message,
    Naming,
    Presence,
    SavedView,
    Seat,
    Seen,
    Shift,
)
from grapevine.converse.selectors.about import About
from grapevine.core import clock, privacy


class Threads:
    """What people and we have said to each other."""

    name = "converse.threads"
    models = (
        "converse.thread",
        "converse.message",
        "converse.turn",
        "converse.tally",
        "converse.survey",
    )
    purpose = "Answering people, and knowing what was said before."
    retention = "As long as the source keeps its posts; without end where it keeps them so."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """Their messages, our answers to them and notes about them, also where threads were put together."""
        if not subject.identity_ids:
            return []
        theirs = Message.objects.filter(identity_id__in=subject.identity_ids)
        rows = [*theirs, *About(subject.identity_ids).ours()]
        return [
            {"at": row.at.isoformat(), "direction": row.direction, "text": row.text, "address": row.url}
            for row in sorted(rows, key=lambda one: (one.at, one.pk))
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """Threads with them go with all that is in them; where others speak, their words go and ours to them and about them."""
        if not subject.identity_ids:
            return 0
        return leaving.somebody(subject.identity_ids, at=clock.now())


class Colleagues:
    """What those who answer have begun to write, looked at and set up for themselves."""

    name = "converse.colleagues"
    models = (
        "converse.answerfile",
        "converse.closedday",
        "converse.colleague",
        "converse.draft",
        "converse.followup",
        "converse.handover",
        "converse.naming",
        "converse.presence",
        "converse.rearrangement",
        "converse.savedview",
        "converse.rule",
        "converse.seat",
        "converse.seen",
        "converse.shift",
        "converse.team",
    )
    purpose = "Answering together without doing anything twice."
    retention = "Until the user is forgotten; drafts until they are sent."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """Their drafts and views, and what routing knows of them. Where they answered stands with the conversations."""
        user = subject.user_id or 0
        drafts = Draft.objects.filter(user_id=user).order_by("pk")
        views = SavedView.objects.filter(user_id=user).order_by("pk")
        files = AnswerFile.objects.filter(user_id=user).order_by("pk").values_list("name", "added_at")
        found: list[dict[str, Any]] = [
            {"draft": row.text, "saved": row.saved_at.isoformat()} for row in drafts
        ]
        found += [{"file": name, "added": added.isoformat()} for name, added in files]
        found += [{"view": row.name, "made": row.created_at.isoformat()} for row in views]
        for own in Colleague.objects.filter(user_id=user):
            away = own.away_until.isoformat() if own.away_until else ""
            found.append({"languages": own.languages, "threads at once": own.max_load, "away until": away})
        for seat in Seat.objects.filter(user_id=user).select_related("team").order_by("pk"):
            found.append({"team": seat.team.name})
        for shift in Shift.objects.filter(user_id=user).order_by("pk"):
            found.append({"on call from": shift.starts_at.isoformat(), "to": shift.ends_at.isoformat()})
        return found

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """They go; what was answered stays, under a name that is blackened (`core.users`)."""
        user = subject.user_id or 0
        return sum(
            model._default_manager.filter(user_id=user).delete()[0]
            for model in (
                AnswerFile,
                Colleague,
                Draft,
                FollowUp,
                Naming,
                Presence,
                SavedView,
                Seat,
                Seen,
                Shift,
            )
        )
