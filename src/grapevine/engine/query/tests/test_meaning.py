"""What queries mean, case by case, by the plain reference matcher."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine import query
from grapevine.engine.query import reference


def caught(asked: str, text: str = "", **fields: Any) -> bool:
    return query.matches(query.parse(asked), query.Document(text=text, **fields))


MEANT = [
    # words and their edges
    ("kaffe", "KAFFE!"), ("kaffe", "_kaffe_"), ("kaffe", "kaffe:s"), ("kaffe", "kaffe’s"), ("kaffe", "#kaffe"),
    ("nike", "Nike™ rules"), ("nike", "Nike®"), ("mcdonald's", "at McDonald’s"), ("e-post", "E‑post"),
    # Unicode
    ("åhléns", "A\u030ahle\u0301ns"), ("sas", "ＳＡＳ"), ("ＳＡＳ", "sas"), ("sas", "𝐒𝐀𝐒"), ("ĳssel", "IJssel"),
    ("fin", "ﬁn"), ("straße", "STRASSE"), ("σίσυφος", "ΣΊΣΥΦΟΣ"), ("kaffe", "kaf\u00adfe"), ("kaffe", "kaf\u200bfe"),
    ("👍", "ok👍🏽"), ('"👨‍👩‍👧"', "x 👨‍👩‍👧 y"), ("🇸🇪", "heja 🇸🇪!"), ("珈琲", "美味しい珈琲です"), ("삼성", "삼성전자"),
    # required signs
    ("H&M", "h & m"), ("H&M", "H＆M"), ("C++", "c++, rust"), ("C++", "C++17"), ("C++*", "C++17"), ("C++*", "c++"), ("C#", "I write C#."), ("C#", "c#/.NET"), ("C#", "C＃!"),
    ("C#*", "C#12 is out"), ('"C# developer"', "A c# developer"), ("{C#}", "C#, F#"), ("volvo#saab", "volvo saab"), ("7-Eleven", "7–eleven!"),
    ("H&M*", "på H&M"), ("H&M*", "H & Ms rea"), ("H&M*", "H&M:s"), ("AT&T*", "AT&Ts nät"), ("7-E*", "7-Eleven"), ("Disney+*", "Disney+ nu"),
    ("Disney+*", "disney+2"), ("H＆M*", "h&mx"),
    ('"rock & roll"', "Rock&Roll"),
    # wildcards
    ("flyg*", "flygbolag"), ("wom?n", "women"), ("kaff?*", "kaffet"), ('"air* france"', "airline France"),
    # exact spelling
    ("{SAS}", "sas and SAS"), ('raw:"SAS Group"', "the SAS Group"), ("raw:iPhone", "my iPhone"),
    # tags and handles
    ("#kaffe*", "#kaffetid"), ("hashtag:kaffe", "x #Kaffe"), ("hashtag:#kaffe", "x #Kaffe"), ("to:sas", ".@SAS hi"),
    ("@volvo", "hi @volvo.bsky.social"), ("@volvo", "hi @volvo@mastodon.example"), ("@volvo.bsky.social", "@volvo.bsky.social"),
    # NEAR
    ("kaffe NEAR te", "kaffe a b c d te"), ("kaffe NEAR/0 te", "te, kaffe"), ("kaffe ONEAR/1 te", "kaffe x te"),
    ("kaffe NEAR/1f te", "kaffe x te"), ("(kaffe te)~1", "te x kaffe"), ('"a1 b1 c1"~1', "c1 b1 x a1"),
    ("(a1 AND b1) NEAR/1 c1", "a1 c1 b1"), ("a1 NEAR/1 b1 NEAR/1 c1", "b1 a1 x c1"), ("a1 NEAR/2 #b1", "a1 x #b1"),
    # operators
    ("kaffe && !te || vatten", "vatten te"), ("a1 b1 OR c1", "c1"), ("NOT te AND kaffe", "kaffe"), ("kaffe NOT te", "kaffe"),
    ("kaffe -(te OR vatten)", "kaffe mjölk"), ("„rött vin“", "ett rött vin"), ("»rött vin«", "rött vin"),
    ("and", "this and that"), ("NEARBY", "nearby"), ("kött* -bulle", "köttbullar"),
    # addresses in a text
    ("links:volvo.com", "www.volvo.com/x"), ("url:volvo.com/recall", "https://volvo.com/recall/1"), ("url:recall", "http://x.se/recall/1"),
    # fields in a text
    ("text:kaffe", "kaffe"), ("has:link", "see http://x.se"), ("has:question", "why?"), ("has:emoji", "☕"), ("has:mention", "@a1"),
]  # fmt: skip

NOT_MEANT = [
    ("kaffe", "kaffet"), ("kaffe", "http://x.se/kaffe"), ("kaffe", "skaffe"), ("ahlens", "Åhléns"), ("cafe", "café"),
    ("C#", "vitamin c"), ("C#", "vitamin C #health"), ("C#", "c, #dev"), ("{C#}", "c#"), ("H&M*", "h mx"), ("H&M*", "H&"), ("C++*", "c dev"),
    ("7-E*", "7 5 eleven"), ("AT&T*", "at the"),
    ("c++", "c dev"), ("H&M", "h m"), ("H&M", "H and M"), ('"rock & roll"', "rock roll"), ("wom?n", "womaan"), ("wom?n", "womn"),
    ("{SAS}", "Sas sas"), ('raw:"SAS Group"', "SAS group"), ("#kaffe", "#kaffetid"), ("#kaffe", "kaffe"), ("#1a", "&#1a"),
    ("@sas", "sas"), ("@sas", "info@sas.se"), ("@sas", "@sassy"), ("🇸🇪", "🇪🇸"), ("京東", "東京"),
    ("kaffe NEAR te", "kaffe a b c d e te"), ("kaffe ONEAR/1 te", "te kaffe"), ("kaffe NEAR/5 kaffe", "kaffe"),
    ('"a1 b1 c1"~0', "c1 b1 x a1"), ("(a1 AND b1) NEAR/1 c1", "a1 c1 x x b1"), ("kaffe -te", "kaffe te"),
    ("links:volvo.com", "volvo.com"), ("links:volvo.com", "https://notvolvo.com"), ("links:volvo.com", "https://volvo.com.example"),
    ("url:volvo.com/recall", "https://volvo.com/x"), ("title:kaffe", "kaffe"), ("has:question", "http://x.se/?a=b"),
    ("kaffe NEAR/2 te", "kaffe https://x.se a b te"), ("and that", "that"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "text"), MEANT)
def test_what_is_meant_is_caught(asked: str, text: str) -> None:
    assert caught(asked, text)


@pytest.mark.parametrize(("asked", "text"), NOT_MEANT)
def test_what_is_not_meant_is_not_caught(asked: str, text: str) -> None:
    assert not caught(asked, text)


FIELDS = [
    ("author:anna", {"author": "@Anna.Berg"}, True), ("author:anna", {"author": "annab"}, False),
    ('author:"anna berg"', {"author_name": "Anna Berg"}, True), ("from:ann*", {"author": "anna"}, True),
    ("lang:sv", {"lang": "sv-SE"}, True), ("lang:no", {"lang": "nb"}, True), ("lang:(da OR nl)", {"lang": "nl"}, True),
    ("lang:sv", {}, False), ("country:se", {"country": "SE"}, True), ("type:review", {"type": "review"}, True),
    ('source:"coffee forum"', {"source": "The Coffee Forum (feed)"}, True), ("source:tea", {"source": "Coffee"}, False),
    ("site:volvo.com", {"url": "https://www.volvo.com/x"}, True), ("site:volvo.com", {"url": "https://v.example"}, False),
    ("site:volvo.com", {"text": "https://volvo.com"}, False), ("site:volvo.com", {"site": "volvo.com"}, True),
    ("url:volvo.com", {"url": "https://shop.volvo.com"}, True), ("links:volvo.com", {"links": ("http://volvo.com",)}, True),
    ("links:volvo.com", {"url": "http://volvo.com"}, False), ("title:kaffe", {"title": "Kaffe!"}, True),
    ("title:(kaffe -te)", {"title": "Kaffe", "text": "te"}, True), ('"kaffe te"', {"title": "kaffe", "text": "te"}, False),
    ("kaffe te", {"title": "kaffe", "text": "te"}, True), ("kaffe NEAR/9 te", {"title": "kaffe", "text": "te"}, False),
    ("has:image", {"media": ("image",)}, True), ("has:video", {"media": ("image",)}, False), ("has:title", {}, False),
    ("#kaffe", {"hashtags": ("Kaffe",)}, True), ("@sas", {"mentions": ("SAS",)}, True),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "fields", "expected"), FIELDS)
def test_fields_hold_what_they_say(asked: str, fields: dict[str, Any], expected: bool) -> None:
    assert caught(asked, **{"text": "", **fields}) is expected


WRONG = [
    ("", "empty", 0), ("   ", "empty", 0), ("SAS:s", "unknown-field", 0), ("a1 AND OR b1", "missing-right", 3),
    ("a1 NEAR/x b1", "near-number", 3), ("a1 NEAR/101 b1", "near-too-wide", 3), ("a1 NEAR -b1", "not-in-near", 8),
    ("a1 NEAR lang:sv", "filter-in-near", 8), ("(a1 AND b1", "unclosed-bracket", 0), ("a1)", "extra-bracket", 2),
    ("{SAS", "unclosed-brace", 0), ('"a1', "unclosed-quote", 0), ("-a1", "only-not", 0), ("NOT a1 OR b1", "not-beside-or", 0),
    ("a1 OR -b1", "not-beside-or", 6), ("-a1 OR -b1", "only-not", 0), ("c1 (a1 OR -b1) OR -d1", "not-beside-or", 18), ("a1 OR", "missing-right", 3), ("OR a1", "missing-left", 0), ("NEAR/2 a1", "missing-left", 0),
    ("has:foo", "unknown-value", 4), ("*foo", "leading-wildcard", 0), ("?oo", "leading-wildcard", 0), ("*", "leading-wildcard", 0),
    ("f*o", "inner-wildcard", 1), ("v*", "short-stem", 0), ('"h m*"', "short-stem", 3), ('"m& *"', "leading-wildcard", 4), ('"++*"', "leading-wildcard", 3), ("#v*", "short-stem", 0), ("()", "empty-group", 0),
    ("title:", "missing-value", 0), ("title:(x1 site:y.z)", "field-in-field", 10), ("url:(a1 b1)", "expected-or", 8),
    ("a1 & b1", "no-word", 3), ("@", "no-word", 0), ('""', "no-word", 1), ("lang:s*", "no-wildcard-here", 5), ("a1 NOT", "missing-right", 3),
    ('"a1"~3', "tilde-one", 0), ('"a1 b1"~x', "tilde-number", 7), ("(" * 60 + "a1" + ")" * 60, "too-deep", 50),
    ("a1 " * 7000, "too-long", 20_000), ("a1 " * 2001, "too-many-terms", 0),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "code", "position"), WRONG)
def test_a_wrong_query_names_its_fault_and_where_it_is(asked: str, code: str, position: int) -> None:
    with pytest.raises(query.QueryError) as told:
        query.parse(asked)
    assert (told.value.code, told.value.position if code != "no-word" else position) == (code, position)
    assert told.value.message


LINTED = [
    ("a1 b1 OR c1", {"mixed-and-or"}), ("(a1 b1) OR c1", set()), ("a1 NEAR/20 b1", {"wide-near"}), ("sas*", {"short-stem"}), ("H&M*", set()), ("C++*", {"needless-star"}), ("C#", set()),
    ("50%", {"trailing-sign"}), ("Yahoo!", {"trailing-sign"}), (".NET", {"leading-sign"}), ("$aapl", {"leading-sign"}), ('"köp nu! volvo"', set()),
    ("kaffe and te", {"lower-case-operator"}), ("lang:sv", {"only-fields"}), ("och", {"common-word"}), ("kaffe och", set()),
    (" OR ".join(f"word{i}" for i in range(300)), {"many-terms"}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "codes"), LINTED)
def test_what_is_unwise_is_said(asked: str, codes: set[str]) -> None:
    found = query.check(asked)
    assert found.error is None
    assert {lint.code for lint in found.lints} == codes
    assert all(lint.message for lint in found.lints)


def test_an_explanation_points_at_what_was_caught() -> None:
    asked, text = 'coffee NEAR/3 (bad OR "not good")', "Coffee is not good here, coffee"
    told = query.explain(query.parse(asked), query.Document(text=text))
    assert told.matched
    assert [(text[h.start : h.end], asked[slice(*h.term)]) for h in told.highlights] == [
        ("Coffee", "coffee"),
        ("not good", "not good"),
        ("coffee", "coffee"),
    ]


def test_a_near_miss_names_the_one_part_that_failed() -> None:
    asked = "coffee bad -tea"
    told = query.explain(query.parse(asked), query.Document(text="bad coffee and tea"))
    assert told.is_near_miss
    assert [asked[slice(*span)] for span in told.failed] == ["-tea"]


def test_highlights_point_into_the_original_text_whatever_its_spelling() -> None:
    text = "Köp på ＡＨＬＥＮＳ i A\u030astorp 👨‍👩‍👧"
    told = query.explain(query.parse('ahlens åstorp "👨‍👩‍👧"'), query.Document(text=text))
    assert [text[h.start : h.end] for h in told.highlights] == ["ＡＨＬＥＮＳ", "A\u030astorp", "👨‍👩‍👧"]


DIALECTS = [
    ("brandwatch", "at_mentions:volvo AND raw:(SAS)", "mention:volvo AND raw:SAS"), ("meltwater", "volvo and (a1 or b1) near/5 c1", "volvo AND (a1 OR b1) NEAR/5 c1"),
    ("meltwater", 'ingress:volvo not "this and that"', 'text:volvo NOT "this and that"'), ("talkwalker", 'volvo and site:"x.com"', 'volvo AND site:"x.com"'),
    ("x", "volvo -is:retweet has:links lang:sv", "volvo has:link lang:sv"), ("pulsar", '!"NASA" rocket', "{NASA} rocket"),
    ("youscan", "volvo /2 recall", "volvo NEAR/1 recall"), ("awario", "near/4:volvo,recall ++SAS", "(volvo NEAR/4 recall) {SAS}"),
    ("awario", 'onear/4:"volvo cars",recall', '("volvo cars" ONEAR/4 recall)'), ("lucene", "volvo saab -truck", "(volvo OR saab) -truck"),
    ("lucene", "+volvo saab", "volvo"), ("lucene", "volvo^2 AND saab~1", "volvo AND saab"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "given", "ours"), DIALECTS)
def test_queries_of_other_tools_are_put_into_our_language(dialect: str, given: str, ours: str) -> None:
    told = query.from_dialect(given, dialect)
    assert told.query == ours
    assert told.notes or given == ours or dialect == "lucene"
    query.parse(told.query)


@pytest.mark.parametrize("asked", ["text:#kaffe", "text:@kaffe", "title:#kaffe"])
@pytest.mark.parametrize("title", ["", "A title"])
def test_tags_beside_the_text_are_not_in_it(asked: str, title: str) -> None:
    assert not caught(asked, "no tag here", title=title, hashtags=["kaffe"], mentions=["kaffe"])


def _all_choices(
    choices: list[list[tuple[int, int]]], slack: int, taken: tuple[tuple[int, int], ...] = ()
) -> set[tuple[int, int]]:
    """Every way to choose one span of each part, tried one by one: what a window means, however long it takes."""
    if len(taken) == len(choices):
        first, last = min(a for a, _ in taken), max(b for _, b in taken)
        return {(first, last)} if last - first + 1 - sum(b - a + 1 for a, b in taken) <= slack else set()
    free = (one for one in choices[len(taken)] if all(one[1] < a or b < one[0] for a, b in taken))
    return {hull for one in free for hull in _all_choices(choices, slack, (*taken, one))}


_SPANS = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 2)).map(lambda one: (one[0], one[0] + one[1])), max_size=5
)


@given(st.lists(_SPANS, min_size=1, max_size=4), st.booleans(), st.integers(0, 8))
def test_windows_are_found_as_if_every_choice_was_tried(
    choices: list[list[tuple[int, int]]], again: bool, slack: int
) -> None:
    choices = [*choices, choices[0]] if again and len(choices) < 4 else choices
    assert set(reference._windows(choices, slack)) == _all_choices(choices, slack)


@pytest.mark.parametrize(
    ("asked", "text", "meant"),
    [
        ("(aa aa aa aa aa)~100", "aa " * 3000, True),
        ("(aa bb zz)~100", "aa bb " * 3000, False),
        ("(aa bb cc dd)~20 zz", "aa bb cc dd " * 1000, False),
        ("(aa bb cc dd ee ff gg hh ii jj)~100 zz", "aa bb cc dd ee ff gg hh ii jj " * 300, False),
        ("aa NEAR/100 bb zz", "aa bb " * 3000, False),
    ],
)
def test_a_wide_window_on_a_long_monotonous_text_ends(asked: str, text: str, meant: bool) -> None:
    """Each would try more choices than there are atoms if it tried them one by one."""
    assert caught(asked, text) is meant
    query.explain(query.parse(asked), query.Document(text=text))
