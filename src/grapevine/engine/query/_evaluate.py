"""Whether a post satisfies a watch: its code, run on the post's entries.

Code is a run of uint64. An instruction is a head (operation | count << 8 | field << 24 | number << 32) and, for those that look for something,
`count` hashes. Answers are NO, PERHAPS or YES, so that what the kernel cannot know exactly (a spelling, signs) stays PERHAPS through AND, OR and
NOT, and only then the plain matcher is asked.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.query._kernel import inner
from grapevine.engine.query._spans import (
    ANYWHERE,
    INDEXED,
    LISTS,
    OVERFLOWED,
    STEPS,
    entries_with,
    in_field,
    join_lists,
    join_near,
    join_window,
    next_entry,
    push_phrase,
    push_places,
)
from grapevine.engine.query._tokenise import SIGNATURE

NO, PERHAPS, YES = range(3)

# END. HOLDS: one of the hashes is there. HOLDS_ALL. CONSTANT: `number`. AND, OR: of the two newest answers. NOT. PERHAPS_AT_MOST: the newest
# answer is no more than that. JUMP_IF_NO, JUMP_IF_YES: when the newest answer is, skip `number` places. PLACES, PHRASE, JOIN, NEAR (number:
# distance << 1 | ordered), WINDOW (count parts, number slack): lists of spans, see _spans. SOMEWHERE: the newest list holds a span.
(
    END, HOLDS, HOLDS_ALL, CONSTANT, AND, OR, NOT, PERHAPS_AT_MOST, JUMP_IF_NO, JUMP_IF_YES,
    PLACES, PHRASE, JOIN, NEAR, WINDOW, SOMEWHERE,
) = range(16)  # fmt: skip

_TOP, _63, _1 = np.uint64(58), np.uint64(63), np.uint64(1)


@inner
def _holds(room: Any, stack: Any, value: Any) -> Any:
    """Whether an entry with this hash is there."""
    if np.uint64(room.counters[SIGNATURE]) >> (value >> _TOP) & _1 == 0:
        return False
    if stack.state[INDEXED] > 0:
        return next_entry(room, stack, value, -1) >= 0
    return entries_with(room, value) != 0


@inner
def _holds_one(room: Any, stack: Any, code: Any, at: Any, count: Any, field: Any) -> Any:
    for k in range(at, at + count):
        if not _holds(room, stack, code[k]):
            continue
        if field == ANYWHERE:
            return YES
        entry = next_entry(room, stack, code[k], -1)
        while entry >= 0:
            if in_field(room, entry, field):
                return YES
            entry = next_entry(room, stack, code[k], entry)
    return NO


@inner
def _holds_all(room: Any, stack: Any, code: Any, at: Any, count: Any) -> Any:
    for k in range(at, at + count):
        if not _holds(room, stack, code[k]):
            return NO
    return YES


@inner
def evaluate(room: Any, stack: Any, code: Any, at: Any) -> Any:
    """Run the code at `at` on the post in `room`: NO, PERHAPS or YES."""
    answers, state = stack.answers, stack.state
    state[LISTS] = 0
    state[OVERFLOWED] = 0
    state[STEPS] = 0
    stack.tops[0] = 0
    top = -1
    while True:
        head = np.int64(code[at])
        operation, count, field, number = head & 0xFF, head >> 8 & 0xFFFF, head >> 24 & 0xFF, head >> 32
        at += 1
        if operation == HOLDS:
            top += 1
            answers[top] = _holds_one(room, stack, code, at, count, field)
            at += count
        elif operation == HOLDS_ALL:
            top += 1
            answers[top] = _holds_all(room, stack, code, at, count)
            at += count
        elif operation == END:
            return answers[0]
        elif operation == JUMP_IF_NO:
            if answers[top] == NO:
                at += number
        elif operation == JUMP_IF_YES:
            if answers[top] == YES:
                at += number
        elif operation == AND:
            top -= 1
            answers[top] = min(answers[top], answers[top + 1])
        elif operation == OR:
            top -= 1
            answers[top] = max(answers[top], answers[top + 1])
        elif operation == NOT:
            answers[top] = YES - answers[top]
        elif operation == PERHAPS_AT_MOST:
            answers[top] = min(answers[top], PERHAPS)
        elif operation == CONSTANT:
            top += 1
            answers[top] = number
        elif operation == PLACES:
            push_places(room, stack, code, at, count, field)
            at += count
        elif operation == PHRASE:
            push_phrase(room, stack, code, at, count, field)
            at += count
        elif operation == JOIN:
            join_lists(stack)
        elif operation == NEAR:
            join_near(stack, number >> 1, number & 1)
        elif operation == WINDOW:
            join_window(stack, count, number)
        else:
            lists = state[LISTS]
            top += 1
            found = stack.tops[lists] > stack.tops[lists - 1]
            # Spans that were found are there, even when others did not fit in.
            answers[top] = YES if found else PERHAPS if state[OVERFLOWED] else NO
            state[LISTS] = lists - 1
            state[OVERFLOWED] = 0
