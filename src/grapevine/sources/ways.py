"""What a source lets us say, and take away: its connector's limits, and whether its settings suffice."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from grapevine.connectors.base import CredentialError, Manifest
from grapevine.sources import fetching, shelf, words
from grapevine.sources.models import Source, SourceState


@dataclass(frozen=True)
class Way:
    """One source as a way to answer. `ready` says that it can be taken now; `why_not` says in words what is missing.

    `longest` is in characters (None: no limit), `within_seconds` how long after their last word an answer is taken (None: always).
    """

    source_id: int
    name: str
    connector: str
    label: str
    sends: tuple[str, ...]
    removes: tuple[str, ...]
    longest: int | None
    within_seconds: float | None
    attachment_bytes: int
    copies: bool
    carries_links: bool
    ready: bool
    why_not: str = ""
    held: bool = False


def of(source: Source) -> Way | None:
    """The way through `source`; None when its connector neither sends nor removes (or isn't installed)."""
    manifest = shelf.manifest(source.connector)
    if manifest is None or not (manifest.sends or manifest.removes):
        return None
    why_not = _why_not(source, manifest)
    return Way(
        source_id=source.pk,
        name=source.name,
        connector=source.connector,
        label=words.sentence(manifest.label),
        sends=manifest.sends,
        removes=manifest.removes,
        longest=manifest.longest_reply,
        within_seconds=manifest.reply_within_seconds,
        attachment_bytes=manifest.attachment_bytes,
        copies=manifest.copies,
        carries_links=manifest.carries_links,
        ready=not why_not,
        why_not=why_not,
        held=source.outbox_held_at is not None,
    )


def _why_not(source: Source, manifest: Manifest) -> str:
    if source.state == SourceState.LEAVING:
        return gettext("This source is being removed.")
    if source.is_demo:
        return ""  # its answers go no further than the stage
    try:
        settings = fetching.settings_of(source)
    except CredentialError:
        settings = source.settings
    missing = [
        words.setting_label(field)
        for field in manifest.fields
        if field.key in manifest.send_needs and not settings.get(field.key)
    ]
    if missing:
        return gettext("To answer here, its settings need: %(fields)s.") % {"fields": ", ".join(missing)}
    return ""
