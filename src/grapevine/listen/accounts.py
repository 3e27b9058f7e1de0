"""Who speaks for the brands themselves: what a company says of itself is no word of mouth, and has no mood. Pure but for `present`.

Its posts are mentions like others, in the stream and in the volume; they are marked, and left out of moods, wishes, topics, rising
words, authors and the share of voice, and open no thread that waits for an answer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from grapevine.connectors.base import Post
from grapevine.listen.models import Brand

MOST = 50
"""So many accounts may speak for a brand."""
LONGEST = 200
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Accounts:
    """`handles` says which brands (by id) an account speaks for, `ours` which brands are our own."""

    handles: Mapping[str, frozenset[int]] = field(default_factory=dict)
    ours: frozenset[int] = _NOBODY

    def __bool__(self) -> bool:
        return bool(self.handles or self.ours)

    def behind(self, post: Post) -> frozenset[int]:
        """The brands that a post's author speaks for: those the account is set for, and all of ours where the platform says it is us."""
        found = self.handles.get(plain(_signed(post)), _NOBODY)
        return found | self.ours if post.by_us else found


def _signed(post: Post) -> str:
    """The account that a post is signed with. Under an article anybody may write any name: there a bare name says nothing."""
    if post.author is None:
        return ""
    return post.author.handle or ("" if post.kind == "comment" else post.author.name)


def plain(handle: str) -> str:
    """An account's name as it is compared: without its @, and without case."""
    return unicodedata.normalize("NFC", handle.strip().removeprefix("@").casefold())


def tidy(handles: Iterable[str]) -> list[str]:
    """Names as they are kept: each once, without @ and empty ones."""
    written = (" ".join(handle.split()).removeprefix("@") for handle in handles)
    return list({plain(one): one for one in written if plain(one)}.values())


def of(brands: Iterable[tuple[int, bool, Iterable[str]]]) -> Accounts:
    """From (id, ours, accounts) of each brand."""
    handles: dict[str, frozenset[int]] = {}
    ours = set()
    for brand_id, is_ours, names in brands:
        if is_ours:
            ours.add(brand_id)
        for name in map(plain, names):
            handles[name] = handles.get(name, _NOBODY) | {brand_id}
    return Accounts(handles, frozenset(ours))


def present() -> Accounts:
    """As the brands are now. One small question."""
    return of(Brand.objects.present().values_list("pk", "ours", "accounts"))


def mark(*, ours: bool, handles: Iterable[str]) -> str:
    """A short text that changes when other posts count as a brand's own; empty where none do."""
    names = "\n".join(sorted(map(plain, handles)))
    return f"/{blake2b(names.encode(), digest_size=6).hexdigest()}{int(ours)}" if names or ours else ""
