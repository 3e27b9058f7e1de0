"""All components in one library. It is built in: templates need no {% load %}."""

from __future__ import annotations

from django import template

from grapevine.ui.components import basics, charts, figures, forms, lists, posts, pulses

register = template.Library()
for part in (basics, charts, figures, forms, lists, posts, pulses):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
