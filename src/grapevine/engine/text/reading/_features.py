"""From tokens to what the model weighs: hashed n-grams, and facts that mean the same in every language. Compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from grapevine.engine.text.reading._phrases import GOES_ON, K1, WISHES, find, follow, mixed, opening
from grapevine.engine.text.reading._tokens import (
    ASKS,
    CRIES,
    DESK_OF,
    ENDS,
    LINK,
    LONG_DRAWN,
    LOUD,
    NUMBER,
    SIGN,
    SPEED,
    TAGGED,
    USER,
    WORD,
    WRAPPED,
)

NEGATOR, BOOSTER, DAMPENER, CONTRAST, QUESTION, WISH, FIRST, SECOND, IRONY = (1 << n for n in range(9))
"""What a word of the shelf does to others; see `shelf`."""

(
    GLAD, SAD, NOT_GLAD, NOT_SAD, VERY_GLAD, VERY_SAD, GLAD_AFTER, SAD_AFTER, GLAD_LAST, SAD_LAST, GLAD_SIGNS, SAD_SIGNS,
    CRYING, ASKING, LOUDNESS, DRAWN, LINKS, USERS, TAGS, NUMBERS, ME, YOU, ASKED, WISHED, IRONIC, LENGTH, READ, DESK, NET,
    INTENTS,
) = range(30)  # fmt: skip
"""Facts of a text, by place; from INTENTS on the points of each intent (and of spam)."""
N_INTENTS = 12
FACTS = INTENTS + N_INTENTS

_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_SCOPE = 3  # words that a negator turns
SHORTEST, LONGEST = 3, 5  # letters of the n-grams within words


@njit(**SPEED)
def grams(room: Any, count: Any, bits: Any, out: Any) -> Any:  # pragma: no cover - compiled
    """The buckets (of 2**bits) of a text's n-grams: words, pairs of words, letters within words. Returns how many."""
    shift = np.uint64(64 - bits)
    n = 0
    before = np.uint64(0)
    for k in range(count):
        kind = room.kind[k]
        word = room.bare[k]
        if kind == ENDS:
            before = np.uint64(0)
            continue
        out[n] = mixed(word + np.uint64(1)) >> shift
        n += 1
        if room.exact[k] != word:
            out[n] = mixed(room.exact[k] + np.uint64(2)) >> shift
            n += 1
        if before != 0:
            out[n] = mixed(before * K1 + word) >> shift
            n += 1
        before = word
        if kind != WORD:
            continue
        first, last = room.first[k], room.last[k]
        # _word_: the edges count as letters.
        for start in range(first - 1, last - 1):
            hashed = _SEED
            for length in range(1, LONGEST + 1):
                at = start + length - 1
                if at > last:
                    break
                letter = np.uint64(95) if at < first or at == last else np.uint64(room.letters[at])
                hashed = (hashed ^ letter) * _PRIME
                if length >= SHORTEST:
                    out[n] = mixed(hashed) >> shift
                    n += 1
    return n


