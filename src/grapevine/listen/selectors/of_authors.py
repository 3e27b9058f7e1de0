"""What a few identities said lately, for the pages of people."""

from __future__ import annotations

from collections.abc import Sequence

from grapevine.listen.models import Mention
from grapevine.listen.reads import WANT_BITS
from grapevine.listen.selectors import stream
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.selectors.stream import Row
from grapevine.listen.selectors.walks import Found

AUTHORS = 12
LOOKED_AT = 300
"""So many of each author's latest mentions are looked at for a wish: somebody may have written twenty thousand."""


def latest(identity_ids: Sequence[int], choice: Choice, *, limit: int, wanting: str = "") -> tuple[Row, ...]:
    """The latest posts of these authors, of all channels, newest first; with `wanting` those that show a wish.

    A walk along one index for each author: it costs the same however much they wrote.
    """
    found: list[Found] = []
    for identity_id in identity_ids[:AUTHORS]:
        rows = Mention.objects.filter(identity_id=identity_id).order_by("-post_id")
        seen = rows.values_list("nth", *Found._fields)[: LOOKED_AT if wanting else limit * 4]
        # A post caught by several watches is one post.
        posts = [Found(*fields) for nth, *fields in seen if nth == 0]
        found += [one for one in posts if not wanting or (one.wants & WANT_BITS[wanting] and not one.spam)]
    found.sort(key=lambda one: one.post_id, reverse=True)
    shown = stream.rows(found[:limit], choice.named, choice.sources)
    return tuple(row for row in shown if row.caught)
