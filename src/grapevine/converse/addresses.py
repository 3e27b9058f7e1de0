"""Where things of this room are found."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def thread(thread_id: int) -> str:
    """The page of a conversation."""
    try:
        return reverse("converse:thread", args=[thread_id])
    except NoReverseMatch:
        return ""


def message(message_id: int) -> str:
    """The way to a message in its conversation, wherever that has been put meanwhile."""
    return reverse("converse:message", args=[message_id])
