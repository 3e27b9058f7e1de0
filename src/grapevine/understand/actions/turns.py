"""Whose turn it is: what a scope learns is learnt from all that was said there, so nothing may be said meanwhile.

To be taken before anything is read that the learning depends on; held until the transaction ends. PostgreSQL's advisory locks. SQLite has
one writer at a time, who is so from the first statement on.
"""

from __future__ import annotations

import zlib

from django.db import connection

_EVERY, _SCOPE = 0x75647374, 0x75647363  # any two numbers that nobody else uses


def mine(scope: str) -> None:
    """Wait for whoever says or learns something in this scope, or removes something anywhere."""
    _ask("pg_advisory_xact_lock_shared", _EVERY, 0)
    _ask("pg_advisory_xact_lock", _SCOPE, zlib.crc32(scope.encode()) - (1 << 31))


def alone() -> None:
    """Wait for everybody, in all scopes: for removing, which must see also what is being said just now, wherever that is.

    One lock for all, so that it does not matter in which order scopes are learnt anew.
    """
    _ask("pg_advisory_xact_lock", _EVERY, 0)


def _ask(function: str, kind: int, key: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s::int, %s::int)", [kind, key])
