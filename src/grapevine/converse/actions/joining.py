"""Which of what is heard belongs into a conversation, and into which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grapevine.connectors.base import Post
from grapevine.converse import rules
from grapevine.converse.actions import hearing, holding, messages
from grapevine.converse.models import Direction, Message, Thread
from grapevine.core import bulk
from grapevine.listen.actions import mentions
from grapevine.listen.contracts.readings import Read, of_texts
from grapevine.listen.selectors import answerable
from grapevine.sources.contracts.intake import Stored
from grapevine.sources.selectors import chains, outbox

_CHAIN = 12  # posts looked up from an answer to the one that stands in a thread


@dataclass
class _Batch:
    """What is known of a batch while it is taken in."""

    stored: Stored
    read: dict[int, Read]  # by place
    who: dict[str, int]  # identities by the author's id there
    caught: dict[int, answerable.Caught]  # by post
    known: _Known
    by: Any  # who picked it; None: nobody did
    desk: hearing.Desk


@dataclass
class _Known:
    """What answers may lead to: messages by their id there, and what posts that stand in no thread answer."""

    messages: dict[str, Message] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)


def hear(stored: Stored) -> None:
    """What of a batch opens a thread or continues one."""
    stored = replace(stored, posts=answerable.as_ours(stored.posts))
    source, posts = stored.source, stored.posts
    ids = dict(zip(stored.new, stored.new_ids, strict=True))
    letters = [place for place in ids if posts[place].kind == "message"]
    public = [place for place in ids if posts[place].kind not in ("message", "repost")]
    answers = [place for place in public if posts[place].parent_id or posts[place].thread_id]
    fresh = [place for place in public if posts[place].by_us is not True and _is_fresh(posts[place], stored)]
    if fresh and not outbox.can_send(source.id):
        fresh = []
    if not (letters or answers or fresh):
        return
    caught = answerable.of_posts([ids[place] for place in fresh])
    opening = {place for place in fresh if _asks(caught.get(ids[place]))}
    if letters:
        oldest = chains.heard_since(source.id) - rules.FRESH
        opening |= {place for place in letters if posts[place].published_at >= oldest}
    if not opening and not Thread.objects.filter(source_id=source.id).exists():
        return
    if rest := set(answers).difference(fresh):
        caught |= answerable.of_posts([ids[place] for place in rest])
    _sort_in(stored, opening=opening, maybe={*letters, *answers}, caught=caught)


def pick(stored: Stored, *, by: Any) -> Thread:
    """The first post of a batch that is stored already opens a thread, whatever it reads, and the others follow where they answer it."""
    first = stored.new[0]
    posts = [*answerable.as_ours(stored.posts)]
    posts[first] = stored.posts[first]  # whoever picks a post of our own means it
    stored = replace(stored, posts=posts)
    caught = answerable.of_posts(stored.new_ids)
    _sort_in(stored, opening={stored.new[0]}, maybe=set(stored.new), caught=caught, by=by)
    return Message.objects.select_related("thread").get(post_id=stored.new_ids[0]).thread


def _sort_in(
    stored: Stored,
    *,
    opening: set[int],
    maybe: set[int],
    caught: dict[int, answerable.Caught],
    by: Any = None,
) -> None:
    """Let `opening` places begin threads, and `maybe` join those they lead to."""
    source, posts = stored.source, stored.posts
    ids = dict(zip(stored.new, stored.new_ids, strict=True))
    boxes = [source.id]
    if any(posts[place].kind == "message" for place in maybe | opening):
        boxes = sorted({source.id, *chains.letterboxes()})
    known = _known(source.id, boxes, [posts[place] for place in maybe | opening])
    begun = {posts[place].external_id for place in opening}
    wanted = {*opening, *(place for place in maybe if _leads(posts[place], known, begun))}
    if not wanted:
        return
    order = sorted(wanted, key=lambda place: (posts[place].published_at, ids[place]))
    read = of_texts([(posts[place].title, posts[place].text) for place in order])
    who = mentions.recognised(source, [posts[place] for place in order])
    batch = _Batch(
        stored, dict(zip(order, read, strict=True)), who, caught, known, by, hearing.Desk(stored.at)
    )
    own = {posts[place].external_id for place in order}
    there = {one.external_id: one for one in Message.objects.named(own).filter(source_id__in=boxes)}
    for place in order:
        if posts[place].external_id in there:
            # Our answer, whose proof was faster than the pull.
            own_answer = holding.message(there[posts[place].external_id].pk)
            if own_answer is not None:
                hearing.tie(own_answer, source.id, posts[place], ids[place])
        else:
            _take(batch, place, ids[place], opens=place in opening)


def _is_fresh(post: Post, stored: Stored) -> bool:
    return rules.is_fresh(post.published_at, stored.at)


def _asks(one: answerable.Caught | None) -> bool:
    return one is not None and not one.lead_id and not one.read.spam and rules.asks(one.read.wants)


def _take(batch: _Batch, place: int, post_id: int, *, opens: bool) -> None:
    """One post into the thread where it belongs; into a new one where it `opens`."""
    stored, post = batch.stored, batch.stored.posts[place]
    about = batch.caught.get(post_id)
    read = about.read if about is not None else batch.read[place]
    who = batch.who.get(post.author.external_id) if post.author is not None else None
    target = _target(post, batch.known)
    if "bounce" in post.notes and target is not None and target.direction == Direction.OURS:
        boxes = {stored.source.id, *chains.letterboxes()}
        hearing.bounced(target, boxes=boxes, undelivered=post.undelivered, at=stored.at)
    thread = _thread_of(target)
    is_new = thread is None
    if thread is None:
        if not opens or rules.is_unasked(post.notes) or post.by_us is True:
            return
        brand = about.brand_id if about is not None else None
        if post.kind == "message":
            brand = answerable.of_letters(stored.source.id)
        thread = hearing.begin(
            source=stored.source, post=post, brand_id=brand, identity_id=who, read=read, at=stored.at
        )
    message = hearing.take_in(
        thread, source_id=stored.source.id, post=post, post_id=post_id, identity_id=who, read=read, at=stored.at,
        answers=target.pk if target is not None else None, is_new=is_new, desk=batch.desk,
    )  # fmt: skip
    message.thread = thread
    batch.known.messages[post.external_id] = message
    if is_new:
        hearing.opened(thread, by=batch.by, at=stored.at)


def _thread_of(message: Message | None) -> Thread | None:
    """The thread a message stands in now, held so that nobody changes it meanwhile."""
    if message is None:
        return None
    held = holding.message(message.pk)
    return held.thread if held is not None else None


def _names(post: Post) -> list[str]:
    """What a post says it answers, the nearest first. A letter names all that went before; in public, who answers the same article
    answers it, and not each other."""
    if post.kind == "message":
        said = [post.parent_id, *reversed(post.refers), post.thread_id]
    else:
        said = [post.parent_id or post.thread_id]
    return [one for one in dict.fromkeys(said) if one and one != post.external_id]


def _known(source_id: int, boxes: Sequence[int], posts: Sequence[Post]) -> _Known:
    """`boxes` are the sources whose messages these posts may answer: letters go in and out through several."""
    known = _Known()
    left = {name for post in posts for name in _names(post)}
    for _step in range(_CHAIN):
        left -= known.messages.keys() | known.above.keys()
        if not left:
            break
        rows = Message.objects.named(list(left)[:5000]).filter(source_id__in=boxes)
        known.messages.update({row.external_id: row for row in rows})
        missing = left - known.messages.keys()
        found = chains.places(source_id, missing)
        known.above.update({name: found[name].above if name in found else "" for name in missing})
        left = {found[name].above for name in missing if name in found and found[name].above}
    return known


def _ways_up(post: Post, known: _Known) -> Iterator[str]:
    """The ids of all that a post leads to, up to what is known."""
    for name in _names(post):
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = known.above.get(name, "")


def _target(post: Post, known: _Known) -> Message | None:
    """The message in a thread that a post answers, or that what it answers answers."""
    return next((known.messages[name] for name in _ways_up(post, known) if name in known.messages), None)


def _leads(post: Post, known: _Known, begun: set[str]) -> bool:
    """Whether it leads to a message, or to a post of this batch that begins a thread."""
    return any(name in known.messages or name in begun for name in _ways_up(post, known))


def review(stored: Stored) -> None:
    """What their authors have changed since."""
    places = {before.id: place for place, before in zip(stored.changed, stored.before, strict=True)}
    for ids in bulk.chunks(places, 1000):
        for message in Message.objects.filter(post_id__in=ids).select_related("thread"):
            post = stored.posts[places[message.post_id or 0]]
            text = post.text or post.title
            # Our own words stay as we wrote them: a platform may show them with marks of its own.
            if message.user_id is None and message.text != text:
                edited = post.edited_at or stored.at
                messages.reword(message, text, edited_at=edited, deleted_at=None, url=post.url)
                messages.tell(message.thread)
