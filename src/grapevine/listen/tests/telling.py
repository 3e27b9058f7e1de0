"""What the tests of the stream tell: brands with watches, and posts that come in the way all posts do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from grapevine.core.testing import NOON
from grapevine.listen import testing
from grapevine.listen.models import Brand, Mention, Watch
from grapevine.sources import testing as sources


@dataclass
class Tale:
    """One brand per name, each with a watch for its name; posts are told by `say`."""

    brands: dict[str, Brand] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    said: int = 0

    def brand(self, name: str, *, query: str = "", ours: bool = False) -> Brand:
        """A brand and a watch called like it."""
        self.brands[name] = testing.make_brand(name=name, slug=name.lower(), ours=ours)
        self.watch(name, brand=name, query=query or name.lower())
        return self.brands[name]

    def watch(self, name: str, *, brand: str, query: str) -> Watch:
        """A watch of a brand."""
        self.watches[name] = testing.make_watch(brand=self.brands[brand], name=name, query=query)
        return self.watches[name]

    def source(self, name: str, **values: Any) -> Any:
        """A source by its name, made when it isn't there."""
        if name not in self.sources:
            self.sources[name] = sources.make_source(name=name, **values)
        return self.sources[name]

    def say(
        self,
        *texts: str,
        by: str = "ophelia",
        at: datetime | None = None,
        source: str = "Court news",
        **values: Any,
    ) -> list[int]:
        """Let posts with these texts come in, a minute after each other unless `at`; the ids of those that were caught."""
        posts = []
        for text in texts:
            self.said += 1
            moment = at or NOON + timedelta(minutes=self.said)
            posts.append(
                sources.heard(text, author=by, at=moment, **{"external_id": f"p{self.said}", **values})
            )
        before = Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        sources.store(self.source(source), *posts, at=NOON + timedelta(days=1))
        caught = Mention.objects.filter(pk__gt=before)
        return sorted(set(caught.values_list("post_id", flat=True)))


def a_tale() -> Tale:
    """Two brands: Elsinore (ours) and Wittenberg."""
    tale = Tale()
    tale.brand("Elsinore", ours=True)
    tale.brand("Wittenberg")
    return tale
