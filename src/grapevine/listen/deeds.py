"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit


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
