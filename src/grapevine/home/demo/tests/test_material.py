"""The hand-written material: rich enough, well formed, and naming nobody real."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grapevine.home.demo import grammar, material, tale, themes, world

LANGUAGES = material.LANGUAGES
KNOWN = {
    *(
        "brand",
        "brands",
        "rival",
        "rivals",
        "bean",
        "bean2",
        "rbean",
        "grinder",
        "caps",
        "name",
        "me",
        "agent",
    ),
    *("you", "via", "order", "mail", "phone", "spamlink", "camp"),
}
SMALL = ("opener", "closer", "title", "forum", "detail")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mood_has_sixty_templates(lang: str) -> None:
    moods = Counter[str]()
    for theme, templates in material.of(lang).themes.items():
        if not theme.startswith(SMALL):
            moods[themes.THEMES[theme].mood] += len(templates)
    assert min(moods[mood] for mood in ("negative", "neutral", "positive")) >= 60, moods


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_slot_can_be_filled(lang: str) -> None:
    known = KNOWN | set(material.of(lang).slots)
    for templates in material.of(lang).themes.values():
        for template in templates:
            assert template.slots <= known, (template.key, template.slots - known)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_languages_have_the_same_themes_and_every_theme_a_meaning(lang: str) -> None:
    said = {theme for theme in material.of(lang).themes if not theme.startswith(SMALL)}
    assert said <= set(themes.THEMES)
    missing = set(themes.THEMES) - said
    only_there = {"blog_price", "press_grinder", "storm_insider", "storm_spark", "cust_photo"}
    assert missing <= only_there, missing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_stand_in_the_order_of_their_questions(lang: str) -> None:
    themes_of = material.of(lang).themes
    for question in ("ask", "help", "campaign_ask"):
        assert len(themes_of[f"answer_{question}"]) == len(themes_of[question])


@pytest.mark.parametrize("line", ["a [b|c", "a ] b", "[[a|b]"])
def test_a_bracket_without_its_other_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        grammar.parse(line)


def test_no_slot_bracket_or_double_space_is_left_in_a_post() -> None:
    for one in tale.story(datetime(2025, 11, 20, 12, tzinfo=UTC)).posts:
        for text in (one.post.text, one.post.title):
            assert not re.search(r"[{}\[\]\x02]|  | $|^ ", text), text
        assert one.post.text


def test_nobody_real_is_named() -> None:
    story = tale.story(datetime(2025, 11, 20, 12, tzinfo=UTC))
    handles = {author.handle for author in story.authors}
    for one in story.posts:
        post = one.post
        assert set(post.mentions) <= handles, post.mentions
        for address in (post.url, post.author.url if post.author else "", *post.links):
            assert not address or re.match(r"https?://[\w.-]+\.example(/|$)", address), address
        assert all(found.endswith(".example") for found in re.findall(r"[\w.]+@([\w.-]+\w)", post.text)), (
            post.text
        )
        for number in re.findall(r"\d[\d -]{8,}\d", post.text):
            assert number.startswith(("070-174 06", "07700 900")), number
        assert post.site.endswith(".example")
    for source in world.SOURCES:
        assert ".example/" in source.url


def test_no_file_of_the_demo_is_too_long() -> None:
    folder = Path(material.__file__).parent
    for path in [*folder.rglob("*.py"), *folder.rglob("*.txt")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path
