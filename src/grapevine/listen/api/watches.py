"""Watches, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from grapevine.core import clock
from grapevine.core.api import Token, answers
from grapevine.engine import query as language
from grapevine.listen.actions import watches as actions
from grapevine.listen.api.words import Asked, Name
from grapevine.listen.models import Watch
from grapevine.listen.selectors import brands, watches

router = Router(tags=["watches"])


class WatchIn(Schema):
    """A watch to add or change: its query is in the watch language."""

    brand: str
    name: Name
    query: Asked


class WatchOut(Schema):
    """A watch. `version` counts its queries; `rematch` says how far the matching of history is."""

    id: int
    brand: str
    name: str
    query: str
    state: str
    version: int
    rematch: str


class QueryIn(Schema):
    query: Annotated[str, Field(max_length=30_000)]


class LintOut(Schema):
    code: str
    message: str
    start: int
    end: int


class CheckOut(Schema):
    """Whether a query can be read; if not, what is wrong and where; and what is unwise about it."""

    ok: bool
    code: str = ""
    message: str = ""
    position: int | None = None
    lints: list[LintOut] = []


def _watch(watch: Watch) -> dict[str, Any]:
    return {
        "id": watch.pk,
        "brand": watch.brand.slug,
        "name": watch.name,
        "query": watch.query,
        "state": watch.state,
        "version": watch.version.number if watch.version else 0,
        "rematch": watch.rematch_state,
    }


@router.get("", response=answers(list[WatchOut]), auth=Token("listen.watch.see"))
def list_watches(request: Any, brand: str = "") -> Any:
    """All watches, or those of one brand."""
    return [_watch(watch) for watch in watches.every(brand=brand)]


@router.post("", response=answers(WatchOut, 201), auth=Token("listen.watch.change"))
def add_watch(request: Any, given: WatchIn) -> Any:
    """Add a watch. It listens from now on; history is matched in the background."""
    brand = brands.reachable_by(request.auth, given.brand)
    added = actions.add(brand=brand, name=given.name, query=given.query, by=request.auth, at=clock.now())
    return Status(201, _watch(watches.reachable_by(request.auth, added.pk)))


@router.post("check", response=answers(CheckOut), auth=Token("listen.watch.see"))
def check_query(request: Any, given: QueryIn) -> Any:
    """Read a query without saving it."""
    found = language.check(given.query)
    lints = [{"code": x.code, "message": x.message, "start": x.start, "end": x.end} for x in found.lints]
    if found.error is not None:
        error = found.error
        return {
            "ok": False,
            "code": error.code,
            "message": error.message,
            "position": error.position,
            "lints": lints,
        }
    return {"ok": True, "lints": lints}


@router.get("{int:watch_id}", response=answers(WatchOut), auth=Token("listen.watch.see"))
def get_watch(request: Any, watch_id: int) -> Any:
    """One watch."""
    return _watch(watches.reachable_by(request.auth, watch_id))


@router.put("{int:watch_id}", response=answers(WatchOut), auth=Token("listen.watch.change"))
def change_watch(request: Any, watch_id: int, given: WatchIn) -> Any:
    """Change a watch. A changed query becomes a new version, and history is matched again."""
    watch = watches.reachable_by(request.auth, watch_id)
    brand = brands.reachable_by(request.auth, given.brand)
    actions.change(
        watch=watch, name=given.name, query=given.query, brand=brand, by=request.auth, at=clock.now()
    )
    return _watch(watches.reachable_by(request.auth, watch_id))


@router.delete("{int:watch_id}", response=answers(None, 204), auth=Token("listen.watch.change"))
def delete_watch(request: Any, watch_id: int) -> Any:
    """Delete a watch. A person can restore it on the page."""
    actions.delete(watch=watches.reachable_by(request.auth, watch_id), by=request.auth, at=clock.now())
    return Status(204, None)
