"""Queries and posts made to be difficult, for the tests that hold the kernel against the plain matcher."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

# Pieces that posts are strung together from: words that queries ask for, and what may blur their edges.
WORDS = (
    "volvo", "Volvo", "SAS", "recall", "battery", "Åhléns", "A\u030ahle\u0301ns", "straße", "STRASSE", "ĳs", "IJS",
    "İstanbul", "ÖL",
    "ΐota", "ﬁne", "Ｖolvo", "𝐀𝐁", "東京", "カフェ", "ｶﾌｪ", "한국", "शब्द", "ไทย", "שָׁלוֹם", "икеа", "ИКЕА", "7", "１２", "٣", "ŉ",
    "ǰ", "ß",
    "C++", "C#", "c", "H&M", "h & m", "H&Mx", "AT&T", "a", "volvocars", "supercalifragilisticexpialidocious",
)  # fmt: skip
SIGNS = (
    " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u200b", "\u00ad", "\ufeff", "\u0301", "\u0323", "\u0338", "\u0345",
    "\u20e3", "\ufe0f", "\u200d",
    "-", "_", ".", ",", "'", "’", "“", "»", "…", "/", ":", "?", "؟", "!", "&", "+", "#", "@", "＃", "＠", "<", ">", '"', "(",
    ")", "*", "~", "|",
    "²", "½", "Ⅷ", "™", "ſ", "K", "\x00", "\x02", "\x1c", "\x85", "\ud800",
)  # fmt: skip
EMOJI = ("👍", "👍🏽", "👨‍👩‍👧", "❤️", "❤", "🇸🇪", "1️⃣", "Ⓜ")
NAMES = (
    "#volvo", "#volvocars", "#東京", "#7", "#٣", "#_", "#a_b", "##x", "&#39;", "@volvo", "@volvo.bsky.social",
    "@volvo@mas.to", "@-", "@_x.", "info@volvo.com",
    "https://volvo.com", "http://www.volvo.com/recall?x=1#y", "www.volvo.com.", "HTTPS://Shop.Volvo.com:80/A", "http://",
    "www.", "http://[x", "https://x.com/東京",
    "https://user@host.com/", "ｈttp://volvo.com", "httpſ://volvo.com", "http://ja.wikipedia.org/wiki/ア。",
    "https://t.co/a\u200bb", "http://blåbär.se",
)  # fmt: skip

texts: st.SearchStrategy[str] = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(SIGNS),
        st.just(" "),
        st.sampled_from(EMOJI),
        st.sampled_from(NAMES),
    ),
    max_size=14,
).map("".join)

_one = st.sampled_from(
    (
        "volvo", "sas", "recall", "battery", "åhléns", "strasse", "ijs", "i̇stanbul", "öl", "東京", "東", "カフェ", "한국", "शब्द",
        "икеа", "7", "12", "a",
        "volvo*", "re*", "東京*", "åh*", "supercalifragilisticexpiali*", "vol?o", "v?lvo", "bat?er*", "raw:SAS", "{Volvo}",
        "raw:vol*", "H&M", "C++", "AT&T", "H&M*", "C#", "C#*", "AT&T*", "C++*", "{C#}", '"c# volvo"',
        '"volvo recall"', '"sas volvo battery"', '"re* volvo"', '"h&m volvo"', "volvo-recall", "👍", "❤", '"🇸🇪"', "👨‍👩‍👧", "ⓜ",
    )
)  # fmt: skip
_place = _one.filter(lambda word: True)
_near = st.builds(
    "{} {}/{}{} {}".format,
    _place,
    st.sampled_from(("NEAR", "ONEAR")),
    st.integers(0, 4),
    st.sampled_from(("", "f")),
    _place,
)
_nested = st.one_of(
    st.builds("({}) NEAR/2 {}".format, _near, _place),
    st.builds('({} OR {} OR "volvo recall") NEAR/1 ({} OR {})'.format, _place, _place, _place, _place),
    st.builds('"volvo {}"~{}'.format, st.sampled_from(("recall", "battery", "sas volvo")), st.integers(0, 3)),
    st.builds("({} {} {})~{}".format, _place, _place, _place, st.integers(0, 4)),
    st.builds("(#volvo OR @volvo) NEAR/3 {}".format, _place),
)
_field = st.sampled_from(
    (
        "#volvo", "#volvo*", "#東京", "@volvo", "@volvo.bsky.social", "@vol*", "lang:sv", "lang:no", "country:se",
        "type:post", "source:forum", 'source:"big for*"',
        "author:volvo", "author:vol*", 'author:"anna b"', "site:volvo.com", "site:com", "links:volvo.com",
        "links:volvo.com/recall", "url:volvo.com", "url:recall",
        "url:host.com", "title:volvo", "text:volvo", 'title:"volvo recall"', "title:(volvo OR sas)",
        "text:(volvo NEAR/2 recall)", "title:raw:SAS", "title:#volvo", "text:#volvo", "text:@volvo",
        "has:link", "has:image", "has:media", "has:hashtag", "has:mention", "has:emoji", "has:question", "has:title",
        "has:author", "links:blåbär.se",
    )
)  # fmt: skip
_part = st.one_of(_one, _one, _near, _nested, _field)
_whole = st.recursive(
    _part,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} NOT {})".format, inner, inner),
        st.builds("(NOT {} AND {})".format, inner, inner),
    ),
    max_leaves=5,
)
queries: st.SearchStrategy[str] = _whole

_value = st.one_of(st.just(""), texts)
posts: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "title": texts,
        "author": st.one_of(
            _value, st.sampled_from(("@volvo", "volvo.bsky.social", "Anna B", "www.volvo.com", "anna_b"))
        ),
        "author_name": st.one_of(_value, st.sampled_from(("Anna B.", "Volvo Cars", "Anna http://x.se B"))),
        "lang": st.sampled_from(("", "sv", "SV_se", "nb", "no-NO", "中文", "ｓｖ")),
        "country": st.sampled_from(("SE", "se", " se", "")),
        "source": st.one_of(_value, st.sampled_from(("The Big Forum", "forum"))),
        "type": st.sampled_from(("post", "POST", "x-y")),
        "site": st.sampled_from(
            (
                "volvo.com",
                "www.volvo.com.",
                "https://x.volvo.com/a",
                "",
                "volvo.com:80",
                "a b",
                "http://[",
                "ｖolvo.com",
            )
        ),
        "url": st.sampled_from(
            (
                "https://www.volvo.com/recall",
                "volvo.com/?u=http://x",
                "",
                "HTTP://HOST.com",
                "http://blåbär.se/x",
                "//volvo.com",
            )
        ),
        "links": st.lists(
            st.sampled_from(("https://volvo.com/recall/1", "", "volvo.com", "http://u:p@host.com", "x y")),
            max_size=2,
        ),
        "media": st.lists(st.sampled_from(("image", "Video", "ａudio", "link", "")), max_size=2),
        "hashtags": st.lists(
            st.sampled_from(("volvo", "#Volvo", "volvo cars", "", "#", "東京", "👍", "a–b", "I\u0307")),
            max_size=2,
        ),
        "mentions": st.lists(st.sampled_from(("volvo", "@Volvo.bsky.social", "", "@", "東京.x")), max_size=2),
    },
)
