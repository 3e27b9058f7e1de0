"""How likely it is that two identities are one person: reasons, and a score in words. Pure; a suggestion is only a suggestion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Score = Literal["very likely", "likely", "possible"]
SAME_HANDLE, SAME_NAME, SAME_KEY, LINKED, SAME_ADDRESS_NAME = REASONS = (
    "handle", "name", "key", "link", "address_name",
)  # fmt: skip
"""Same handle; same name; the same unverified e-mail address or customer number; one profile names the other; handle and mail address alike."""
MANY = 5
"""A name or handle that more than so many bear says little."""
_WEIGHTS = {SAME_HANDLE: 4, SAME_NAME: 3, SAME_KEY: 6, LINKED: 5, SAME_ADDRESS_NAME: 3}


@dataclass(frozen=True)
class Face:
    """What is compared of an identity. `platform` is where: two identities of one platform are rarely one person."""

    id: int
    platform: str
    handle: str
    name: str


def local(handle: str) -> str:
    """The part of a handle that its owner chose: "@hamlet@elsinore.example" and "hamlet@elsinore.example" are "hamlet"."""
    return handle.strip().lstrip("@").partition("@")[0].casefold()


def forms(handle: str) -> tuple[str, ...]:
    """How the same handle may be written elsewhere, for looking it up; empty when it is too short to say anything."""
    plain = local(handle)
    return (plain, f"@{plain}") if len(plain) >= 3 else ()


def compared(
    one: Face, other: Face, *, bearers: dict[str, int], key: bool = False, link: bool = False
) -> tuple[str, ...]:
    """Why the two might be the same. `bearers` says how many bear the same name or handle, where that is known."""
    reasons = []
    mine, theirs = local(one.handle), local(other.handle)
    if len(mine) >= 3 and mine == theirs and bearers.get(SAME_HANDLE, 1) <= MANY:
        mail = one.handle.find("@") > 0 or other.handle.find("@") > 0
        reasons.append(SAME_ADDRESS_NAME if mail else SAME_HANDLE)
    name = _words(one.name)
    if len(name) >= 2 and name == _words(other.name) and bearers.get(SAME_NAME, 1) <= MANY:
        reasons.append(SAME_NAME)
    if key:
        reasons.append(SAME_KEY)
    if link:
        reasons.append(LINKED)
    return tuple(reasons)


def score(one: Face, other: Face, reasons: tuple[str, ...]) -> Score | None:
    """How likely, in words; None when there is no reason at all."""
    if not reasons:
        return None
    weight = sum(_WEIGHTS[reason] for reason in reasons)
    if SAME_HANDLE in reasons and len(local(one.handle)) >= 8:
        weight += 2  # a long handle is rarely chosen twice
    if one.platform == other.platform:
        weight -= 4
    if weight >= 7:
        return "very likely"
    return "likely" if weight >= 5 else "possible" if weight >= 3 else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", name.casefold()))


def same_address(address: str) -> str:
    """A web address as it is compared: host and path in small letters, without what leads to the same page. Empty when it is none."""
    text = address.strip()
    if not text or any(letter.isspace() for letter in text):
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/').lower()}{query}"[:500]
