"""The outbox tells what became of removals."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from grapevine.converse.actions import removals
from grapevine.converse.models import Removal, RemovalState
from grapevine.sources.contracts import outbox

_ENDINGS = {
    "failed": RemovalState.FAILED,
    "stopped": RemovalState.FAILED,
    "unclear": RemovalState.UNCLEAR,
    "cancelled": RemovalState.CANCELLED,
}


class Removals:
    """Keeps the outbox's rows that take something away."""

    def hold(self, of: str, ids: Collection[int]) -> None:
        """Nothing: `removals.settle` locks one row, and nobody who holds that asks for the outbox's."""

    def may_go(self, of: str, of_id: int, at: datetime) -> outbox.Refusal | None:
        """It may, unless what it is about was forgotten meanwhile."""
        there = Removal.objects.filter(pk=of_id, message__deleted_at=None).exists()
        return None if there else outbox.Refusal("converse.gone")

    def went(self, of: str, of_id: int, proof: outbox.Proof, at: datetime) -> None:
        """The platform says that it is gone."""
        removals.settle(removal_id=of_id, state=RemovalState.DONE, at=at)

    def failed(
        self, of: str, of_id: int, state: outbox.Ending, code: str, params: Mapping[str, Any], at: datetime
    ) -> None:
        """It wasn't done, or nobody knows."""
        removals.settle(removal_id=of_id, state=_ENDINGS[state], at=at, code=code, params=params)

    def held(self, of: str, of_id: int, code: str, params: Mapping[str, Any], at: datetime) -> None:
        """It waits for credentials."""
        removals.settle(removal_id=of_id, state=RemovalState.HELD, at=at, code=code, params=params)

    def released(self, of: str, of_id: int, at: datetime) -> None:
        """It is on its way again."""
        removals.settle(removal_id=of_id, state=RemovalState.WAITING, at=at)

    def words(self, code: str, params: Mapping[str, Any]) -> str:
        """Why it no longer goes."""
        return gettext("What was to be taken away is gone already.")
