"""Files that wait with an answer, for its page and for the lead who approves it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from grapevine.connectors.base import Attachment
from grapevine.converse.models import AnswerFile, Thread
from grapevine.core import access


@dataclass(frozen=True)
class Kept:
    """A file by name; its content is asked for alone."""

    id: int
    name: str
    size: int


def of_draft(thread: Thread, *, by: Any) -> tuple[Kept, ...]:
    """What lies with somebody's draft."""
    rows = AnswerFile.objects.filter(thread=thread, user_id=by.pk or 0, message=None)
    return tuple(Kept(*row) for row in rows.order_by("pk").values_list("pk", "name", "size"))


def of_messages(message_ids: Collection[int]) -> dict[int, tuple[Kept, ...]]:
    """What waits with each of these answers."""
    rows = AnswerFile.objects.filter(message_id__in=message_ids).order_by("pk")
    found: dict[int, tuple[Kept, ...]] = {}
    for message_id, pk, name, size in rows.values_list("message_id", "pk", "name", "size"):
        found[message_id or 0] = (*found.get(message_id or 0, ()), Kept(pk, name, size))
    return found


def reachable_by(by: Any, file_id: int) -> Attachment:
    """A file with its content: of an answer for colleagues, of a draft for its writer only. Raises AccessDenied, Http404."""
    access.require(by, "converse.thread.see")
    row = AnswerFile.objects.filter(pk=file_id).first()
    if row is None or (row.message_id is None and row.user_id != by.pk):
        raise Http404("no such file")
    return Attachment(name=row.name, media_type=row.media_type, content=bytes(row.content))