@njit(**SPEED)
def facts(room: Any, count: Any, shelf: Any, language: Any, out: Any) -> Any:  # pragma: no cover - compiled
    """Fill `out` (FACTS,) with what a text says whatever its language. `language` is its place on the shelf, -1 for none."""
    out[:] = 0.0
    salt = shelf.salts[language] if language >= 0 else np.uint64(0)
    signs = shelf.salts[shelf.salts.size - 1]
    words, loud = 0, 0
    # Whether the sentence that a token is in ends with a question mark: looked up ahead, sentence by sentence.
    asked, sentence_end = False, -1
    negated_to, boosted_to, damped_to = -1, -1, -1
    contrasted = False
    last_feeling, last_place, last_negated = np.float32(0.0), -10, False
    covered, opened = -1, False
    glad_sentence, sad_sentence = np.float32(0.0), np.float32(0.0)
    for k in range(count):
        if k > sentence_end:
            sentence_end, asked = k, False
            while sentence_end < count:
                kind = room.kind[sentence_end]
                if kind == ASKS:
                    asked = True
                if kind == ENDS or (
                    (kind == ASKS or kind == CRIES)
                    and sentence_end + 1 < count
                    and room.kind[sentence_end + 1] == WORD
                ):
                    break
                sentence_end += 1
            negated_to = boosted_to = damped_to = -1
            contrasted = opened = False
            if glad_sentence != 0.0 or sad_sentence != 0.0:
                out[GLAD_LAST], out[SAD_LAST] = glad_sentence, sad_sentence
                glad_sentence, sad_sentence = np.float32(0.0), np.float32(0.0)
        kind, extra = room.kind[k], room.extra[k]
        if kind == WORD:
            words += 1
            loud += (extra & LOUD) != 0
            out[DRAWN] += (extra & LONG_DRAWN) != 0
            out[TAGS] += (extra & TAGGED) != 0
        elif kind == LINK:
            out[LINKS] += (extra & WRAPPED) == 0
        elif kind == USER:
            out[USERS] += 1.0
            out[DESK] += (extra & DESK_OF) != 0
        elif kind == NUMBER:
            out[NUMBERS] += 1.0
        elif kind == ASKS:
            out[ASKING] += 1.0
        elif kind == CRIES:
            out[CRYING] += 1.0
        elif kind == SIGN:
            entry = find(shelf, follow(signs, room.exact[k]))
            if entry >= 0:
                points = (shelf.says[entry] & 255) - 128
                if points > 0:
                    out[GLAD_SIGNS] += points / 30.0
                elif points < 0:
                    out[SAD_SIGNS] -= points / 30.0
                if (shelf.says[entry] >> 8) & IRONY:
                    out[IRONIC] += 1.0
            continue
        if language < 0 or kind == ENDS:
            continue
        if kind == WORD and not opened:
            opened = True
            opening(room, k, count, shelf, salt, out[INTENTS:])
        # All phrases that begin here; of their feelings and doings the longest counts, of their intents each.
        key, at = salt, k
        points, does, reach = 0, np.int64(0), k
        while at < count and at < k + 5 and room.kind[at] != ENDS:
            entry = find(shelf, follow(key, room.exact[at]))
            step = room.exact[at]
            if entry < 0 and room.bare[at] != room.exact[at]:
                entry, step = find(shelf, follow(key, room.bare[at])), room.bare[at]
            if entry < 0:
                break
            says = shelf.says[entry]
            if says & 255 != 128:
                # A negator that opens a phrase with a feeling of its own ("never again") is part of it and turns nothing.
                points, reach, does = (says & 255) - 128, at, does & ~NEGATOR
            if (says >> 8) & 0xFFFF != 0:
                does, reach = np.int64((says >> 8) & 0xFFFF), max(reach, at)
            wish = np.int64(entry if says & WISHES else -1)
            for w in range(shelf.wants[wish], shelf.wants[wish + 1]) if wish >= 0 else range(0):
                if shelf.only_asked[w] and not asked:
                    continue
                weight = shelf.weight[w]
                if k <= negated_to and weight > 0:
                    weight *= np.float32(-0.5)
                out[INTENTS + shelf.intent[w]] += weight
            if not says & GOES_ON:
                break
            key = follow(key, step)
            at += 1
        if does & NEGATOR and k > covered:
            # "gillar inte", "virker ikke", "helpt niet": what stands just before is turned as well, if it was glad.
            if last_feeling > 0 and k - last_place <= 2 and not last_negated:
                out[GLAD] -= last_feeling
                out[NOT_GLAD] += last_feeling
                glad_sentence = max(np.float32(0.0), glad_sentence - last_feeling)
                sad_sentence += last_feeling
                last_negated = True
                negated_to = k
            else:
                negated_to = k + _SCOPE
        if does & BOOSTER:
            boosted_to = reach + 2
        if does & DAMPENER:
            damped_to = reach + 2
        if does & CONTRAST:
            contrasted = True
            negated_to = -1
            glad_sentence, sad_sentence = np.float32(0.0), np.float32(0.0)
        out[ASKED] += (does & QUESTION) != 0
        out[WISHED] += (does & WISH) != 0
        out[ME] += (does & FIRST) != 0
        out[YOU] += (does & SECOND) != 0
        out[IRONIC] += (does & IRONY) != 0
        if points == 0 or k <= covered:
            continue
        covered = reach
        feeling = np.float32(abs(points)) / np.float32(30.0)
        if extra & LOUD or extra & LONG_DRAWN:
            feeling *= np.float32(1.3)
        if k <= damped_to:
            feeling *= np.float32(0.6)
        glad, negated = points > 0, k <= negated_to
        if k <= boosted_to:
            out[VERY_GLAD if glad else VERY_SAD] += feeling
        if negated:
            out[NOT_GLAD if glad else NOT_SAD] += feeling
        else:
            out[GLAD if glad else SAD] += feeling
        if contrasted:
            out[GLAD_AFTER if glad != negated else SAD_AFTER] += feeling
        if glad != negated:
            glad_sentence += feeling
        else:
            sad_sentence += feeling
        last_feeling, last_place, last_negated = (
            (feeling if glad and not negated else np.float32(0.0)),
            reach,
            negated,
        )
        if negated:
            negated_to = k  # one feeling is turned, not all that follow
    if glad_sentence != 0.0 or sad_sentence != 0.0:
        out[GLAD_LAST], out[SAD_LAST] = glad_sentence, sad_sentence
    glad = out[GLAD] + 0.5 * out[NOT_SAD] + out[GLAD_SIGNS]
    sad = out[SAD] + out[NOT_GLAD] + out[SAD_SIGNS]
    out[NET] = (glad - sad) / (0.5 + glad + sad)
    for place in range(NET):
        out[place] = np.log1p(max(np.float32(0.0), out[place]))
    for place in range(INTENTS, FACTS):
        out[place] = min(max(out[place], np.float32(-4.0)), np.float32(6.0)) / 4.0
    if words:
        out[LOUDNESS] = np.float32(loud) / words
    out[LENGTH] = np.log1p(np.float32(words)) / 4.0
    out[READ] = 1.0 if language >= 0 else 0.0
