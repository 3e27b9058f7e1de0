"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, details
from grapevine.listen.models import Brand, Watch
from grapevine.sources.selectors import shown


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "listen.brand.added": _("added a brand"),
            "listen.brand.changed": _("changed a brand"),
            "listen.brand.deleted": _("deleted a brand"),
            "listen.brand.restored": _("brought a brand back"),
            "listen.watch.added": _("added a watch"),
            "listen.watch.changed": _("changed a watch"),
            "listen.watch.paused": _("paused a watch"),
            "listen.watch.resumed": _("resumed a watch"),
            "listen.watch.deleted": _("deleted a watch"),
            "listen.watch.restored": _("brought a watch back"),
            "listen.watch.rematched": _("matched history again"),
            "listen.watch.rematch_cancelled": _("stopped the matching of history"),
            "listen.filter.saved": _("saved a filter"),
            "listen.filter.changed": _("changed a saved filter"),
            "listen.filter.renamed": _("renamed a saved filter"),
            "listen.filter.removed": _("removed a saved filter"),
            "listen.mentions.exported": _("exported mentions"),
            "listen.demo.removed": _("took the demo’s brands away"),
        }
    )
    details.describe(
        {
            "ours": _("our own brand"),
            "description": _("description"),
            "query": _("query"),
            "version": _("version"),
            "brand": _("brand"),
            "brands": _("brands"),
            "filter": _("filters"),
            "complete": _("complete"),
            "q": _("search"),
            "brand_id": _("brand"),
            "watch_id": _("watch"),
            "source_id": _("source"),
            "identity_id": _("author"),
            "lang": _("language"),
            "start": _("from"),
            "end": _("to"),
            "folded": _("near-duplicates hidden"),
        }
    )
    for name in ("brand", "brand_id"):
        details.named(
            name, lambda ids: dict(Brand.objects.filter(pk__in=_ids(ids)).values_list("pk", "name"))
        )
    details.named(
        "watch_id", lambda ids: dict(Watch.objects.filter(pk__in=_ids(ids)).values_list("pk", "name"))
    )
    for name in ("source", "source_id"):
        details.named(
            name, lambda ids: {pk: one.name for pk, one in shown.source_names().items() if pk in ids}
        )


def _ids(found: Collection[Any]) -> list[int]:
    """The ids among what the audit kept; a name may stand where an id stands elsewhere."""
    return [one for one in found if isinstance(one, int)]
