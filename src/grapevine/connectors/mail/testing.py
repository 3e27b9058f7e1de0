"""A mail server in memory: it speaks as much IMAP and SMTP as the connector asks for, over a pair of sockets that lead nowhere else.

That real servers speak alike is what the tests marked `mail` see to.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from grapevine.connectors.base import Settings
from grapevine.connectors.http import Exchange
from grapevine.connectors.mail import letters, mapping
from grapevine.connectors.testing import Rehearsal

FOLDER = Path(__file__).parent
IMAP_PORT, SMTP_PORT = 143, 25
SETTINGS: dict[str, Any] = {
    "address": letters.OURS,
    "imap_host": "imap.elsinore.example",
    "imap_security": "none",
    "smtp_host": "smtp.elsinore.example",
    "smtp_security": "none",
    "password": "words words",
}


class FakePost(Exchange):
    """A mailbox and the way out. `mails` may be changed while nobody is connected; `sent` is what was accepted, with its recipients."""

    def __init__(self, mails: list[bytes] | None = None) -> None:
        self.mails = dict(enumerate(mails or [], start=1))
        self.validity = 7
        self.passwords = {"words words"}
        self.sent: list[tuple[list[str], bytes]] = []
        self.refuses: dict[str, str] = {}
        self.delivers = True
        self.swallows = False
        self.connected = 0
        self.commands: list[str] = []

    def connect(self, host: str, port: int) -> socket.socket:
        """One end of a pair; at the other sits the server."""
        self.connected += 1
        ours, theirs = socket.socketpair()
        ours.settimeout(5)
        serve: Callable[[BinaryIO, BinaryIO], None] = self._imap if port == IMAP_PORT else self._smtp
        threading.Thread(target=_serving, args=(serve, theirs), daemon=True).start()
        return ours

    def come(self, mail: bytes) -> int:
        """A mail comes in; its UID."""
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = mail
        return uid

    # IMAP

    def _imap(self, heard: BinaryIO, say: BinaryIO) -> None:
        _line(say, b"* OK [CAPABILITY IMAP4rev1] ready")
        while command := heard.readline():
            tag, _space, rest = command.rstrip(b"\r\n").decode().partition(" ")
            self.commands.append(rest if not rest.startswith("LOGIN") else "LOGIN")
            name = rest.removeprefix("UID ").partition(" ")[0].upper()
            said = getattr(self, f"_imap_{name.lower()}", lambda _rest, _say: "BAD what")(rest, say)
            _line(say, f"{tag} {said}".encode())
            if name == "LOGOUT":
                return

    def _imap_capability(self, _rest: str, say: BinaryIO) -> str:
        _line(say, b"* CAPABILITY IMAP4rev1")
        return "OK done"

    def _imap_login(self, rest: str, _say: BinaryIO) -> str:
        return (
            "OK in" if any(f'"{word}"' in rest for word in self.passwords) else "NO [AUTHENTICATIONFAILED] no"
        )

    def _imap_logout(self, _rest: str, say: BinaryIO) -> str:
        _line(say, b"* BYE")
        return "OK out"

    def _imap_examine(self, rest: str, say: BinaryIO) -> str:
        if rest.split(" ", 1)[1].strip('"') not in ("INBOX", "Sent"):
            return "NO no such folder"
        _line(say, f"* {len(self.mails)} EXISTS".encode())
        _line(say, f"* OK [UIDVALIDITY {self.validity}] valid".encode())
        _line(say, f"* OK [UIDNEXT {max(self.mails, default=0) + 1}] next".encode())
        return "OK [READ-ONLY] looked"

    def _imap_list(self, _rest: str, say: BinaryIO) -> str:
        _line(say, b'* LIST (\\HasNoChildren \\Sent) "/" "Sent"')
        return "OK done"

    def _imap_search(self, rest: str, say: BinaryIO) -> str:
        if asked := re.search(r'Message-ID "(.*)"', rest):
            found = [
                uid for uid, mail in self.mails.items() if f"message-id: {asked[1]}".encode() in mail.lower()
            ]
        else:
            low, high = re.findall(r"UID (\d+):(\d+)", rest)[0]
            found = [uid for uid in self.mails if int(low) <= uid <= int(high)]
        _line(say, " ".join(["* SEARCH", *map(str, found)]).encode())
        return "OK found"

    def _imap_fetch(self, rest: str, say: BinaryIO) -> str:
        by_uid = rest.startswith("UID ")
        wanted, _space, items = rest.removeprefix("UID ").removeprefix("FETCH ").partition(" ")
        for place, (uid, mail) in enumerate(sorted(self.mails.items()), start=1):
            if not _among(uid if by_uid else place, wanted):
                continue
            said = f"* {place} FETCH (UID {uid}".encode()
            if "RFC822.SIZE" in items:
                at = letters.at(uid).strftime('"%d-%b-%Y %H:%M:%S +0000"')
                said += f" RFC822.SIZE {len(mail)} INTERNALDATE {at}".encode()
            for name, content in (
                ("BODY[]", mail),
                ("BODY[HEADER]", mail.split(b"\r\n\r\n")[0] + b"\r\n\r\n"),
            ):
                if name.replace("BODY[", "BODY.PEEK[") in items:
                    said += f" {name} {{{len(content)}}}\r\n".encode() + content
            _line(say, said + b")")
        return "OK fetched"

    # SMTP

    def _smtp(self, heard: BinaryIO, say: BinaryIO) -> None:
        _line(say, b"220 smtp.elsinore.example ready")
        recipients: list[str] = []
        while line := heard.readline():
            words = line.decode().strip()
            name = words[:4].upper()
            refusal = next(
                (said for begin, said in self.refuses.items() if words.lower().startswith(begin.lower())), ""
            )
            if refusal:
                _line(say, refusal.encode())
            elif name == "EHLO":
                _line(say, b"250-smtp.elsinore.example\r\n250-AUTH PLAIN\r\n250 SIZE 30000000")
            elif name == "AUTH":
                pair = b64decode(words.split()[-1]).decode().split("\0")
                _line(say, b"235 in" if pair[2] in self.passwords else b"535 no")
            elif name == "RCPT":
                recipients.append(words.partition("<")[2].rstrip(">"))
                _line(say, b"250 ok")
            elif name == "DATA":
                _line(say, b"354 go on")
                mail = b"".join(iter(heard.readline, b".\r\n")).replace(b"\r\n..", b"\r\n.")
                self.sent.append((recipients, mail))
                if self.delivers and letters.OURS in recipients:
                    self.come(mail)
                if self.swallows:
                    self.swallows = False
                    return
                _line(say, b"250 OK id=1abc")
            elif name == "QUIT":
                _line(say, b"221 bye")
                return
            else:
                _line(say, b"250 ok")


def _serving(serve: Callable[[BinaryIO, BinaryIO], None], end: socket.socket) -> None:
    # The other end may hang up at any time; closing what was still to be written tells of it once more.
    with contextlib.suppress(OSError), end, end.makefile("rb") as heard, end.makefile("wb") as say:
        serve(heard, say)


def _line(say: BinaryIO, said: bytes) -> None:
    say.write(said + b"\r\n")
    say.flush()


def _among(number: int, wanted: str) -> bool:
    for span in wanted.split(","):
        low, _colon, high = span.partition(":")
        if int(low) <= number <= int(high or low):
            return True
    return False


class FakeStage:
    """A mailbox to answer from, for the checks of sending."""

    def __init__(self) -> None:
        self.settings: Settings = SETTINGS
        self.post = FakePost([letters.letter()])
        self.http: Exchange = self.post
        self.to = self.thread_id = "letter-1@court.example"
        self.recipient = "ofelia@court.example"

    def said(self) -> list[str]:
        """The texts of what was taken."""
        return [mapping.to_post(mail).text for _recipients, mail in self.post.sent]

    def swallow(self) -> None:
        """Take the next mail, and hang up."""
        self.post.swallows = True

    def refuse(self) -> None:
        """Know nobody any more."""
        self.post.passwords.clear()

    def taken_away(self) -> str:
        """Mails can't be taken away."""
        return ""


def rehearsal(folder: Path) -> Rehearsal:
    """Read a mailbox of all kinds of mails."""
    raws: tuple[Any, ...] = (
        letters.nested(),
        letters.kept(letters.nested()),
        b"Grapevine-Taken-In: at=yesterday\r\n\r\n",
    )
    return Rehearsal(
        settings=SETTINGS,
        web=lambda: FakePost(letters.everything()),
        spoilt=raws,
        now=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        folder=FOLDER,
        stage=FakeStage,
    )
