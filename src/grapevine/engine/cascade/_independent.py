"""The independent cascade: whoever has joined gets one chance at each friend. Sixty-four runs go side by side, a bit of a word each.

In which of the 64 an arc lives is rolled for all of them at once: a word of dice is one binary digit of 64 rolls. Digit by digit, the highest first,
the rolls are held against the chance, until they differ from it: after twelve words they do in all runs, but for one arc in sixty. Each run alone
would take a word of its own. What run r rolls hangs on the seed, r and the arc alone.

Who joins doesn't hang on the order in which people speak. So where the course in time isn't asked for and many wait to speak, everybody waits until
a sweep over all people comes by, and then speaks for all runs that have reached them meanwhile: step by step they would speak a third more often,
and in an order that memory doesn't like.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.cascade import _dice
from grapevine.engine.cascade._threshold import FAR, ONE, look_ahead
from grapevine.engine.graph._kernel import compiled, inner

LANES = 64
BLOCK = 64  # arcs that are rolled together, so that the processor's wide registers are full
FIRST = 12  # digits they all roll
DIGITS = 32
MANY = np.uint64(16)  # a sweep is worth it when one in so many waits
_TWO, _THREE, _FIVE, _SIX, _31, _32 = (np.uint64(one) for one in (2, 3, 5, 6, 31, 32))
_LAST = np.uint64(LANES - 1)
_ALWAYS = np.uint64(0xFFFFFFFF)
NONE, ALL = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)


@inner
def _hold(word: Any, chance: Any, digit: Any, open_: Any, won: Any) -> tuple[Any, Any]:
    """One digit of the rolls held against the chance's: in which runs it is open still, and in which the roll is lower."""
    one = NONE - ((chance >> (_31 - digit)) & ONE)  # all ones or none
    return open_ & ~(word ^ one), won | (open_ & one & ~word)


@inner
def lives(key: Any, arc: Any, chance: Any, asked: Any) -> Any:
    """In which of the runs asked about an arc lives."""
    if chance == _ALWAYS:
        return asked
    open_, won = asked, NONE
    digit = NONE
    while open_ != NONE and digit < _32:
        for _ in range(4):  # four at a time: fewer ends of the loop to guess
            open_, won = _hold(_dice.at(key, (arc << _FIVE) + digit), chance, digit, open_, won)
            digit += ONE
    return won


@compiled
def roll(key: Any, chances: Any, first: Any, live: Any, room: Any) -> None:
    """In which of 64 runs each of a block of arcs lives. Loops without a branch over rows of words are what the compiler makes wide."""
    some = min(BLOCK, live.size - np.int64(first))
    mine = live[np.int64(first) : np.int64(first) + some]
    near, begin, open_ = room[0], room[1], room[2]
    for one in range(some):
        arc = first + np.uint64(one)
        near[one] = chances[arc if chances.size > 1 else NONE]
        begin[one] = key + (arc << _FIVE) * _dice.STEP
        open_[one] = ALL
        mine[one] = NONE
    for step in range(0, FIRST, 4):
        digit = np.uint64(step)
        for one in range(some):
            chance, word, still, won = near[one], begin[one] + digit * _dice.STEP, open_[one], mine[one]
            still, won = _hold(_dice.mix(word), chance, digit, still, won)
            still, won = _hold(_dice.mix(word + _dice.STEP), chance, digit + ONE, still, won)
            still, won = _hold(_dice.mix(word + _TWO * _dice.STEP), chance, digit + _TWO, still, won)
            still, won = _hold(_dice.mix(word + _THREE * _dice.STEP), chance, digit + _THREE, still, won)
            open_[one], mine[one] = still, won
    for one in range(some):
        if open_[one] != NONE:
            mine[one] |= lives(key, first + np.uint64(one), near[one], open_[one])


@inner
def _speak(
    starts: Any, to: Any, chances: Any, key: Any, batch: Any, live: Any, rolled: Any, room: Any, node: Any, lanes: Any, active: Any,
    fresh: Any, then: Any, tail: Any,
) -> Any:  # fmt: skip
    """One person tries all friends in the runs in which they have just joined; returns the new end of those who speak then."""
    arc, end = np.uint64(starts[node]), np.uint64(starts[node + ONE])
    kept, each = live.size > 0, chances.size > 1
    if kept:
        block = arc >> _SIX
        while block << _SIX < end:
            if rolled[block] != batch:
                rolled[block] = batch
                roll(key, chances, block << _SIX, live, room)
            block += ONE
    while arc < end:
        other = np.uint64(to[arc])
        old, waits = active[other], fresh[other]
        if kept:
            new = live[arc] & lanes & ~old
        else:
            new = lives(key, arc, np.uint64(chances[arc if each else NONE]), lanes & ~old)
        active[other] = old | new
        fresh[other] = waits | new
        then[tail] = other  # written always, counted only when it is so: no branch to guess
        tail += np.uint64((new != NONE) & (waits == NONE))
        arc += ONE
    return tail


