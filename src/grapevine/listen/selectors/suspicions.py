"""Which of the busiest authors post like a clock, and which repeated texts look arranged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from grapevine.core import bulk
from grapevine.listen import suspicions
from grapevine.listen.selectors.walks import Found
from grapevine.people.selectors import names
from grapevine.sources.contracts import ids

LOOKED_AT = 60


def clockwork(identity_ids: Sequence[int]) -> dict[int, timedelta]:
    """The beat of those authors that have one, by their latest posts. One statement."""
    if not identity_ids:
        return {}
    part = (
        "SELECT * FROM (SELECT identity_id, post_id FROM listen_mention WHERE identity_id = %s AND nth = 0 "
        "ORDER BY post_id DESC LIMIT %s) part"
    )
    found: dict[int, list[int]] = {}
    values = [value for one in identity_ids for value in (one, LOOKED_AT)]
    for identity_id, post_id in bulk.ask(" UNION ALL ".join([part] * len(identity_ids)), values):
        found.setdefault(identity_id, []).append(post_id)
    beats = {who: suspicions.clockwork([ids.moment(one) for one in its]) for who, its in found.items()}
    return {who: beat for who, beat in beats.items() if beat is not None}


def choruses(repeated: Sequence[Found]) -> dict[int, suspicions.Chorus]:
    """By post, those repeated texts that many newcomers said. Three statements."""
    if not repeated:
        return {}
    part = (
        "SELECT * FROM (SELECT lead_id, identity_id, post_id FROM listen_mention WHERE lead_id = %s AND lead_id > 0 AND nth = 0 "
        "AND identity_id IS NOT NULL ORDER BY post_id LIMIT %s) part"
    )
    values = [value for one in repeated for value in (one.post_id, LOOKED_AT * 4)]
    copies = bulk.ask(" UNION ALL ".join([part] * len(repeated)), values)
    first = names.first_heard({who for _lead, who, _post in copies})
    since = _heard_since({one.source_id for one in repeated})
    told = {}
    for one in repeated:
        seen = [
            (who, first[who], ids.moment(post_id))
            for lead, who, post_id in copies
            if lead == one.post_id and who in first
        ]
        found = suspicions.chorus(seen, heard_since=since.get(one.source_id))
        if found:
            told[one.post_id] = found
    return told


def _heard_since(sources: Collection[int]) -> dict[int, datetime]:
    """When the first caught post of each source was published."""
    part = "SELECT * FROM (SELECT source_id, post_id FROM listen_mention WHERE source_id = %s ORDER BY post_id LIMIT 1) part"
    found = bulk.ask(" UNION ALL ".join([part] * len(sources)), sorted(sources))
    return {source: ids.moment(post_id) for source, post_id in found}
