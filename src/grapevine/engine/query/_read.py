"""One post, from the places of its fields to its entries: everything that a watch may ask of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.query import _hashing, _json, _tables
from grapevine.engine.query._cook import BY_HAND, NO_ROOM, NOTE_EMOJI, NOTE_ODDS, NOTES, cook
from grapevine.engine.query._hashing import STEM
from grapevine.engine.query._kernel import woven
from grapevine.engine.query._signs import (
    SAW_HANDLE,
    SAW_QUESTION,
    SAW_TAG,
    clear,
    read_signs,
)
from grapevine.engine.query._tokenise import (
    COUNTERS,
    ENTRIES,
    FULL,
    LINKS,
    SIGNS,
    TEXT_BEGINS,
    Room,
    add,
    add_all_stems,
    odd_near_link,
    read_words,
)
from grapevine.engine.query._values import (
    HAS_AUTHOR,
    HAS_EMOJI,
    HAS_HASHTAG,
    HAS_LINK,
    HAS_MENTION,
    HAS_QUESTION,
    HAS_TITLE,
    USES_AUTHOR,
    USES_COUNTRY,
    USES_HAS,
    USES_LANG,
    USES_LINKS,
    USES_SIGNS,
    USES_SITE,
    USES_SOURCE,
    USES_TYPE,
    USES_URL,
    USES_URL_WORDS,
    add_address,
    read_value,
)

# Positions between title and text, and between other fields that hold words.
GAP = 1000
# Bytes that cooking takes for each of the source, and for seams, scratch and reading past the end.
COOKED_EACH, COOKED_MORE = 3, 3072

_STRING, _ARRAY = _json.STRING, _json.ARRAY
_SEAM_EMOJI = _tables.SEAM_EMOJI
_WORD, _AUTHOR_WORD, _SOURCE_WORD = _hashing.WORD, _hashing.AUTHOR_WORD, _hashing.SOURCE_WORD


@woven
def _read_text(
    source: Any, spans: Any, field: Any, escaped: Any, to: Any, position: Any,
    room: Any, sieve: Any, wants: Any, pages: Any, wanted: Any,
) -> Any:  # fmt: skip
    """Read title or text; returns (where the cooked text ends or BY_HAND or NO_PAGE, the next position, SAW_ bits)."""
    uses = wants.uses
    saw = np.int64(0)
    start = to
    stop = cook(
        source, spans[field, 0], spans[field, 1], escaped, room.cooked, start, pages, room.notes, wanted
    )
    if stop < 0:
        return stop, position, saw
    if room.notes[NOTE_ODDS] > 0 and odd_near_link(room.cooked, start, stop, room.notes):
        return np.int64(BY_HAND), position, saw
    words, links = room.counters[ENTRIES], room.counters[LINKS]
    position = read_words(room, sieve, start, stop, position, _WORD)
    linked = room.counters[LINKS]
    if uses & USES_SIGNS and room.counters[SIGNS] != 0:
        saw = read_signs(room, sieve, start, stop, words, links, linked, pages, wanted, stop + 32)
        if saw < 0:
            return saw, position, saw
    add_all_stems(room, sieve, 0, _WORD + STEM)
    if uses & (USES_LINKS | USES_URL | USES_URL_WORDS):
        for k in range(links, linked, 2):
            if add_address(room, sieve, room.links[k], room.links[k + 1], uses, True) < 0:
                return np.int64(BY_HAND), position, saw
    if uses & USES_HAS:
        _note_text(room, sieve, wants, start, stop, links, linked, field)
    return stop, position, saw


@woven
def _note_text(
    room: Any, sieve: Any, wants: Any, start: Any, stop: Any, links: Any, linked: Any, field: Any
) -> Any:
    """What `has:` may ask of a title or text, tags apart."""
    if linked > links:
        add(room, sieve, wants.has[HAS_LINK], -1, -1)
    if room.notes[NOTE_EMOJI] > 0:
        link = links
        for at in range(start, stop):
            while link < linked and room.links[link + 1] <= at:
                link += 2
            if room.cooked[at] == _SEAM_EMOJI and not (link < linked and room.links[link] <= at):
                add(room, sieve, wants.has[HAS_EMOJI], -1, -1)
                break
    if field == _json.TITLE:
        seen = room.notes[NOTE_ODDS] > 0
        for at in range(start, stop):
            byte = room.cooked[at]
            seen = seen or not (byte == 0x20 or 9 <= byte <= 13 or 28 <= byte <= 31)
        if seen:
            add(room, sieve, wants.has[HAS_TITLE], -1, -1)


@woven
def _read_values(
    source: Any,
    spans: Any,
    field: Any,
    escaped: Any,
    to: Any,
    room: Any,
    sieve: Any,
    wants: Any,
    pages: Any,
    wanted: Any,
) -> Any:
    """Read a field that holds one string or an array of them. Returns as `_read_value`."""
    at, end, what = spans[field, 0], spans[field, 1], spans[field, 2]
    if what == _STRING:
        return read_value(source, at, end, escaped, field, to, room, sieve, wants, pages, wanted)
    if what != _ARRAY or field < _json.LINKS:
        return np.int64(to)
    at += 1
    while at < end:
        byte = source[at]
        if byte == 0x22:
            stop = _json.string_end(source, at + 1, end, False)
            if stop < 0:
                return np.int64(BY_HAND)
            done = read_value(source, at + 1, stop, True, field, to, room, sieve, wants, pages, wanted)
            if done < 0:
                return done
            at = stop + 1
        elif byte == 0x5B or byte == 0x7B:
            at = _json.nested_end(source, at, end)
        else:
            at += 1
    return np.int64(to)


@woven
def _read_words_of(
    source: Any, spans: Any, field: Any, kind: Any, escaped: Any, to: Any, position: Any,
    room: Any, sieve: Any, pages: Any, wanted: Any,
) -> Any:  # fmt: skip
    """Read the words of an author's or source's name; returns the next position, or BY_HAND or NO_PAGE."""
    if spans[field, 2] != _STRING:
        return np.int64(position)
    stop = cook(source, spans[field, 0], spans[field, 1], escaped, room.cooked, to, pages, room.notes, wanted)
    if stop < 0:
        return stop
    links = room.counters[LINKS]
    if room.notes[NOTE_ODDS] > 0 and odd_near_link(room.cooked, to, stop, room.notes):
        return np.int64(BY_HAND)
    position = read_words(room, sieve, to, stop, position, kind)
    if room.counters[LINKS] > links:
        return np.int64(BY_HAND)
    add_all_stems(room, sieve, 0, kind + STEM)
    return np.int64(position)


@woven
def read_post(
    source: Any, spans: Any, escaped: Any, room: Any, sieve: Any, wants: Any, pages: Any, wanted: Any
) -> Any:
    """Lay out one post: its entries in `room`. Returns 0, or BY_HAND or NO_PAGE.

    `spans` as `_json.scan` leaves them (shape (15, 3)); `escaped`: strings are the insides of JSON strings.
    """
    clear(room)
    uses = wants.uses
    room.cooked[0] = 0x20
    to = np.int64(1)
    position = np.int64(0)
    saw = np.int64(0)
    for field in range(2):
        if spans[field, 2] == _STRING:
            to, position, more = _read_text(
                source, spans, field, escaped, to, position, room, sieve, wants, pages, wanted
            )
            if to < 0:
                return to
            saw |= more
            to += 1
            room.cooked[to - 1] = 0x20
        if field == 0:
            position += GAP if position > 0 else 0
            room.counters[TEXT_BEGINS] = position
    done = np.int64(0)
    if uses:
        done = _read_rest(source, spans, escaped, to, position, saw, room, sieve, wants, pages, wanted)
    return np.int64(NO_ROOM) if room.counters[FULL] else done


@woven
def _read_rest(
    source: Any, spans: Any, escaped: Any, to: Any, position: Any, saw: Any,
    room: Any, sieve: Any, wants: Any, pages: Any, wanted: Any,
) -> Any:  # fmt: skip
    """The fields beside title and text, as far as some watch asks for them."""
    uses = wants.uses
    if uses & USES_HAS:
        if saw & SAW_TAG:
            add(room, sieve, wants.has[HAS_HASHTAG], -1, -1)
        if saw & SAW_HANDLE:
            add(room, sieve, wants.has[HAS_MENTION], -1, -1)
        if saw & SAW_QUESTION:
            add(room, sieve, wants.has[HAS_QUESTION], -1, -1)
        for field in range(_json.AUTHOR, _json.AUTHOR_NAME + 1):
            if spans[field, 2] == _STRING and spans[field, 1] > spans[field, 0]:
                add(room, sieve, wants.has[HAS_AUTHOR], -1, -1)
    for field in range(_json.LANG, _json.MENTIONS + 1):
        asked = (
            (field == _json.LANG and uses & USES_LANG)
            or (field == _json.COUNTRY and uses & USES_COUNTRY)
            or (field == _json.TYPE and uses & USES_TYPE)
            or (field == _json.URL and uses & (USES_URL | USES_URL_WORDS))
            or (field == _json.LINKS and uses & (USES_LINKS | USES_URL | USES_URL_WORDS | USES_HAS))
            or (field == _json.MEDIA and uses & USES_HAS)
            or (field >= _json.HASHTAGS and uses & USES_SIGNS)
        )
        if asked:
            done = _read_values(source, spans, field, escaped, to, room, sieve, wants, pages, wanted)
            if done < 0:
                return done
    if uses & USES_SITE:
        # The site as given, else that of the post's own address.
        given = spans[_json.SITE, 2] == _STRING and spans[_json.SITE, 1] > spans[_json.SITE, 0]
        origin = _json.SITE if given else _json.URL
        if spans[origin, 2] == _STRING:
            done = read_value(
                source,
                spans[origin, 0],
                spans[origin, 1],
                escaped,
                _json.SITE,
                to,
                room,
                sieve,
                wants,
                pages,
                wanted,
            )
            if done < 0:
                return done
    if uses & (USES_AUTHOR | USES_SOURCE):
        for field in (_json.AUTHOR, _json.AUTHOR_NAME, _json.SOURCE):
            author = field != _json.SOURCE
            if uses & (USES_AUTHOR if author else USES_SOURCE):
                kind = _AUTHOR_WORD if author else _SOURCE_WORD
                position = _read_words_of(
                    source, spans, field, kind, escaped, to, position + GAP, room, sieve, pages, wanted
                )
                if position < 0:
                    return position
    return np.int64(0)


def room_for(size: int, entries: int) -> Room:
    """Room for a post whose fields have `size` bytes in all and that holds so many entries."""
    cooked = COOKED_EACH * size + COOKED_MORE
    columns = (np.zeros(entries, np.int32) for _ in range(6))
    return Room(
        np.zeros(cooked, np.uint8),
        np.zeros(entries, np.uint64),
        *columns,
        np.zeros(cooked, np.int32),
        np.zeros(NOTES, np.int64),
        np.zeros(COUNTERS, np.int64),
    )
