"""Texts in several languages, in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def in_lang(texts: Mapping[str, str] | None, lang: str) -> str:
    """The text in one language; empty when there is none in it."""
    return (texts or {}).get(lang, "")
