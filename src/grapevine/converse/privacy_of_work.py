"""What this room keeps of those who speak for us: their mandates, the check they took, what waited for a lead, what they had taken away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from grapevine.converse.models import (
    Approval,
    CheckTaken,
    Edition,
    Mandate,
    MandateVersion,
    Removal,
    Snippet,
    Triage,
)
from grapevine.core import privacy


class Speakers:
    """Who may say what, and whether they know the guidelines."""

    name = "converse.speakers"
    models = ("converse.mandate", "converse.mandateversion", "converse.checktaken")
    purpose = "Knowing who may speak for us, about what and up to what promise."
    retention = "Until the user is forgotten."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """Their mandates in all versions, and the checks they took."""
        user = subject.user_id or 0
        versions = MandateVersion.objects.filter(mandate__user_id=user).order_by("mandate_id", "number")
        taken = CheckTaken.objects.filter(user_id=user).order_by("pk")
        return [
            {
                "mandate": row.terms,
                "version": row.number,
                "given": row.at.isoformat(),
                "ends": row.ends_on.isoformat(),
                "accepted": row.accepted_at.isoformat() if row.accepted_at else "",
            }
            for row in versions
        ] + [
            {"check": f"{row.right}/{row.questions}", "passed": row.passed, "at": row.at.isoformat()}
            for row in taken
        ]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """They go. Under which mandate something was said stays with what was said, as a number."""
        user = subject.user_id or 0
        return sum(model._default_manager.filter(user_id=user).delete()[0] for model in (CheckTaken, Mandate))


class Judgements:
    """What was decided about conversations and replies. Rows go with the messages they are about."""

    name = "converse.judgements"
    models = (
        "converse.approval",
        "converse.removal",
        "converse.saidband",
        "converse.saidbefore",
        "converse.triage",
    )
    purpose = "Telling later why something was said, changed, or taken away."
    retention = "As long as the conversation they belong to; hashes of what we said for half a year."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """What was taken away of theirs and why; and how conversations with them were judged."""
        ids = subject.identity_ids
        removed = Removal.objects.filter(message__identity_id__in=ids).order_by("pk")
        judged = Triage.objects.filter(thread__identity_id__in=ids).order_by("pk")
        return [
            {"removed": row.how, "reason": row.reason, "state": row.state, "at": row.at.isoformat()}
            for row in removed
        ] + [{"judged": row.outcome, "at": row.at.isoformat()} for row in judged]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        """What was written about them goes; that something was taken away stays, without the words."""
        ids = subject.identity_ids
        if not ids:
            return 0
        gone = Triage.objects.filter(thread__identity_id__in=ids).delete()[0]
        held = Approval.objects.filter(message__thread__identity_id__in=ids)
        gone += held.update(text_before="", note="")
        return gone + Removal.objects.filter(message__identity_id__in=ids).update(reason="", measured={})


class Writers:
    """Who wrote guidelines, openers and facts: names of work. The texts are the house's and stay."""

    name = "converse.writers"
    models = ("converse.edition", "converse.snippet")
    purpose = "Knowing whom to ask about a text."
    retention = "As long as the text; the name is blackened with its user."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """What they wrote."""
        user = subject.user_id or 0
        editions = Edition.objects.filter(written_by_id=user).order_by("pk")
        snippets = Snippet.objects.filter(written_by_id=user).order_by("pk")
        return [
            {"wrote": row.kind, "page": row.key, "version": row.number, "at": row.at.isoformat()}
            for row in editions
        ] + [{"wrote": row.kind, "text": row.text, "at": row.at.isoformat()} for row in snippets]

    def forget(self, subject: privacy.Subject) -> int:
        """The texts lose their author."""
        user = subject.user_id or 0
        changed = Edition.objects.filter(written_by_id=user).update(written_by=None)
        return changed + Snippet.objects.filter(written_by_id=user).update(written_by=None)
