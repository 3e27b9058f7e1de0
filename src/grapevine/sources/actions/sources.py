"""What people do with sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from grapevine import connectors
from grapevine.connectors.base import Manifest
from grapevine.core import access, audit, bulk, jobs, live, news
from grapevine.sources import channels, events, facts, rules, secrets
from grapevine.sources.actions import outbox, removals
from grapevine.sources.contracts import intake
from grapevine.sources.models import Credential, CredentialState, Follow, RawBlock, Source, SourceState

PULL, REMOVE = "sources.pull", "sources.remove"


class BadName(ValueError):
    """Nothing can be called that. `str()` says what may be, in the reader's language."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            gettext("A source is called by 1 to %(longest)s letters and signs, in one line.")
            % {"longest": longest}
        )


@transaction.atomic
def add(
    *,
    name: str,
    connector: str,
    settings: Mapping[str, Any],
    by: Any,
    at: datetime,
    retention_days: int | None = None,
    is_demo: bool = False,
) -> Source:
    """Add a source; it is read from now on. Its secrets are sealed. Tells SourceAdded. Raises AccessDenied, KeyError (no such connector), BadName.

    `retention_days`: how long its posts are kept (0: no end; None: as its connector proposes).
    """
    access.require(by, "sources.source.change")
    _require_name(name)
    manifest = connectors.get(connector).manifest
    open_settings, secret = _parted(manifest, settings)
    source = Source.objects.create(
        name=name,
        connector=connector,
        settings=open_settings,
        terms=manifest.terms,
        retention_days=manifest.retention_days if retention_days is None else retention_days,
        next_pull_at=at if manifest.every_seconds is not None and not is_demo else None,
        created_at=at,
        is_demo=is_demo,
    )
    _keep_secrets(source, secret, at)
    audit.record("sources.source.added", subject=source, by=by, at=at, connector=connector)
    news.tell(events.SourceAdded(source_id=source.pk, at=at))
    _pull_if_due(source, at)
    return source


@transaction.atomic
def change(
    *, source: Source, name: str, settings: Mapping[str, Any], retention_days: int, by: Any, at: datetime
) -> Source:
    """Change a source. Secrets left empty stay as they are; other settings that change let it begin anew, and end a hold. Tells SourceChanged.

    Raises AccessDenied, BadName.
    """
    access.require(by, "sources.source.change")
    _require_name(name)
    source = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    manifest = connectors.get(source.connector).manifest
    open_settings, secret = _parted(manifest, settings)
    moved = open_settings != source.settings
    source.name, source.settings, source.retention_days = name, open_settings, retention_days
    if moved:
        source.cursor = {}
    _keep_secrets(source, secret, at)
    if (moved or secret) and source.state in (SourceState.HELD, SourceState.ACTIVE):
        _wake(source, manifest, at)
    if moved or secret:
        outbox.let_go(source, at=at)
    source.save()
    audit.record(
        "sources.source.changed", subject=source, by=by, at=at, moved=moved, secrets_changed=bool(secret)
    )
    _tell(source, at)
    return source


@transaction.atomic
def pause(*, source: Source, by: Any, at: datetime) -> None:
    """Stop reading a source. Tells SourceChanged."""
    access.require(by, "sources.source.change")
    source.state = SourceState.PAUSED
    source.save(update_fields=["state"])
    audit.record("sources.source.paused", subject=source, by=by, at=at)
    _tell(source, at)


@transaction.atomic
def resume(*, source: Source, by: Any, at: datetime) -> None:
    """Read a paused or held source again, beginning now. Tells SourceChanged."""
    access.require(by, "sources.source.change")
    _wake(source, connectors.get(source.connector).manifest, at)
    source.save(update_fields=["state", "next_pull_at", "failures"])
    outbox.let_go(source, at=at)
    audit.record("sources.source.resumed", subject=source, by=by, at=at)
    _tell(source, at)
    _pull_if_due(source, at)


