"""Sources and their health, for pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext

from grapevine.connectors.base import Field
from grapevine.core import access
from grapevine.sources import shelf, words
from grapevine.sources.contracts import brands
from grapevine.sources.models import CredentialState, Source, SourceState


@dataclass(frozen=True)
class Health:
    """How a source is doing. `tone` is good, warn, bad or empty (nothing to say yet)."""

    tone: str
    label: str
    error: str
    error_at: datetime | None
    failures: int
    of_sending: bool = False  # it can be heard; what can't go out is told by its outbox


@dataclass(frozen=True)
class SourceRow:
    """A source in a list."""

    id: int
    name: str
    connector: str
    connector_label: str
    state: str
    health: Health
    posts: int
    rejected: int
    latest_post_at: datetime | None
    last_success_at: datetime | None
    next_pull_at: datetime | None
    is_demo: bool


@dataclass(frozen=True)
class Shown:
    """One setting of a source as its page shows it; secrets are never among them."""

    label: str
    value: str


@dataclass(frozen=True)
class SourcePage:
    """A source on its own page."""

    row: SourceRow
    summary: str
    terms: str
    retention_days: int
    settings: tuple[Shown, ...]
    credential: str
    credential_tone: str
    can_pull: bool
    takes_files: bool
    created_at: datetime


def rows(*, by: Any) -> list[SourceRow]:
    """All sources, those in trouble first. One query."""
    access.require(by, "sources.source.see")
    found = [row(source) for source in Source.objects.all()]
    return sorted(found, key=lambda row: ({"bad": 0, "warn": 1}.get(row.health.tone, 2), row.name.casefold()))


def in_trouble(*, by: Any) -> list[SourceRow]:
    """Sources that need a person, or fail at the moment."""
    return [row for row in rows(by=by) if row.health.tone in ("bad", "warn")]


def any_real() -> bool:
    """Whether there is a source that is not of the demo."""
    return Source.objects.filter(is_demo=False).exists()


def reachable_by(user: Any, source_id: int) -> Source:
    """The source itself, for an action. Raises Http404 or AccessDenied."""
    access.require(user, "sources.source.see")
    try:
        return Source.objects.get(pk=source_id)
    except Source.DoesNotExist as error:
        raise Http404 from error


def page(source: Source) -> SourcePage:
    """What the page of `source` shows."""
    manifest = shelf.manifest(source.connector)
    shown = tuple(
        Shown(words.setting_label(field), _shown(field, source.settings.get(field.key, "")))
        for field in (manifest.fields if manifest else ())
        if field.kind not in ("secret", "file") and field.asked and source.settings.get(field.key)
    )
    tones = {CredentialState.WORKING: "good", CredentialState.REFUSED: "bad"}
    needs_key = manifest is not None and bool(manifest.secrets())
    return SourcePage(
        row=row(source),
        summary=words.sentence(manifest.summary) if manifest else "",
        terms=words.sentence(source.terms or (manifest.terms if manifest else "")),
        retention_days=source.retention_days,
        settings=shown,
        credential=str(CredentialState(source.credential_state).label) if needs_key else "",
        credential_tone=tones.get(CredentialState(source.credential_state), ""),
        can_pull=manifest is not None and manifest.every_seconds is not None,
        takes_files=source.connector == "file",
        created_at=source.created_at,
    )


def _shown(field: Field, value: Any) -> str:
    if field.kind == "choice":
        return words.sentence(dict(field.choices).get(str(value), str(value)))
    if field.kind == "source":
        return Source.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    if field.kind == "brand":
        return dict(brands.offered()).get(str(value), "")
    return gettext("yes") if value is True else str(value)


def row(source: Source) -> SourceRow:
    manifest = shelf.manifest(source.connector)
    return SourceRow(
        id=source.pk,
        name=source.name,
        connector=source.connector,
        connector_label=words.sentence(manifest.label) if manifest else source.connector,
        state=source.state,
        health=health(source),
        posts=source.posts_count,
        rejected=source.rejected_count,
        latest_post_at=source.latest_post_at,
        last_success_at=source.last_success_at,
        next_pull_at=source.next_pull_at if source.state == SourceState.ACTIVE else None,
        is_demo=source.is_demo,
    )


def health(source: Source) -> Health:
    """How `source` is doing, in words."""
    error = words.error(source.last_error_code, source.last_error_params) if source.last_error_code else ""
    told = (error, source.last_error_at, source.failures)
    if source.state == SourceState.PAUSED:
        return Health("", gettext("Paused"), *told)
    if source.state == SourceState.LEAVING:
        return Health("warn", gettext("Is being removed"), *told)
    if source.state == SourceState.HELD:
        return Health("bad", gettext("Stopped: needs you"), *told)
    if error:
        return Health("bad" if source.failures >= 3 else "warn", gettext("Fails, tries again"), *told)
    if source.outbox_held_at is not None:
        why = gettext("Nothing can be sent through it until its credentials are entered again.")
        return Health("bad", gettext("Answers are held back"), why, source.outbox_held_at, 0, True)
    if source.last_success_at is None and source.next_pull_at is not None:
        return Health("", gettext("Not read yet"), *told)
    return Health("good", gettext("Works"), *told)
