"""Changes of settings that can be taken back: how something stood before and after is kept for a day, and put back only where nobody has
changed it since. What is written is written by the actions that change it, so that putting back asks for the same permission and is told in
the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from grapevine.converse.actions import standing_settings as parts
from grapevine.converse.models import SETTING, Deed
from grapevine.core import access, audit


class ChangedSince(Exception):
    """Somebody has changed it meanwhile: putting it back would undo their work, too."""


@dataclass
class Noted:
    """What becomes of a change. `deed_id` can be put back; None: nothing was changed."""

    deed_id: int | None = None


@contextmanager
def noted(part: str, of: object = "", *, by: Any, at: datetime) -> Iterator[Noted]:
    """Keep how a part of the settings stood before and after what is done in this block, which asks for permission itself. One transaction."""
    found, subject = Noted(), str(of)
    with transaction.atomic():
        before = parts.read(part, subject)
        yield found
        after = parts.read(part, subject)
        if before != after:
            kept = {"of": subject, "was": before}, {"of": subject, "was": after}
            user = by if by.pk is not None else None
            found.deed_id = Deed.objects.create(
                kind=SETTING + part, before=kept[0], after=kept[1], by=user, at=at
            ).pk


@transaction.atomic
def put_back(*, deed: Deed, by: Any, at: datetime) -> None:
    """Put a setting back to how it stood before a change. Raises ChangedSince, AccessDenied."""
    access.require(by, "converse.thread.work")
    part, subject = deed.kind.removeprefix(SETTING), deed.before["of"]
    open_still = Deed.objects.select_for_update().filter(pk=deed.pk, undone_at=None)
    if not open_still.exists() or parts.read(part, subject) != deed.after["was"]:
        raise ChangedSince
    parts.write(part, subject, deed.before["was"], by=by, at=at)
    open_still.update(undone_at=at)
    audit.record("converse.setting.put_back", by=by, at=at, part=part, deed=deed.pk)
