"""What those who speak go by - mandates, guidelines, triage - makes itself known to the house when Django starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.converse.privacy_of_work import Judgements, Speakers
from grapevine.core import access, audit, privacy


def compose() -> None:
    """Permissions, words, holders."""
    access.register(
        {
            "converse.mandate.see": "member",
            "converse.mandate.give": "lead",
            "converse.reply.approve": "lead",
            "converse.guideline.see": "reader",
            "converse.guideline.change": "lead",
            "converse.check.take": "member",
            "converse.snippet.see": "member",
            "converse.snippet.change": "member",
            "converse.message.remove": "lead",
        }
    )
    privacy.register(Speakers())
    privacy.register(Judgements())
    audit.describe(
        {
            "converse.mandate.given": _("gave a mandate"),
            "converse.mandate.changed": _("changed a mandate"),
            "converse.mandate.accepted": _("accepted a mandate"),
            "converse.mandate.withdrawn": _("withdrew a mandate"),
            "converse.mandate.reminded": _("reminded of the end of a mandate"),
            "converse.reply.held": _("wrote a reply that waits for approval"),
            "converse.reply.approved": _("approved a reply"),
            "converse.reply.returned": _("returned a reply"),
            "converse.reply.taken_back": _("took back a reply that waited"),
        }
    )
