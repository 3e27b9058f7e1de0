"""Addresses that users type or servers redirect to: parsed, and refused where they are not plain http or https."""

from __future__ import annotations

import re

import httpx

from grapevine.connectors.base import Unreachable

_HOST = re.compile(rb"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)  # IDNA is applied before


def checked(url: str) -> httpx.URL:
    """Parse an address and refuse what is not plain http or https. Raises `Unreachable`."""
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError):
        raise Unreachable("url_broken", url=url[:200]) from None
    if parsed.scheme not in ("http", "https"):
        raise Unreachable("url_scheme", url=url[:200])
    if parsed.userinfo:
        raise Unreachable("url_userinfo", host=parsed.host)
    if not _HOST.fullmatch(parsed.raw_host) or not 0 < (parsed.port or 80) < 65_536:
        raise Unreachable("url_broken", url=url[:200])
    return parsed


def joined(here: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect from `here` leads. Raises `Unreachable`."""
    try:
        there = here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise Unreachable("url_broken", url=location[:200]) from None
    return checked(str(there))


def same_origin(here: httpx.URL, there: httpx.URL) -> bool:
    """Same scheme, host and port, or the step from plain http to https on the usual ports."""
    if here.host != there.host:
        return False
    if here.scheme == there.scheme:
        return here.port == there.port
    return there.scheme == "https" and here.port is None and there.port is None
