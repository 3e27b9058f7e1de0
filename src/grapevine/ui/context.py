"""What every page's frame needs. Nothing is asked of the database before the template asks for it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_info

from grapevine.ui import addresses, live, navigation, toasts
from grapevine.ui.components import figures

APPEARANCE_COOKIE = "grapevine_appearance"


@dataclass(frozen=True)
class Language:
    """A language of the interface, named in itself."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What the frame shows around a page."""

    request: HttpRequest

    def account(self) -> dict[str, str]:
        """Addresses about who is looking; empty for those that are not there."""
        names = {"own": "core:own-settings", "sign_in": "core:sign-in", "sign_out": "core:sign-out"}
        return {name: addresses.of(url_name) for name, url_name in names.items()}

    def groups(self) -> list[navigation.Group]:
        return navigation.groups(self.request)

    def thumb(self) -> list[navigation.Way]:
        """What fits into the bar at the bottom of a phone, beside "More"."""
        return navigation.thumb(self.request)

    def languages(self) -> list[Language]:
        now = translation.get_language()
        return [
            Language(code, get_language_info(code)["name_local"], code == now)
            for code, _ in settings.LANGUAGES
        ]

    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    def appearance(self) -> str:
        """ "light", "dark" or "" (as the device has it)."""
        wish = self.request.COOKIES.get(APPEARANCE_COOKIE, "")
        with contextlib.suppress(DatabaseError):  # the page that says the database is broken is a page too
            user: Any = getattr(self.request, "user", None)
            if user is not None and user.is_authenticated and not user.is_guest:
                wish = user.appearance
        return wish if wish in ("light", "dark") else ""

    def moments(self) -> str:
        """The words of "5 min ago", for time.js."""
        return json.dumps(figures.relative_words(), ensure_ascii=False)

    def toasts(self) -> list[toasts.Toast]:
        with contextlib.suppress(DatabaseError):
            return toasts.take(self.request)
        return []

    def live(self) -> str:
        return live.address(self.request)

    def search(self) -> str:
        return navigation.search_address()


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's own context."""
    return {"frame": Frame(request)}
