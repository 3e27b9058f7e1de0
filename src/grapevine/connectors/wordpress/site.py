"""A WordPress site as its REST interface shows it: finding the interface, asking it, understanding its
refusals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from grapevine.connectors.base import (
    BadData,
    CredentialError,
    Gone,
    RateLimited,
    Settings,
    Unreachable,
    setting,
)
from grapevine.connectors.http import Answer, Exchange

PAGE = 100
"""The most items WordPress gives at once."""
_LINK = re.compile(r'<([^>]+)>\s*;\s*rel="https://api\.w\.org/"')
_UNKNOWN = {"incorrect_password", "invalid_username", "invalid_email", "rest_not_logged_in"}
_UNKNOWN |= {"rest_comment_login_required"}  # we did sign in, and were taken for a visitor
_REFUSED = (400, 401, 403, 404, 409, 410, 413, 429, 501)


class Refused(Exception):
    """WordPress answered with one of its error codes (`rest_…`, `comment_…`)."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True)
class Site:
    """One site and who we are there."""

    http: Exchange
    root: str
    auth: tuple[str, str] | None

    @classmethod
    def found(cls, settings: Settings, http: Exchange, root: str = "") -> Site:
        """The site of the settings; `root` is the interface's address when it is known already.

        Raises `Unreachable` with `no_api` when nothing answers as WordPress does.
        """
        user, password = setting(settings, "user"), setting(settings, "password")
        if bool(user) != bool(password):
            raise CredentialError("credentials_missing")
        auth = (user, password) if user else None
        return cls(http, root or _root(setting(settings, "url", required=True), http), auth)

    @property
    def http_host(self) -> str:
        """The site's host, for messages."""
        return urlsplit(self.root).hostname or self.root

    def url(self, path: str) -> str:
        """The address of something below the interface's root, which may carry the path in its query."""
        if "rest_route=" in self.root:
            return self.root + quote(path)
        return self.root + path

    def get(self, path: str, **params: Any) -> Any:
        """GET and decode. Raises `Refused`, `BadData` and what `http` raises."""
        return self.ask("GET", path, params=params)[0]

    def items(self, path: str, **params: Any) -> list[bytes]:
        """GET a list; each item as the bytes it came as."""
        answer = self.ask("GET", path, params=params)[1]
        try:
            return [bytes(item) for item in msgspec.json.decode(answer.body, type=list[msgspec.Raw])]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadData("not_understood", host=answer.host, detail=f"no list ({error}).") from None

    def ask(self, method: str, path: str, **more: Any) -> tuple[Any, Answer]:
        """One request as ourselves. Raises `Refused` for WordPress's own refusals."""
        answer = self.http.request(method, self.url(path), accept=_REFUSED, auth=self.auth, **more)
        content = answer.json() if answer.status < 400 else _refusal(answer)
        return content, answer


def _root(address: str, http: Exchange) -> str:
    """Where the interface is: as a page of the site says, else at the usual place."""
    page = http.get(address, accept=(401, 403, 404))
    if (link := _LINK.search(page.header("link"))) is not None:
        return link[1] if link[1].endswith("/") or "rest_route=" in link[1] else link[1] + "/"
    root = page.url.split("?")[0].rstrip("/").removesuffix("/wp-json") + "/wp-json/"
    try:
        answer = http.get(root)
        if "wp/v2" in answer.json().get("namespaces", []):
            return root
    except (BadData, Unreachable, AttributeError):
        pass
    raise Unreachable("no_api", url=address)


def _refusal(answer: Answer) -> Any:
    """Raise what a refusing answer means."""
    try:
        said = msgspec.json.decode(answer.body, type=dict[str, Any])
        code, message = str(said["code"]), str(said["message"])
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
        if answer.status == 401:
            raise CredentialError("credentials_refused", host=answer.host) from None
        if answer.status == 429:
            raise RateLimited(60.0, host=answer.host) from None
        if answer.status == 410:
            raise Gone("gone", url=answer.url) from None
        if answer.status == 501:
            raise Unreachable("server_error", host=answer.host, status=501) from None
        if answer.status == 404:
            raise Unreachable("not_found", url=answer.url) from None
        raise Unreachable("refused", host=answer.host, status=answer.status) from None
    if code in _UNKNOWN or code.startswith("application_password"):
        raise CredentialError("credentials_refused", host=answer.host)
    if code == "comment_flood" or answer.status == 429:
        raise RateLimited(20.0, host=answer.host)
    raise Refused(code, message, answer.status)
