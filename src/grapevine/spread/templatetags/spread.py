"""What this room's templates say often."""

from __future__ import annotations

from django import template
from django.urls import reverse

from grapevine.spread.selectors.works import Standing

register = template.Library()


@register.simple_tag
def work_address(work: Standing, door: str = "") -> str:
    """The page of a piece of work, or one of its doors (`progress`, `cancel`, `again`, `remove`, `restore`)."""
    return reverse(f"spread:{work.kind}-{door}" if door else f"spread:{work.kind}", args=[work.id])
