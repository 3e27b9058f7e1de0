"""HTML of strangers within our pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.connectors.mail import letters
from grapevine.ui import mail_html

MAY = {
    "href",
    "rel",
    "target",
    "src",
    "alt",
    "loading",
    "referrerpolicy",
    "dir",
    "lang",
    "colspan",
    "rowspan",
    "class",
    "start",
    "reversed",
    "span",
}


class Reader(HTMLParser):
    """What a browser would see: tags and attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def harmless(source: str) -> None:
    for tag, attributes in Reader(source).seen:
        assert tag in mail_html._TAGS, tag
        assert set(attributes) <= MAY, attributes
        assert attributes.get("class", "leads-to") == "leads-to"
        assert (attributes.get("href") or "http:").lower().startswith(("http:", "https:", "mailto:", "tel:"))
        assert (attributes.get("src") or "https:").startswith(("https:", "/ours"))


def test_scripts_forms_styles_and_spies_are_gone() -> None:
    letter = mail_html.cleaned(letters.SCRIPTED)
    harmless(letter.html)
    for gone in (
        "script",
        "alert",
        "style",
        "form",
        "input",
        "onload",
        "iframe",
        "svg",
        "tracker",
        "shop.example",
        "javascript",
    ):
        assert gone not in letter.html
    assert "Win!" in letter.html
    assert (letter.blocked, letter.tiny) == (1, 1)
    assert "[A cup]" in letter.html


def test_pictures_come_when_the_reader_wants_them_and_spies_never() -> None:
    letter = mail_html.cleaned(letters.SCRIPTED, pictures=True)
    assert 'src="https://shop.example/cup.jpg"' in letter.html
    assert "tracker" not in letter.html
    assert letter.blocked == 0
    assert mail_html.cleaned('<img src="http://shop.example/x.png">', pictures=True).blocked == 1


def test_pictures_that_came_along_are_shown_from_here() -> None:
    letter = mail_html.cleaned(letters.SCRIPTED, inline={"logo@court.example": "/ours/0/"})
    assert '<img src="/ours/0/" alt="Logo"' in letter.html
    assert "cid:" not in mail_html.cleaned(letters.SCRIPTED).html


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ('<a href="https://thief.example/in">www.bank.example</a>', "thief.example"),
        ('<a href="https://www.bank.example@thief.example/">bank</a>', "thief.example"),
        ('<a href="https://bаnk.example/">bank</a>', "bаnk".encode("idna").decode() + ".example"),
        ('<a href="HTTPS://THIEF.example">x</a>', "thief.example"),
        ('<a href="mailto:iago@venice.example?subject=x">write</a>', "iago@venice.example"),
    ],
)
def test_a_link_says_where_it_leads(link: str, host: str) -> None:
    letter = mail_html.cleaned(link)
    harmless(letter.html)
    assert f"(<bdi>{host}</bdi>)" in letter.html
    assert 'rel="noopener noreferrer nofollow ugc"' in letter.html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "/settings",
        "#",
        "vbscript:x",
        "cid:x",
        "https://",
    ],
)
def test_a_link_that_leads_nowhere_safe_is_only_text(address: str) -> None:
    letter = mail_html.cleaned(f'<a href="{address}">here</a>')
    assert "<a" not in letter.html
    assert "here" in letter.html


def test_marks_that_turn_letters_about_are_gone() -> None:
    assert mail_html.cleaned("a\u202egnp.exe\u2066b").html == "agnp.exeb"


def test_a_letters_headings_do_not_disturb_the_page() -> None:
    assert mail_html.cleaned("<h1>Big</h1>").html == "<p><strong>Big</strong></p>"


def test_a_letter_of_a_million_tags_is_shown_without_its_form() -> None:
    letter = mail_html.cleaned("<div>" * 150_000 + "<img src=x onerror=alert(1)>bottom")
    assert "bottom" in letter.html
    assert re.findall(r"<\w+", letter.html) == ["<pre"]


FRAGMENTS = st.sampled_from(
    [
        "<a href='", "\">", "'>", "javascript:", "<img src=", "onerror=alert(1)", "</a>", "<a>", "<h1", "<svg><a href=", "<!--", "-->", "<style>", "</style>",
        "&lt;script&gt;", "&#60;script>", "<math><mi><mglyph><style><img ", "<noscript>", "cid:x", "https://x.example", " ", "\0", "<a href=\"https://a\">", "x",
    ]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join), st.booleans())
def test_whatever_is_thrown_at_it_what_comes_out_is_harmless(source: str, pictures: bool) -> None:
    harmless(mail_html.cleaned(source, pictures=pictures, inline={"x": "/ours"}).html)
