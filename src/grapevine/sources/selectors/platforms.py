"""What people call the places that authors write at."""

from __future__ import annotations

from collections.abc import Iterable

from grapevine.sources.models import Source


def called(platforms: Iterable[str]) -> dict[str, str]:
    """The names of the sources of these name spaces (`contracts.platforms`); those of sources that are gone are left out."""
    numbers = {one: int(number) for one in platforms if (number := one.rpartition("/")[2]).isdecimal()}
    names = dict(Source.objects.filter(pk__in=set(numbers.values())).values_list("pk", "name"))
    return {one: names[number] for one, number in numbers.items() if number in names}