@transaction.atomic
def pull_now(*, source: Source, by: Any, at: datetime) -> None:
    """Read a source as soon as a worker is free, and not at its time."""
    access.require(by, "sources.source.change")
    if connectors.get(source.connector).manifest.every_seconds is None:
        return
    _wake(source, connectors.get(source.connector).manifest, at)
    source.save(update_fields=["state", "next_pull_at", "failures"])
    audit.record("sources.source.pulled", subject=source, by=by, at=at)
    _pull_if_due(source, at)


@transaction.atomic
def remove(*, source: Source, by: Any, at: datetime) -> None:
    """Remove a source with all its posts and what came of them; a job does it. Tells SourceChanged, and SourceRemoved at the end."""
    access.require(by, "sources.source.change")
    source.state = SourceState.LEAVING
    source.next_pull_at = None
    source.save(update_fields=["state", "next_pull_at"])
    jobs.put(REMOVE, {"source_id": source.pk}, key=f"{REMOVE}:{source.pk}")
    audit.record("sources.source.removed", subject=source, by=by, at=at, posts=source.posts_count)
    _tell(source, at)


def clear(*, source: Source, at: datetime, run: jobs.Run | None = None) -> int:
    """Remove the posts of a source piece by piece, then the source itself; returns how many posts. For the job and the demo."""
    removed = 0
    while found := bulk.ask(
        "SELECT id FROM sources_post WHERE source_id = %s LIMIT %s", [source.pk, removals.CHUNK]
    ):
        with transaction.atomic():
            removed += removals.remove(source=source, post_ids=[row[0] for row in found], at=at)
            if run is not None:
                run.progress(removed, total=max(removed, source.posts_count))
    with transaction.atomic():
        outbox.drop_of(source, at=at)
        intake.part(facts.of(source))
        RawBlock.objects.filter(source_id=source.pk)._raw_delete("default")
        Follow.objects.filter(source_id=source.pk)._raw_delete("default")
        source_id = source.pk
        Source.objects.filter(pk=source_id).delete()
        news.tell(events.SourceRemoved(source_id=source_id, at=at))
        live.publish(channels.SOURCES, source_id=source_id, removed=True)
    return removed


def remove_demo(*, by: Any, at: datetime) -> int:
    """Take the demo's sources away without trace, at once; returns how many posts went."""
    access.require(by, "sources.source.change")
    removed = 0
    for source in Source.objects.filter(is_demo=True):
        removed += clear(source=source, at=at)
    audit.record("sources.demo.removed", by=by, at=at, posts=removed)
    return removed


def _require_name(name: str) -> None:
    if not rules.may_be_called(name):
        raise BadName(rules.LONGEST_NAME)


def _parted(manifest: Manifest, settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    secret = set(manifest.secrets())
    return (
        {key: value for key, value in settings.items() if key not in secret},
        {key: str(value) for key, value in settings.items() if key in secret and value},
    )


def _keep_secrets(source: Source, secret: Mapping[str, str], at: datetime) -> None:
    if not secret:
        return
    kept = Credential.objects.filter(source=source).first()
    old = secrets.unseal(bytes(kept.sealed)) if kept is not None else {}
    Credential.objects.update_or_create(
        source=source, defaults={"sealed": secrets.seal({**old, **secret}), "changed_at": at}
    )
    source.credential_state = CredentialState.UNTRIED
    source.save(update_fields=["credential_state"])


def _wake(source: Source, manifest: Manifest, at: datetime) -> None:
    source.state = SourceState.ACTIVE
    source.failures = 0
    source.next_pull_at = at if manifest.every_seconds is not None else None


def _pull_if_due(source: Source, at: datetime) -> None:
    if source.state == SourceState.ACTIVE and source.next_pull_at is not None and source.next_pull_at <= at:
        jobs.put(PULL, {"source_id": source.pk}, key=f"{PULL}:{source.pk}", max_attempts=1)


def _tell(source: Source, at: datetime) -> None:
    news.tell(events.SourceChanged(source_id=source.pk, state=source.state, at=at))
    live.publish(channels.SOURCES, source_id=source.pk, state=source.state)
