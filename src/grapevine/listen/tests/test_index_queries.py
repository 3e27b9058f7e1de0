"""Whatever a query matches is found by the words that the index is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine import query
from grapevine.listen import index_queries, index_words
from grapevine.listen.index_queries import All, Any, Term

WORDS = [
    "att",
    "the",
    "sas",
    "flyg",
    "flygbolag",
    "åka",
    "Ærø",
    "H&M",
    "C++",
    "kaffe",
    "#kaffe",
    "@volvo",
    "🎉",
    "SAS-flyg",
    "o'neill",
]


def holds(need, words):
    match need:
        case Term(text=text, prefix=True):
            return any(word.startswith(text) for word in words)
        case Term(text=text):
            return text in words
        case All(parts=parts):
            return all(holds(part, words) for part in parts)
        case Any(parts=parts):
            return any(holds(part, words) for part in parts)
    return True


terms = st.sampled_from(
    [
        *WORDS,
        "fly*",
        "th*",
        "🎉*",
        "ka?fe",
        '"sas flyg"',
        "{SAS}",
        "raw:Ærø",
        "lang:sv",
        "#kaf*",
        "@volvo.x",
        '"a kaffe"~3',
    ]
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " OR ", " AND NOT "]), inner).map(
            lambda t: f"({t[0]}){t[1]}({t[2]})"
        ),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda t: f"{t[0]} NEAR/3 {t[1]}"),
        inner.map(lambda one: f"title:({one})"),
    ),
    max_leaves=6,
)
texts = st.lists(
    st.sampled_from([*WORDS, "volvo.x", "@volvo.x", "a", "kalfe", "https://sas.example/flyg", "SAS™"]),
    max_size=9,
).map(" ".join)


@given(queries, texts, texts, st.lists(st.sampled_from(["kaffe", "sas_flyg"])))
def test_no_match_is_missed_by_the_index(text, title, body, tags):
    try:
        node = query.parse(text)
    except query.QueryError:
        return
    if not query.matches(node, query.Document(text=body, title=title, hashtags=tuple(tags))):
        return
    need = index_queries.needed(node)
    assert need is None or holds(need, index_words.of(title, body, tags).split())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("kaffe", '"kaffe"'),
        ("flyg*", '"flyg" *'),
        ("kaffe OR te", '("kaffe" OR "te")'),
        ('kaffe "god te" -vatten', '("kaffe" AND ("god" AND "te"))'),
        ("kaffe NEAR/3 te", '("kaffe" AND "te")'),
    ],
)
def test_a_query_is_loosened_to_words(text, asked):
    need = index_queries.needed(query.parse(text))
    assert index_queries.as_fts5(need) == asked


@pytest.mark.parametrize("text", ["lang:sv", "kaffe OR lang:sv", "has:image -te"])
def test_a_query_that_asks_for_no_word_is_not_looked_up(text):
    assert index_queries.needed(query.parse(text)) is None
