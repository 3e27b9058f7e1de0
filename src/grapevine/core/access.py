"""Who may do what, in one place.

Each room registers its permissions, with the least role that has them, when Django starts. Actions call `require`; views are
marked with `needs` (or `open_to_all`), and `core.middleware.Gate` refuses a view that is marked with neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied

_RANK = {"reader": 1, "member": 2, "lead": 3, "administrator": 4}
_least: dict[str, str] = {}

View = TypeVar("View", bound=Callable[..., Any])


class AccessDenied(PermissionDenied):
    """Somebody may not do this."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(f"{permission} is not permitted")


def register(permissions: dict[str, str]) -> None:
    """Make permissions known: name (`room.noun.verb`) → the least role that has it. Raises ValueError on an unknown role."""
    for name, role in permissions.items():
        if role not in _RANK:
            raise ValueError(f"{name}: unknown role {role!r}")
        _least[name] = role


def registered() -> dict[str, str]:
    """All known permissions with their least role."""
    return dict(sorted(_least.items()))


def may(user: Any, permission: str) -> bool:
    """Whether `user` has `permission`. Nobody has an unknown permission: KeyError tells of the typing error."""
    least = _least[permission]
    if user is SYSTEM:
        return True
    if getattr(user, "is_guest", False) and not permission.endswith(".see"):
        return False  # a guest of the demo looks, and does nothing
    return bool(
        getattr(user, "is_authenticated", False)
        and user.is_active
        and _RANK.get(user.role, 0) >= _RANK[least]
    )


def require(user: Any, permission: str) -> None:
    """Raises AccessDenied unless `user` has `permission`."""
    if not may(user, permission):
        raise AccessDenied(permission)


def needs(permission: str) -> Callable[[View], View]:
    """Mark a view: only who has `permission` gets in. Checked by the Gate before the view runs."""

    def mark(view: View) -> View:
        view.needed_permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Mark a view that needs no signing in. Use it for the sign-in page and its like only."""
    view.needed_permission = None  # type: ignore[attr-defined]
    return view


class _System:
    """The product itself: the worker, the command line on the machine."""

    is_authenticated = True
    is_active = True
    pk = None
    name = "Grapevine"
    role = "administrator"

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM = _System()
