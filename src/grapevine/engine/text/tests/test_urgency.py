"""Which messages can't wait: sentences of our own in four languages, and how few posts of the world are taken for such."""

from __future__ import annotations

import gzip
import json

import pytest

from conftest import SHARED
from grapevine.engine.text import urgency

GOLD = [  # written for Grapevine, after what a first-time user's own letters said
    ("sv", "Min son har nötallergi och fick utslag av ert kaffe. Svara fort, vi är på akuten.", "danger"),
    ("sv", "Dottern fick utslag på armarna efter tvålen.", "health"),
    ("sv", "Var är mitt paket? Det skulle ha kommit i tisdags. Brådskar!", "haste"),
    ("sv", "Och den stannade helt, och vi har gäster så det brådskar.", "haste"),
    ("sv", "Jag skriver för en tidning och behöver en kommentar före kl 16.", "deadline"),
    ("sv", "Behöver svar på fredag före kl 16.", ""),
    ("sv", "Det brådskar inte, men när ni hinner.", ""),
    ("sv", "Ni är idioter. Sämsta jävla kaffet", ""),
    ("sv", "Ny favorit! Tack för snabb leverans.", ""),
    ("da", "Min søn fik en allergisk reaktion, vi sidder på skadestuen.", "danger"),
    ("da", "Hun har fået udslæt på hænderne af sæben.", "health"),
    ("da", "Hvor bliver min pakke af? Det haster.", "haste"),
    ("da", "Jeg skal bruge en kommentar inden kl. 15.", "deadline"),
    ("da", "Det haster ikke.", ""),
    ("da", "Dejlig kaffe, og hurtig levering.", ""),
    ("nl", "Mijn dochter kreeg een allergische reactie, we zijn op de spoedeisende hulp.", "danger"),
    ("nl", "Hij heeft uitslag sinds hij deze zeep gebruikt.", "health"),
    ("nl", "Kunt u met spoed reageren?", "haste"),
    ("nl", "Ik heb uw reactie nodig voor 16 uur.", "deadline"),
    ("nl", "Er is geen haast bij.", ""),
    ("nl", "Ik was haast vergeten hoe lekker deze koffie is.", ""),
    ("en", "My son had an allergic reaction and we are in A&E.", "danger"),
    ("en", "I got a rash from your soap.", "health"),
    ("en", "This is urgent, please call me.", "haste"),
    ("en", "I need a comment by 4 pm.", "deadline"),
    ("en", "No rush, it's not urgent.", ""),
    ("en", "Could you call me by 4 pm on Friday?", ""),
    ("en", "The grinder came by today and it is lovely.", ""),
]


@pytest.mark.parametrize(("lang", "text", "why"), GOLD, ids=lambda one: str(one)[:30])
def test_a_message_says_why_it_cannot_wait(lang: str, text: str, why: str) -> None:
    assert urgency.why(text, lang) == why


def test_without_a_language_all_are_asked() -> None:
    assert urgency.why("Det haster!") == "haste"
    assert urgency.why("We are at the emergency room", "xx") == "danger"


@pytest.mark.parametrize(
    ("lang", "text", "scolds"),
    [
        ("sv", "Ni är idioter. Sämsta jävla kaffet", True),
        ("sv", "Ni är idioter, varför svarar ingen?", False),
        ("sv", "Kvarnen gick sönder efter en vecka.", False),
        ("da", "I er nogle klovner", True),
        ("nl", "Stelletje prutsers", True),
        ("en", "You are a bunch of clowns", True),
        ("en", "You are idiots, order 4711 never came", False),
    ],
)
def test_who_only_scolds_asks_for_nothing(lang: str, text: str, scolds: bool) -> None:
    assert urgency.is_insult(text, lang) is scolds


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["en_spotifycares_unlabelled", "en_twcs_topics", "sv_reviews_small", "nl_bol_reviews", "da_europarl", "mabsa_da"]
)  # fmt: skip
def test_few_posts_of_the_world_are_taken_for_what_cannot_wait(name: str) -> None:
    with gzip.open(SHARED / f"text/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _place in zip(lines, range(1000), strict=False)]
    found = [urgency.why(row["text"], row["lang"][:2]) for row in rows]
    assert (
        sum(map(bool, found)) / len(rows) <= 0.025
    )  # six of 298 to help desks, and each of them does say so
    assert found.count("danger") / len(rows) <= 0.002
