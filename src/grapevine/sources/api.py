"""Sources, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from grapevine.core import clock
from grapevine.core.api import Token, answers
from grapevine.sources import rules, shelf
from grapevine.sources.actions import sources as actions
from grapevine.sources.forms import SourceForm
from grapevine.sources.selectors import sources

router = Router(tags=["sources"])
Name = Annotated[str, Field(min_length=1, max_length=rules.LONGEST_NAME, pattern=rules.NAME)]


class SourceOut(Schema):
    """A source and its health. `health` is good, warn, bad or empty; `error` says in words what is wrong."""

    id: int
    name: str
    connector: str
    state: str
    health: str
    error: str
    posts: int
    rejected: int
    latest_post_at: datetime | None
    last_success_at: datetime | None
    next_pull_at: datetime | None


class SourceIn(Schema):
    """A source to add. `settings` are those its connector names; `GET connectors` lists them."""

    name: Name
    connector: Annotated[str, Field(max_length=40)]
    settings: dict[str, str | bool] = {}
    retention_days: Annotated[int, Field(ge=0, le=36500)] | None = None


class SettingOut(Schema):
    key: str
    kind: str
    label: str
    help: str
    required: bool


class ConnectorOut(Schema):
    """A kind of source: what it reads, under which terms, and its settings."""

    name: str
    label: str
    summary: str
    terms: str
    settings: list[SettingOut]


def _source(row: sources.SourceRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "connector": row.connector,
        "state": row.state,
        "health": row.health.tone,
        "error": row.health.error,
        "posts": row.posts,
        "rejected": row.rejected,
        "latest_post_at": row.latest_post_at,
        "last_success_at": row.last_success_at,
        "next_pull_at": row.next_pull_at,
    }


@router.get("", response=answers(list[SourceOut]), auth=Token("sources.source.see"))
def list_sources(request: Any) -> Any:
    """All sources with their health, those in trouble first."""
    return [_source(row) for row in sources.rows(by=request.auth)]


@router.get("connectors", response=answers(list[ConnectorOut]), auth=Token("sources.source.see"))
def list_connectors(request: Any) -> Any:
    """The kinds of sources that can be added here."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "summary": one.summary,
            "terms": one.terms,
            "settings": [
                {"key": f.key, "kind": f.kind, "label": f.label, "help": f.help, "required": f.required}
                for f in one.fields
            ],
        }
        for one in shelf.pulled()
    ]


@router.post("", response=answers(SourceOut, 201), auth=Token("sources.source.change"))
def add_source(request: Any, given: SourceIn) -> Any:
    """Add a source; it is read from now on."""
    manifest = shelf.manifest(given.connector)
    if manifest is None or manifest.every_seconds is None:
        raise HttpError(422, f"There is no connector {given.connector} that is read by itself.")
    unknown = set(given.settings) - {field.key for field in manifest.fields}
    if unknown:
        raise HttpError(422, f"{given.connector} has no setting {', '.join(sorted(unknown))}.")
    days = manifest.retention_days if given.retention_days is None else given.retention_days
    form = SourceForm({**given.settings, "name": given.name, "retention_days": days}, manifest=manifest)
    if not form.is_valid():
        told = "; ".join(
            f"{name}: {' '.join(str(e) for e in errors)}" for name, errors in form.errors.items()
        )
        raise HttpError(422, told)
    added = actions.add(
        name=given.name,
        connector=given.connector,
        settings=form.settings(),
        retention_days=days,
        by=request.auth,
        at=clock.now(),
    )
    return Status(201, _source(sources.row(added)))


@router.get("{int:source_id}", response=answers(SourceOut), auth=Token("sources.source.see"))
def get_source(request: Any, source_id: int) -> Any:
    """One source."""
    return _source(sources.row(sources.reachable_by(request.auth, source_id)))


@router.post("{int:source_id}/pause", response=answers(SourceOut), auth=Token("sources.source.change"))
def pause_source(request: Any, source_id: int) -> Any:
    """Stop reading a source for now."""
    source = sources.reachable_by(request.auth, source_id)
    actions.pause(source=source, by=request.auth, at=clock.now())
    return _source(sources.row(sources.reachable_by(request.auth, source_id)))


@router.post("{int:source_id}/resume", response=answers(SourceOut), auth=Token("sources.source.change"))
def resume_source(request: Any, source_id: int) -> Any:
    """Read a paused or stopped source again, beginning now."""
    source = sources.reachable_by(request.auth, source_id)
    actions.resume(source=source, by=request.auth, at=clock.now())
    return _source(sources.row(sources.reachable_by(request.auth, source_id)))


@router.delete("{int:source_id}", response=answers(None, 204), auth=Token("sources.source.change"))
def remove_source(request: Any, source_id: int) -> Any:
    """Remove a source with its posts. This cannot be undone."""
    actions.remove(source=sources.reachable_by(request.auth, source_id), by=request.auth, at=clock.now())
    return Status(204, None)
