"""What is felt about each brand in posts that mention several of them: "Hassel is great, Dagkop never again"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grapevine.engine import query
from grapevine.listen import documents, matching
from grapevine.understand.actions import readings
from grapevine.understand.contracts import NameMood

_LONGEST = 4000
"""Longer posts, such as articles with comments, feel one thing as a whole."""


def moods(
    texts: Sequence[tuple[str, str]], hits: Sequence[Iterable[int]], brands: Mapping[int, int]
) -> dict[int, dict[int, NameMood]]:
    """The mood by place and brand, for posts that watches of two brands or more caught by what stands in them."""
    places, asked = [], []
    for place, hit in enumerate(hits):
        of_brand: dict[int, list[int]] = {}
        for watch in hit:
            of_brand.setdefault(brands[watch], []).append(watch)
        title, text = texts[place]
        if len(of_brand) > 1 and len(text) <= _LONGEST:
            spans = {str(brand): _spans(title, text, watches) for brand, watches in of_brand.items()}
            if _are_apart(list(spans.values())):
                places.append(place)
                asked.append((readings.whole(title, text), spans))
    if not asked:
        return {}
    return {
        place: {int(brand): mood for brand, mood in found.items()}
        for place, found in zip(places, readings.about(asked), strict=True)
    }


def _spans(title: str, text: str, watches: Iterable[int]) -> list[tuple[int, int]]:
    """Where in the whole text the words stand that the watches ask for."""
    document = query.Document(text=text, title=title)
    after = len(title) + 1 if title else 0
    found = set()
    for watch in watches:
        node = documents.node(matching.query_of(watch))
        for one in query.explain(node, document).highlights if node else ():
            if one.field in ("title", "text"):
                moved = after if one.field == "text" else 0
                found.add((one.start + moved, one.end + moved))
    return sorted(found)


def _are_apart(spans: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Whether every brand stands somewhere, and no two of them at the same place."""
    every = [one for its in spans for one in its]
    return all(spans) and len(every) == len(set(every))
