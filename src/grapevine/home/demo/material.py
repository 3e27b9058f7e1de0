"""Reads the hand-written material: one folder per language, one file per theme family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from grapevine.home.demo import grammar

LANGUAGES = ("sv", "da", "nl", "en")
FAMILIES = ("negative", "positive", "neutral", "threads", "answers", "arcs", "news")


@dataclass(frozen=True)
class Material:
    """What can be said in one language."""

    lang: str
    themes: Mapping[str, tuple[grammar.Template, ...]]
    slots: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]


def _lines(lang: str, family: str) -> list[str]:
    folder = resources.files("grapevine.home.demo").joinpath("material", lang, f"{family}.txt")
    lines = folder.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("//")]


def _lists(lang: str, family: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in _lines(lang, family):
        name, _, values = line.partition(":")
        found[name.strip()] = tuple(value.strip() for value in values.split(" | "))
    return found


@cache
def of(lang: str) -> Material:
    """The material of one of `LANGUAGES`. Raises ValueError when a file is malformed."""
    themes: dict[str, list[grammar.Template]] = {}
    for family in FAMILIES:
        theme = ""
        for line in _lines(lang, family):
            if line.startswith("=="):
                theme = line.removeprefix("==").strip()
                themes.setdefault(theme, [])
                continue
            templates = themes[theme]
            templates.append(grammar.read(f"{lang}.{theme}.{len(templates)}", line))
    return Material(
        lang=lang,
        themes={theme: tuple(templates) for theme, templates in themes.items()},
        slots=_lists(lang, "slots"),
        names=_lists(lang, "names"),
    )
