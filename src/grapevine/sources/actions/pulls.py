"""Reading a source: once around, batch by batch, with its health written down."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import F

from grapevine import connectors
from grapevine.connectors.base import ConnectorError, CredentialError, Gone, RateLimited
from grapevine.core import jobs, live, news
from grapevine.sources import channels, events, facts, fetching, rules
from grapevine.sources.actions import batches
from grapevine.sources.ahead import ahead
from grapevine.sources.contracts import intake
from grapevine.sources.models import CredentialState, Source, SourceState


def pull(
    *, source: Source, at: datetime, rng: Random, run: jobs.Run | None = None, http: Any = None
) -> batches.Outcome:
    """Fetch what is new since the cursor and store it. Faults become the source's health and the time of the next try; they are not raised.

    A fault that is nobody's but ours is raised after it was written down. `http` is for tests.
    """
    connector = connectors.get(source.connector)
    total = batches.Outcome()
    try:
        with http or fetching.exchange(connector.manifest.rate_limit) as client:
            found = connector.fetch(fetching.settings_of(source), source.cursor, http=client, now=at)
            total = _read(source, iter(found), at=at, rng=rng, run=run)
    except ConnectorError as error:
        _failed(source, error, at=at, rng=rng)
    except (jobs.Cancelled, jobs.LeaseLost, jobs.Stopping):
        raise
    except Exception:
        _failed(source, ConnectorError("failed"), at=at, rng=rng)
        raise
    return total


def _read(source: Source, found: Any, *, at: datetime, rng: Random, run: jobs.Run | None) -> batches.Outcome:
    every = connectors.get(source.connector).manifest.every_seconds
    about = facts.of(source)
    intake.begin()
    total = batches.Outcome()
    pieces = ahead(found, lambda batch: batches.prepare(about, batch))
    try:
        for prepared in pieces:
            with transaction.atomic():
                outcome = batches.store(source=source, batch=prepared, at=at)
                total = total.plus(outcome)
                batch = prepared.batch
                _succeeded(
                    source,
                    rules.next_pull(at=at, done=batch.done, wait=batch.wait, every=every, rng=rng),
                    at=at,
                )
                if run is not None:
                    run.progress(total.read)
            if run is not None:
                run.pause()
    finally:
        pieces.close()  # type: ignore[attr-defined]
    return total


def _succeeded(source: Source, next_at: datetime | None, *, at: datetime) -> None:
    changed: dict[str, Any] = {
        "last_success_at": at,
        "failures": 0,
        "last_error_code": "",
        "next_pull_at": next_at,
    }
    if source.credential_state != CredentialState.NONE:
        changed["credential_state"] = CredentialState.WORKING
    Source.objects.filter(pk=source.pk).update(**changed)


def _failed(source: Source, error: ConnectorError, *, at: datetime, rng: Random) -> None:
    """Write down what went wrong. Where trying again is no use, the source is held until a person has acted."""
    held = isinstance(error, (CredentialError, Gone))
    with transaction.atomic():
        now = Source.objects.select_for_update(no_key=True).filter(pk=source.pk).first()
        if now is None:
            return
        asked_for = error.retry_after if isinstance(error, RateLimited) else None
        wait = rules.wait_after_failure(now.failures + 1, rng=rng, asked_for=asked_for)
        changed: dict[str, Any] = {
            "failures": F("failures") + 1,
            "last_error_code": error.code,
            "last_error_params": dict(error.params),
            "last_error_at": at,
            "next_pull_at": None if held else at + wait,
        }
        if held and now.state == SourceState.ACTIVE:
            changed["state"] = SourceState.HELD
        if isinstance(error, CredentialError):
            changed["credential_state"] = CredentialState.REFUSED
        Source.objects.filter(pk=source.pk).update(**changed)
        if now.failures == 0 or held:
            news.tell(events.SourceFailed(source_id=source.pk, code=error.code, held=held, at=at))
        live.publish(channels.SOURCES, source_id=source.pk, error=error.code)
