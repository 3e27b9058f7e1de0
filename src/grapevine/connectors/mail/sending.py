"""Answering by SMTP, once and only once.

The message id is made of the reply's key, so that every attempt is the same mail. Each goes to our own mailbox too (an envelope recipient, seen by
nobody): when an answer of the server got lost, its arrival there proves that the server took it.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from functools import partial
from typing import Any

from grapevine.connectors.base import BadData, CannotTell, CredentialError, Reply, SentProof, Unreachable
from grapevine.connectors.http import Exchange
from grapevine.connectors.mail import fetching, headers, mapping, signs, structure, wires
from grapevine.connectors.mail.account import Account, Door, mail_address
from grapevine.connectors.mail.parts import parsed

LARGEST_FILES = 20 << 20
LOOK_FOR = timedelta(hours=1)
"""So long after the first attempt a mail that was taken may still turn up in our mailbox; after that a person has to decide."""
PATIENCE = 120.0
"""Seconds to wait for a server's word on a whole mail; it may look for viruses meanwhile."""
_PIECE = 4 << 20
_ANSWER = re.compile(r"^\s*(?:re|sv|vs|antw|aw|svar)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_BREAKS = re.compile(r"[\r\n\0\u2028\u2029]+")
_MOST_REFERS = 30
_FOLDERS = (rb"\\Sent", rb"\\All")


def send(account: Account, reply: Reply, *, http: Exchange) -> SentProof:
    """Send a reply, or find the one that an earlier attempt sent. Raises `ConnectorError`."""
    if account.smtp is None:
        raise CredentialError("no_way_out")
    mail = composed(account, reply, at=datetime.now(UTC))
    if reply.resend:
        return _found(account, reply, http=http)
    return _handed_over(account.smtp, account, mail, http=http)


def message_id(account: Account, reply: Reply) -> str:
    """The id of the mail that a reply becomes: always the same for one key."""
    key = reply.key or "\x1f".join((reply.to, reply.recipient, reply.subject, reply.text))
    return f"{signs.OUR_IDS}{hashlib.blake2b(key.encode('utf-8', 'replace'), digest_size=16).hexdigest()}@{account.domain}"


def composed(account: Account, reply: Reply, *, at: datetime) -> EmailMessage:
    """The mail that a reply becomes. Raises `BadData`."""
    recipient = _in_ascii(mail_address(reply.recipient))
    others = [_in_ascii(mail_address(one)) for one in reply.copies[: mapping.MOST_COPIES]]
    if sum(len(one.content) for one in reply.attachments) > LARGEST_FILES:
        raise BadData("reply_too_large", host=account.domain, limit=LARGEST_FILES)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((_line(reply.signed), account.address))
    mail["To"] = recipient
    if others := [one for one in dict.fromkeys(others) if one not in (recipient, account.address)]:
        mail["Cc"] = ", ".join(others)
    mail["Subject"] = _subject(reply)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id(account, reply)}>"
    if reply.to:
        known = [one for one in (*reply.refers, reply.to) if re.fullmatch(r"[^<>\s]{1,480}", one)]
        known = list(dict.fromkeys(known))
        if known and known[-1] == reply.to:
            mail["In-Reply-To"] = f"<{reply.to}>"
        kept = known if len(known) <= _MOST_REFERS else [known[0], *known[1 - _MOST_REFERS :]]
        if kept:
            mail["References"] = " ".join(f"<{one}>" for one in kept)
    mail["X-Loop"] = account.address  # a mail of ours that comes back is known by this
    mail.set_content(reply.text.replace("\r\n", "\n").replace("\0", ""), cte="quoted-printable")
    for one in reply.attachments:
        main, _slash, sub = one.media_type.partition("/")
        if not re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", one.media_type) or main in (
            "multipart",
            "message",
            "text",
        ):
            main, sub = "application", "octet-stream"
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=_line(one.name) or "1.bin")
    return mail


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _subject(reply: Reply) -> str:
    subject = _line(reply.subject)[: headers.LONGEST_SUBJECT]
    return f"Re: {subject}" if reply.to and subject and not _ANSWER.match(subject) else subject


def _handed_over(door: Door, account: Account, mail: EmailMessage, *, http: Exchange) -> SentProof:
    """Give the mail to the server. What broke off before the last dot was not taken; after it, only a look can tell."""
    recipients = [str(mail["To"]), *(one.strip() for one in str(mail["Cc"] or "").split(",") if one.strip())]
    content = mail.as_bytes()
    with wires.post_office(door, http, name=account.domain) as office:
        try:
            _addressed(office, account, recipients, size=len(content))
            http.go_on()
            code, said = office.docmd("DATA")
            if code != 354:
                raise smtplib.SMTPDataError(code, said)
            _poured(office, _stuffed(content), http=http)
        except (smtplib.SMTPException, OSError) as error:
            raise _refused(error, door.host) from None
        try:
            office.send(b".\r\n")
            office.sock.settimeout(PATIENCE)
            code, said = office.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable("unconfirmed", host=door.host, detail=type(error).__name__) from None
        if code != 250:
            raise _refused(smtplib.SMTPDataError(code, said), door.host)
        answer = f"{code} ".encode() + said
    return SentProof(
        external_id=str(mail["Message-ID"]).strip("<>"), url="", sent_at=datetime.now(UTC), raw=answer[:1_000]
    )


