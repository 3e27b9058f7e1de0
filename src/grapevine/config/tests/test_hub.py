"""The hub of open pages, without a server."""

from __future__ import annotations

from grapevine.config import live, live_feed


def test_a_page_that_does_not_keep_up_is_dropped_and_the_others_go_on() -> None:
    hub = live.Hub()
    slow, quick = live.Listener(frozenset({"a"})), live.Listener(frozenset({"a"}))
    hub.listeners |= {slow, quick}
    for number in range(live.QUEUE + 1):
        hub.tell([live_feed.Notice(number, "a", {})])
        quick.queue.get_nowait()
    assert hub.listeners == {quick}
    last = None
    while not slow.queue.empty():
        last = slow.queue.get_nowait()
    assert last is None  # the stream ends there


def test_a_page_hears_only_its_channels() -> None:
    hub = live.Hub()
    page = live.Listener(frozenset({"a"}))
    hub.listeners.add(page)
    hub.tell([live_feed.Notice(1, "b", {}), live_feed.Notice(2, "a", {})])
    assert page.queue.qsize() == 1
