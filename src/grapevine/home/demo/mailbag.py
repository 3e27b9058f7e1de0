"""The demo's mailbox: what came in over the last days, what was answered, and a few letters of the kind every mailbox knows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from grapevine.connectors.base import Post
from grapevine.connectors.mail import envelope
from grapevine.connectors.mail.connector import MailConnector

ADDRESS = "hej@hassel.example"
AUTHORITY = "mx.hassel.example"
SETTINGS = {
    "address": ADDRESS,
    "imap_host": "imap.hassel.example",
    "smtp_host": "smtp.hassel.example",
    "authority": AUTHORITY,
}
"""Of a server that does not exist: a demo's source is neither read nor sent through."""


@dataclass(frozen=True)
class Letter:
    """One mail. `by` is a name and an address, `ago` in minutes, `answers` the key of the letter it answers, `proven` what our server says
    of its sender."""

    key: str
    by: tuple[str, str]
    subject: str
    ago: int
    text: str
    answers: str = ""
    html: str = ""
    photo: str = ""
    proven: str = "pass"
    headers: tuple[tuple[str, str], ...] = ()


_US = ("Anna på Hassel", ADDRESS)
KARIN = ("Karin Lindahl", "karin.lindahl@post.example")
METTE = ("Mette Skov", "mette@skovbrev.example")
PRIYA = ("Priya Nair", "priya.nair@mail.example")
JOOST = ("Joost de Wit", "joost@dewit.example")
SOREN = ("Søren Bak", "soren.bak@brev.example")
LYKTAN = ("Café Lyktan", "bestallning@cafelyktan.example")

LETTERS = (
    Letter(
        key="grinder",
        subject="Kvista låter som en gräsklippare",
        ago=95,
        photo="kvarnen.png",
        text="Hej!\n\nJag köpte kvarnen Kvista hos er förra torsdagen och redan nu låter den som en gräsklippare. Bönorna "
        "blir ojämnt malda också. Har jag gjort något fel, eller är den trasig? Hela familjen kommer på söndag, min dotter tar "
        "studenten, så jag hoppas verkligen att det går att ordna före dess.\n\nJag skickar med en bild.\n\nHälsningar\nKarin Lindahl",
        by=KARIN,
    ),
    Letter(
        key="grinder-more",
        subject="Re: Kvista låter som en gräsklippare",
        ago=22,
        answers="grinder",
        text="Glömde säga: ordernumret är 48213. Och den stannade helt nu på morgonen, så det brådskar lite.\n\nKarin",
        by=KARIN,
    ),
    Letter(
        key="wet",
        subject="Pakken var gennemblødt",
        ago=26 * 60,
        text="Hej Hassel\n\nJeg fik min pakke i går, og den var gennemblødt. To af de tre poser Nattskift er ødelagt. Det er anden gang på "
        "en måned, og jeg er ærlig talt ret skuffet over jeres levering. Hvad gør vi?\n\nVenlig hilsen\nMette Skov",
        by=METTE,
    ),
    Letter(
        key="wet-answer",
        subject="Re: Pakken var gennemblødt",
        ago=24 * 60,
        answers="wet",
        text="Hej Mette\n\nDet er jeg virkelig ked af, og to gange på en måned er to gange for meget. Jeg sender tre nye poser i dag uden "
        "beregning og tager fat i fragtfirmaet. Jeg skriver til dig igen på fredag og hører, om de er kommet tørre frem.\n\nAnna fra Hassel",
        by=_US,
    ),
    Letter(
        key="wet-thanks",
        subject="Re: Pakken var gennemblødt",
        ago=41,
        answers="wet-answer",
        text="Hej Anna\n\nTak for det hurtige svar. Der er bare ikke kommet nogen mail med et tracking-nummer endnu. Kan du se, hvor pakken "
        "er? Vi flytter til Aarhus på mandag, så den må gerne nå frem inden.\n\nMette",
        by=METTE,
    ),
    Letter(
        key="praise",
        subject="Complimenten voor de winkel in Utrecht",
        ago=5 * 60,
        text="Beste mensen van Hassel,\n\nGisteren was ik in jullie winkel in Utrecht en ik ben zo vriendelijk geholpen! De mevrouw achter "
        "de toonbank nam rustig de tijd om me uit te leggen hoe ik Kajkant het beste kan zetten. Ik heb het al aan de halve buurt verteld. "
        "Geef haar een bloemetje van mij.\n\nHartelijke groet,\nJoost de Wit",
        by=JOOST,
    ),
    Letter(
        key="moving",
        subject="Moving my subscription",
        ago=30 * 60,
        text="Hello,\n\nI'm moving from Bristol to Leeds on the 3rd and would like my coffee to move with me. Can the subscription "
        "simply follow, or do I need to cancel and start again? I'd hate to lose the old price.\n\nBest wishes,\nPriya",
        by=PRIYA,
    ),
    Letter(
        key="moving-answer",
        subject="Re: Moving my subscription",
        ago=28 * 60,
        answers="moving",
        text="Hi Priya,\n\nYour coffee is happy to move with you, and the price comes along. Just send me the new address and the date "
        "of the first parcel you want there, and I'll change it by hand.\n\nGood luck with the boxes!\nAnna at Hassel",
        by=_US,
    ),
    Letter(
        key="refill",
        subject="En idé: påfyldning i butikken",
        ago=2 * 24 * 60,
        text="Hej\n\nKunne I ikke lave en stander i butikkerne, hvor man selv fylder bønner på sit eget glas? Så slap vi for alle de poser, "
        "og jeg ville gerne give fem kroner mere for det. Min søn på ni mener, at den skal spille en melodi.\n\nMvh\nSøren Bak",
        by=SOREN,
    ),
    Letter(
        key="wholesale",
        by=LYKTAN,
        subject="Pris för 20 kilo i veckan?",
        ago=50 * 60,
        text="Hej,\n\nvi öppnar ett litet café i Linköping i mars och funderar på att servera Nattskift. Vad kostar 20 kilo i veckan, och "
        "lånar ni ut en kvarn?\n\nVänligen\nIdris Demir, Café Lyktan",
    ),
    Letter(
        key="wholesale-answer",
        subject="Re: Pris för 20 kilo i veckan?",
        ago=47 * 60,
        answers="wholesale",
        text="Hej Idris,\n\nvad roligt, Linköping behöver ett café till! Jag har bett Torsten, som har hand om våra restauranger, räkna på "
        "det. Du får ett förslag av oss senast på onsdag, och en kvarn hör till.\n\nAnna på Hassel",
        by=_US,
    ),
    Letter(
        key="shouting",
        by=("Kees Vermeulen", "k.vermeulen@post.example"),
        subject="ALWEER TE LAAT",
        ago=7 * 60,
        text="Alweer drie dagen te laat en niemand neemt de telefoon op. Ik wil mijn geld terug, of ik stap over naar Dagkop.",
        html='<div style="position:fixed;top:0"><h1 style="color:red">ALWEER TE LAAT</h1></div><p>Alweer drie dagen te laat en niemand '
        "neemt de telefoon op. Ik wil mijn geld terug, of ik stap over naar Dagkop.</p>"
        '<img src="https://tracker.example/open.gif?id=48213" width="1" height="1"><script>alert("koffie")</script>'
        '<p>Verstuurd met <a href="https://mail.example/">mijn telefoon</a></p>',
    ),
    Letter(
        key="chief",
        by=("Verkställande direktören", "vd@hassel.example"),
        subject="Brådskande: nytt kontonummer",
        ago=3 * 60,
        proven="fail",
        text="Hej,\n\njag sitter i möte och kan inte prata. Ändra kontonumret för månadens leverantörsbetalningar till det i bilagan och "
        "bekräfta när det är gjort. Det är bråttom.\n\nMvh\nVD",
    ),
    Letter(
        key="away",
        by=("Torsten Ek", "torsten@restaurangkedjan.example"),
        subject="Automatiskt svar: Höstens priser",
        ago=6 * 60,
        text="Tack för ditt mejl. Jag är på semester till och med den 30 och läser inte mejl under tiden.",
        headers=(("Auto-Submitted", "auto-replied"),),
    ),
    Letter(
        key="dots",
        by=("Bea", "bea@post.example"),
        subject="☕",
        ago=12 * 60,
        text="☕❤️🙏😍",
    ),
)


