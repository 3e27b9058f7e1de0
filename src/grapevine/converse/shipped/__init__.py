"""What is written before anybody here wrote something: guidelines, the check, the triage, the signature, openers, in four languages.

It is edition 1 of each. What leads write is stored (`Edition`) from 2 on; these files stay as they are.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("sv", "da", "nl", "en")
GUIDELINES = ("why", "who", "share", "tone", "promises", "crisis")
"""The pages, in the order in which one reads them."""
_FOLDER = Path(__file__).resolve().parent


@cache
def guideline(key: str) -> dict[str, Any]:
    """A page: title and Markdown in each language. Raises KeyError."""
    if key not in GUIDELINES:
        raise KeyError(key)
    title: dict[str, str] = {}
    body: dict[str, str] = {}
    for lang in LANGUAGES:
        first, _, rest = (_FOLDER / "guidelines" / lang / f"{key}.md").read_text("utf-8").partition("\n")
        title[lang], body[lang] = first.removeprefix("# ").strip(), rest.strip()
    return {"title": title, "body": body}


@cache
def content(name: str) -> Any:
    """The check, the triage, the signature or the openers, as the editions keep them."""
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
