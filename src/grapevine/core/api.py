"""What the API's doors of all rooms share: who asks, what they may, and how faults are told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer

from grapevine.core import access, clock
from grapevine.core.actions import tokens
from grapevine.core.models import ApiToken


class Token(HttpBearer):
    """Lets in who shows a token (`Authorization: Bearer gv_…`) of a user that has `permission`; the user is `request.auth`."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = ApiToken.objects.select_related("user").filter(digest=tokens.digest_of(token)).first()
        if found is None or not found.user.is_active:
            return None
        tokens.note_use(token=found, at=clock.now())
        access.require(found.user, self.permission)
        return found.user


class Fault(Schema):
    """What went wrong. `code` is stable; `position` and `end` are characters of a query."""

    code: str
    message: str
    position: int | None = None
    end: int | None = None


FAULTS: dict[Any, Any] = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 422: Fault}


def answers(schema: Any, status: int = 200) -> dict[Any, Any]:
    """The `response` of an operation: what it gives, and the faults every operation may tell."""
    return {status: schema, **FAULTS}
