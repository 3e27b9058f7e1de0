"""The two stores: SQLite in the home folder, or PostgreSQL where GRAPEVINE_DATABASE_URL points."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from grapevine.config.environment import Environment


def settings_for(environment: Environment) -> dict[str, Any]:
    """Django's DATABASES["default"] for `environment`."""
    return _postgresql(environment.database_url) if environment.is_postgresql else _sqlite(environment)


def _sqlite(environment: Environment) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.sqlite_path,
        "OPTIONS": {
            # A writer takes its lock at once: a later upgrade from reader to writer could fail without waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                # Posts are some 500 bytes and come in batches: fuller pages and rarer checkpoints write a tenth less.
                "PRAGMA page_size=8192; PRAGMA wal_autocheckpoint=4000; "
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
                # What was removed is overwritten: erased means that it is found nowhere, in the file neither.
                "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        # A connection is looked at before it is used: a restart of the database is no error on a page.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
