"""The compiled matcher finds what the plain one finds: the one definition, read twice."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grapevine.engine import query
from grapevine.engine.query import documents, reference
from grapevine.engine.query.tests.nasty import Dice, columns
from grapevine.engine.query.tests.test_cases import CASES
from grapevine.engine.query.watchset import WatchSet


def readable(dice: Dice, size: int) -> dict[int, str]:
    """So many queries that can be read."""
    found: dict[int, str] = {}
    while len(found) < size:
        asked = dice.query()
        if query.check(asked).error is None:
            found[len(found)] = asked
    return found


def plainly(asked: dict[int, str], posts: list[dict[str, Any]]) -> list[list[int]]:
    trees = {number: query.parse(one) for number, one in asked.items()}
    prepared = [documents.Prepared(documents.document_of(post)) for post in posts]
    return [[number for number, tree in trees.items() if reference.matches(tree, post)] for post in prepared]


def compiled(asked: dict[int, str]) -> WatchSet:
    watches = WatchSet()
    watches.put_many(asked.items())
    return watches


def sorted_each(found: list[list[Any]]) -> list[list[Any]]:
    return [sorted(one) for one in found]


@pytest.mark.parametrize("seed", range(3))
def test_many_queries_and_posts_give_the_same_as_columns_and_as_lines(seed: int) -> None:
    dice = Dice(Random(seed))
    asked, posts = readable(dice, 60), [dice.post() for _ in range(120)]
    expected = plainly(asked, posts)
    assert sum(map(len, expected)) > 100
    watches = compiled(asked)
    assert sorted_each(watches.match(columns(posts)).by_post(len(posts))) == expected
    lines = [json.dumps({"id": n, **post}, ensure_ascii=n % 2 == 0) for n, post in enumerate(posts)]
    found = dict(watches.match_json_lines("\n".join(lines).encode()))
    assert sorted_each([found.get(n, []) for n in range(len(posts))]) == expected


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_few_queries_and_posts_give_the_same(rng: Random) -> None:
    dice = Dice(rng)
    asked, posts = readable(dice, 5), [dice.post() for _ in range(5)]
    assert sorted_each(compiled(asked).match(columns(posts)).by_post(5)) == plainly(asked, posts)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_the_same(word: str, text: str) -> None:
    asked = {
        n: one
        for n, one in enumerate((f'"{word}"', f"#{word}", f"{{{word}}}"))
        if query.check(one).error is None
    }
    asked[9] = "never OR has:emoji OR has:question OR has:hashtag OR has:mention OR has:link"
    posts = [{"text": text}, {"text": f"{text} {word}"}, {"text": f"#{word}{text}"}]
    assert sorted_each(compiled(asked).match(columns(posts)).by_post(3)) == plainly(asked, posts)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_it_does_not_matter_how_posts_are_cut_into_batches(size: int) -> None:
    dice = Dice(Random(99))
    asked, posts = readable(dice, 40), [dice.post() for _ in range(128)]
    watches = compiled(asked)
    whole = watches.match(columns(posts)).by_post(len(posts))
    parts = [posts[start : start + size] for start in range(0, len(posts), size)]
    assert [hit for part in parts for hit in watches.match(columns(part)).by_post(len(part))] == whole


def test_watches_that_come_change_and_go_count_at_once() -> None:
    dice = Dice(Random(5))
    asked, posts = readable(dice, 450), [dice.post() for _ in range(30)]
    watches = compiled({n: one for n, one in asked.items() if n < 300})
    for number in range(0, 300, 2):
        watches.remove(number)
    for number in range(300, 450):
        watches.put(number + 700, asked[number])
    for number in range(1, 100, 2):
        watches.put(number, asked[number + 300])
    now = {n: asked[n] for n in range(101, 300, 2)}
    now |= {n: asked[n + 300] for n in range(1, 100, 2)} | {n + 700: asked[n] for n in range(300, 450)}
    assert len(watches) == len(now)
    expected = [sorted(one) for one in plainly(now, posts)]
    assert sorted_each(watches.match(columns(posts)).by_post(len(posts))) == expected
    with pytest.raises(KeyError):
        watches.remove(0)


def test_one_wrong_query_of_many_leaves_all_as_it_was() -> None:
    watches = compiled({1: "kaffe"})
    with pytest.raises(query.QueryError):
        watches.put_many([(2, "te"), (3, "te (")])
    assert watches.match_texts(["kaffe te"]) == [[1]]


def test_large_and_odd_posts_are_matched_too() -> None:
    watches = compiled({1: "kaffe", 2: "#tag49999", 3: "x NEAR/2 kaffe"})
    large = "x " * 500_000 + "kaffe"
    tags = " ".join(f"#tag{n}" for n in range(50_000))
    assert watches.match_texts([large, tags, "", "\0", "kaffe" * 1000]) == [[1, 3], [2], [], [], []]


@pytest.mark.shared
def test_the_shared_cases_hold_for_the_compiled_matcher_too() -> None:
    if not CASES.exists():
        pytest.skip("skipped: no ../shared")
    for case in json.loads(CASES.read_text())["cases"]:
        watches = compiled({1: case["query"]})
        posts = [*case["match"], *case["no_match"]]
        found = watches.match(columns(posts)).by_post(len(posts))
        assert found == [[1]] * len(case["match"]) + [[]] * len(case["no_match"]), case["query"]


LINES = [
    ('{"id": 1, "text": "kaffe"}', '{"id": 1, "watches": [1]}'),
    ('{"text": "kaffe", "id": "ö\\u00e5\\ud83d\\ude00"}', '{"id": "ö\\u00e5\\ud83d\\ude00", "watches": [1]}'),
    ('  {"id":"a","x":{"text":["kaffe"]},"text":"KAFFE\\n"}  ', '{"id": "a", "watches": [1]}'),
    ('{"id": "a", "text": "te"}', ""),
    ('{"id": "a", "text": "", "title": "kaffe"}', '{"id": "a", "watches": [1]}'),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_gives_its_id_as_it_was_given(line: str, expected: str) -> None:
    found = compiled({1: "kaffe"}).match_lines(line.encode())
    given = [json.loads(one) for one in found.output.decode().splitlines()]
    assert given == ([json.loads(expected)] if expected else [])
    assert found.rejected == []


@pytest.mark.parametrize(
    "line",
    [
        "kaffe",
        '{"id": "a"}',
        '{"text": "kaffe"}',
        '{"id": 1.5, "text": "kaffe"}',
        '["kaffe"]',
        '{"id": "a", "text": "kaffe"',
        "\ufeff{}",
    ],
)
def test_a_line_that_is_no_post_is_told_and_the_rest_goes_on(line: str) -> None:
    found = compiled({1: "kaffe"}).match_lines(f'{line}\n{{"id": 2, "text": "kaffe"}}\n'.encode())
    assert [number for number, _why in found.rejected] == [0]
    assert json.loads(found.output) == {"id": 2, "watches": [1]}