def posts(until: datetime) -> list[tuple[Post, bytes]]:
    """What the connector makes of the letters that came in up to `until`, the oldest first, each with its raw item."""
    told = []
    for letter, mail in _mails(until):
        raw = envelope.put(mail, at=until - timedelta(minutes=letter.ago))
        told.append((MailConnector().map(raw, SETTINGS), raw))
    return told


def _mails(until: datetime) -> Iterator[tuple[Letter, bytes]]:
    by_key = {letter.key: letter for letter in LETTERS}
    for letter in sorted(LETTERS, key=lambda one: -one.ago):
        mail = EmailMessage(policy=SMTP)
        mail["Return-Path"] = f"<{letter.by[1]}>"
        mail["Authentication-Results"] = (
            f"{AUTHORITY}; dmarc={letter.proven} header.from={letter.by[1].partition('@')[2]}"
        )
        mail["From"] = formataddr(letter.by)
        mail["To"] = ADDRESS if letter.by[1] != ADDRESS else by_key[letter.answers].by[1]
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(until - timedelta(minutes=letter.ago, seconds=20))
        mail["Message-ID"] = _id(letter.key)
        if letter.answers:
            mail["In-Reply-To"] = _id(letter.answers)
            mail["References"] = " ".join(map(_id, reversed([*_before(letter, by_key)])))
        for name, value in letter.headers:
            mail[name] = value
        mail.set_content(letter.text)
        if letter.html:
            mail.add_alternative(letter.html, subtype="html")
        if letter.photo:
            mail.add_attachment(_photo(), maintype="image", subtype="png", filename=letter.photo)
        yield letter, mail.as_bytes()


def _id(key: str) -> str:
    return f"<{key}@letters.example>"


def _before(letter: Letter, by_key: dict[str, Letter]) -> Iterator[str]:
    """The letters that led to this one, the nearest first."""
    while letter.answers:
        yield letter.answers
        letter = by_key[letter.answers]


def _photo() -> bytes:
    """A small picture: brown in brown, as a photograph of a coffee grinder taken in a hurry."""
    wide, high = 64, 48
    rows = b"".join(
        b"\0" + b"".join(bytes((90 + (x * y) % 60, 60 + (x + y) % 40, 40)) for x in range(wide))
        for y in range(high)
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", wide.to_bytes(4, "big") + high.to_bytes(4, "big") + b"\x08\x02\0\0\0")
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
