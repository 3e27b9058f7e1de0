"""The API for programs: each room's doors under /api/v1/, described by OpenAPI.

Operations let in by token and permission themselves (`core.api.Token`), so the Gate leaves them alone; a test of the
house sees to it that every operation has one. The browser's session opens nothing here, so there is nothing to forge.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

import grapevine
from grapevine.converse import api as threads
from grapevine.core.access import AccessDenied
from grapevine.engine.query import QueryError
from grapevine.listen.api import brands, mentions, watches
from grapevine.people import api as people
from grapevine.sources import api as sources


class _Parser(Parser):
    """JSON, of which no text holds a NUL: PostgreSQL keeps none, and all databases shall answer alike."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = json.loads(request.body)
        if _holds_nul(body):
            raise HttpError(422, "A text holds a NUL character (\\u0000), which can't be kept.")
        return body


def _holds_nul(value: Any) -> bool:
    """Whether any text in this JSON value has one. Not by recursion: what is sent may be nested as deep as JSON goes."""
    left = [value]
    while left:
        match left.pop():
            case str(text) if "\0" in text:
                return True
            case dict(pairs):
                left += [*pairs, *pairs.values()]
            case list(values):
                left += values
    return False


api = NinjaAPI(
    parser=_Parser(),
    title="Grapevine",
    version=grapevine.__version__,
    description="Brands, watches, mentions, sources, conversations and people, for programs. Make a token on your own page and send it as "
    "`Authorization: Bearer …`. Times are UTC. Ids of mentions are text, since they are larger than some languages count.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
api.add_router("brands", brands.router)
api.add_router("watches", watches.router)
api.add_router("mentions", mentions.router)
api.add_router("sources", sources.router)
api.add_router("threads", threads.router)
api.add_router("people", people.router)


def _fault(request: HttpRequest, status: int, code: str, message: str, **more: Any) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, **more}, status=status)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = _fault(request, 401, "token-needed", "Show a valid token: Authorization: Bearer …")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AccessDenied)
def _not_permitted(request: HttpRequest, error: AccessDenied) -> HttpResponse:
    return _fault(request, 403, "not-permitted", f"The token's owner has no permission {error.permission}.")


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, error: Http404) -> HttpResponse:
    return _fault(request, 404, "not-found", "There is nothing with this id or name.")


@api.exception_handler(QueryError)
def _wrong_query(request: HttpRequest, error: QueryError) -> HttpResponse:
    return _fault(request, 422, error.code, error.message, position=error.position, end=error.end)


@api.exception_handler(ValidationError)
def _wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors)
    return _fault(request, 422, "wrong-input", told)


@api.exception_handler(Invalid)
def _invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    return _fault(request, 422, "wrong-input", "; ".join(error.messages))


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    # Whatever the parser raises is told as "cannot parse" by ninja; our own reason stands behind it.
    told = error.__cause__ if isinstance(error.__cause__, HttpError) else error
    return _fault(request, told.status_code, "wrong-request", str(told))


app_name = "api"
urlpatterns = list(api.urls[0])
for _pattern in urlpatterns:
    _pattern.callback.needed_permission = None  # type: ignore[union-attr]  # the operations keep their own doors, by token
