"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "sources.source.added": _("added a source"),
            "sources.source.changed": _("changed a source"),
            "sources.source.paused": _("paused a source"),
            "sources.source.pulled": _("asked for a source to be read"),
            "sources.source.resumed": _("resumed a source"),
            "sources.source.removed": _("removed a source"),
            "sources.import.started": _("started an import"),
            "sources.import.resumed": _("let an import go on"),
            "sources.import.cancelled": _("stopped an import"),
            "sources.reply.sent": _("answered"),
            "sources.post.taken_away": _("had a post taken away at its platform"),
            "sources.outgoing.cancelled": _("took something back from the outbox"),
            "sources.outgoing.sent_again": _("sent something again"),
            "sources.outbox.released": _("let the outbox of a source go on"),
            "sources.demo.removed": _("took the demo’s sources away"),
        }
    )
