"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, details
from grapevine.people.models.consents import ConsentPurpose, OpeningReason, RefusalReason
from grapevine.people.models.joins import JoinWay
from grapevine.people.models.memory import PROMISE, Kind
from grapevine.people.models.purchases import HoldingWay, KeyKind


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "people.person.added": _("added a person"),
            "people.person.opened": _("opened a person’s story"),
            "people.person.joined": _("joined two identities to one person"),
            "people.person.handed_over": _("handed over all that is held about a person"),
            "people.person.forgetting": _("had a person forgotten"),
            "people.person.forgotten": _("finished forgetting a person"),
            "people.person.parted": _("undid the joining of two identities"),
            "people.person.said_apart": _("said that two identities are not the same person"),
            "people.fact.noted": _("noted something about a person"),
            "people.fact.changed": _("corrected something noted about a person"),
            "people.fact.removed": _("removed something noted about a person"),
            "people.fact.restored": _("brought back something noted about a person"),
            "people.fact.expired": _("let go what was noted too long ago"),
            "people.proposal.declined": _("declined to remember something"),
            "people.promise.made": _("promised something"),
            "people.promise.done": _("kept a promise"),
            "people.promise.dropped": _("dropped a promise"),
            "people.promise.postponed": _("put a promise off"),
            "people.promise.handed": _("gave a promise to a colleague"),
            "people.promise.undone": _("took back the last step with a promise"),
            "people.contact.refused": _("set that somebody is not to be contacted"),
            "people.contact.allowed": _("set that somebody may be contacted again"),
            "people.consent.given": _("noted a consent"),
            "people.consent.withdrawn": _("noted that a consent was taken back"),
            "people.key.noted": _("noted a customer’s address or number"),
            "people.key.removed": _("took a customer’s address or number away"),
            "people.link.noted": _("noted an address on a profile"),
            "people.shop.added": _("added a shop"),
            "people.shop.removed": _("removed a shop and what was bought there"),
            "people.shop.key_made": _("made a shop’s key"),
            "people.shop.key_revoked": _("made a shop’s key worthless"),
            "people.purchases.file_added": _("brought a file of purchases"),
            "people.purchases.file_started": _("had a file of purchases read"),
            "people.purchases.file_discarded": _("discarded a file of purchases"),
            "people.purchases.received": _("received purchases"),
        }
    )
    details.describe(
        {
            "identity_id": _("identity"),
            "other_id": _("the other identity"),
            "fact_id": _("note"),
            "fact_kind": _("about"),
            "promise_id": _("promise"),
            "due_on": _("due"),
            "channel": _("channel"),
            "reason": _("reason"),
            "until": _("until"),
            "consent_id": _("consent"),
            "purpose": _("purpose"),
            "facts": _("notes removed"),
            "join_id": _("join"),
            "way": _("how"),
            "key_id": _("key"),
            "key_kind": _("kind of key"),
            "verified": _("verified"),
            "new": _("new"),
            "known": _("known already"),
            "changed": _("changed"),
            "of": _("from"),
            "of_id": _("number"),
            "identities": _("identities"),
            "rows": _("rows touched"),
        }
    )
    details.describe_values(
        {
            PROMISE: _("Promise"),
            **{
                str(one.value): one.label
                for choices in (
                    Kind,
                    RefusalReason,
                    OpeningReason,
                    ConsentPurpose,
                    JoinWay,
                    HoldingWay,
                    KeyKind,
                )
                for one in choices
            },
        }
    )
