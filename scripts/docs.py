"""docs/settings.md and docs/reference.md are made from the code. usage: docs.py update | check

`check` also follows the links of all pages to files of the project.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MADE = "<!-- Made from the code by `make docs`; change it there. -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    lines = [
        list(heads),
        *([str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows),
    ]
    body = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([body[0], "|" + " --- |" * len(lines[0]), *body[1:]]) + "\n"


def settings_page() -> str:
    """What can be set from outside."""
    from grapevine.config import environment

    rows = []
    for field in fields(environment.Environment):
        _reader, expected = environment._READERS[field.name]
        default = field.default if isinstance(field.default, (str, int, bool, tuple)) else None
        shown = "" if default in ("", (), None) or default is False else f"`{default}`"
        shown = "a folder of the system's choice for user data" if field.name == "home" else shown
        shown = "the page's port + 1" if field.name == "live_port" else shown
        meaning = environment.MEANINGS[field.name]
        rows.append((f"`GRAPEVINE_{field.name.upper()}`", meaning, expected, shown))
    return (
        f"{MADE}# Settings\n\nAll settings are environment variables. A wrong one is told by its name when Grapevine starts. "
        "`grapevine doctor` shows what is set and what works. What holds for everybody who works with an installation "
        "(organisation, retention, time zone) is set by an administrator on the page *Installation*.\n\n"
        + table(("Variable", "What it is for", "Must be", "When not set"), rows)
    )


def news() -> list[tuple[str, str, str]]:
    """All kinds of news: module, fields, meaning."""
    from django.conf import settings

    found = []
    for room in settings.ROOMS:
        if find_spec(f"grapevine.{room}.events") is None:
            continue
        module = import_module(f"grapevine.{room}.events")
        for name, kind in sorted(vars(module).items()):
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
                told = ", ".join(f"`{field.name}`" for field in fields(kind))
                found.append((f"`{room}.{name}`", first_sentence(kind.__doc__), told))
    return found


def first_sentence(text: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def reference_page() -> str:
    """What rooms have registered: permissions, news, jobs, personal data, figures."""
    import django

    django.setup()
    from django.urls import get_resolver

    from grapevine.core import access, figures, jobs, live, privacy

    get_resolver().url_patterns  # noqa: B018 - doors may register too
    kinds = [(f"`{k.name}`", first_sentence(k.function.__doc__), k.every or "", k.lane) for k in jobs.known()]
    return "\n".join(
        [
            f"{MADE}# Reference\n",
            "## Permissions\n\nThe least role that has each. Administrators may do what leads may, and so on down to readers.\n",
            table(
                ("Permission", "Least role"), ((f"`{n}`", role) for n, role in access.registered().items())
            ),
            "## News\n\nTold after the commit (`core.news`).\n",
            table(("News", "When", "Facts"), news()),
            "## Jobs\n",
            table(("Kind", "What it does", "Every", "Lane"), kinds),
            "## Live channels\n\nOther channels take `core.page.see`.\n",
            table(("Channel", "Permission"), ((f"`{n}`", f"`{p}`") for n, p in live.channels().items())),
            "## Personal data\n\nWho holds what, why and for how long (`core.privacy`).\n",
            table(
                ("Holder", "Models", "Purpose", "Kept"),
                ((f"`{h.name}`", ", ".join(h.models), h.purpose, h.retention) for h in privacy.holders()),
            ),
            "## Figures at /metrics\n",
            table(
                ("Figure", "Meaning", "Labels"),
                [
                    ("`grapevine_requests_total`", "Requests answered.", "view, method, status"),
                    ("`grapevine_request_seconds`", "Time taken by requests.", "view"),
                    *((f"`{f.name}`", f.meaning, ", ".join(f.labels)) for f in figures.registered()),
                ],
            ),
        ]
    )


def pages() -> dict[Path, str]:
    """The pages that are made, by their place."""
    return {DOCS / "settings.md": settings_page(), DOCS / "reference.md": reference_page()}


def broken_links() -> list[str]:
    """Links between pages of the project that lead nowhere."""
    said = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            file = target.split("#")[0]
            if (
                file
                and "://" not in target
                and not target.startswith("mailto:")
                and not (page.parent / file).exists()
            ):
                said.append(f"{page.relative_to(ROOT)}: the link to {target} leads nowhere.")
    return said


def main(wish: str) -> int:
    """Make the pages, or say which are not what the code says."""
    said = []
    for path, text in pages().items():
        if wish == "update":
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            said.append(f"{path.relative_to(ROOT)} is not what the code says: `make docs`.")
    if wish == "check":
        said += broken_links()
    print("\n".join(said))
    return 1 if said else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        print(__doc__)
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
    home = ROOT / ".test" / "home"
    home.mkdir(parents=True, exist_ok=True)
    os.environ["GRAPEVINE_HOME"] = str(home)
    sys.exit(main(sys.argv[1]))
