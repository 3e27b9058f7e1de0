"""Whatever happens to posts and watches, in whatever order: what is kept along is what one would find by looking at everything anew."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from grapevine.core import access, bulk
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.engine import query
from grapevine.listen import index_queries, index_words, matching, testing
from grapevine.listen.actions import history, purges, watches
from grapevine.listen.models import Mention, Watch
from grapevine.listen.privacy import Mentions
from grapevine.listen.selectors import index
from grapevine.people.testing import Identities, Identity
from grapevine.sources import testing as sources
from grapevine.sources.actions import removals
from grapevine.sources.selectors import history as stored
from grapevine.sources.testing import Post, Posts, Source

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUERIES = [
    "elsinore",
    "rome OR paris",
    "coffee -tea",
    "lang:sv kaffe",
    "harbour",
    "author:hamlet",
    '"new shop"',
    "coffee NEAR/3 good",
]
TEXTS = [
    "The roaster of Elsinore has opened a new shop by the harbour and the coffee there is really good",
    "Coffee in Rome is as good as coffee in Paris, but nobody there would ever say so to a stranger",
    "Kaffe på hörnet vid hamnen i Elsinore är det bästa som finns i hela landet säger alla jag känner",
    "Tea and coffee",
    "Good coffee",
    "A new shop",
    "Nothing to see here at all",
    "🎉 Elsinore 🎉",
]
AUTHORS = ["hamlet", "ophelia", "horatio", "yorick", ""]


class World:
    """Posts and watches to which things happen."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.sources = [sources.make_source(name=name) for name in ("Gazette", "Courier")]
        self.brands = [testing.make_brand(name=name) for name in ("Roasters", "Brewers")]
        self.posts: dict[int, list[str]] = {source.pk: [] for source in self.sources}
        self.at = NOON

    def text(self) -> str:
        words = self.rng.choice(TEXTS).split()
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            words[self.rng.randrange(len(words))] = self.rng.choice(
                ("harbour", "tea", "Rome", "kaffe", "good", "x")
            )
        return " ".join(words)

    def heard(self, key: str) -> object:
        hours = self.rng.randrange(72)
        return sources.heard(
            self.text(), external_id=key, author=self.rng.choice(AUTHORS), at=NOON + timedelta(hours=hours)
        )

    def posts_come(self) -> None:
        source = self.rng.choice(self.sources)
        known = self.posts[source.pk]
        new = [f"p{len(known) + number}" for number in range(self.rng.randint(1, 6))]
        again = self.rng.sample(known, min(len(known), self.rng.randint(0, 3)))
        gone = self.rng.sample(known, min(len(known), self.rng.choice((0, 0, 1, 2))))
        known += new
        sources.store(source, *(self.heard(key) for key in [*new, *again]), gone=gone, at=self.at)  # type: ignore[arg-type]

    def a_watch_comes(self) -> None:
        testing.make_watch(brand=self.rng.choice(self.brands), query=self.rng.choice(QUERIES), match=True)

    def a_watch_changes(self) -> None:
        if found := list(Watch.objects.present()):
            watch = self.rng.choice(found)
            if self.rng.random() < 0.3:
                watches.change(
                    watch=watch,
                    name=watch.name,
                    query=watch.query,
                    brand=self.rng.choice(self.brands),
                    by=access.SYSTEM,
                    at=self.at,
                )
            else:
                testing.save_query(watch, self.rng.choice(QUERIES))
            history.rematch(watch_id=watch.pk, at=self.at)

    def a_watch_goes(self) -> None:
        if found := list(Watch.objects.present()):
            watch = self.rng.choice(found)
            watches.delete(watch=watch, by=access.SYSTEM, at=self.at - purges.KEPT * 2)
            history.rematch(watch_id=watch.pk, at=self.at)
            if self.rng.random() < 0.5:
                purges.purge(at=self.at)

    def posts_grow_old(self) -> None:
        if found := list(Post.objects.values_list("pk", "source_id")):
            post_id, source_id = self.rng.choice(found)
            removals.remove(source=Source.objects.get(pk=source_id), post_ids=[post_id], at=self.at)

    def somebody_is_forgotten(self) -> None:
        if found := list(Identity.objects.exclude(handle="")):
            who = self.rng.choice(found)
            source_id = int(who.platform.split("/")[1])
            subject = Subject(identity_ids=(who.pk,), authors=((source_id, who.external_id),))
            for holder in (Mentions(), Identities(), Posts()):
                holder.forget(subject)
            for holder in (Mentions(), Posts()):
                assert holder.hand_over(subject) == []

    def live(self, steps: int) -> None:
        deeds = [self.posts_come] * 8 + [
            self.a_watch_comes,
            self.a_watch_changes,
            self.a_watch_changes,
            self.a_watch_goes,
        ]
        deeds += [self.posts_grow_old, self.somebody_is_forgotten]
        for _ in range(steps):
            self.rng.choice(deeds)()

    def check(self) -> None:
        testing.check()
        expected = {}
        for one in stored.after(-1, limit=10_000):
            source = stored.sources()[one.source_id]
            lang = Mention.objects.filter(post_id=one.id).values_list("lang", flat=True).first()
            row = {
                name: values[0]
                for name, values in matching.columns([one.post], [lang or ""], [source]).items()
            }
            for watch in Watch.objects.present():
                if query.matches(query.parse(watch.query), query.document_of(row)):
                    expected[one.id, watch.pk] = (watch.brand_id, watch.version_id)
        found = {
            (row.post_id, row.watch_id): (row.brand_id, row.version_id)
            for row in Mention.objects.filter(watch__deleted_at=None)
            if "lang:" not in row.watch.query
        }
        assert found == {
            key: value for key, value in expected.items() if "lang:" not in Watch.objects.get(pk=key[1]).query
        }
        self.check_index()

    def check_index(self) -> None:
        mentioned = set(Mention.objects.values_list("post_id", flat=True))
        holding: dict[str, set[int]] = {}
        for one in stored.some(sorted(mentioned)):
            for word in index_words.of(one.post.title, one.post.text).split():
                holding.setdefault(word, set()).add(one.id)
        for word in {*holding, "elsinore", "coffee", "rome", "harbour", "tea"}:
            need = index_queries.needed(query.parse(word))
            assert need is not None
            ids = index.posts_with(need, low=0, high=1 << 62, limit=10_000, newest_first=True)
            assert set(ids) == holding.get(word, set()), word
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize("seed", range(12))
def test_counts_folds_mentions_and_index_are_right_after_any_history(seed: int) -> None:
    world = World(seed)
    world.live(30)
    world.check()
    assert bulk.ask("SELECT COUNT(*) FROM sources_post WHERE erased_at IS NOT NULL AND text <> ''") == [(0,)]
