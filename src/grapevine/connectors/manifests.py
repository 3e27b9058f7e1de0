"""What a connector says of itself: its settings, its terms, its pace, and what can be answered and taken away by it."""

from __future__ import annotations

from typing import Literal

import msgspec

from grapevine.connectors.findings import Finding, Says, Value, made

Removal = Literal["hide", "delete"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a connector, described so that a form can be made of it. Not `asked`: a program sets it, no form shows it.

    A `choice` is one of `choices` (value and English label). A `source` is the id of another source whose connector is `of`; the connector
    finds the settings of that one under `<key>_settings`.
    """

    key: str
    kind: Literal["url", "text", "secret", "file", "bool", "choice", "source", "origins", "brand"]
    label: str
    help: str
    required: bool = False
    default: str | bool = ""
    asked: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    of: str = ""


class RateLimit(msgspec.Struct, frozen=True):
    """At most `requests` in `seconds` for one host; what we keep to even when the platform allows more."""

    requests: int
    seconds: float


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a connector says of itself: shown to users, checked by the battery. Words are English source
    sentences. `says` are the sentences that its `check` may answer with, by code.

    Of replies: `send_needs` are the keys of the settings without which it can't send, `longest_reply` is in characters (None: no limit),
    `reply_within_seconds` how long after the other side's last word the platform takes one (None: always), `attachment_bytes` how much may go
    with one, `copies` that others may get it too, `carries_links` that only whom it is for reads it, so that a link meant for them alone may
    stand in it. `removes` is what may be done to others' posts there (`Connector.remove`).
    `receives`: what it brings comes in by a page of our own; `fetch` brings nothing.
    """

    name: str
    label: str
    summary: str
    fetches: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    terms: str
    retention_days: int
    rate_limit: RateLimit
    every_seconds: float | None = None
    fields: tuple[Field, ...] = ()
    says: Says = {}
    send_needs: tuple[str, ...] = ()
    longest_reply: int | None = None
    reply_within_seconds: float | None = None
    attachment_bytes: int = 0
    copies: bool = False
    carries_links: bool = False
    removes: tuple[Removal, ...] = ()
    receives: bool = False

    def secrets(self) -> tuple[str, ...]:
        """Keys of the settings that must be stored encrypted and never shown."""
        return tuple(field.key for field in self.fields if field.kind == "secret")

    def finding(self, code: str, **params: Value) -> Finding:
        """A line of a report, with its sentence from `says`. Raises KeyError for a code that is not there."""
        return made(self.says, code, **params)
