"""Every write leaves an entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grapevine.core import access
from grapevine.core.models import AuditEntry
from grapevine.core.wording import Wording

_wording = Wording()
describe, label = _wording.describe, _wording.label


def record(action: str, *, by: Any, at: datetime, subject: Any = None, **detail: Any) -> AuditEntry:
    """Write down that `by` did `action` (`room.noun.verb-ed`) to `subject` (a model instance or None).

    Call it in the transaction of the change. `detail` holds ids and facts, never texts of posts and no secrets.
    """
    return AuditEntry.objects.create(
        at=at,
        by=None if by is access.SYSTEM or by.pk is None else by,
        by_name=by.name[:120],
        action=action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk)[:40] if subject is not None else "",
        subject_name=str(subject)[:200] if subject is not None else "",
        detail=detail,
    )
