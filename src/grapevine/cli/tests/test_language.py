"""Commands speak the language of whoever typed them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from typer.testing import CliRunner

from grapevine.cli import from_below, help_texts, main
from grapevine.config import environment, language
from grapevine.engine.query import QueryError, parse
from grapevine.engine.query.errors import MESSAGES

VARIABLES = ("GRAPEVINE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has said a language."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def swedish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Swedish is spoken, from a catalogue of a few words."""
    words: dict[str, dict[str | tuple[str, str], str | tuple[str, str]]] = {
        "config": {
            "Stopped.": "Stannad.",
            "There is no file %(file)s.": "Det finns ingen fil %(file)s.",
            ("%(number)s job done.", "%(number)s jobs done."): (
                "%(number)s jobb gjort.",
                "%(number)s jobb gjorda.",
            ),
            "%(variable)s is %(given)s, but must be %(expected)s.": "%(variable)s är %(given)s, men måste vara %(expected)s.",
            "a whole number from 1": "ett heltal från 1",
            "At character %(place)s: %(fault)s": "Vid tecken %(place)s: %(fault)s",
            "not a JSON object": "inget JSON-objekt",
            "not UTF-8 at byte %(byte)s": "inte UTF-8 vid byte %(byte)s",
            "Tell the version and exit.": "Säg versionen och sluta.",
            "Commands": "Kommandon",
        },
        "listen": {MESSAGES["only-not"]: "Detta frågar bara efter vad som inte får finnas."},
        "spread": {
            "{seeds} can't be drawn from {people}.": "Av {people} kan inte {seeds} lottas fram.",
            ("{n} person", "{n} people"): ("{n} person", "{n} personer"),
            ("{n} seed", "{n} seeds"): ("{n}", "{n}"),
        },
    }
    for room, texts in words.items():
        catalogue = Catalog(locale="sv", domain="django", fuzzy=False)
        for english, said in texts.items():
            catalogue.add(english, said)  # type: ignore[arg-type]
        folder = tmp_path / room / "locale" / "sv" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as target:
            write_mo(target, catalogue)
    monkeypatch.setattr(language, "PACKAGE", tmp_path)
    monkeypatch.setenv("LANGUAGE", "sv")
    language.catalogue.cache_clear()
    yield
    language.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"), ({"LANG": "C"}, "en"), ({"LANG": "sv_SE.UTF-8"}, "sv"), ({"LANG": "da"}, "da"), ({"LC_ALL": "C.UTF-8", "LANG": "sv_SE"}, "en"),
        ({"LC_ALL": "nl_NL", "LANG": "sv_SE"}, "nl"), ({"LANGUAGE": "fi:sv", "LANG": "nl_NL"}, "sv"), ({"LANG": "swahili"}, "en"),
        ({"GRAPEVINE_LANGUAGE": "da", "LANGUAGE": "sv"}, "da"), ({"LANG": "sv-SE"}, "sv"), ({"LANG": ""}, "en"), ({"LANG": "fi_FI"}, "en"),
    ],
)  # fmt: skip
def test_the_first_variable_that_is_set_decides(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.spoken() == expected


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ("sv", ("1\u00a0234\u00a0567", "0,500")), ("da", ("1.234.567", "0,500")), ("nl", ("1.234.567", "0,500")),
        ("en", ("1,234,567", "0.500")),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_writes_them(
    monkeypatch: pytest.MonkeyPatch, spoken: str, expected: tuple[str, str]
) -> None:
    monkeypatch.setenv("LANG", spoken)
    assert (language.num(1_234_567), language.num(0.5, 3)) == expected


def test_an_unknown_language_is_told_by_the_name_of_its_variable() -> None:
    with pytest.raises(
        environment.WrongSetting, match="GRAPEVINE_LANGUAGE is 'klingon', but must be sv, da, nl or en"
    ):
        environment.read({"GRAPEVINE_LANGUAGE": "klingon"})


@pytest.mark.usefixtures("swedish")
def test_sentences_counts_and_settings_are_said_in_it(tmp_path: Path) -> None:
    assert language.gettext("Stopped.") == "Stannad."
    assert language.ngettext("%(number)s job done.", "%(number)s jobs done.", 2) == "%(number)s jobb gjorda."
    assert language.gettext("Nobody translated this.") == "Nobody translated this."
    with pytest.raises(environment.WrongSetting) as told:
        environment.read({"GRAPEVINE_WEB_WORKERS": "0"})
    assert str(told.value) == "GRAPEVINE_WEB_WORKERS är '0', men måste vara ett heltal från 1."
    done = CliRunner().invoke(main.app, ["match", "--watches", str(tmp_path / "none")])
    assert (done.exit_code, done.stderr) == (2, f"Det finns ingen fil {tmp_path / 'none'}.\n")


@pytest.mark.usefixtures("swedish")
def test_what_the_cellars_say_is_said_in_it() -> None:
    assert from_below.told("not a JSON object") == "inget JSON-objekt"
    assert from_below.told("not UTF-8 at byte 7") == "inte UTF-8 vid byte 7"
    assert from_below.told("something else") == "something else"
    with pytest.raises(QueryError) as wrong:
        parse("-sas")
    assert from_below.fault(wrong.value) == "Vid tecken 1: Detta frågar bara efter vad som inte får finnas."


@pytest.mark.usefixtures("swedish")
def test_what_the_engine_says_of_cascades_is_said_in_it(tmp_path: Path) -> None:
    ties = tmp_path / "ties"
    ties.write_text("1 2\n2 3\n")
    order = [
        "spread",
        "simulate",
        str(ties),
        "--model",
        "watts",
        "--threshold",
        "0.5",
        "--random-seeds",
        "1200",
    ]
    done = CliRunner().invoke(main.app, order)
    assert done.exit_code == 2
    assert done.stderr.endswith("Av 3 personer kan inte 1\u00a0200 lottas fram.\n")


@pytest.mark.usefixtures("swedish")
def test_help_is_said_in_it() -> None:
    command = typer.main.get_command(main.app)
    help_texts.speak(command)
    with typer.Context(command) as context:  # type: ignore[arg-type]
        told = command.get_help(context)  # type: ignore[arg-type]
    assert "Säg versionen och sluta." in told
    assert "Kommandon" in told


def test_what_is_marked_of_the_cellars_still_stands_there() -> None:
    package = Path(main.__file__).parents[1] / "engine"
    code = "\n".join(path.read_text() for path in sorted(package.rglob("*.py")) if "tests" not in path.parts)
    for _pattern, text in from_below.SAID:
        beginning = re.split(r"%\(\w+\)s", text)[0]
        assert beginning in code, beginning
