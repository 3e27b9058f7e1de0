"""The settings of a mailbox, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grapevine.connectors.base import BadData, Settings, setting

SECURITY = ("tls", "starttls", "none")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\\x00-\x1f\x7f]+@[^\s@<>\"(),:;\[\]\\\x00-\x1f\x7f]+")
_USUAL = {("imap", "tls"): 993, ("imap", "starttls"): 143, ("imap", "none"): 143}
_USUAL |= {("smtp", "tls"): 465, ("smtp", "starttls"): 587, ("smtp", "none"): 25}
LONGEST_HISTORY = 3_650


@dataclass(frozen=True)
class Door:
    """A server and how one gets in there."""

    host: str
    port: int
    security: str
    user: str
    password: str


@dataclass(frozen=True)
class Account:
    """A mailbox. `authority` is the name under which its server writes what it found out about senders; empty: not known."""

    address: str
    folder: str
    imap: Door
    smtp: Door | None
    history_days: int
    authority: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def of(settings: Settings) -> Account:
    """The account of these settings. Raises `BadData` naming the setting that is missing or wrong."""
    address = mail_address(setting(settings, "address", required=True))
    if not address:
        raise BadData("setting_wrong", key="address", value=setting(settings, "address")[:200])
    user = setting(settings, "user") or address
    password = str(settings.get("password") or "")
    if not password:
        raise BadData("setting_missing", key="password")
    smtp = None
    if setting(settings, "smtp_host"):
        smtp = _door(
            settings,
            "smtp",
            setting(settings, "smtp_user") or user,
            str(settings.get("smtp_password") or password),
        )
    return Account(
        address=address,
        folder=setting(settings, "folder") or "INBOX",
        imap=_door(settings, "imap", user, password),
        smtp=smtp,
        history_days=_number(settings, "history_days", 30, LONGEST_HISTORY),
        authority=setting(settings, "authority").lower(),
    )


def mail_address(written: str) -> str:
    """An address as it is compared (in lower case), or an empty string when it is none."""
    written = written.strip()
    return written.lower() if len(written) <= 254 and _ADDRESS.fullmatch(written) else ""


def _door(settings: Settings, what: str, user: str, password: str) -> Door:
    written = setting(settings, f"{what}_host", required=True)
    try:
        host = written if written.isascii() else written.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise BadData("setting_wrong", key=f"{what}_host", value=written[:200])
    security = setting(settings, f"{what}_security") or ("tls" if what == "imap" else "starttls")
    if security not in SECURITY:
        raise BadData("setting_wrong", key=f"{what}_security", value=security[:200])
    port = _number(settings, f"{what}_port", _USUAL[what, security], 65_535)
    if not port:
        raise BadData("setting_wrong", key=f"{what}_port", value=port)
    return Door(host, port, security, user, password)


def _number(settings: Settings, key: str, usual: int, most: int) -> int:
    written = setting(settings, key)
    if not written:
        return usual
    if not written.isascii() or not written.isdecimal() or len(written) > 9 or int(written) > most:
        raise BadData("setting_wrong", key=key, value=written[:200])
    return int(written)
