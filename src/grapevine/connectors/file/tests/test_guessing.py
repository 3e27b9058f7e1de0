"""Tables that people make themselves: their columns are found by our languages' words, else by what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grapevine.connectors.file.guessing import guess
from grapevine.connectors.file.inspection import inspect

SAID = "Jag väntade i fyrtio minuter och ingen svarade"
ROW = {
    "text": SAID,
    "title": "Fyrtio minuter i kö",
    "published_at": "2026-11-01 08:15",
    "author_handle": "beatrice",
    "url": "https://forum.example/t/17",
    "lang": "sv",
    "site": "Forumet",
    "external_id": "a-17",
    "metric:likes": "12",
    "metric:comments": "1 204",
    "author_followers": "3,4k",
}


def found(tmp_path: Path, *rows: list[str]) -> dict[str, tuple[str, ...]]:
    path = tmp_path / "posts.csv"
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
    return inspect(path).mapping.columns


@pytest.mark.parametrize(
    "header",
    [
        "Webbadress Datum Rubrik Författare Text Språk Källa",
        "Länk Publiceringsdatum Rubrik Användarnamn Inlägg Språk Kanal",
        "WEBBADRESS DATUM RUBRIK FÖRFATTARE INLÄGG SPRÅK KÄLLA",
        "Webbadress Datum Rubrik Forfattare Inlagg Sprak Kalla",
        "Permalänk Tidpunkt Ämne Avsändare Kommentar Språk Webbplats",
        "Webadresse Dato Overskrift Forfatter Tekst Sprog Kilde",
        "Link Udgivet Titel Brugernavn Opslag Sprog Kanal",
        "Netadresse Oprettet Emne Afsender Indlæg Sprog Medie",
        "Webadres Datum Titel Auteur Bericht Taal Bron",
        "Link Geplaatst Kop Gebruikersnaam Reactie Taal Kanaal",
        "Adres Publicatiedatum Onderwerp Afzender Tekst Taal Website",
        "URL Date Headline Author Content Language Source",
        "lenke publisert tittel bruker innlegg språk nettsted",
    ],
)
def test_headers_of_our_languages_are_understood(tmp_path: Path, header: str) -> None:
    fields = ("url", "published_at", "title", "author_handle", "text", "lang", "site")
    names = header.split()
    columns = found(tmp_path, names, [ROW[field] for field in fields])
    assert columns == {field: (name,) for field, name in zip(fields, names, strict=True)}


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (
            "Inläggs-ID,Antal följare,Gillningar,Kommentarer",
            "external_id,author_followers,metric:likes,metric:comments",
        ),
        (
            "Opslags-id,Følgere,Synes godt om,Antal kommentarer",
            "external_id,author_followers,metric:likes,metric:comments",
        ),
        (
            "Bericht-ID,Volgers,Vind-ik-leuks,Reacties",
            "external_id,author_followers,metric:likes,metric:comments",
        ),
    ],
)
def test_numbers_are_found_as_well(tmp_path: Path, names: str, fields: str) -> None:
    header = ["Text", *names.split(",")]
    columns = found(tmp_path, header, [SAID, *(ROW[field] for field in fields.split(","))])
    wanted = dict(zip(fields.split(","), header[1:], strict=True))
    assert {field: columns.get(field) for field in wanted} == {
        field: (name,) for field, name in wanted.items()
    }


def test_a_name_that_means_two_things_is_decided_by_what_is_in_the_column(tmp_path: Path) -> None:
    day = "2026-11-01"
    assert found(tmp_path, ["Datum", "Kommentarer"], [day, SAID])["text"] == ("Kommentarer",)
    numbers = found(tmp_path, ["Datum", "Inlägg", "Kommentarer"], [day, SAID, "4"])
    assert (numbers["text"], numbers["metric:comments"]) == (("Inlägg",), ("Kommentarer",))
    assert found(tmp_path, ["Bron", "Tekst"], ["https://forum.example/1", SAID])["url"] == ("Bron",)
    both = found(tmp_path, ["Beoordeling", "Datum"], ["Vriendelijk personeel, maar erg lang wachten", day])
    assert both["text"] == ("Beoordeling",)


def test_where_the_names_say_nothing_the_content_does(tmp_path: Path) -> None:
    rows = [
        [
            f"1234567{n}89",
            f"https://shop.example/{n}",
            "https://shop.example/u/iago",
            f"0{n + 1}.11.2026 08:15",
            "x",
            f"{SAID}, {n}",
        ]
        for n in range(6)
    ]
    columns = found(tmp_path, ["F1", "F2", "F3", "F4", "F5", "F6"], *rows)
    assert columns == {"url": ("F2",), "published_at": ("F4",), "text": ("F6",)}


def test_a_time_of_day_beside_the_date_is_not_the_date(tmp_path: Path) -> None:
    columns = found(tmp_path, ["Tid", "Datum", "Text"], ["08:15", "2026-11-01", SAID])
    assert columns["published_at"] == ("Datum",)


def test_what_repeats_is_no_id(tmp_path: Path) -> None:
    rows = [[str(n % 2), f"{SAID} {n}", "2026-11-01"] for n in range(10)]
    assert "external_id" not in found(tmp_path, ["Nr", "Text", "Datum"], *rows)


def test_a_date_column_whose_dates_cannot_be_read_is_named_rather_than_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("Datum;Text\nigår;" + SAID + "\nidag;" + SAID + "\n", "utf-8")
    looked = inspect(path)
    assert looked.mapping.columns["published_at"] == ("Datum",)
    assert "unreadable_dates" in {problem.code for problem in looked.problems}


def test_names_alone_are_enough_for_a_single_row() -> None:
    columns = guess(["Webbadress", "Rubrik", "Inlägg"], lambda _: [])
    assert columns == {"url": ("Webbadress",), "title": ("Rubrik",), "text": ("Inlägg",)}
