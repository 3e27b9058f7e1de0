"""The demo in the store: written through the rooms' actions like anything else, and taken away again without trace."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec
from django.db import transaction

from grapevine.connectors.base import Batch, Follow, Post
from grapevine.core import access, guests, installation, jobs, past_jobs
from grapevine.core.models import User
from grapevine.home.demo import live as talk
from grapevine.home.demo import mailbag, memory, spreading, tale, world
from grapevine.home.demo.shapes import Story, StoryPost
from grapevine.home.demo_marks import GOES_ON, LOADED
from grapevine.listen import matching
from grapevine.listen.actions import brands, purges, watches
from grapevine.listen.selectors import brands as brand_selectors
from grapevine.sources.actions import batches, sources
from grapevine.sources.selectors import sources as source_selectors
from grapevine.spread.actions import demo as spread

BATCH = 500
MAILBOX = "mailbox"
GOES_ON_FOR = 3000  # posts: about a day


class Loaded(RuntimeError):
    """The demo is there already."""


def wanted() -> bool:
    """Whether the home is empty: no user, no brand, no source."""
    return not (
        User.objects.exists()
        or brand_selectors.choices()
        or source_selectors.rows(by=access.SYSTEM)
        or installation.get(LOADED)
    )


def load(*, at: datetime) -> Story:
    """Tell the story up to `at` and store it. On a home without users, guests may look from now on. Raises Loaded."""
    if installation.get(LOADED):
        raise Loaded
    # A whole minute, so that the same minute tells the same story.
    story = tale.story(at.replace(second=0, microsecond=0))
    ids, watched = _stage(story, at=at)
    by_source: dict[str, list[StoryPost]] = defaultdict(list)
    for one in story.posts:
        by_source[one.source].append(one)
    with matching.plainly():
        for key, posts in by_source.items():
            source = source_selectors.reachable_by(access.SYSTEM, ids[key])
            for start in range(0, len(posts), BATCH):
                part = [_with_raw(one) for one in posts[start : start + BATCH]]
                batches.store(source=source, batch=Batch(posts=part, done=True), at=at)
        social = source_selectors.reachable_by(access.SYSTEM, ids[world.SOCIAL])
        told = [Follow(one.follower, one.followed, one.since) for one in story.follows]
        batches.store(source=social, batch=Batch(follows=told, done=True), at=at)
        mailbox = source_selectors.reachable_by(access.SYSTEM, ids[MAILBOX])
        batches.store(source=mailbox, batch=Batch(posts=mailbag.posts(story.until), done=True), at=at)
    shop = memory.note(mailbox_id=mailbox.pk, at=at)
    spreading.ask(story, sources=ids, watches=watched, at=at)
    installation.put(LOADED, {"until": story.until.isoformat(), "sources": ids, "told": 0, "shop": shop})
    jobs.put(GOES_ON, key="demo", max_attempts=3)
    if not User.objects.exists():
        guests.open_house()
    return story


def _with_raw(one: StoryPost) -> tuple[Post, bytes]:
    """A post with what a platform would have sent."""
    return one.post, msgspec.json.encode(one.post)


@transaction.atomic
def _stage(story: Story, *, at: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Set up sources, brands and watches; returns the ids of the sources and of the watches by their keys."""
    ids = {}
    for one in story.sources:
        source = sources.add(
            name=one.name,
            connector=one.connector,
            settings={"url": one.url} if one.connector != "file" else {},
            retention_days=one.retention_days,
            by=access.SYSTEM,
            at=at,
            is_demo=True,
        )
        ids[one.key] = source.pk
    mailbox = sources.add(
        name="Hassel's mailbox",
        connector="mail",
        settings=mailbag.SETTINGS,
        retention_days=365,
        by=access.SYSTEM,
        at=at,
        is_demo=True,
    )
    ids[MAILBOX] = mailbox.pk
    made = {
        brand.key: brands.add(
            name=brand.name,
            ours=brand.ours,
            description=brand.description,
            accounts=list(brand.handles.values()),
            by=access.SYSTEM,
            at=at,
            is_demo=True,
        )
        for brand in story.brands
    }
    watched = {
        watch.key: watches.add(
            brand=made[watch.brand],
            name=watch.name,
            query=watch.query,
            by=access.SYSTEM,
            at=at,
            is_demo=True,
        ).pk
        for watch in story.watches
    }
    return ids, watched


def go_on(*, at: datetime) -> bool:
    """Let one more post be said. False when the talk is over: the demo is gone, or has gone on for long enough."""
    loaded = installation.get(LOADED)
    if not loaded or loaded["told"] >= GOES_ON_FOR:
        return False
    # The next post is said up to 40 seconds after the moment given, and nothing may come from the future.
    said = next(talk.live(_told(loaded["until"]), at - timedelta(seconds=40)))
    source = source_selectors.reachable_by(access.SYSTEM, loaded["sources"][said.source])
    with matching.plainly():
        batches.store(source=source, batch=Batch(posts=[_with_raw(said)], done=True), at=at)
    installation.put(LOADED, {**loaded, "told": loaded["told"] + 1})
    return True


@lru_cache(maxsize=1)
def _told(until: str) -> Story:
    return tale.story(datetime.fromisoformat(until))


def remove(*, at: datetime) -> bool:
    """Take the demo away without trace; False when it wasn't there. Everything else stays."""
    loaded = installation.get(LOADED)
    guests.close_house()
    past_jobs.forget(GOES_ON)
    memory.forget(shop_id=(loaded or {}).get("shop"), at=at)
    spread.remove(by=access.SYSTEM, at=at)
    sources.remove_demo(by=access.SYSTEM, at=at)
    purges.remove_demo(by=access.SYSTEM, at=at)
    installation.put(LOADED, None)
    return bool(loaded)
