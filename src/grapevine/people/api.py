"""People, for programs: found by name or handle, and, once their story was opened with a reason, what is known of them.

The opening is written down as it is on the pages, under the name of the token's owner.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router, Schema
from ninja.errors import HttpError

from grapevine.core import clock
from grapevine.core.api import Token, answers
from grapevine.people.actions import persons as actions
from grapevine.people.models.consents import OpeningReason
from grapevine.people.selectors import openings, persons, siblings

router = Router(tags=["people"])


class HandleOut(Schema):
    """Who somebody is on a channel (the connector's name)."""

    id: int
    channel: str
    handle: str
    name: str
    url: str


class PersonOut(Schema):
    """Somebody in the list. `id` is that of one of their identities. `known_at`: when something was noted last."""

    id: int
    called: str
    handles: list[HandleOut]
    known_at: datetime | None


class PeopleOut(Schema):
    """A part of the list. Ask again with `before` = `older` for the next one; it is empty at the end."""

    people: list[PersonOut]
    older: str


class FactOut(Schema):
    """Something remembered: where it comes from, who noted it, what for, on which legal basis, and until when."""

    id: int
    kind: str
    text: str
    on: date | None
    said: str
    how: str
    noted_by: str
    noted_at: datetime
    purpose: str
    basis: str
    visibility: str
    expires_on: date


class PromiseOut(Schema):
    """What we promised, who keeps it, and when."""

    id: int
    text: str
    due_on: date
    owner: str


class PurchaseOut(Schema):
    """What they bought."""

    order_id: str
    bought_at: datetime
    items: str
    amount: Decimal | None
    currency: str


class RefusalOut(Schema):
    """That they are not to be written to: on which channel (empty: any), since when and until which day (empty: without end)."""

    reason: str
    channel: str
    since: datetime
    until: date | None


class StoryOut(Schema):
    """What is known of somebody, as far as the token's owner may see it."""

    id: int
    called: str
    handles: list[HandleOut]
    facts: list[FactOut]
    promises: list[PromiseOut]
    purchases: list[PurchaseOut]
    refusals: list[RefusalOut]


class OpeningIn(Schema):
    """Why somebody's story is opened."""

    reason: OpeningReason


def _of(schema: type[Schema], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields}


@router.get("", response=answers(PeopleOut), auth=Token("people.person.see"))
def list_people(
    request: Any,
    q: Annotated[str, Query(max_length=100)] = "",
    before: Annotated[str, Query(max_length=60)] = "",
) -> Any:
    """Those of whom something is known, the latest noted first; with `q` those whose name, handle or e-mail address begins so."""
    found = persons.found(q) if q.strip() else persons.listed(before=before)
    rows = [
        {
            "id": row.identity_id,
            "called": row.called,
            "handles": [_of(HandleOut, one) for one in row.handles],
            "known_at": row.known_at,
        }
        for row in found.rows
    ]
    return {"people": rows, "older": found.older}


@router.post("{int:identity_id}/open", response=answers(StoryOut), auth=Token("people.person.see"))
def open_person(request: Any, identity_id: int, given: OpeningIn) -> Any:
    """Open what is known of somebody, saying why; it is written down, and stays open for some hours."""
    found = siblings.reachable(identity_id)
    actions.open_story(identity=found, reason=given.reason.value, by=request.auth, at=clock.now())
    return _story(found, request.auth)


@router.get("{int:identity_id}", response=answers(StoryOut), auth=Token("people.person.see"))
def get_person(request: Any, identity_id: int) -> Any:
    """What is known of somebody whose story the token's owner has opened lately; 403 for who has not."""
    found = siblings.reachable(identity_id)
    if not openings.is_open(siblings.of(found), by=request.auth, at=clock.now()):
        raise HttpError(403, "Open it first, with a reason: POST people/{id}/open. It is written down.")
    return _story(found, request.auth)


def _story(found: Any, by: Any) -> dict[str, Any]:
    story = persons.story(found, by=by, at=clock.now())
    return {
        "id": story.identity_id,
        "called": story.called,
        "handles": [_of(HandleOut, one) for one in story.handles],
        "facts": [_of(FactOut, one) for one in story.facts],
        "promises": [_of(PromiseOut, one) for one in story.promises],
        "purchases": [_of(PurchaseOut, one) for one in story.purchases],
        "refusals": [_of(RefusalOut, one) for one in story.refusals],
    }
