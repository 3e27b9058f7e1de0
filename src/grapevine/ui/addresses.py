"""Where pages are, told to rooms that don't know whether somebody serves them."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def of(url_name: str, *args: Any) -> str:
    """The address of a page; empty when no room serves it."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""
