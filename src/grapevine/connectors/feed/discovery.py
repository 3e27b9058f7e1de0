"""Finding a feed behind the address that people know: the page's own."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

from grapevine.connectors.base import BadData, Gone, Unreachable
from grapevine.connectors.feed import parsing
from grapevine.connectors.http import Answer, Exchange

_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_USUAL = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "feed.json")


def discover(address: str, http: Exchange) -> tuple[str, Answer, parsing.Feed]:
    """The feed at an address: its own URL, the answer and what it holds.

    Tried in turn: the address itself, the feeds that its page names (one of comments last), the usual paths
    below the address and below its host; all of them together in the time that one request may take. Raises
    `Unreachable` with `no_feed` (`timed_out` where a try took too long), and what `http` raises for the address.
    """
    with http.together():
        return _discover(address, http)


def _discover(address: str, http: Exchange) -> tuple[str, Answer, parsing.Feed]:
    answer = http.get(address)
    found = _read(answer)
    if found is not None:
        return answer.moved_to or answer.url, answer, found
    named = named_feeds(answer)
    usual = [
        urljoin(base, path)
        for path in _USUAL
        for base in (answer.url.rstrip("/") + "/", urljoin(answer.url, "/"))
    ]
    slow: Unreachable | None = None
    for url in dict.fromkeys([*named, *usual]):
        try:
            tried = http.get(url)
        except (Unreachable, Gone) as error:
            if isinstance(error, Unreachable) and error.code == "timed_out":
                slow = slow or error
            continue
        found = _read(tried)
        if found is not None:
            return tried.moved_to or tried.url, tried, found
    raise slow or Unreachable("no_feed", url=address)


def named_feeds(page: Answer) -> list[str]:
    """Feeds that a page names in its head, those of comments last."""
    reader = _Links()
    reader.feed(page.body[:1_000_000].decode("utf-8", "replace"))
    base = urljoin(page.url, reader.base)
    plain = [urljoin(base, href) for href, title in reader.found if "comment" not in (href + title).lower()]
    return list(dict.fromkeys([*plain, *(urljoin(base, href) for href, _ in reader.found)]))[:10]


def _read(answer: Answer) -> parsing.Feed | None:
    try:
        return parsing.parse(answer.body, url=answer.url, content_type=answer.header("content-type"))
    except BadData:
        return None


class _Links(HTMLParser):
    """Collects `<link rel="alternate" type="…">` and the page's base address."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = given.get("href", "")
        if tag != "link" or "alternate" not in given.get("rel", "").lower().split():
            return
        kind = given.get("type", "").lower().partition(";")[0].strip()
        if given.get("href") and (kind in _TYPES or (kind == "application/json" and "feed" in given["href"])):
            self.found.append((given["href"], given.get("title", "")))
