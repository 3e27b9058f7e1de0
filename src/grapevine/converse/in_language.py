"""Of a text in several languages, the one for this reader."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language


def chosen(texts: Mapping[str, str], lang: str = "") -> str:
    """The text in `lang` (the reader's when empty); where there is none in English, or in whichever language there is one."""
    wanted = (lang or get_language() or "en").partition("-")[0]
    return texts.get(wanted) or texts.get("en") or next((one for one in texts.values() if one), "")


def lang_of(texts: Mapping[str, str], lang: str = "") -> str:
    """Which language `chosen` takes."""
    wanted = (lang or get_language() or "en").partition("-")[0]
    found = [one for one in (wanted, "en", *texts) if texts.get(one)]
    return found[0] if found else wanted
