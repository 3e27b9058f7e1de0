"""Moods and wishes in the reader's language, for templates of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from grapevine.understand.contracts import INTENT_NAMES, MOOD_NAMES

register = template.Library()


@register.filter
def mood(key: str) -> str:
    """What a mood is called."""
    return str(MOOD_NAMES.get(key, key))


@register.filter
def wishes(keys: Iterable[str]) -> str:
    """What a text wants, one after the other."""
    return ", ".join(str(INTENT_NAMES.get(key, key)) for key in keys) or _("wants nothing in particular")


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key, or nothing."""
    return values.get(key, "")
