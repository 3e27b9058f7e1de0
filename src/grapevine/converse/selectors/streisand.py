"""Before something is taken away: how many have seen and repeated it, how fast it is spreading. What is taken down comes back louder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grapevine.converse import spreading
from grapevine.converse.models import Message
from grapevine.listen.selectors import echoes
from grapevine.sources.selectors import shown

_SEEN = ("views", "impressions", "plays")
_REPEATED = ("shares", "reposts", "quotes")


@dataclass(frozen=True)
class Check:
    """What is known of a message's reach. None where the platform doesn't say."""

    seen: int | None  # as the platform counts
    followers: (
        int | None
    )  # of its author and of those who repeated or answered it: so many could have seen it at most
    likes: int
    shares: int  # as the platform counts
    copies: int  # heard by us elsewhere, nearly in the same words
    answers: int
    capped: bool
    per_hour: float
    curve: tuple[tuple[datetime, int], ...]
    level: str

    def measured(self) -> dict[str, Any]:
        """For the record: what was known when it was decided."""
        return {
            "seen": self.seen,
            "followers": self.followers,
            "likes": self.likes,
            "shares": self.shares,
            "copies": self.copies,
            "answers": self.answers,
            "per_hour": round(self.per_hour, 2),
            "level": self.level,
        }


def check(message: Message, *, at: datetime) -> Check:
    """The figures for a message of theirs. A handful of questions along indexes, whatever the size of the store."""
    post = shown.posts([message.post_id]).get(message.post_id) if message.post_id else None
    if post is None:
        return Check(None, None, 0, 0, 0, 0, False, 0.0, tuple(spreading.by_hour([], at=at)), "quiet")
    copies = echoes.of_post(post.id)
    talk = shown.conversation(post, characters=1)
    answers = [one for _depth, one in talk.below]
    reach = [
        post.author_followers,
        *(one.followers for one in copies),
        *(one.author_followers for one in answers),
    ]
    known = [number for number in reach if number is not None]
    times = [*(one.published_at for one in copies), *(one.published_at for one in answers)]
    return Check(
        seen=_most(post.metrics, _SEEN),
        followers=sum(known) if known else None,
        likes=post.metrics.get("likes", 0),
        shares=_most(post.metrics, _REPEATED) or 0,
        copies=len(copies),
        answers=max(len(answers), post.metrics.get("comments", 0), post.metrics.get("replies", 0)),
        capped=len(copies) >= echoes.MOST or talk.more,
        per_hour=spreading.per_hour(times, at=at),
        curve=tuple(spreading.by_hour(times, at=at)),
        level=spreading.level(times, at=at),
    )


def _most(metrics: dict[str, int], names: tuple[str, ...]) -> int | None:
    found = [metrics[name] for name in names if name in metrics]
    return max(found) if found else None
