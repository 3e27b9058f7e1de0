"""Addresses that users type or servers redirect to: parsed, and refused where they are not plain http or https."""

from __future__ import annotations

import re
from ipaddress import ip_address

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


_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def origins(written: str) -> tuple[str, ...]:
    """The sites in a text, with spaces or commas between them, as browsers name them: scheme, host, and a port that isn't the usual one.

    https:// may be left out. Raises `ValueError` with what is no site: a page of one, a name with a star, a host that cannot be.
    """
    return tuple(dict.fromkeys(_origin(one) for one in written.replace(",", " ").split()))


def _origin(written: str) -> str:
    try:
        parsed = httpx.URL(written if "://" in written else f"https://{written}")
        host = parsed.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, ValueError):
        raise ValueError(written) from None
    rest = (
        parsed.raw_path not in (b"", b"/")
        or parsed.fragment
        or parsed.userinfo
        or "#" in written
        or "?" in written
    )
    if (
        parsed.scheme not in ("http", "https")
        or rest
        or not 0 < (parsed.port or 80) < 65_536
        or not _is_host(host)
    ):
        raise ValueError(written)
    shown = f"[{host}]" if ":" in host else host
    return f"{parsed.scheme}://{shown}" + (f":{parsed.port}" if parsed.port else "")


def _is_host(host: str) -> bool:
    """Whether a site can be there: an address, localhost, or a name of two parts and more whose last is no number."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        named = len(labels) > 1 and len(host) <= 253 and not labels[-1].isdigit()
        return (named or host == "localhost") and all(_LABEL.fullmatch(one) for one in labels)
    return True


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
