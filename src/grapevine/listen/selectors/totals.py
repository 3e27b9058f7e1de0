"""Totals for those who watch over the installation."""

from __future__ import annotations

from django.db.models import Sum

from grapevine.listen.models import HourlyRollup


def mentions_by_brand() -> list[tuple[str, int]]:
    """Each brand's short name with its mentions, out of the roll-ups: the cost does not grow with the mentions."""
    rows = HourlyRollup.objects.values_list("brand__slug").annotate(n=Sum("mentions")).order_by("brand__slug")
    return [(slug, count) for slug, count in rows]
