"""Who answered, named or passed on whom: posts along their ids, without what they say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from grapevine.core import bulk
from grapevine.sources.contracts import platforms
from grapevine.sources.models import Source
from grapevine.sources.rows import BY_US


class Tied(NamedTuple):
    """A post by whom it ties to whom, all by their ids and handles at the platform. `answered` and `passed_on` are the authors of the posts
    (by our number, 0 when there is none or it isn't stored) that it answers and passes on; `named` are handles."""

    id: int
    source_id: int
    author: str
    followers: int | None
    lang: str
    by_us: bool
    answered: str
    answered_id: int
    passed_on: str
    passed_on_id: int
    named: tuple[str, ...]


_COLUMNS = (
    "id, source_id, author_external_id, author_followers, lang, notes, external_id, parent_external_id, thread_external_id, "
    "repost_of_external_id, mentions"
)


def after(post_id: int, *, before: int, limit: int, source_ids: Collection[int] = ()) -> list[Tied]:
    """The next posts with an author whose ids lie between `post_id` and `before`, both excluded; one statement, and one for each source
    in them. Of `source_ids` alone, when there are any. What was written to us alone is left out: it is no talk."""
    where, values = bulk.also_among("source_id", source_ids)
    rows = bulk.ask(
        f"SELECT {_COLUMNS} FROM sources_post WHERE id > %s AND id < %s AND deleted_at IS NULL AND kind <> 'message' "
        f"AND author_external_id <> ''{where} ORDER BY id LIMIT %s",
        [post_id, before, *values, limit],
    )
    return _tied(rows)


def some(post_ids: Collection[int]) -> list[Tied]:
    """These posts, oldest first; those that are gone, or without an author, are left out."""
    condition, values = bulk.among("id", list(post_ids))
    rows = bulk.ask(
        f"SELECT {_COLUMNS} FROM sources_post WHERE {condition} AND deleted_at IS NULL AND author_external_id <> '' ORDER BY id",
        values,
    )
    return _tied(rows)


def _tied(rows: list[tuple[Any, ...]]) -> list[Tied]:
    above = [row[7] or (row[8] if row[8] != row[6] else "") for row in rows]
    wanted: dict[int, set[str]] = defaultdict(set)
    for row, parent in zip(rows, above, strict=True):
        wanted[row[1]].update(one for one in (parent, row[9]) if one)
    authors: dict[tuple[int, str], tuple[str, int]] = {}
    for source_id, external_ids in wanted.items():
        condition, values = bulk.among("external_id", sorted(external_ids))
        for external_id, author, found in bulk.ask(
            f"SELECT external_id, author_external_id, id FROM sources_post WHERE source_id = %s AND {condition}",
            [source_id, *values],
        ):
            authors[source_id, external_id] = (author, found)
    none = ("", 0)
    return [
        Tied(
            row[0], row[1], row[2], row[3], row[4], BY_US in row[5],
            *authors.get((row[1], parent), none), *authors.get((row[1], row[9]), none), _names(row[10]),
        )
        for row, parent in zip(rows, above, strict=True)
    ]  # fmt: skip


def _names(value: Any) -> tuple[str, ...]:
    if not value or value == "[]":
        return ()
    return tuple(json.loads(value) if isinstance(value, str) else value)


def spaces(source_ids: Iterable[int] = ()) -> dict[int, str]:
    """The name space of the authors of each source (or of these)."""
    rows = Source.objects.all()
    wanted = list(source_ids)
    if wanted:
        rows = rows.filter(pk__in=wanted)
    return {pk: platforms.of(connector, pk) for pk, connector in rows.values_list("pk", "connector")}


def oldest() -> int | None:
    """The id of the oldest post there is."""
    found = bulk.ask("SELECT MIN(id) FROM sources_post WHERE deleted_at IS NULL")
    return found[0][0] if found else None
