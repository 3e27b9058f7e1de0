"""What is done with mandates, guidelines, triage and removals, in words for the audit and the page of jobs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, details, jobs


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
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
            "converse.guideline.written": _("wrote a page of the guideline"),
            "converse.guideline.retired": _("took a page of the guideline away"),
            "converse.check.written": _("wrote the questions of the guideline’s check"),
            "converse.check.passed": _("passed the guideline’s check"),
            "converse.check.failed": _("took the guideline’s check and did not pass"),
            "converse.triage.written": _("wrote the triage"),
            "converse.signature.written": _("wrote the signature"),
            "converse.thread.judged": _("judged a conversation by the triage"),
            "converse.snippet.added": _("added an opener or a fact"),
            "converse.snippet.changed": _("changed an opener or a fact"),
            "converse.snippet.removed": _("removed an opener or a fact"),
            "converse.snippet.restored": _("brought an opener or a fact back"),
            "converse.removal.asked": _("had words of others taken away"),
            "converse.removal.settled": _("heard what became of a removal"),
        }
    )
    details.describe(
        {
            "terms": _("what it says"),
            "ends_on": _("last day"),
            "reasons": _("reasons"),
            "renews": _("check taken again"),
            "outcome": _("outcome"),
            "how": _("how"),
            "changed": _("changed by the lead"),
            "key": _("page"),
        }
    )
    jobs.describe(
        {"converse.rules": _("Reminding of mandates that end, and letting go what was said long ago")}
    )
