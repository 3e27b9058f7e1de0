"""What every page's frame needs. Nothing is asked of the database before the template asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_info

from grapevine.ui import live, navigation, toasts

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

    def work(self) -> list[navigation.Way]:
        return navigation.ways(self.request, "work")

    def house(self) -> list[navigation.Way]:
        return navigation.ways(self.request, "house")

    def thumb(self) -> list[navigation.Way]:
        """What fits into the bar at the bottom of a phone, beside "More"."""
        return self.work()[:4]

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
        user: Any = getattr(self.request, "user", None)
        wish = (
            user.appearance
            if user is not None and user.is_authenticated
            else self.request.COOKIES.get(APPEARANCE_COOKIE, "")
        )
        return wish if wish in ("light", "dark") else ""

    def toasts(self) -> list[toasts.Toast]:
        return toasts.take(self.request)

    def live(self) -> str:
        return live.address(self.request)

    def search(self) -> str:
        return navigation.search_address()


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's own context."""
    return {"frame": Frame(request)}
