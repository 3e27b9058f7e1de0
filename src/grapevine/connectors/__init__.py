"""The shelf of connectors: what speaks the platforms' dialects. Pure Python, knows no Django.

A connector is a folder here and one line in `_SHELF`; third parties add theirs by the entry point group
`grapevine.connectors`, each naming an object that fits `base.Connector`.
"""

from __future__ import annotations

import functools
from importlib import import_module, metadata

from grapevine.connectors.base import Connector

GROUP = "grapevine.connectors"
_SHELF = {
    "file": "grapevine.connectors.file.connector:FileConnector",
    "feed": "grapevine.connectors.feed.connector:FeedConnector",
    "form": "grapevine.connectors.form.connector:FormConnector",
    "mail": "grapevine.connectors.mail.connector:MailConnector",
    "wordpress": "grapevine.connectors.wordpress.connector:WordPressConnector",
}


@functools.cache
def shelf() -> dict[str, Connector]:
    """All connectors by name: ours, then those of installed packages, which cannot take a name of ours.

    Raises `LookupError` naming the package when one of those does not fit.
    """
    found: dict[str, Connector] = {name: _made(place) for name, place in _SHELF.items()}
    for entry in metadata.entry_points(group=GROUP):
        made = entry.load()
        connector = made() if isinstance(made, type) else made
        if not isinstance(connector, Connector) or connector.manifest.name != entry.name:
            raise LookupError(
                f"The connector “{entry.name}” ({entry.value}) does not fit connectors.base.Connector"
            )
        found.setdefault(entry.name, connector)
    return found


def get(name: str) -> Connector:
    """The connector of that name. Raises `KeyError`."""
    return shelf()[name]


def _made(place: str) -> Connector:
    module, _, name = place.partition(":")
    made: Connector = getattr(import_module(module), name)()
    return made
