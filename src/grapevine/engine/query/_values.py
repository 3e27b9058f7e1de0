"""What watches may ask of a post beyond words, and reading the fields that hold it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query import _hashing, _json
from grapevine.engine.query._cook import BY_HAND, NOTE_ODDS, cook
from grapevine.engine.query._hashing import KINDS, hash_bytes
from grapevine.engine.query._kernel import apart
from grapevine.engine.query._signs import add_address_words, add_host, add_name
from grapevine.engine.query._tokenise import add

# What a set of watches asks for beyond words; bits of `Wants.uses`.
USES_SIGNS, USES_LINKS, USES_SITE, USES_URL, USES_URL_WORDS, USES_LANG, USES_COUNTRY, USES_TYPE = (
    1 << k for k in range(8)
)
USES_AUTHOR, USES_SOURCE, USES_HAS = (1 << k for k in range(8, 11))
# The order of `Wants.has`: as documents.HAS.
HAS_LINK, HAS_IMAGE, HAS_VIDEO, HAS_AUDIO, HAS_MEDIA, HAS_HASHTAG, HAS_MENTION = range(7)
HAS_EMOJI, HAS_QUESTION, HAS_TITLE, HAS_AUTHOR = range(7, 11)

_TAG, _HANDLE, _LINK, _SITE, _LANG = (
    _hashing.TAG,
    _hashing.HANDLE,
    _hashing.LINK,
    _hashing.SITE,
    _hashing.LANG,
)
_COUNTRY, _TYPE, _URL = _hashing.COUNTRY, _hashing.TYPE, _hashing.URL


class Wants(NamedTuple):
    """What must be read of a post."""

    uses: Any  # USES_ bits
    has: Any  # uint64: the hash of each word of documents.HAS


@apart
def add_address(room: Any, sieve: Any, start: Any, end: Any, uses: Any, carried: Any) -> Any:
    """Add the hosts and words of an address; `carried`: by the post, not its own. Returns 0 or BY_HAND."""
    found = 0
    if carried and uses & USES_LINKS:
        found |= add_host(room, sieve, start, end, _LINK)
    if uses & USES_URL:
        found |= add_host(room, sieve, start, end, _URL)
    if uses & USES_URL_WORDS:
        add_address_words(room, sieve, start, end)
    return found


@apart
def read_value(
    source: Any, start: Any, end: Any, escaped: Any, field: Any, to: Any,
    room: Any, sieve: Any, wants: Any, pages: Any, wanted: Any,
) -> Any:  # fmt: skip
    """Read one value of a field that is no text; returns where the cooked value ends, or BY_HAND or NO_PAGE."""
    uses = wants.uses
    stop = cook(source, start, end, escaped, room.cooked, to, pages, room.notes, wanted)
    if stop < 0:
        return stop
    spare = stop + 32
    cooked = room.cooked
    if field == _json.LANG:
        end = to
        while end < stop and cooked[end] != 0x2D and cooked[end] != 0x5F:
            end += 1
        add_name(room, sieve, to, end, -1, -1, _LANG, spare, False)
    elif field == _json.COUNTRY:
        add_name(room, sieve, to, stop, -1, -1, _COUNTRY, spare, False)
    elif field == _json.TYPE:
        add_name(room, sieve, to, stop, -1, -1, _TYPE, spare, False)
    elif field == _json.HASHTAGS or field == _json.MENTIONS:
        sign = 0x23 if field == _json.HASHTAGS else 0x40
        while to < stop and cooked[to] == sign:
            to += 1
        if to < stop:
            tag = field == _json.HASHTAGS
            add_name(room, sieve, to, stop, -1, -1, _TAG if tag else _HANDLE, spare, not tag)
            if uses & USES_HAS:
                add(room, sieve, wants.has[HAS_HASHTAG if tag else HAS_MENTION], -1, -1)
    elif field == _json.MEDIA:
        add(room, sieve, wants.has[HAS_MEDIA], -1, -1)
        if stop > to:
            value = hash_bytes(cooked, to, stop, sieve.secret[KINDS]) ^ sieve.secret[_hashing.HAS]
            for k in range(HAS_IMAGE, HAS_AUDIO + 1):
                if value == wants.has[k]:
                    add(room, sieve, value, -1, -1)
    else:
        if room.notes[NOTE_ODDS] > 0:
            return np.int64(BY_HAND)
        if field == _json.SITE:
            if add_host(room, sieve, to, stop, _SITE) < 0:
                return np.int64(BY_HAND)
        elif field == _json.URL:
            if stop > to and add_address(room, sieve, to, stop, uses, False) < 0:
                return np.int64(BY_HAND)
        elif field == _json.LINKS:
            if uses & USES_HAS:
                add(room, sieve, wants.has[HAS_LINK], -1, -1)
            if add_address(room, sieve, to, stop, uses, True) < 0:
                return np.int64(BY_HAND)
    return stop
