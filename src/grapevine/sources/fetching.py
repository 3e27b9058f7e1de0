"""What a connector is given to fetch with: whole settings, and a way out into the network."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from grapevine.connectors.addresses import AllowList
from grapevine.connectors.base import RateLimit
from grapevine.connectors.http import Client
from grapevine.connectors.pacing import Pacer
from grapevine.sources import secrets, shelf
from grapevine.sources.models import Credential, Source

# One for the whole process: the platform counts our requests, not our jobs.
_pacer = Pacer()


def exchange(rate: RateLimit | None = None) -> Client:
    """A client that keeps to the networks allowed here. Close it after use."""
    return Client(
        allow=AllowList.parse(settings.GRAPEVINE.allowed_networks),
        rate=rate,
        pacer=_pacer,
        contact=settings.GRAPEVINE.contact,
    )


def settings_of(source: Source) -> dict[str, Any]:
    """The settings of a source with its secrets in clear, for its connector only. Raises CredentialError when they can't be read.

    Where a setting names another source, that one's settings stand under `<key>_settings`.
    """
    found = _own(source)
    manifest = shelf.manifest(source.connector)
    for field in manifest.fields if manifest is not None else ():
        named = str(found.get(field.key) or "")
        if field.kind == "source" and named.isdecimal():
            other = Source.objects.filter(pk=named, connector=field.of).first()
            found[f"{field.key}_settings"] = _own(other) if other is not None else {}
    return found


def _own(source: Source) -> dict[str, Any]:
    kept = Credential.objects.filter(source_id=source.pk).values_list("sealed", flat=True).first()
    return {**source.settings, **(secrets.unseal(bytes(kept)) if kept is not None else {})}
