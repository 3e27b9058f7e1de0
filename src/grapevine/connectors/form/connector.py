"""The connector for contact forms: what visitors write comes in by a page of ours; answers go out by e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from grapevine.connectors import urls
from grapevine.connectors.base import (
    BadData,
    Batch,
    CheckReport,
    CredentialError,
    Cursor,
    Field,
    Manifest,
    Post,
    RateLimit,
    Reply,
    SentProof,
    Settings,
    setting,
)
from grapevine.connectors.form import mapping
from grapevine.connectors.http import Exchange
from grapevine.connectors.mail import account, sending


class FormConnector:
    """A contact form."""

    manifest = Manifest(
        name="form",
        label="Contact form",
        summary="A form for your site, to link to or to embed: name, e-mail address, message.",
        fetches=("message",),
        sends=("message",),
        send_needs=("mail",),
        terms="Takes what visitors write to you themselves, after telling them what becomes of it. Only people with a role here read it.",
        retention_days=365,
        rate_limit=RateLimit(60, 60.0),
        attachment_bytes=sending.LARGEST_FILES,
        carries_links=True,
        receives=True,
        fields=(
            Field(
                key="heading",
                kind="text",
                label="Heading",
                help="What stands above the form. “Contact us” when empty.",
            ),
            Field(
                key="intro",
                kind="text",
                label="Introduction",
                help="A sentence below the heading; may be empty.",
            ),
            Field(
                key="consent",
                kind="text",
                label="Consent",
                help="What visitors agree to when they send it: what you do with their message, and for how long. A plain sentence when empty.",
            ),
            Field(
                key="organisation",
                kind="text",
                label="Who asks",
                help="The name visitors know you by, and what you are. The organisation's name when empty.",
            ),
            Field(
                key="data",
                kind="text",
                label="What happens to the data",
                help="Who reads it, what for and how long it is kept. A plain sentence with this source's days when empty.",
            ),
            Field(
                key="turn_to",
                kind="text",
                label="To whom to turn",
                help="A person or an address for questions about one's data, to see it or to have it deleted.",
            ),
            Field(
                key="brand",
                kind="brand",
                label="Brand",
                help="Whose letters these are: conversations from here carry it. Without it our brand, where we have just one.",
            ),
            Field(
                key="sites",
                kind="origins",
                label="Sites that may embed it",
                help="Such as https://www.example.org, several with spaces between. Empty: it can be linked to, not embedded.",
            ),
            Field(
                key="mail",
                kind="source",
                of="mail",
                label="Answers go out through",
                help="The mailbox that sends the answers. Without one, this form takes messages that can't be answered here.",
            ),
        ),
        says={
            "form_ready": "The form is ready. Its address stands on the source's page.",
            "embedded_by": ("{count} site may embed it.", "{count} sites may embed it."),
            "answers_by": "Answers go out from {address}.",
            "no_answers": "No mailbox is chosen: messages come in, but can't be answered from here.",
        },
    )

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """There is nothing to ask for: what visitors write is stored as they send it."""
        yield Batch(cursor=dict(cursor), done=True, not_modified=True)

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one submission as kept. Raises `BadData`."""
        return mapping.to_post(raw)

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Say who may embed the form and how answers go out. Raises `BadData`."""
        said = self.manifest.finding
        found = sites(settings)
        lines = [said("form_ready")]
        lines += [said("embedded_by", count=len(found))] if found else []
        mail = _mail(settings)
        lines.append(said("answers_by", address=account.of(mail).address) if mail else said("no_answers"))
        return CheckReport(ok=True, lines=tuple(lines))

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """Send a mail in answer, through the mailbox that was chosen. Raises `ConnectorError`."""
        mail = _mail(settings)
        if not mail:
            raise CredentialError("no_way_out")
        subject = reply.subject or setting(settings, "heading")
        answer = msgspec.structs.replace(reply, to="", subject=subject, refers=())
        return sending.send(account.of(mail), answer, http=http)


def sites(settings: Settings) -> tuple[str, ...]:
    """The sites that may embed the form. Raises `BadData` naming what is none."""
    try:
        return urls.origins(setting(settings, "sites"))
    except ValueError as wrong:
        raise BadData("setting_wrong", key="sites", value=str(wrong)[:200]) from None


def _mail(settings: Settings) -> dict[str, Any]:
    """The settings of the mailbox for answers; empty when none is chosen, or it is gone."""
    found = settings.get("mail_settings")
    return dict(found) if isinstance(found, dict) and setting(settings, "mail") else {}
