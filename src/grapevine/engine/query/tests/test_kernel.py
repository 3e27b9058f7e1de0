"""What the kernel promises beyond agreeing with the plain matcher."""

from __future__ import annotations

import json
import sys
import time
import unicodedata

import pytest

from grapevine.engine import query
from grapevine.engine.query import _compile, _frequencies, _tables, characters, tokens
from grapevine.engine.query.tests import test_cases
from grapevine.engine.query.watchset import WatchSet


@pytest.fixture(scope="module")
def many() -> WatchSet:
    """Ten thousand watches."""
    watches = WatchSet()
    watches.put_many((n, f"brand{n} NEAR/5 service -truck") for n in range(10_000))
    watches.match_texts(["warm"])
    return watches


def test_all_characters_that_may_melt_into_the_one_before_are_known() -> None:
    found = {chr(code) for code in range(0x1100, 0x1200)}
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
    assert found == _tables.joiners()


@pytest.mark.parametrize(
    "page", [0x00, 0x01, 0x03, 0x04, 0x0E, 0x1E, 0x20, 0x21, 0x30, 0x4E, 0xFF, 0x1D4, 0x1F3, 0x1F6]
)
def test_a_character_becomes_in_the_table_what_the_tokeniser_makes_of_it(page: int) -> None:
    for low in range(256):
        character = chr(page << 8 | low)
        if character.isascii():
            continue
        flags, cooked = _tables.describe(character)
        found = tokens.read(f"a {character} b").tokens[1:-1]
        if flags & 7 in (_tables.WORD, _tables.CJK, _tables.EMOJI):
            assert [token.text for token in found] == [cooked.decode()]
        elif flags & 7 in (_tables.SEPARATE, _tables.DROP):
            assert not found
        if flags & 7 == _tables.DROP:
            assert characters.plain(character) == ""


def test_ten_thousand_watches_compile_within_a_second_or_so_and_take_less_than_ten_megabytes(
    many: WatchSet,
) -> None:
    begun = time.process_time()
    watches = WatchSet()
    watches.put_many((n, f"brand{n} NEAR/5 service -truck") for n in range(10_000))
    # The goal is one second on a quiet machine; see the benchmark for what is measured there.
    assert time.process_time() - begun < 4
    assert watches.stats().bytes < 10_000_000


def test_a_changed_watch_counts_in_the_next_batch_and_soon(many: WatchSet) -> None:
    text = ["Quux everywhere"]
    assert many.match_texts(text) == [[]]
    begun = time.process_time()
    many.put("new", "quux")
    assert many.match_texts(text) == [["new"]]
    many.put("new", "other")
    assert many.match_texts(text) == [[]]
    many.remove("new")
    assert time.process_time() - begun < 0.5
    assert many.stats().watches == 10_000


def test_only_watches_whose_rarest_word_occurs_are_looked_at(many: WatchSet) -> None:
    assert many.match_texts(["The service was good", "Brand7 service, or brand9", "truck"]) == [
        [],
        [7, 9],
        [],
    ]
    assert many.stats().evaluated <= 3


def test_a_watch_is_posted_under_what_is_rarest() -> None:
    compiler = _compile.Compiler(_frequencies.Frequencies())
    code = compiler.compile(query.parse("the AND (polestar OR ioniq5) AND very"))
    names = [text for _, text in compiler.terms]
    assert sorted(names[term] for term in code.posted) == ["ioniq5", "polestar"]
    assert sorted(names[term] for term in code.needed) == ["the", "very"]


def test_a_sample_teaches_which_words_are_rare() -> None:
    sample = ["polestar and more"] * 990 + ["the end"] * 10
    frequencies = _frequencies.Frequencies(sample)
    assert frequencies.share_of(0, "polestar") > 0.9 > 0.1 > frequencies.share_of(0, "the")
    assert frequencies.share_of(16, "pole") > 0.9
    assert frequencies.share_of(0, "never") < 0.001


