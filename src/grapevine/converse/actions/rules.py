"""Routing rules: written, put in order, switched off and on, deleted and brought back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from grapevine.converse.models import Rule
from grapevine.core import access, audit

CHANGE = "converse.desk.change"


@transaction.atomic
def add(*, by: Any, at: datetime, **values: Any) -> Rule:
    """Add a rule below the others."""
    access.require(by, CHANGE)
    last = Rule.objects.aggregate(last=Max("position"))["last"]
    rule = Rule.objects.create(position=(last or 0) + 1, created_at=at, changed_at=at, **values)
    audit.record("converse.rule.added", subject=rule, by=by, at=at)
    return rule


@transaction.atomic
def change(*, rule: Rule, by: Any, at: datetime, **values: Any) -> Rule:
    """Change what a rule asks for and what comes of it."""
    access.require(by, CHANGE)
    changed = sorted(name for name, value in values.items() if getattr(rule, name) != value)
    if changed:
        for name in changed:
            setattr(rule, name, values[name])
        rule.changed_at = at
        rule.save(update_fields=[*changed, "changed_at"])
        audit.record("converse.rule.changed", subject=rule, by=by, at=at, names=changed)
    return rule


@transaction.atomic
def switch(*, rule: Rule, active: bool, by: Any, at: datetime) -> None:
    """Let a rule rest, or work again."""
    access.require(by, CHANGE)
    if rule.active != active:
        rule.active = active
        rule.save(update_fields=["active"])
        audit.record(
            "converse.rule.resumed" if active else "converse.rule.paused", subject=rule, by=by, at=at
        )


@transaction.atomic
def move(*, rule: Rule, up: bool, by: Any, at: datetime) -> bool:
    """Ask a rule one place earlier or later; False when it is at the end already. Moving it the other way undoes it."""
    access.require(by, CHANGE)
    rows = list(Rule.objects.present().select_for_update().order_by("position", "pk"))
    place = next(number for number, row in enumerate(rows) if row.pk == rule.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows, start=1):
        row.position = number
    Rule.objects.bulk_update(rows, ["position"])
    audit.record("converse.rule.moved", subject=rule, by=by, at=at, place=other + 1)
    return True


@transaction.atomic
def delete(*, rule: Rule, by: Any, at: datetime) -> None:
    """Delete a rule. It can be restored, to the place where it was."""
    access.require(by, CHANGE)
    rule.deleted_at = at
    rule.save(update_fields=["deleted_at"])
    audit.record("converse.rule.deleted", subject=rule, by=by, at=at)


@transaction.atomic
def restore(*, rule: Rule, by: Any, at: datetime) -> None:
    """Bring a deleted rule back."""
    access.require(by, CHANGE)
    rule.deleted_at = None
    rule.save(update_fields=["deleted_at"])
    audit.record("converse.rule.restored", subject=rule, by=by, at=at)
