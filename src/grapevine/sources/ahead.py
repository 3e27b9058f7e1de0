"""Fetching and preparing the next batch while the one before is written: a thread that stays two batches ahead."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
_AHEAD = 2


def ahead(given: Iterator[Given], make: Callable[[Given], Made]) -> Iterator[Made]:  # noqa: C901 - both sides of one queue
    """`make` of each of `given`, computed in a thread of its own; what is raised there is raised here, in its place.

    Neither may use the database. Closing the iterator ends the thread after the piece it is at.
    """
    made: queue.Queue[tuple[Made | None, BaseException | None]] = queue.Queue(_AHEAD)
    stop = threading.Event()

    def offer(piece: Made | None, error: BaseException | None) -> None:
        while not stop.is_set():
            try:
                return made.put((piece, error), timeout=0.2)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for one in given:
                offer(make(one), None)
                if stop.is_set():
                    return
            offer(None, None)
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that waits
            offer(None, error)
        finally:
            close = getattr(given, "close", None)
            if close is not None:
                close()

    thread = threading.Thread(target=work, name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            piece, error = made.get()
            if error is not None:
                raise error
            if piece is None:
                return
            yield piece
    finally:
        stop.set()
        thread.join()
