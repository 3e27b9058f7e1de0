"""What may be set from outside, typed, in one place: environment variables named GRAPEVINE_….

A wrong value raises `WrongSetting`, which names the variable, what was given and what was expected; several raise `WrongSettings`,
which names them all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from grapevine.config import language
from grapevine.config.language import gettext_noop as _


class WrongSetting(ValueError):
    """A variable holds something we cannot use."""

    def __init__(self, variable: str, given: str, expected: str) -> None:
        self.variable, self.given, self.expected = variable, given, expected
        said = language.gettext("%(variable)s is %(given)s, but must be %(expected)s.")
        values = {"variable": variable, "given": repr(given), "expected": language.gettext(expected)}
        super().__init__(said % values)


class WrongSettings(WrongSetting):
    """Several variables hold something we cannot use: told together, a line each, so that they are mended at one go."""

    def __init__(self, faults: Sequence[WrongSetting]) -> None:
        self.faults = tuple(faults)
        first = faults[0]
        self.variable, self.given, self.expected = first.variable, first.given, first.expected
        ValueError.__init__(self, "\n".join(map(str, faults)))


# Fields that hold a secret: never repeated in a message, a log or on a page.
SECRET = frozenset({"database_url", "metrics_token"})


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of one running Grapevine. Each field is the variable GRAPEVINE_<FIELD>."""

    home: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    live_port: int = 0
    live_url: str = ""
    public_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    allowed_networks: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    metrics_token: str = ""
    web_workers: int = 1
    web_threads: int = 8
    log_level: str = "info"
    log_format: str = "auto"
    debug: bool = False
    secure_cookies: bool = False
    time_zone: str = "Europe/Stockholm"
    contact: str = ""
    language: str = ""

    @property
    def effective_live_port(self) -> int:
        """The event stream's port: its own setting, or the one after the pages'."""
        return self.live_port or (self.port + 1 if self.port < 65535 else self.port - 1)

    @property
    def is_postgresql(self) -> bool:
        return bool(self.database_url)

    @property
    def sqlite_path(self) -> Path:
        return self.home / "grapevine.sqlite3"


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    return known[text.strip().lower()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _networks(text: str) -> tuple[str, ...]:
    for word in _words(text):
        ip_network(word, strict=False)
    return _words(text)


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(text)
        return text.lower()

    return read


def _database(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise ValueError(text)
    return text


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(text)
    return text.rstrip("/")


def _live_address(text: str) -> str:
    return text if text.startswith("/") else _address(text)


def _zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    ZoneInfo(text)
    return text


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "home": (lambda text: Path(text).expanduser().resolve(), _("a folder")),
    "database_url": (_database, _("postgresql://user:password@host:port/name, or empty for SQLite")),
    "host": (str, _("an address to listen on, such as 127.0.0.1")),
    "port": (_port, _("a port number between 1 and 65535")),
    "live_port": (_port, _("a port number between 1 and 65535")),
    "live_url": (
        _live_address,
        _("an address such as https://talk.example.org/live, or a path such as /live"),
    ),
    "public_url": (_address, _("the address people type, such as https://talk.example.org")),
    "allowed_hosts": (_words, _("host names separated by commas")),
    "allowed_networks": (_networks, _("networks separated by commas, such as 10.0.0.0/8,127.0.0.1/32")),
    "trusted_proxies": (_networks, _("networks separated by commas, such as 127.0.0.1/32")),
    "metrics_token": (str, _("a secret word")),
    "web_workers": (_count, _("a whole number from 1")),
    "web_threads": (_count, _("a whole number from 1")),
    "log_level": (_one_of("debug", "info", "warning", "error"), _("debug, info, warning or error")),
    "log_format": (_one_of("auto", "console", "json"), _("auto, console or json")),
    "debug": (_boolean, _("yes or no")),
    "secure_cookies": (_boolean, _("yes or no")),
    "time_zone": (_zone, _("a time zone such as Europe/Copenhagen")),
    "language": (_one_of(*language.KNOWN), _("sv, da, nl or en")),
    "contact": (str, _("an address for those whose servers we read, such as mailto:web@example.org")),
}


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings from `variables`. Raises `WrongSetting`, naming the variable, or `WrongSettings`, naming all that are wrong."""
    faults: list[WrongSetting] = []
    values: dict[str, Any] = {"home": Path(platformdirs.user_data_dir("grapevine", appauthor=False))}
    for field in fields(Environment):
        variable = f"GRAPEVINE_{field.name.upper()}"
        text = variables.get(variable, "").strip()
        if not text:
            continue
        reader, expected = _READERS[field.name]
        try:
            values[field.name] = reader(text)
        except (ValueError, KeyError, OSError):
            given = "(not shown)" if field.name in SECRET else text
            faults.append(WrongSetting(variable, given, expected))
    if faults:
        raise faults[0] if len(faults) == 1 else WrongSettings(faults)
    return Environment(**values)


MEANINGS: dict[str, str] = {
    "home": "The folder of all state: SQLite file and backups, secret key, uploaded and collected files.",
    "database_url": "The PostgreSQL database. Empty: SQLite in the home folder.",
    "host": "The address to listen on. Behind a proxy on the same machine leave it as it is.",
    "port": "The port of the pages.",
    "live_port": "The port of live updates. Not set: the one after the pages' port.",
    "live_url": "Where browsers find live updates when a proxy puts them elsewhere than on their port.",
    "public_url": "The address people type. Used in links and to check where forms come from.",
    "allowed_hosts": "Host names that pages are served under, beside localhost and that of the public address.",
    "allowed_networks": "Private networks that sources may be fetched from; all are refused otherwise.",
    "trusted_proxies": "Proxies whose word about the visitor's address (X-Forwarded-For) is believed.",
    "metrics_token": "Who shows it as a bearer token may read /metrics; so may this machine and administrators.",
    "web_workers": "Processes that serve pages.",
    "web_threads": "Threads in each of them.",
    "log_level": "From which level on events are logged.",
    "log_format": "How: for people (console) or machines (json); auto looks whether a person is watching.",
    "debug": "For developers: tell errors on the page. Never on a machine others can reach.",
    "secure_cookies": "Set it when people come by https: cookies are sent that way only.",
    "time_zone": "The time zone in which days begin, until an administrator or a user sets their own.",
    "language": "The language of commands: sv, da, nl or en. Not set: that of the terminal. (Pages follow their reader.)",
    "contact": "Told to servers we read, so that their owners can write to you.",
}
