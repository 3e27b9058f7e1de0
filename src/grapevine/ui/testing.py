"""For tests in a real browser: who looks, what the browser complains of, what axe finds.

    def test_…(page, live_server, db):
        complaints = testing.listen_to(page)
        testing.enter(page, live_server.url, role="lead")
        page.goto(f"{live_server.url}/brands")
        assert testing.barriers(page) == []
        assert complaints == []

Mark such tests `browser`, and `django_db(transaction=True)` or use `live_server`, which does so by itself.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from grapevine.core import testing

# WCAG 2.2 AA, and what axe calls good practice besides.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The event stream is another process; in most tests it does not run, and the page says so by looking every 15 seconds.
_EXPECTED = ("EventSource", "ERR_CONNECTION_REFUSED", "/live")


def enter(page: Any, address: str, *, role: str = "member", user: Any = None) -> Any:
    """Sign in `user`, or somebody of `role`, in the browser of `page` (Playwright). Returns the user."""
    client = testing.signed_in(role, user=user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": urlsplit(address).hostname, "path": "/"}]
    )
    return client.user  # type: ignore[attr-defined]


def listen_to(page: Any) -> list[str]:
    """What the browser complains of from now on: errors of scripts, refusals of the Content-Security-Policy, lost files."""
    complaints: list[str] = []

    def note(message: Any) -> None:
        said = f"{message.text} ({message.location.get('url', '')})"
        if message.type in ("error", "warning") and not any(word in said for word in _EXPECTED):
            complaints.append(said)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def barriers(page: Any, *, without: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> list[str]:
    """What axe finds on the page as it is now, a line each; `without` names rules to leave out (say why), `only` those to look for alone."""
    from axe_playwright_python.sync_playwright import Axe

    rules = {name: {"enabled": False} for name in without}
    tags = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": _RULES}
    # Only what is wrong is told: to describe all that is right as well takes as long again.
    told = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options={"runOnly": tags, "rules": rules, **told})
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']}: {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def sticks_out(page: Any) -> int:
    """How many pixels the page is wider than its window (0: nobody has to scroll sideways)."""
    return int(
        page.evaluate(
            "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
        )
    )
