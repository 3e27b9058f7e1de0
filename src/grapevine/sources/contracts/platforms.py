"""Within what an author's id is unique."""

from __future__ import annotations


def of(connector: str, source_id: int) -> str:
    """The name space of the authors of a source: connectors promise that an author's id is unique within one source.

    Number 5 of one blog is not number 5 of the next, so sources do not share a name space; identities are joined to one person by people.
    """
    return f"{connector}/{source_id}"
