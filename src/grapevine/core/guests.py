"""The guest who may look at the demo without signing in.

Only while nothing is at stake: the demo was loaded into an empty home, nobody has been made a user yet, and no room objects. The
guest is a member who can't write (`core.middleware.Visitor` lets it in, `core.middleware.Gate` refuses everything but looking). See
docs/decisions on the demo's guest.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy

from grapevine.core import installation
from grapevine.core.models import User
from grapevine.core.models.users import Role

OPEN = "demo.open"

_objections: list[Callable[[], bool]] = []


def objection(check: Callable[[], bool]) -> Callable[[], bool]:
    """Register a check that is True when the store holds more than demo data; then no guest is let in."""
    _objections.append(check)
    return check


def open_house() -> None:
    """Let guests look, from now on. For the demo's loader, on a home without users."""
    installation.put(OPEN, True)


def close_house() -> None:
    """Let no guests in any longer. For the demo's remover."""
    installation.put(OPEN, None)


def welcome() -> bool:
    """Whether somebody who has not signed in may look."""
    return (
        bool(installation.get(OPEN))
        and not User.objects.exists()
        and not any(check() for check in _objections)
    )


def guest() -> User:
    """A member who is nobody: not stored, with an id that no row has. Sees the inbox too, for all that is in it is invented."""
    user = User(pk=0, email="", role=Role.MEMBER)
    # Put into words when it is shown, in the reader's language.
    user.name = gettext_lazy("Guest")  # type: ignore[assignment]
    user.is_guest = True
    return user
