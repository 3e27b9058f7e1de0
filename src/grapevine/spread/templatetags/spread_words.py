"""How templates of this room call languages and kinds of ties."""

from __future__ import annotations

from typing import Any

from django import template

from grapevine.spread import descriptions, ties

register = template.Library()


@register.filter
def tongue(code: str) -> str:
    """What a language is called."""
    return descriptions.language(code)


@register.filter
def tie_kinds(bits: int) -> tuple[ties.Kind, ...]:
    """The kinds of ties in these bits."""
    return ties.of_bits(bits)


@register.filter
def lang_of(person: Any, languages: tuple[str, ...]) -> str:
    """The language a person of a network mostly writes in; empty when it isn't known."""
    return languages[person.lang] if 0 <= person.lang < len(languages) else ""
