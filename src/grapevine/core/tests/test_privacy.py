"""What core holds of people is handed over and forgotten."""

from __future__ import annotations

import pytest

from grapevine.core import audit, holders, testing
from grapevine.core.actions import tokens
from grapevine.core.models import AuditEntry, User
from grapevine.core.privacy import Subject

pytestmark = pytest.mark.django_db


def test_a_user_gets_what_is_held_of_them() -> None:
    user = testing.make_user(name="Ophelia", email="ophelia@elsinore.example")
    tokens.create(user=user, name="herbarium", at=testing.NOON)
    handed = holders.Users().hand_over(Subject(user_id=user.pk))
    assert handed[0]["e-mail"] == "ophelia@elsinore.example"
    assert handed[1]["key"] == "herbarium"
    assert holders.Audit().hand_over(Subject(user_id=user.pk))[0]["action"] == "core.token.created"
    assert holders.Users().hand_over(Subject()) == []


def test_a_forgotten_user_is_found_nowhere_and_the_deeds_stay() -> None:
    ophelia = testing.make_user(name="Ophelia", email="ophelia@elsinore.example")
    hamlet = testing.make_user(role="administrator", name="Hamlet")
    browser = testing.signed_in(user=ophelia)
    tokens.create(user=ophelia, name="herbarium", at=testing.NOON)
    audit.record("core.user.role_changed", subject=ophelia, by=hamlet, at=testing.NOON, before="reader")
    subject = Subject(user_id=ophelia.pk)
    assert holders.Audit().forget(subject) == 2
    assert holders.Users().forget(subject) >= 2
    everything = [list(row.values()) for row in [*User.objects.values(), *AuditEntry.objects.values()]]
    assert "phelia" not in str(everything)
    assert "herbarium" not in str(everything)
    assert testing.deeds() == ["core.token.created", "core.user.role_changed"]
    assert AuditEntry.objects.get(action="core.user.role_changed").by_name == "Hamlet"
    assert browser.get("/settings/you").status_code == 302


def test_forgetting_nobody_touches_nothing() -> None:
    user = testing.make_user()
    audit.record("core.user.changed", subject=user, by=user, at=testing.NOON)
    assert holders.Audit().forget(Subject()) == 0
    assert holders.Users().forget(Subject()) == 0
