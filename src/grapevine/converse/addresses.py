"""Where things of this room are found."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def thread(thread_id: int) -> str:
    """The page of a conversation."""
    try:
        return reverse("converse:thread", args=[thread_id])
    except NoReverseMatch:
        return ""
