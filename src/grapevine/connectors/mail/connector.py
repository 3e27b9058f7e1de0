"""The connector for e-mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from grapevine.connectors.base import (
    Attachment,
    Batch,
    CheckReport,
    Cursor,
    Field,
    Finding,
    Manifest,
    Post,
    RateLimit,
    Reply,
    SentProof,
    Settings,
)
from grapevine.connectors.http import Exchange
from grapevine.connectors.mail import account, fetching, mapping, sending, signs, structure, wires
from grapevine.connectors.mail.parts import parsed

_SECURITY = (
    ("tls", "TLS from the first byte"),
    ("starttls", "STARTTLS"),
    ("none", "None: only within one machine"),
)
_LOOKED_AT = 20


class MailConnector:
    """A mailbox: what comes in is read by IMAP, answers go out by SMTP."""

    manifest = Manifest(
        name="mail",
        label="E-mail",
        summary="What people write to a mailbox of yours, and answers to it.",
        fetches=("message",),
        sends=("message",),
        send_needs=("smtp_host",),
        terms="Reads a mailbox that is yours, as its owner; nothing in it is marked, moved or removed. Only people with a role here read it.",
        retention_days=0,
        rate_limit=RateLimit(60, 60.0),
        every_seconds=60.0,
        attachment_bytes=sending.LARGEST_FILES,
        copies=True,
        carries_links=True,
        fields=(
            Field(
                key="address",
                kind="text",
                label="Address",
                help="The address that people write to, such as hello@example.org. Answers come from it.",
                required=True,
            ),
            Field(
                key="imap_host",
                kind="text",
                label="Server for incoming mail (IMAP)",
                help="Such as imap.example.org.",
                required=True,
            ),
            Field(
                key="imap_security",
                kind="choice",
                label="Encryption of incoming mail",
                help="What your provider says; mostly TLS.",
                choices=_SECURITY,
                default="tls",
            ),
            Field(
                key="imap_port",
                kind="text",
                label="Port for incoming mail",
                help="Leave it empty for the usual one: 993 with TLS, else 143.",
            ),
            Field(
                key="user",
                kind="text",
                label="User",
                help="The name to sign in with, where it is not the address.",
            ),
            Field(
                key="password",
                kind="secret",
                label="Password",
                help="Of the mailbox; where your provider has them, a password for one application only.",
                required=True,
            ),
            Field(
                key="brand",
                kind="brand",
                label="Brand",
                help="Whose letters these are: conversations from here carry it. Without it our brand, where we have just one.",
            ),
            Field(
                key="folder",
                kind="text",
                label="Folder",
                help="The folder to read. Leave it empty for the inbox.",
            ),
            Field(
                key="history_days",
                kind="text",
                label="Days to look back",
                help="How many days of older mail the first reading takes in. 30 when empty; 0 for none but today's.",
            ),
            Field(
                key="smtp_host",
                kind="text",
                label="Server for outgoing mail (SMTP)",
                help="Only to reply: such as smtp.example.org.",
            ),
            Field(
                key="smtp_security",
                kind="choice",
                label="Encryption of outgoing mail",
                help="What your provider says; mostly STARTTLS.",
                choices=_SECURITY,
                default="starttls",
            ),
            Field(
                key="smtp_port",
                kind="text",
                label="Port for outgoing mail",
                help="Leave it empty for the usual one: 587 with STARTTLS, 465 with TLS, else 25.",
            ),
            Field(
                key="smtp_user",
                kind="text",
                label="User for outgoing mail",
                help="Only where it is another than for incoming mail.",
            ),
            Field(
                key="smtp_password",
                kind="secret",
                label="Password for outgoing mail",
                help="Only where it is another than for incoming mail.",
            ),
            Field(
                key="authority",
                kind="text",
                label="Server whose word on senders counts",
                help="The name your mail server puts first in Authentication-Results. Without it, forged senders can't be told.",
            ),
        ),
        says={
            "folder_open": (
                "The folder “{folder}” can be read: {count} mail is in it.",
                "The folder “{folder}” can be read: {count} mails are in it.",
            ),
            "may_send": "{host} lets us send as {address}.",
            "sends_nothing": "No server for outgoing mail is given: it can be read, but not answered.",
            "not_encrypted": "The connection to {host} is not encrypted: password and mails can be read on the way.",
            "authority_heard": "{authority} says of the latest mails who sent them, and its word counts.",
            "authority_silent": "{authority} says nothing of the senders of the latest mails. Check the name.",
            "authority_seen": "{authority} vouches for senders. If that is your own mail server, name it below: forged senders are then shown.",
            "authority_none": "No server is named whose word on senders counts, so forged senders can't be told from real ones.",
        },
    )

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """Yield the mails that came in since the cursor. Raises `ConnectorError`."""
        owner = account.of(settings)
        with wires.mailbox(owner.imap, http) as box:
            yield from fetching.fetch(box, owner, settings, cursor, now=now)

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one mail as kept. Raises `BadData`."""
        return mapping.to_post(raw, settings)

    def html(self, raw: bytes) -> str:
        """The HTML of a mail as it came: hostile. Raises `BadData`."""
        return mapping.html(raw)

    def attachments(self, raw: bytes) -> tuple[Attachment, ...]:
        """The files of a mail. Raises `BadData`."""
        return mapping.attachments(raw)

    def embedded(self, raw: bytes) -> dict[str, int]:
        """Which attachment a `cid:` address in the HTML means. Raises `BadData`."""
        return mapping.embedded(raw)

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Sign in at both servers, and look who vouches for the senders of the latest mails. Raises `ConnectorError`."""
        owner = account.of(settings)
        said = self.manifest.finding
        lines = []
        with wires.mailbox(owner.imap, http) as box:
            fetching.look(box, owner)
            _kind, found = box.response("EXISTS")
            count = int(found[-1]) if found and isinstance(found[-1], bytes) else 0
            lines.append(said("folder_open", folder=owner.folder, count=count))
            lines.append(_authority(owner, _vouching(box, count)))
        if owner.smtp is None:
            lines.append(said("sends_nothing"))
        else:
            with wires.post_office(owner.smtp, http, name=owner.domain):
                lines.append(said("may_send", host=owner.smtp.host, address=owner.address))
        bare = {
            door.host for door in (owner.imap, owner.smtp) if door is not None and door.security == "none"
        }
        lines += [said("not_encrypted", host=host) for host in sorted(bare)]
        return CheckReport(ok=True, lines=tuple(lines))

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """Send a mail in answer, once. Raises `ConnectorError`."""
        return sending.send(account.of(settings), reply, http=http)


def _vouching(box: wires.Imap, count: int) -> list[str]:
    """Servers that say something of the senders of the latest mails, the topmost of each mail, the most frequent first."""
    if not count:
        return []
    _kind, data = box.fetch(f"{max(1, count - _LOOKED_AT + 1)}:{count}", "(BODY.PEEK[HEADER])")
    found: Counter[str] = Counter()
    for answer in structure.answers(data):
        found.update(signs.authorities(parsed(answer.get("BODY[HEADER]") or b""))[:1])
    return [name for name, _times in found.most_common()]


def _authority(owner: account.Account, vouching: list[str]) -> Finding:
    said = MailConnector.manifest.finding
    if owner.authority:
        code = "authority_heard" if owner.authority in vouching or not vouching else "authority_silent"
        return said(code, authority=owner.authority)
    return said("authority_seen", authority=vouching[0]) if vouching else said("authority_none")
