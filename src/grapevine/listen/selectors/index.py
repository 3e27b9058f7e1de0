"""Asking the full-text index (`actions.index` keeps it)."""

from __future__ import annotations

from grapevine.core import bulk
from grapevine.listen import index_queries
from grapevine.listen.index_queries import Need


def posts_with(need: Need, *, low: int, high: int, limit: int, newest_first: bool) -> list[int]:
    """Ids of posts from `low` to `high` (not included) that hold the words, newest (or oldest) first."""
    order = "DESC" if newest_first else "ASC"
    if bulk.is_postgresql():
        statement = (
            "SELECT post_id FROM listen_words WHERE words @@ %s::tsquery AND post_id >= %s AND post_id < %s "
            f"ORDER BY post_id {order} LIMIT %s"
        )
        asked = index_queries.as_tsquery(need)
    else:
        # The index is kept in the order of ids, so nothing is sorted and it stops at the limit.
        statement = (
            "SELECT rowid FROM listen_words WHERE listen_words MATCH %s AND rowid >= %s AND rowid < %s "
            f"ORDER BY rowid {order} LIMIT %s"
        )
        asked = index_queries.as_fts5(need)
    return [row[0] for row in bulk.ask(statement, [asked, low, high, limit])]
