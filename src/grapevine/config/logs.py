"""What is logged, and how: structured events, for people on a terminal and as JSON for machines.

Events hold ids, counts and names. No texts of posts, no addresses of people, no secrets.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure(wishes: dict[str, Any]) -> None:
    """Set up logging; `wishes` has `level` (debug, info, warning, error) and `form` (auto, console, json)."""
    form, level = wishes.get("form", "auto"), str(wishes.get("level", "info")).upper()
    for_people = form == "console" or (form == "auto" and sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Any] = (
        [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
        if for_people
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "of_the_house", False)]:
        root.removeHandler(old)
    handler.of_the_house = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(level)
    # Their chatter says what our own events say, or holds addresses that were asked for.
    for name in (
        "django.request",
        "django.server",
        "httpx",
        "httpcore",
        "uvicorn.access",
        "numba",
        "asyncio",
    ):
        logging.getLogger(name).setLevel("ERROR" if name != "django.request" else "CRITICAL")
    # Machines that try names at random; each would be an error with a traceback.
    logging.getLogger("django.security.DisallowedHost").setLevel("CRITICAL")
    logging.captureWarnings(capture=True)
