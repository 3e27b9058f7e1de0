"""One post that watches caught, with all that is known of it: why it is here, its surroundings, its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grapevine.core import access
from grapevine.engine import query
from grapevine.engine.query import Explanation
from grapevine.listen import documents
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Mention, WatchVersion
from grapevine.listen.reads import Read
from grapevine.listen.selectors import searches, stream, walks
from grapevine.listen.selectors.filters import Choice
from grapevine.listen.selectors.stream import Row
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost, SourceName, Version

CHARACTERS = 50_000  # of a text are shown on its page
OTHERS = 6
_NEXT_SECONDS = 0.5


@dataclass(frozen=True)
class Why:
    """A watch that caught the post, by the version of its query that did.

    `number` is that version, `now` the one the watch has today. `found` says what of the text satisfied it; it does no
    longer when the author has changed the text since.
    """

    watch_id: int
    watch: str
    brand: str
    slug: str
    colour: int
    number: int
    now: int
    query: str
    found: Explanation | None

    @property
    def is_changed(self) -> bool:
        """Whether the watch asks something else by now."""
        return self.number != self.now

    @property
    def terms(self) -> tuple[tuple[int, int], ...]:
        """The places in the query that the post satisfied."""
        return tuple({one.term for one in self.found.highlights}) if self.found else ()


@dataclass(frozen=True, kw_only=True)
class MentionPage:
    """A post's page. `copies` counts the near-duplicates folded into it, `lead` is the post it repeats itself."""

    row: Row
    source: SourceName | None
    why: tuple[Why, ...]
    versions: tuple[Version, ...]
    conversation: shown.Conversation
    caught_around: frozenset[int]
    others: tuple[Row, ...]
    has_more_others: bool
    lead: ShownPost | None
    newer: int | None
    older: int | None

    @property
    def post(self) -> ShownPost:
        return self.row.post

    @property
    def marks(self) -> documents.Marks:
        """What any of the watches was satisfied by."""
        found = [one for why in self.why if why.found for one in why.found.highlights]
        return documents.Marks(
            title=tuple((one.start, one.end) for one in found if one.field == "title"),
            text=tuple((one.start, one.end) for one in found if one.field == "text"),
        )


def reachable_by(by: object, post_id: int) -> bool:
    """Whether a watch caught the post with this id, for somebody who may see mentions. Raises AccessDenied."""
    access.require(by, "listen.mention.see")
    return Mention.objects.filter(post_id=post_id).exists()


def page(post_id: int, choice: Choice) -> MentionPage | None:
    """All about one post; None when it is gone. Previous and next are those of the filters it was found by."""
    post = shown.posts([post_id], characters=CHARACTERS).get(post_id)
    rows = list(Mention.objects.filter(post_id=post_id).order_by("nth", "watch_id"))
    if post is None or not rows:
        return None
    first = rows[0]
    source = choice.sources.get(post.source_id)
    document = documents.document(post, source=source.name if source else "", lang=first.lang)
    why = _why(rows, choice, document)
    conversation = shown.conversation(post)
    around = [one.id for one in conversation.above] + [one.id for _depth, one in conversation.below]
    others, more = _others(first, choice)
    newer, older = _beside(post_id, choice)
    return MentionPage(
        row=Row(
            post=post,
            read=_read(first),
            identity_id=first.identity_id,
            caught=tuple(
                stream.Caught(one.watch_id, one.brand_id, one.version_id, _read(one))
                for one in rows
                if one.watch_id in choice.named.watches
            ),
            copies=max(one.copies for one in rows),
            lead_id=first.lead_id,
        ),
        source=source,
        why=why,
        versions=tuple(shown.versions(post_id)),
        conversation=conversation,
        caught_around=frozenset(
            Mention.objects.filter(post_id__in=around).values_list("post_id", flat=True) if around else ()
        ),
        others=others,
        has_more_others=more,
        lead=shown.posts([first.lead_id], characters=300).get(first.lead_id) if first.lead_id else None,
        newer=newer,
        older=older,
    )


def _why(rows: Sequence[Mention], choice: Choice, document: query.Document) -> tuple[Why, ...]:
    versions = {one.pk: one for one in WatchVersion.objects.filter(pk__in={row.version_id for row in rows})}
    now = dict(
        WatchVersion.objects.filter(
            pk__in=[watch.version_id for row in rows if (watch := choice.named.watches.get(row.watch_id))]
        ).values_list("watch_id", "number")
    )
    found = []
    for row in rows:
        watch, version = choice.named.watches.get(row.watch_id), versions.get(row.version_id)
        if watch is None:
            continue
        text = version.query if version else watch.query
        number = version.number if version else now.get(watch.pk, 1)
        node = documents.node(text)
        brand = choice.named.brands[watch.brand_id]
        found.append(
            Why(
                watch_id=watch.pk,
                watch=watch.name,
                brand=brand.name,
                slug=brand.slug,
                colour=brand.position,
                number=number,
                now=now.get(watch.pk, number),
                query=text,
                found=query.explain(node, document) if node else None,
            )
        )
    return tuple(found)


def _others(first: Mention, choice: Choice) -> tuple[tuple[Row, ...], bool]:
    """What else its author wrote that a watch caught, newest first."""
    if first.identity_id is None:
        return (), False
    found = walks.older(Filter(identity_id=first.identity_id), limit=OTHERS + 1).rows
    rest = [one for one in found if one.post_id != first.post_id]
    return stream.rows(rest[:OTHERS], choice.named, choice.sources, characters=600), len(rest) > OTHERS


def _beside(post_id: int, choice: Choice) -> tuple[int | None, int | None]:
    """The posts before and after this one in the stream it was found in."""
    if choice.problems:
        return None, None
    newer = searches.newer(choice.filter, after=post_id, limit=1, seconds=_NEXT_SECONDS).rows
    older = searches.older(choice.filter, before=post_id, limit=1, seconds=_NEXT_SECONDS).rows
    return (newer[0].post_id if newer else None), (older[0].post_id if older else None)


def _read(one: Mention) -> Read:
    return Read(one.lang, one.mood, one.wants, one.spam, one.by_brand)
