"""All posts under a filter, chunk by chunk, as the rows of an export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from grapevine.listen.contracts.filters import Filter
from grapevine.listen.formats.base import Chunk
from grapevine.listen.models import Mention
from grapevine.listen.selectors import filters, searches
from grapevine.listen.selectors.filters import Brands
from grapevine.listen.selectors.walks import Found
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost, SourceName

CHUNK = 1000
_COUNTS = ("likes", "shares", "comments", "reach", "views", "engagement", "votes", "rating")


def chunks(chosen: Filter, *, size: int = CHUNK) -> Iterator[Chunk]:
    """Every post under the filter, newest first, each once. A chunk at a time is held."""
    named, sources = filters.named(), shown.source_names()
    for found in searches.chunks(chosen, size=size):
        yield _rows(found, named, sources)


def _rows(found: Sequence[Found], named: Brands, sources: dict[int, SourceName]) -> Chunk:
    ids = [one.post_id for one in found]
    posts = shown.posts(ids)
    caught: dict[int, list[tuple[int, int, datetime]]] = defaultdict(list)
    rows = Mention.objects.filter(post_id__in=ids).order_by("post_id", "nth", "watch_id")
    for post_id, watch_id, brand_id, found_at in rows.values_list(
        "post_id", "watch_id", "brand_id", "found_at"
    ):
        caught[post_id].append((watch_id, brand_id, found_at))
    return [
        _row(one, posts[one.post_id], caught[one.post_id], named, sources)
        for one in found
        if one.post_id in posts and one.post_id in caught
    ]


def _row(
    found: Found,
    post: ShownPost,
    caught: list[tuple[int, int, datetime]],
    named: Brands,
    sources: dict[int, SourceName],
) -> dict[str, Any]:
    brands = {brand_id: named.brands[brand_id].name for _, brand_id, _ in caught if brand_id in named.brands}
    watches = [named.watches[watch_id].name for watch_id, _, _ in caught if watch_id in named.watches]
    row: dict[str, Any] = {
        "id": post.id,
        "published_at": post.published_at,
        "found_at": min(found_at for *_, found_at in caught),
        "source": sources[post.source_id].name if post.source_id in sources else "",
        "site": post.site,
        "kind": post.kind,
        "url": post.url,
        "title": post.title,
        "text": post.text,
        "lang": found.lang,
        "mood": found.read.mood_name,
        "wants": found.read.want_names,
        "spam": int(found.read.spam),
        "country": post.country,
        "author": post.author_handle,
        "author_name": post.author_name,
        "author_url": post.author_url,
        "author_followers": post.author_followers,
        "brands": list(brands.values()),
        "watches": watches,
        "copy_of": found.lead_id or None,
        "copies": found.copies,
        "reply_to": post.parent_external_id,
        "metrics": post.metrics,
        "links": post.links,
        "tags": post.tags,
        "mentions": post.mentions,
        "media": post.media,
        "edited_at": post.edited_at,
        "external_id": post.external_id,
    }
    for name in _COUNTS:
        row[name] = post.metrics.get(name)
    return row
