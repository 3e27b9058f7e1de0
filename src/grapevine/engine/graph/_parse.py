"""Lines of an edge list with whole-number ids, read from bytes. What is not plain is left to the slow reader, by its line."""

from __future__ import annotations

from typing import Any

import numpy as np

from grapevine.engine.graph._build import MOST_WEIGHT
from grapevine.engine.graph._kernel import compiled, inner

TAB, NEWLINE, RETURN, SPACE, HASH, COMMA, MINUS, PLUS, DOT = 9, 10, 13, 32, 35, 44, 45, 43, 46
ZERO, NINE, SMALL_E, BIG_E = 48, 57, 101, 69
DIGITS = 18  # so many fit into 64 bits whatever they are
TENS = np.array([10.0**k for k in range(23)])


@inner
def _gap(byte: int) -> bool:
    return byte == SPACE or byte == TAB or byte == COMMA or byte == RETURN


@inner
def _skip(data: Any, at: int) -> tuple[int, int]:
    """The place behind a gap, and how many commas it held."""
    commas = 0
    while _gap(data[at]):
        commas += data[at] == COMMA
        at += 1
    return at, commas


@inner
def _whole(data: Any, at: int) -> tuple[int, int]:
    """A whole number as we would write it; the place behind it, or -1 when something else stands there."""
    negative = data[at] == MINUS
    if negative:
        at += 1
    begin = at
    value = 0
    while ZERO <= data[at] <= NINE:
        value = value * 10 + (data[at] - ZERO)
        at += 1
        if at - begin > DIGITS:
            return 0, -1
    if at == begin or (data[begin] == ZERO and (at - begin > 1 or negative)):
        return 0, -1
    if not (_gap(data[at]) or data[at] == NEWLINE):
        return 0, -1
    return -value if negative else value, at


@inner
def _decimal(data: Any, at: int) -> tuple[float, int]:
    """A decimal number of 0 or more; the place behind it, or -1. Exact up to 15 digits, else within one unit in the last place."""
    if data[at] == PLUS:
        at += 1
    value = 0.0
    digits = 0
    power = 0
    while ZERO <= data[at] <= NINE:
        value = value * 10.0 + (data[at] - ZERO)
        at += 1
        digits += 1
    if data[at] == DOT:
        at += 1
        while ZERO <= data[at] <= NINE:
            if value < 1e15:
                value = value * 10.0 + (data[at] - ZERO)
                power -= 1
            at += 1
            digits += 1
    if digits == 0:
        return 0.0, -1
    if data[at] == SMALL_E or data[at] == BIG_E:
        at += 1
        sign = 1
        if data[at] == MINUS or data[at] == PLUS:
            sign = -1 if data[at] == MINUS else 1
            at += 1
        begin = at
        exponent = 0
        while ZERO <= data[at] <= NINE:
            exponent = exponent * 10 + (data[at] - ZERO)
            at += 1
        if at == begin or at - begin > 3:
            return 0.0, -1
        power += sign * exponent
    if not (_gap(data[at]) or data[at] == NEWLINE):
        return 0.0, -1
    while power > 22:
        value *= TENS[22]
        power -= 22
    while power < -22:
        value /= TENS[22]
        power += 22
    if power >= 0:
        return value * TENS[power], at
    return value / TENS[-power], at


@compiled
def read(data: Any, columns: int, first: Any, second: Any, weight: Any, done: Any) -> int:
    """Read lines of two or three columns (`columns`; 0: the first line tells) until the end of `data`, which ends with a line.

    Returns how many arcs were read. `done` becomes: lines passed, columns, and 1 when the next line is left to the slow reader.
    """
    size = data.size
    at = 0
    put = 0
    lines = 0
    done[2] = 0
    while at < size:
        begin = at
        at, commas = _skip(data, at)
        if data[at] == HASH and commas == 0:
            while data[at] != NEWLINE:
                at += 1
        elif data[at] != NEWLINE or commas > 0:
            # A comma more than the columns need has an empty column at its side.
            good = False
            spare = commas
            value, next_ = _whole(data, at)
            if next_ >= 0:
                first[put] = value
                at, commas = _skip(data, next_)
                spare += max(0, commas - 1)
                value, next_ = _whole(data, at)
                if next_ >= 0:
                    second[put] = value
                    at, commas = _skip(data, next_)
                    seen = 2
                    if data[at] != NEWLINE:
                        number, at = _decimal(data, at)
                        if at >= 0:
                            seen = 3
                            weight[put] = number
                            good = number <= MOST_WEIGHT
                            spare += max(0, commas - 1)
                            at, commas = _skip(data, at)
                    else:
                        good = True
                    good = good and data[at] == NEWLINE and spare + commas == 0
                    good = good and (columns == 0 or columns == seen)
                    if good:
                        columns = seen
            if not good:
                done[0], done[1], done[2] = lines, columns, 1
                return put
            put += 1
        at += 1
        lines += 1
        if at <= begin:
            break
    done[0], done[1] = lines, columns
    return put