@compiled
def runs(
    starts: Any, to: Any, chances: Any, seed: Any, first_run: int, seed_sets: Any, active: Any, fresh: Any, live: Any, rolled: Any, words: Any,
    now: Any, then: Any, joined: Any, sizes: Any, curves: Any, reached: Any,
) -> None:  # fmt: skip
    """Runs with one set of seeds each, or one for all. `chances` in units of 2⁻³² by out-arc, or one for all. `active` (in which runs somebody has
    joined) and `fresh` (in which of them they haven't spoken yet) are blank, before and after. `live`, a word per arc, keeps what was rolled,
    and `rolled` for which 64 runs that is; where they are empty, arcs are rolled whenever somebody speaks. With `curves`, `joined` holds
    all who joined in any of the last runs, in order."""  # fmt: skip
    far = to.size > FAR
    people = np.uint64(starts.size - 1)
    steps = curves.shape[1]
    room = np.empty((3, BLOCK), np.uint64)
    done = 0
    while done < sizes.size:
        number = np.uint64(first_run + done)
        first = np.int64(number & _LAST)
        batch = (number >> _SIX) + ONE
        key = _dice.key_of(seed, 0, number >> _SIX)
        some = min(sizes.size - done, LANES - first)
        tail = NONE
        for lane in range(some):
            bit = ONE << np.uint64(first + lane)
            for one in seed_sets[done + lane if seed_sets.shape[0] > 1 else 0]:
                then[tail] = one
                tail += np.uint64(fresh[one] == NONE)
                active[one] |= bit
                fresh[one] |= bit
        total = np.zeros(DIGITS, np.uint64)
        known = NONE
        step = 0
        while tail > NONE and (steps or tail <= people // MANY):
            spoke = tail
            tail = NONE
            place = NONE
            while place < spoke:
                node = np.uint64(then[place])
                lanes = fresh[node]
                fresh[node] = NONE
                now[place] = node
                words[place] = lanes
                joined[known] = node
                known += np.uint64(active[node] == lanes)
                _add(total, lanes)
                place += ONE
            if step < steps:
                _sizes(total, first, some, curves[done : done + some, step])
            step += 1
            place = NONE
            while place < spoke:
                if far:
                    look_ahead(starts, to, active, now, place, spoke)
                node, lanes = np.uint64(now[place]), words[place]
                tail = _speak(
                    starts, to, chances, key, batch, live, rolled, room, node, lanes, active, fresh, then, tail
                )  # fmt: skip
                place += ONE
        swept = tail > NONE
        left = np.int64(tail)
        while left > 0:
            node = NONE
            while node < people:
                lanes = fresh[node]
                if lanes != NONE:
                    fresh[node] = NONE
                    more = _speak(
                        starts, to, chances, key, batch, live, rolled, room, node, lanes, active, fresh, then, NONE
                    )  # fmt: skip
                    left += np.int64(more) - 1
                node += ONE
        if swept:
            total[:] = NONE
            known = NONE
            node = NONE
            while node < people:
                joined[known] = node
                known += np.uint64(active[node] != NONE)
                _add(total, active[node])
                node += ONE
        _sizes(total, first, some, sizes[done : done + some])
        for lane in range(done, done + some):
            for later in range(step, steps):
                curves[lane, later] = sizes[lane]
        place = NONE
        while place < known:
            node = np.uint64(joined[place])
            if reached.size:
                reached[node] += _ones(active[node])
            active[node] = NONE
            place += ONE
        done += some


@inner
def _add(total: Any, lanes: Any) -> None:
    """One more in some runs; counts are in binary, with a word for every digit."""
    digit = NONE
    while lanes != NONE:
        kept = total[digit]
        total[digit] = kept ^ lanes
        lanes &= kept
        digit += ONE


@inner
def _sizes(total: Any, first: int, some: int, sizes: Any) -> None:
    """Such counts in plain numbers."""
    for lane in range(some):
        size = NONE
        for digit in range(DIGITS):
            size |= ((total[digit] >> np.uint64(first + lane)) & ONE) << np.uint64(digit)
        sizes[lane] = size


@inner
def _ones(word: Any) -> Any:
    """How many ones a word has (Knuth, The Art of Computer Programming 7.1.3)."""
    word -= (word >> ONE) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))
