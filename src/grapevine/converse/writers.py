"""How those who write are called: who wrote to us by the name they gave us, who wrote in public by the handle they chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grapevine import connectors
from grapevine.core import once
from grapevine.people.selectors import names


@dataclass(frozen=True)
class Called:
    """What somebody is called; `address` is where a letter came from, empty when that is the name already, and in public."""

    name: str = ""
    address: str = ""


NOBODY = Called()


def called(identity_ids: Iterable[int]) -> dict[int, Called]:
    """What these identities are called. One question."""
    return _called_of(frozenset(identity_ids))


@once.a_page
def _called_of(identity_ids: frozenset[int]) -> dict[int, Called]:
    return {pk: _called(one) for pk, one in names.writers(identity_ids).items()} if identity_ids else {}


def _called(one: names.Writer) -> Called:
    if one.name and takes_letters(one.channel):
        return Called(one.name, one.handle if one.handle != one.name else "")
    return Called(one.handle or one.name)


def takes_letters(channel: str) -> bool:
    """Whether what comes through this channel was written to us alone."""
    connector = connectors.shelf().get(channel)
    return connector is not None and "message" in connector.manifest.fetches
