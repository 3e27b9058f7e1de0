"""What people write as Markdown is shown, and nothing of it runs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.ui import markdown


class _Page(HTMLParser):
    """What a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_headings_lists_and_links_are_shown() -> None:
    html = markdown.render("# Tone\n\n1. Read *twice*\n2. [Ask](https://elsinore.example)\n\n- one\n- two")
    assert "<h2>Tone</h2>" in html
    assert "<li>Read <em>twice</em></li>" in html
    assert 'href="https://elsinore.example"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "![spy](https://elsewhere.example/pixel.gif)",
        '<img src=x onerror="alert(1)">',
        "<iframe src='//x'></iframe>",
        '<a href="x" onclick="x()">x</a>',
        "[a](https://x.example \"t' onmouseover='x\")",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    page = _Page()
    page.feed(markdown.render(text))
    assert {tag for tag, _given in page.tags} <= {"p", "a"}
    for _tag, given_ in page.tags:
        assert set(given_) <= {"href", "title", "rel"}
        assert (given_.get("href") or "https:").startswith("https:")


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    assert "<script" not in markdown.render(text)
