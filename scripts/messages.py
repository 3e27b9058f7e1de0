"""The translation catalogues, without GNU gettext: Babel reads Python, and templates as Django's `templatize` turns them.

usage: messages.py update | check | compile

Each room keeps its own catalogues (src/grapevine/<room>/locale/<language>/LC_MESSAGES/django.po). English is the source. `check`
complains of what is missing, fuzzy, stale, or has other placeholders than the English.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "grapevine"
LANGUAGES = ("sv", "da", "nl")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
SENTENCES: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("GraphError", "SpreadError", "Sentence")),
    "Counted": (1, 2),
}
"""What a cellar says to people: it marks no texts, and the room above it has their words."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")

Key = tuple[str | None, str | tuple[str, ...]]


ROOF = PACKAGE / "config"
"""The roof's catalogue holds what commands say, too."""
CELLARS = {PACKAGE / "spread": (PACKAGE / "engine" / "graph", PACKAGE / "engine" / "cascade")}
"""Whose sentences a room has the words for; commands take them from there."""


def rooms() -> list[Path]:
    """Folders that have a catalogue: the rooms, which are those with an apps.py, and the roof."""
    return sorted([*(path.parent for path in PACKAGE.glob("*/apps.py")), ROOF])


def sources(room: Path) -> Iterator[Path]:
    """The files of a room that may hold texts."""
    folders = [ROOF, PACKAGE / "cli"] if room == ROOF else [room, *CELLARS.get(room, ())]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        inside = path.relative_to(PACKAGE).parts
        wanted = path.suffix == ".py" or (path.suffix in (".html", ".txt") and "templates" in inside)
        if wanted and not {"tests", "migrations", "static"} & set(inside):
            yield path


def collected(room: Path) -> Catalog:
    """All texts of a room, as they stand in its code now."""
    catalogue = Catalog(domain="django", fuzzy=False)
    for path in sources(room):
        text = path.read_text("utf-8")
        if path.suffix != ".py":
            text = _as_python(text)
        keywords = SENTENCES if path.is_relative_to(PACKAGE / "engine") else KEYWORDS
        found = extract("python", BytesIO(text.encode()), keywords, ["Translators:"], {"encoding": "utf-8"})
        for _line, message, comments, context in found:
            # Without line numbers, so that moving code changes no catalogue.
            place = (path.relative_to(ROOT).as_posix(), None)
            catalogue.add(message, locations=[place], auto_comments=comments, context=context)  # type: ignore[list-item]
    for text in _help() if room == ROOF else ():
        catalogue.add(text, locations=[("src/grapevine/cli", None)])  # type: ignore[list-item]
    return catalogue


def _help() -> Iterator[str]:
    """What the commands say of themselves."""
    import typer

    from grapevine.cli import help_texts, main

    return help_texts.english(typer.main.get_command(main.app))


def _as_python(template: str) -> str:
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    # In brackets, since what stands for the markup is indented as markup is.
    return "(" + templatize(template).replace("\t", " ") + "\n)"


def catalogue_path(room: Path, language: str) -> Path:
    """Where a room's catalogue of a language lies."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue at `path`; an empty one when there is none."""
    if not path.exists():
        return Catalog(locale=language, domain="django", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language, domain="django")


def key_of(message: Message) -> Key:
    """What makes a message the same: context and English."""
    text = message.id
    return message.context, text if isinstance(text, str) else tuple(text)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """All messages but the header."""
    return {key_of(message): message for message in catalogue if message.id}


def write(path: Path, catalogue: Catalog) -> bool:
    """Write a catalogue; whether it changed."""
    catalogue.header_comment = "#"
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Report-Msgid',
        '"Last-Translator',
        '"Project-Id',
    )
    text = "".join(line for line in lines if not line.startswith((*dated, "#\n")))
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def update() -> int:
    """Bring every catalogue up to the code. A text another room has translated already is taken from there."""
    for language in LANGUAGES:
        known = {}
        for room in rooms():
            for key, message in entries(read(catalogue_path(room, language), language)).items():
                if message.string and any(message.string) and not message.fuzzy:
                    known[key] = message.string
        for room in rooms():
            template, path = collected(room), catalogue_path(room, language)
            if not entries(template):
                path.unlink(missing_ok=True)
                continue
            fresh = Catalog(locale=language, domain="django", fuzzy=False)
            for key, message in entries(template).items():
                fresh.add(
                    message.id, known.get(key, ""), locations=message.locations,
                    auto_comments=message.auto_comments, context=message.context,
                )  # fmt: skip
            if write(path, fresh):
                missing = sum(1 for message in entries(fresh).values() if not _translated(message))
                print(f"{path.relative_to(ROOT)}: {len(entries(fresh))} texts, {missing} to translate")
    return compile_all()


def _translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(strings) and all(strings)


def _same_placeholders(message: Message) -> bool:
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = {frozenset(PLACEHOLDER.findall(text)) for text in english}
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(frozenset(PLACEHOLDER.findall(text or "")) in wanted for text in strings)


def complaints() -> list[str]:
    """What is wrong, in sentences."""
    said = []
    for room in rooms():
        wanted = entries(collected(room))
        for language in LANGUAGES:
            path = catalogue_path(room, language)
            have = entries(read(path, language))
            place = path.relative_to(ROOT)
            said += [f"{place}: missing: {key[1]!r}" for key in wanted.keys() - have.keys()]
            said += [f"{place}: stale: {key[1]!r}" for key in have.keys() - wanted.keys()]
            for key in wanted.keys() & have.keys():
                message = have[key]
                if message.fuzzy or not _translated(message):
                    said.append(f"{place}: not translated: {key[1]!r}")
                elif not _same_placeholders(message):
                    said.append(f"{place}: other placeholders than the English: {key[1]!r}")
    return sorted(said)


def check() -> int:
    """Print what is wrong; 1 when something is."""
    said = complaints()
    for line in said[:40]:
        print(line)
    if said:
        print(f"{len(said)} texts want a translator. `make messages` collects them.")
    return 1 if said else 0


def compile_all() -> int:
    """Write the .mo files that are missing or older than their .po."""
    for po in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with mo.open("wb") as target:
                write_mo(target, read(po, po.parent.parent.name))
    return 0


if __name__ == "__main__":
    wish = sys.argv[1] if len(sys.argv) == 2 else ""
    orders = {"update": update, "check": check, "compile": compile_all}
    if wish not in orders:
        print(__doc__)
        sys.exit(2)
    sys.exit(orders[wish]())
