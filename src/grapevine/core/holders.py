"""The personal data that core itself holds: users, their keys, and what they did."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from grapevine.core.models import ApiToken, AuditEntry, User
from grapevine.core.privacy import Subject

BLACK = "█"


class Users:
    """Those who work with Grapevine."""

    name = "core.users"
    models = ("core.user", "core.apitoken")
    purpose = "To sign in, and to see one's own language, time and appearance."
    retention = "Until the user is forgotten."

    def hand_over(self, subject: Subject) -> list[dict[str, Any]]:
        """The user's own row and the names of their keys."""
        found: list[dict[str, Any]] = []
        for user in User.objects.filter(pk=subject.user_id or 0):
            found.append(
                {
                    "e-mail": user.email,
                    "name": user.name,
                    "role": user.role,
                    "language": user.language,
                    "time zone": user.time_zone,
                    "joined": user.joined_at.isoformat(),
                    "last seen": user.last_seen_at.isoformat() if user.last_seen_at else "",
                }
            )
            found += [
                {"key": token.name, "made": token.created_at.isoformat()} for token in user.tokens.all()
            ]
        return found

    @transaction.atomic
    def forget(self, subject: Subject) -> int:
        """Blacken the row, which others' work points at; the keys and sessions go."""
        count = ApiToken.objects.filter(user_id=subject.user_id or 0).delete()[0]
        for user in User.objects.filter(pk=subject.user_id or 0):
            user.email, user.name = f"forgotten-{user.pk}@invalid.invalid", BLACK
            user.language = user.time_zone = user.appearance = ""
            user.last_seen_at = user.previous_visit_at = None
            user.is_active = False
            user.set_unusable_password()
            user.save()
            count += 1
            for session in Session.objects.iterator():
                if session.get_decoded().get("_auth_user_id") == str(user.pk):
                    session.delete()
                    count += 1
        return count


class Audit:
    """What was done. Entries stay; who is forgotten is blackened in them."""

    name = "core.audit"
    models = ("core.auditentry",)
    purpose = "To show who changed what, when."
    retention = "Without end; names and details are blackened when somebody is forgotten."

    @staticmethod
    def _of(subject: Subject) -> QuerySet[AuditEntry]:
        about = Q(pk__in=[])
        if subject.user_id is not None:
            about |= Q(by_id=subject.user_id) | Q(subject_type="core.user", subject_id=str(subject.user_id))
        if subject.identity_ids:
            ids = [str(one) for one in subject.identity_ids]
            about |= Q(subject_type="people.identity", subject_id__in=ids)
        if subject.person_id is not None:
            about |= Q(subject_type="people.person", subject_id=str(subject.person_id))
        return AuditEntry.objects.filter(about)

    def hand_over(self, subject: Subject) -> list[dict[str, Any]]:
        """What they did, and what was done about them."""
        return [
            {
                "at": entry.at.isoformat(),
                "by": entry.by_name,
                "action": entry.action,
                "subject": entry.subject_name,
            }
            for entry in self._of(subject)
        ]

    @transaction.atomic
    def forget(self, subject: Subject) -> int:
        """Blacken the names; the deeds stay."""
        count = self._of(subject).update(detail={})
        if subject.user_id is not None:
            mine = AuditEntry.objects.filter(by_id=subject.user_id)
            mine.update(by_name=BLACK)
        self._of(subject).exclude(subject_id="").filter(
            Q(subject_type="core.user", subject_id=str(subject.user_id))
            | Q(
                subject_type="core.apitoken", by_id=subject.user_id
            )  # keys bear names of their owner's making
            | Q(subject_type__in=["people.identity", "people.person"])
        ).update(subject_name=BLACK)
        return count
