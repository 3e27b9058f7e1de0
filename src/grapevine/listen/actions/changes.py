"""Changes of mentions that exist: rows that go, come and are altered, settled together with folds and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grapevine.core import bulk
from grapevine.listen.actions import counts
from grapevine.listen.reads import OfPost
from grapevine.listen.rows import STORED, Row

if TYPE_CHECKING:
    from grapevine.listen.matching import Snapshot


class Changes:
    """Collects changes; `settle` writes them in the present transaction."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.removed: list[Row] = []
        self.added: list[tuple[Row, datetime]] = []
        self.altered: list[tuple[Row, Row]] = []

    def replace(
        self,
        *,
        post_id: int,
        published_at: datetime,
        old: Sequence[Row],
        wanted: Sequence[tuple[int, int]],
        snapshot: Snapshot,
        source_id: int,
        identity_id: int | None,
        read: OfPost,
        lead_id: int = 0,
        renewed: int | None = None,
    ) -> None:
        """Let exactly the watches `wanted` (with their `nth`) have caught a post. Rows of theirs stay, with their place in a fold.

        `lead_id` is for rows that come. Rows that stay name the present version of their watch; with `renewed`, only those of that watch.
        """
        of_watch = {row.watch_id: row for row in old}
        for watch, nth in wanted:
            row = of_watch.pop(watch, None)
            brand = snapshot.brands[watch] if row is None or watch in snapshot.brands else row.brand_id
            if row is None:
                version = snapshot.versions[watch]
                new = Row(
                    0,
                    post_id,
                    watch,
                    version,
                    brand,
                    source_id,
                    identity_id,
                    *read.by(brand),
                    nth,
                    lead_id,
                    0,
                )
                self.added.append((new, published_at))
                continue
            version = row.version_id
            if renewed is None or renewed == watch:
                version = snapshot.versions.get(watch, version)
            changed = row._replace(
                version_id=version,
                brand_id=brand,
                identity_id=identity_id,
                nth=nth,
                **read.by(brand)._asdict(),
            )
            if changed != row:
                self.altered.append((row, changed))
        self.removed += of_watch.values()

    def settle(self) -> None:
        """Write everything: rows, the folds they stood in, and the counts."""
        condition, values = bulk.among("id", [row.id for row in self.removed])
        if self.removed:
            bulk.run(f"DELETE FROM listen_mention WHERE {condition}", values)
        bulk.run_many(
            "UPDATE listen_mention SET version_id = %s, brand_id = %s, identity_id = %s, lang = %s, mood = %s, "
            "wants = %s, spam = %s, by_brand = %s, nth = %s WHERE id = %s",
            [
                (new.version_id, new.brand_id, new.identity_id, *new.read, new.nth, new.id)
                for _old, new in self.altered
            ],
        )
        added = [row for row, _at in self.added]
        columns: dict[str, Any] = {name: [getattr(row, name) for row in added] for name in Row._fields[1:]}
        columns["published_at"] = [bulk.moment(published_at) for _row, published_at in self.added]
        bulk.insert("listen_mention", {**columns, "found_at": bulk.moment(self.at)})
        followers = Counter((row.lead_id, row.watch_id) for row, _at in self.added if row.lead_id)
        followers.subtract((row.lead_id, row.watch_id) for row in self.removed if row.lead_id)
        bulk.run_many(
            "UPDATE listen_mention SET copies = copies + %s WHERE post_id = %s AND watch_id = %s",
            [(number, *key) for key, number in sorted(followers.items()) if number],
        )
        promoted = _promote([row for row in self.removed if not row.lead_id and row.copies])
        counts.apply(
            added=[
                *(row for row, _at in self.added),
                *(new for _old, new in self.altered),
                *(new for _old, new in promoted),
            ],
            removed=[*self.removed, *(old for old, _new in self.altered), *(old for old, _new in promoted)],
        )


def _promote(gone: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Let the earliest of its copies stand for a post that is gone; returns the rows (before, after) that stand for themselves now."""
    promoted = []
    for row in gone:
        found = bulk.ask(
            f"SELECT {STORED} FROM listen_mention WHERE lead_id = %s AND lead_id > 0 AND watch_id = %s ORDER BY post_id",
            [row.post_id, row.watch_id],
        )
        if not found:
            continue
        first, rest = Row(*found[0]), [one[0] for one in found[1:]]
        bulk.run("UPDATE listen_mention SET lead_id = 0, copies = %s WHERE id = %s", [len(rest), first.id])
        for ids in bulk.chunks(rest, 5000):
            condition, values = bulk.among("id", ids)
            bulk.run(f"UPDATE listen_mention SET lead_id = %s WHERE {condition}", [first.post_id, *values])
        promoted.append((first, first._replace(lead_id=0, copies=len(rest))))
    return promoted