def _poured(office: wires.Smtp, content: bytes, *, http: Exchange) -> None:
    """Send all of it but the last dot: until that comes, the server may not take it."""
    for at in range(0, len(content), _PIECE):
        if at:
            http.go_on()
        office.send(content[at : at + _PIECE])
    http.go_on()


def _addressed(office: wires.Smtp, account: Account, recipients: Sequence[str], *, size: int) -> None:
    """Say whose it is and whom it is for. One who is refused refuses all: who sent it then knows that nobody has it, and chooses anew."""
    options = [f"size={size}"] if office.has_extn("size") else []
    limit = office.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < size:
        raise BadData("reply_too_large", host=account.domain, limit=int(limit))
    for ask in (
        partial(office.mail, account.address, options),
        *(partial(office.rcpt, one) for one in recipients),
    ):
        code, said = ask()
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, said)
    if account.address not in recipients:
        office.rcpt(
            account.address
        )  # refused, it is sent all the same: then only a person can tell what a lost answer meant


def _in_ascii(address: str) -> str:
    """The address with its domain as the net knows it. Raises `BadData` when it is none, or its first half needs more than ASCII."""
    local, at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode('ascii')}" if at else ""
    except UnicodeError:
        plain = ""
    if not plain or not plain.isascii():
        raise BadData("recipient_missing")
    return plain


def _stuffed(mail: bytes) -> bytes:
    """The mail as it goes over the line: every dot at the beginning of a line doubled. The single one that ends it is not in here."""
    body = re.sub(rb"\r\n|\r|\n", b"\r\n", mail)
    body = re.sub(rb"(?m)^\.", b"..", body)
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _refused(error: Exception, host: str) -> Exception:
    """What a refusal before the mail was taken means: nothing was sent."""
    code: Any = getattr(error, "smtp_code", 0)
    said = wires.words(error)
    said = said if said.endswith((".", "!", "?")) else f"{said}."
    if code in (530, 535):
        return CredentialError("not_allowed", host=host, detail=said)
    if isinstance(code, int) and 500 <= code < 600:
        return BadData("reply_refused", host=host, detail=said)
    if isinstance(code, int) and 400 <= code < 500:
        return Unreachable("mail_deferred", host=host, detail=said)
    return Unreachable("no_answer", host=host, detail=said)


def _found(account: Account, reply: Reply, *, http: Exchange) -> SentProof:
    """The mail of an earlier attempt in our own mailbox. Raises `CannotTell` when it is not there."""
    own = message_id(account, reply)
    with wires.mailbox(account.imap, http) as box:
        for folder in (fetching.quoted(account.folder), *_others(box)):
            if proof := _in_folder(box, folder, own):
                return proof
    began = reply.since
    look_again = began is None or datetime.now(UTC) - began < LOOK_FOR
    raise CannotTell(host=account.smtp.host if account.smtp else account.domain, look_again=look_again)


def _others(box: wires.Imap) -> list[str]:
    """Folders where servers put what was sent (RFC 6154), as they write them: some keep the copy to oneself there only."""
    _kind, rows = box.list()
    found = []
    for row in rows or []:
        line = row[0] + b'"' + row[1] + b'"' if isinstance(row, tuple) else row
        read = re.match(rb'\(([^)]*)\) (?:"[^"]*"|NIL) "?(.*?)"?$', line or b"")
        if read and any(re.search(flag + rb"(?:\s|$)", read[1], re.IGNORECASE) for flag in _FOLDERS):
            found.append('"' + read[2].decode("ascii", "replace") + '"')
    return found


def _in_folder(box: wires.Imap, folder: str, own: str) -> SentProof | None:
    kind, _said = box.select(folder, readonly=True)
    if kind != "OK":
        return None
    kind, found = box.uid("SEARCH", "HEADER", "Message-ID", f'"<{own}>"')
    uids = (found[0] or b"").split() if kind == "OK" and found else []
    for uid in uids[:5]:
        _kind, data = box.uid("FETCH", uid.decode(), "(UID BODY.PEEK[HEADER])")
        for answer in structure.answers(data):
            head = answer.get("BODY[HEADER]") or b""
            message = parsed(head)
            if headers.own_id(message) == own:
                sent_at = headers.moment(headers.raw(message, "Date")) or datetime.now(UTC)
                return SentProof(external_id=own, url="", sent_at=sent_at, found=True, raw=head[:4_000])
    return None
