"""Mails for tests, made in code: as people write them, as programs write them, broken ones and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from grapevine.connectors.mail import envelope
from grapevine.connectors.testing import NOW

OURS = "hello@elsinore.example"
_PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\5\xfe\2\xfe\xa75\x81\x84"
    b"\0\0\0\0IEND\xaeB`\x82"
)


def letter(
    text: str | None = "Too sour, the new roast.",
    *,
    html: str = "",
    number: int = 1,
    sender: str = "Ofelia Polonius <ofelia@court.example>",
    subject: str = "The new roast",
    to: str = OURS,
    at: datetime | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """One well-formed mail. Further headers are written with _ for -; an empty one is left out."""
    mail = EmailMessage(policy=SMTP)
    plain: dict[str, Any] = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": format_datetime(at or NOW - timedelta(hours=2)),
        "Message-ID": f"<letter-{number}@court.example>",
    }
    plain |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in plain.items():
        if value:
            mail[name] = value
    if text is not None:
        mail.set_content(text)
    if html and text is not None:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    for name, media_type, content in files:
        main, _slash, sub = media_type.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def kept(mail: bytes, *, at: datetime = NOW - timedelta(hours=1)) -> bytes:
    """The raw item that becomes of a mail."""
    return envelope.put(mail, at=at)


def lines(*written: str | bytes) -> bytes:
    """A mail written out line by line."""
    return b"\r\n".join(one.encode() if isinstance(one, str) else one for one in written) + b"\r\n"


def bounce(of: str, *, action: str = "failed", number: int = 90) -> bytes:
    """What a server writes when it could not deliver the mail with the id `of`."""
    return lines(
        "Return-Path: <>",
        "From: Mail Delivery System <MAILER-DAEMON@mx.court.example>",
        f"To: {OURS}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {format_datetime(NOW - timedelta(hours=1))}",
        f"Message-ID: <bounce-{number}@mx.court.example>",
        "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"',
        "",
        "--cut",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "The mail system could not deliver your message: user unknown.",
        "--cut",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.court.example",
        "",
        "Final-Recipient: rfc822; yorick@court.example",
        f"Action: {action}",
        "Status: 5.1.1",
        "",
        "--cut",
        "Content-Type: text/rfc822-headers",
        "",
        f"From: {OURS}",
        f"Message-ID: <{of}>",
        "Subject: Re: Alas",
        "",
        "--cut--",
    )


SCRIPTED = (
    '<html><head><style>body{position:fixed}</style><script>alert(1)</script></head><body onload="x()">'
    '<h1>Win!</h1><p style="position:fixed;top:0;left:0;width:100%">Look <a href="https://thief.example/in">www.bank.example</a></p>'
    '<form action="https://thief.example"><input name="password"></form><a href="javascript:alert(1)">here</a>'
    '<img src="https://tracker.example/p.gif?who=7" width="1" height="1"><img src="https://shop.example/cup.jpg" alt="A cup">'
    '<img src="cid:logo@court.example" alt="Logo"><iframe src="https://thief.example"></iframe><svg onload="x()"></svg></body></html>'
)


def scripted() -> bytes:
    """HTML with scripts, a form, a tracker, remote pictures, and one that came along."""
    return lines(
        "From: Iago <iago@venice.example>",
        f"To: {OURS}",
        "Subject: You have won",
        f"Date: {format_datetime(NOW - timedelta(hours=3))}",
        "Message-ID: <won@venice.example>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; boundary="rel"',
        "",
        "--rel",
        "Content-Type: text/html; charset=utf-8",
        "",
        SCRIPTED,
        "--rel",
        'Content-Type: image/png; name="logo.png"',
        "Content-ID: <logo@court.example>",
        "Content-Disposition: inline; filename=logo.png",
        "Content-Transfer-Encoding: base64",
        "",
        _base64(_PIXEL),
        "--rel--",
    )


def _base64(data: bytes) -> str:
    from base64 import encodebytes

    return encodebytes(data).decode().strip()


def broken() -> dict[str, bytes]:
    """Mails that break the rules in one way each, by what is wrong with them. All of them can be read."""
    head = (
        "From: Yorick <yorick@court.example>",
        f"To: {OURS}",
        f"Date: {format_datetime(NOW - timedelta(hours=4))}",
    )
    plain = "Content-Type: text/plain; charset="
    return {
        "no message id": lines(*head, "Subject: Who am I", "", "Alas."),
        "unknown charset": lines(
            *head, "Message-ID: <b1@c.example>", plain + "x-elsinore", "", "Smørrebrød".encode()
        ),
        "wrong charset": lines(
            *head,
            "Message-ID: <b2@c.example>",
            plain + "utf-8",
            "",
            "Smørrebrød på tallerken".encode("cp1252"),
        ),
        "raw bytes in the subject": lines(
            *head, "Message-ID: <b3@c.example>", b"Subject: Kr\xe4ftskiva", "", "Hej"
        ),
        "broken encoded word": lines(
            *head, "Message-ID: <b4@c.example>", "Subject: =?utf-8?B?w6Vuz?= =?utf-9?Q?x?=", "", "Hej"
        ),
        "boundary never comes": lines(
            *head,
            "Message-ID: <b5@c.example>",
            'Content-Type: multipart/mixed; boundary="x"',
            "",
            "Hello there",
        ),
        "boundary never ends": lines(
            *head,
            "Message-ID: <b6@c.example>",
            'Content-Type: multipart/mixed; boundary="x"',
            "",
            "--x",
            "",
            "Hello",
            "--x",
            "",
            "more",
        ),
        "bad base64": lines(
            *head,
            "Message-ID: <b7@c.example>",
            plain + "utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            "SGVq!!!IGhlag=",
            "%%",
        ),
        "no blank line": lines(*head, "Message-ID: <b8@c.example>", "Subject: Only headers"),
        "date of nowhere": lines(
            "From: y@c.example",
            "Date: Tue, 99 Foo 2026 25:61 +9900",
            "Message-ID: <b9@c.example>",
            "Subject: When",
            "",
            "Now.",
        ),
        "zero bytes": lines(*head, "Message-ID: <b10@c.example>", "Subject: Zero", "", b"a\0b"),
        "folded strangely": lines(
            *head, "Message-ID:", " <b11@c.example>", "Subject: one", "\ttwo", "", "three"
        ),
        "two senders": lines(
            "From: a@c.example, b@c.example", *head[1:], "Message-ID: <b12@c.example>", "", "We both."
        ),
        "no sender": lines(*head[1:], "Message-ID: <b13@c.example>", "Subject: Nobody", "", "Boo."),
        "old marks of lines": b"\n".join(
            [head[0].encode(), b"Message-ID: <b14@c.example>", b"Subject: Unix", b"", b"one", b"two"]
        ),
    }


def odd() -> dict[str, bytes]:
    """Mails that keep to the rules and are odd all the same."""
    rtl = "\u202eelur eht ekil skool siht\u202c مرحبا، القهوة باردة"
    return {
        "emoji only": letter("😡😡😡", subject="", number=20),
        "right to left": letter(rtl, subject="\u202eMoc.elpmaxe\u202c قهوة", number=21),
        "files only": letter(
            None,
            files=(("../../etc/passwd", "application/octet-stream", b"x"), ("cup.png", "image/png", _PIXEL)),
            number=22,
        ),
        "very large text": letter("word " * 300_000, number=23),
        "many recipients": letter(to=", ".join(f"a{number}@b.example" for number in range(2_000)), number=24),
        "deep quotes": letter(
            "\n".join(">" * depth + " no" for depth in range(1, 400)) + "\nYes.", number=25
        ),
        "html only": letter(
            None, html="<p>Only <b>HTML</b></p><blockquote>On Monday you wrote: x</blockquote>", number=26
        ),
    }


def nested(depth: int = 3_000) -> bytes:
    """Parts within parts within parts."""
    made = [b"From: Iago <iago@venice.example>", b"Message-ID: <deep@venice.example>", b"Subject: Deep"]
    for level in range(depth):
        made += [f'Content-Type: multipart/mixed; boundary="b{level}"'.encode(), b"", f"--b{level}".encode()]
    return b"\r\n".join([*made, b"Content-Type: text/plain", b"", b"bottom"])


def everything() -> list[bytes]:
    """A mailbox of all of them, well-formed ones first."""
    thread = letter(
        "And still sour.",
        number=2,
        subject="Re: The new roast",
        In_Reply_To="<letter-1@court.example>",
        References="<letter-1@court.example>",
    )
    away = letter(
        "I am away until Monday.",
        number=3,
        subject="Autosvar: Re: Alas",
        Auto_Submitted="auto-replied",
        In_Reply_To="<gv.1@elsinore.example>",
    )
    return [
        letter(),
        thread,
        away,
        bounce("gv.1@elsinore.example"),
        scripted(),
        *broken().values(),
        *odd().values(),
    ]


def at(number: int) -> datetime:
    """When the mail of that number came in."""
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC) + timedelta(minutes=number)