def test_ids_come_back_as_they_were_given() -> None:
    watches = WatchSet()
    watches.put_many([(1, "volvo"), ("1", "volvo"), ('å"\n', "volvo")])
    assert watches.match_texts(["Volvo"]) == [[1, "1", 'å"\n']]
    lines = [
        '{"id": -7, "text": "volvo"}',
        '{"text": "volvo", "id": "b\\u00e5\\""}',
        '{"id": 0, "text": "saab"}',
    ]
    assert list(watches.match_json_lines("\n".join(lines).encode())) == [
        (-7, [1, "1", 'å"\n']),
        ('bå"', [1, "1", 'å"\n']),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": 1, "text": "volvo"', b"volvo", b"[]", b'{"id": 1.5, "text": "volvo"}', b'{"id": true, "text": "volvo"}', b'{"text": "volvo"}',
        b'{"id": 1}', b'{"id": 1, "text": null}', b'{"id": 1, "text": "volvo\xff"}', b'{"id": 1, "text": "volvo", "x": "\xe5"}',
        b'{"id": 1, "text": "volvo", }', b'{"id": 1, "text": "volvo" "x": 1}', b'{"id": 1, "text": "volvo"} x', b'{"id": 1, "text": "vol\tvo"}',
        b'{"id": 1, "text": "\\x volvo"}', b'{"id": 01, "text": "volvo"}', b'{"id": 1, "text": "volvo", "x": [1, {"a": }]}', b'{"id": 1, "text": "volvo", "x": NaN}',
        b'{"id": 1, "text": "volvo", "x": nul}', b'{"id": 1, "text": "volvo", "x": 1.}', b"{}", b'{"id": 1, "text": "volvo", "x": [1 2]}', b'\xff\xfe{"id"',
    ],
)  # fmt: skip
def test_a_line_that_is_no_post_is_named_and_the_rest_goes_on(line: bytes) -> None:
    watches = WatchSet()
    watches.put(1, "volvo")
    good = b'{"id": 8, "text": "volvo"}'
    found = watches.match_lines(b"\n".join([good, b"", line, good]) + b"\n")
    assert [number for number, reason in found.rejected if reason] == [2]
    assert found.posts == 2
    assert found.output == b'{"id": 8, "watches": [1]}\n' * 2


@pytest.mark.parametrize(
    "line",
    [
        '{ "id" : 1 , "text" : "volvo" , "x" : [ 1 , -2.5e+3 , { "a" : [ ] , "b" : { } } , true , null , "\\n" ] }\r', '{"x": {}, "text": "vol\\u0076o", "id": 1}',
        '{"id": 1, "text": "saab", "text": "volvo"}', '{"id": 1, "te\\u0078t": "volvo"}', '{"id": 1, "text": "\\ud800 volvo"}', '{"id": 1, "text": "\\u0000volvo\\/"}',
        '{"id": 1, "text": "volvo", "lang": 5, "links": "x", "media": {"a": 1}, "hashtags": [1, ["x"], "volvo"], "title": null}',
    ],
)  # fmt: skip
def test_unusual_json_is_read_all_the_same(line: str) -> None:
    watches = WatchSet()
    watches.put_many([(1, "volvo"), (2, "lang:sv OR links:volvo.com OR #saab OR has:image")])
    assert list(watches.match_json_lines(line.encode())) == [(1, [1])]


def test_very_long_posts_words_and_many_matches_have_room() -> None:
    watches = WatchSet()
    watches.put_many([(n, f"volvo OR x{n}") for n in range(20_000)])
    assert watches.match_texts(["saab", "volvo", "x7", "volvo volvo"])[1:3] == [list(range(20_000)), [7]]
    watches = WatchSet()
    watches.put_many(
        [
            (1, "a NEAR/1 b NEAR/1 c"),
            (2, "y" * 5_000),
            (3, '"a b a"'),
            (4, "(a b c)~3"),
            (5, "a NEAR/3 (b NEAR/3 a)"),
        ]
    )
    assert watches.match_texts(["a b " * 50_000, "y" * 5_000, "a b c"]) == [[3, 5], [2], [1, 4]]


def test_columns_of_uneven_length_or_unknown_names_are_refused() -> None:
    watches = WatchSet()
    with pytest.raises(ValueError, match="one length"):
        watches.match({"text": ["a", "b"], "title": ["c"]})
    with pytest.raises(ValueError, match="Unknown columns: colour"):
        watches.match({"text": ["a"], "colour": ["c"]})
    assert watches.match_texts([]) == []


@pytest.mark.shared
def test_the_cases_are_matched_from_lines_with_and_without_escapes() -> None:
    if not test_cases.CASES.exists():
        pytest.skip("skipped: no ../shared")
    cases = json.loads(test_cases.CASES.read_text())["cases"]
    watches = WatchSet()
    posts = [document for case in cases for document in (*case["match"], *case["no_match"])]
    watches.put_many((number, case["query"]) for number, case in enumerate(cases))
    for ascii_only in (False, True):
        lines = "\n".join(
            json.dumps({"id": n, **post}, ensure_ascii=ascii_only) for n, post in enumerate(posts)
        )
        found = dict(watches.match_json_lines(lines.encode()))
        number = 0
        for which, case in enumerate(cases):
            for wanted in (True,) * len(case["match"]) + (False,) * len(case["no_match"]):
                assert (which in found.get(number, [])) == wanted, (case["query"], posts[number])
                number += 1
