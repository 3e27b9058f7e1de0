"""A conversation for those who judge it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from grapevine.converse.models import Thread
from grapevine.core import access


def reachable_by(user: Any, thread_id: int) -> Thread:
    """A thread, for somebody who may see threads; of one that was merged, the one it went into. Raises AccessDenied, Http404."""
    access.require(user, "converse.thread.see")
    found = Thread.objects.select_related("brand", "merged_into").filter(pk=thread_id).first()
    if found is None:
        raise Http404("no such thread")
    return found.merged_into or found
