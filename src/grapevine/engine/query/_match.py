"""The kernel: batches of posts in, pairs of post and watch out."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from grapevine.engine.query import _json
from grapevine.engine.query._cook import BY_HAND, NO_ROOM
from grapevine.engine.query._evaluate import NO, PERHAPS, evaluate
from grapevine.engine.query._hashing import KINDS, STEM, hash_bytes
from grapevine.engine.query._index import postings_of
from grapevine.engine.query._kernel import compiled, inner, making
from grapevine.engine.query._read import COOKED_EACH, COOKED_MORE, read_post
from grapevine.engine.query._signs import clear
from grapevine.engine.query._spans import INDEXED, MANY, index_post, next_entry, sort
from grapevine.engine.query._tokenise import ENTRIES, FULL, HOT, SIGNATURE, TEXT_BEGINS, add, add_stems
from grapevine.engine.query._vectors import bits_set, character_mask, lowest_bit, newline_mask

# Where a run stands and why it stopped: the post to go on with, the byte to go on from, pairs found, watches looked at.
POST, BYTE, FOUND, EVALUATED, PROGRESS = range(5)
# Why it stopped; others are NO_PAGE and NO_ROOM (of `_cook`).
DONE, NO_SPACE = 0, -4
# Columns of `lines`: where a post's line begins and ends, and its id.
LINE, LINE_END, ID, ID_END, LINE_COLUMNS = range(5)

_HEAD, _MIDDLE, _TAIL = (np.frombuffer(piece, np.uint8) for piece in (b'{"id": ', b', "watches": [', b"]}\n"))


class Found(NamedTuple):
    """What was found, and what it takes to look."""

    posts: Any  # int32 per pair
    watches: Any  # int64 per pair: the watch's number << 1 | whether the plain matcher must look again
    seen: Any  # int64 per watch: the last post it was found for
    progress: Any  # int64, see above
    spans: Any  # int64, shape (15, 3): scratch, see _json.scan


@inner
def probe(room: Any, stack: Any, index: Any, found: Any, post: Any, base: Any) -> Any:
    """Find the watches that the post in `room` satisfies; False when there is no space left for them (and none is added)."""
    counters, progress = room.counters, found.progress
    stack.state[INDEXED] = 0
    many = counters[ENTRIES] > MANY
    if many:
        index_post(room, stack)
    signature = np.uint64(counters[SIGNATURE])
    begun = progress[FOUND]
    count = begun
    looked = 0
    turn = base + post + 1
    for k in range(counters[HOT] + 1):
        if k < counters[HOT]:
            entry = room.hot[k]
            value = room.hashes[entry]
            if many:
                if next_entry(room, stack, value, -1) != entry:
                    continue
            begin, end = postings_of(index, value)
        else:
            begin, end = np.int64(0), np.int64(index.always.size)
        for place in range(begin, end):
            if k < counters[HOT]:
                if index.needs[place] & ~signature:
                    continue
                watch = index.watches[place]
            else:
                watch = index.always[place]
            if found.seen[watch] == turn:
                continue
            looked += 1
            answer = evaluate(room, stack, index.code, index.code_at[watch])
            if answer == NO:
                continue
            if count == found.watches.size:
                for undone in range(begun, count):
                    found.seen[found.watches[undone] >> 1] = 0
                return False
            found.seen[watch] = turn
            found.posts[count] = post
            found.watches[count] = np.int64(watch) << 1 | np.int64(answer == PERHAPS)
            count += 1
    progress[FOUND] = count
    progress[EVALUATED] += looked
    sort(found.watches, begun, count)
    return True


@compiled
def match(
    source: Any, end: Any, offsets: Any, fields: Any, kinds: Any, lines: Any, room: Any, stack: Any, sieve: Any, wants: Any,
    index: Any, pages: Any, wanted: Any, found: Any, statuses: Any, base: Any,
) -> Any:  # fmt: skip
    """Match a batch of posts; goes on at progress[POST] (and progress[BYTE]) and returns why it stopped.

    Posts are lines of JSON, source[:end], when `fields` is empty. Each has an id and a text, else it is BY_HAND; lines without anything are no
    posts. `lines` is filled. Otherwise posts are columns: column c is field fields[c], of kind kinds[c] (STRING or ARRAY), and post p's value
    source[offsets[c, p]:offsets[c, p + 1]]. `statuses` of posts that must be read by hand are set to BY_HAND.
    """
    progress = found.progress
    spans = found.spans
    in_lines = fields.size == 0
    post, at = progress[POST], progress[BYTE]
    while True:
        progress[POST], progress[BYTE] = post, at
        if in_lines:
            stop = at
            while at < end:
                stop = _json.next_newline(source, at, end)
                if _json.space(source, at, stop) < stop:
                    break
                at = stop + 1
            if at >= end:
                return np.int64(DONE)
            size = stop - at
        else:
            stop = at
            if post == statuses.size:
                return np.int64(DONE)
            size = np.int64(0)
            for column in range(fields.size):
                field = fields[column]
                spans[field, 0] = offsets[column, post]
                spans[field, 1] = offsets[column, post + 1]
                spans[field, 2] = kinds[column]
                size += spans[field, 1] - spans[field, 0]
        if post == statuses.size:
            return np.int64(NO_SPACE)
        if COOKED_EACH * size + COOKED_MORE > room.cooked.size:
            return np.int64(NO_ROOM)
        status = np.int64(0)
        if in_lines:
            lines[post, LINE], lines[post, LINE_END] = at, stop
            status = np.int64(_json.scan(source, at, stop, spans))
            what = spans[_json.ID, 2]
            if spans[_json.TEXT, 2] != _json.STRING or not (what == _json.STRING or what == _json.NUMBER):
                status = np.int64(BY_HAND)
            quoted = np.int64(what == _json.STRING)
            lines[post, ID] = spans[_json.ID, 0] - quoted
            lines[post, ID_END] = spans[_json.ID, 1] + quoted
        if status == 0:
            status = read_post(source, spans, in_lines, room, sieve, wants, pages, wanted)
        if status == BY_HAND:
            statuses[post] = BY_HAND
        elif status < 0:
            return status
        elif not probe(room, stack, index, found, post, base):
            return np.int64(NO_SPACE)
        post += 1
        at = stop + 1


@compiled
def match_entries(
    data: Any, offsets: Any, kinds: Any, firsts: Any, lasts: Any, text_begins: Any,
    room: Any, stack: Any, sieve: Any, index: Any, found: Any, post: Any, base: Any,
) -> Any:  # fmt: skip
    """Match one post that was read by hand: its entries are data[offsets[k]:offsets[k + 1]] of kind kinds[k]. Returns why it stopped."""
    counters = room.counters
    clear(room)
    counters[TEXT_BEGINS] = text_begins
    secret = sieve.secret
    if offsets[kinds.size] + 64 > room.cooked.size:
        return np.int64(NO_ROOM)
    for k in range(offsets[kinds.size] + 32):
        room.cooked[k] = data[k]
    for k in range(kinds.size):
        begin, end = offsets[k], offsets[k + 1]
        value = hash_bytes(room.cooked, begin, end, secret[KINDS]) ^ secret[kinds[k]]
        add(room, sieve, value, firsts[k], lasts[k])
        add_stems(room, sieve, begin, end, firsts[k], lasts[k], kinds[k] + STEM)
    if counters[FULL]:
        return np.int64(NO_ROOM)
    return np.int64(DONE) if probe(room, stack, index, found, post, base) else np.int64(NO_SPACE)


@compiled
def count_lines(source: Any, end: Any) -> Any:
    """(newlines in source[:end], the length of the longest line)."""
    count, longest, begun, at = 0, np.int64(0), np.int64(0), 0
    while at < end:
        mask = newline_mask(source, at)
        if end - at < 64:
            mask &= (np.uint64(1) << np.uint64(end - at)) - np.uint64(1)
        if mask != 0:
            count += bits_set(mask)
            longest = max(longest, at + lowest_bit(mask) - begun)
            begun = at + 63
        at += 64
    return count, max(longest, end - begun) + 64


@making
def byte_offsets(source: Any, characters: Any) -> Any:
    """Where in UTF-8 bytes each piece of a text begins whose pieces have so many characters; shape (pieces + 1,)."""
    result = np.zeros(characters.size + 1, np.int64)
    at = np.int64(0)
    for piece in range(characters.size):
        left = characters[piece]
        while left > 0:
            begun = bits_set(character_mask(source, at))
            if begun <= left:
                left -= begun
                at += 64
                continue
            mask = character_mask(source, at)
            for _ in range(left):
                mask &= mask - np.uint64(1)
            at += lowest_bit(mask)
            left = 0
        # A full window may have stopped inside the last character.
        while source[at] & 0xC0 == 0x80:
            at += 1
        result[piece + 1] = at
    return result


@compiled
def write_lines(source: Any, ids: Any, posts: Any, watches: Any, names: Any, names_at: Any, out: Any) -> Any:
    """Write `{"id": post, "watches": [ids]}` lines of pairs in order; returns the bytes written, or -1 when `out` is too small.

    ids[p] = (start, end) of post p's id in `source`; names[names_at[w]:names_at[w + 1]] is watch w's id as JSON.
    """
    to = 0
    k = 0
    while k < posts.size:
        post = posts[k]
        size = ids[post, 1] - ids[post, 0]
        if to + size + 64 > out.size:
            return -1
        for byte in _HEAD:
            out[to] = byte
            to += 1
        for at in range(ids[post, 0], ids[post, 1]):
            out[to] = source[at]
            to += 1
        for byte in _MIDDLE:
            out[to] = byte
            to += 1
        first = True
        while k < posts.size and posts[k] == post:
            watch = watches[k]
            size = names_at[watch + 1] - names_at[watch]
            if to + size + 64 > out.size:
                return -1
            if not first:
                out[to] = 0x2C
                out[to + 1] = 0x20
                to += 2
            first = False
            for at in range(names_at[watch], names_at[watch + 1]):
                out[to] = names[at]
                to += 1
            k += 1
        for byte in _TAIL:
            out[to] = byte
            to += 1
    return to
