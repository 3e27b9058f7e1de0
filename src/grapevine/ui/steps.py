"""First steps: what an installation still lacks, shown on the start page until it is there.

A room says in its AppConfig.ready what can be done with it, and how one sees that it is done:

    steps.add(steps.Step("listen.brand", _("Add your brand"), _("…why"), "listen:brand-new", order=10, done=brands.exist))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from grapevine.core import access
from grapevine.ui import addresses

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One thing to do: its name, what it is called, why, where it is done, and whether it is done already.

    `optional` steps are offered but not waited for (the demo). `post` says that the address takes a POST.
    """

    name: str
    label: Text
    text: Text
    url_name: str
    done: Callable[[], bool]
    order: int = 50
    permission: str = "core.page.see"
    icon: str = "arrow-right"
    optional: bool = False
    post: bool = False

    @property
    def href(self) -> str:
        """Where it is done; empty when no room serves it."""
        return addresses.of(self.url_name)


@dataclass(frozen=True)
class Shown:
    """A step on the page."""

    step: Step
    is_done: bool


_steps: dict[str, Step] = {}


def add(step: Step) -> None:
    """Add a step, or put another in place of the one of that name."""
    _steps[step.name] = step


def everything() -> list[Step]:
    """All steps in their order."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.name))


def shown(request: HttpRequest) -> list[Shown]:
    """The steps this person may take, with what is done already. Empty when nothing that counts is left to do."""
    user: Any = request.user
    found = [
        Shown(step, step.done()) for step in everything() if step.href and access.may(user, step.permission)
    ]
    left = [one for one in found if not one.is_done and not one.step.optional]
    return found if left else []
