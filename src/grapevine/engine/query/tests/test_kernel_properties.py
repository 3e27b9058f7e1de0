"""The kernel and the plain matcher say the same, whatever the query and the post."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grapevine.engine import query
from grapevine.engine.query import QueryError, reference
from grapevine.engine.query.documents import Prepared
from grapevine.engine.query.tests import pieces
from grapevine.engine.query.watchset import WatchSet

_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.slow


def _readable(asked: list[str]) -> dict[int, query.Node]:
    """The queries that the parser accepts, by number."""
    found = {}
    for number, text in enumerate(asked):
        try:
            found[number] = query.parse(text)
        except QueryError:
            continue
    return found


def _expected(nodes: dict[int, query.Node], posts: list[dict[str, Any]]) -> list[list[int]]:
    result = []
    for post in posts:
        prepared = Prepared(query.document_of(post))
        result.append([number for number, node in nodes.items() if reference.matches(node, prepared)])
    return result


def _set_of(nodes: dict[int, query.Node]) -> WatchSet:
    watches = WatchSet()
    watches.put_many(nodes.items())
    return watches


def _in_columns(watches: WatchSet, posts: list[dict[str, Any]]) -> list[list[Any]]:
    names = {name for post in posts for name in post} | {"text"}
    empty: dict[str, Any] = {name: [] for name in ("links", "media", "hashtags", "mentions")}
    columns = {name: [post.get(name, empty.get(name, "")) for post in posts] for name in sorted(names)}
    return watches.match(columns).by_post(len(posts))


def _in_lines(watches: WatchSet, posts: list[dict[str, Any]], *, escaped: bool) -> list[list[Any]]:
    lines = "\n".join(
        json.dumps({"id": number, **post}, ensure_ascii=escaped) for number, post in enumerate(posts)
    )
    found = watches.match_lines(lines.encode("utf-8", "surrogatepass" if escaped else "replace"))
    assert not found.rejected
    result: list[list[Any]] = [[] for _ in posts]
    for line in found.output.splitlines():
        hit = json.loads(line)
        result[hit["id"]] = hit["watches"]
    return result


@_SETTINGS
@given(st.lists(pieces.queries, min_size=1, max_size=25), st.lists(pieces.posts, min_size=1, max_size=12))
def test_the_kernel_finds_what_the_plain_matcher_finds(asked: list[str], posts: list[dict[str, Any]]) -> None:
    nodes = _readable(asked)
    watches = _set_of(nodes)
    expected = _expected(nodes, posts)
    assert _in_columns(watches, posts) == expected
    assert _in_lines(watches, posts, escaped=True) == expected


@_SETTINGS
@given(st.lists(pieces.queries, min_size=1, max_size=10), st.lists(pieces.posts, min_size=1, max_size=8))
def test_lines_without_escapes_are_read_as_those_with(asked: list[str], posts: list[dict[str, Any]]) -> None:
    posts = json.loads(json.dumps(posts).replace("\\ud800", "?"))
    nodes = _readable(asked)
    assert _in_lines(_set_of(nodes), posts, escaped=False) == _expected(nodes, posts)


@_SETTINGS
@given(
    st.lists(pieces.queries, min_size=1, max_size=8),
    st.lists(pieces.texts, min_size=2, max_size=16),
    st.lists(st.integers(1, 15), max_size=4),
)
def test_how_posts_are_cut_into_batches_changes_nothing(
    asked: list[str], texts: list[str], cuts: list[int]
) -> None:
    watches = _set_of(_readable(asked))
    whole = watches.match_texts(texts)
    places = sorted({0, len(texts), *(cut for cut in cuts if cut < len(texts))})
    parts = [watches.match_texts(texts[a:b]) for a, b in zip(places, places[1:], strict=False)]
    assert [hit for part in parts for hit in part] == whole


@_SETTINGS
@given(st.lists(pieces.queries, min_size=1, max_size=6), pieces.texts, st.integers(1, 40))
def test_a_long_post_is_matched_as_its_plain_reading_says(asked: list[str], text: str, times: int) -> None:
    posts = [{"text": f"{text} filler " * times}]
    nodes = _readable(asked)
    assert _in_columns(_set_of(nodes), posts) == _expected(nodes, posts)


@_SETTINGS
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 5), pieces.queries), min_size=1, max_size=30),
    st.lists(pieces.texts, max_size=5),
)
def test_watches_come_and_go_and_the_rest_stay(steps: list[tuple[bool, int, str]], texts: list[str]) -> None:
    watches = WatchSet()
    held: dict[int, query.Node] = {}
    for keep, number, text in steps:
        node = _readable([text]).get(0)
        if keep and node is not None:
            watches.put(number, text)
            held.pop(number, None)
            held[number] = node
        elif number in held:
            watches.remove(number)
            del held[number]
    assert len(watches) == len(held)
    found = [sorted(hit) for hit in watches.match_texts(texts)]
    assert found == [sorted(hit) for hit in _expected(held, [{"text": text} for text in texts])]
