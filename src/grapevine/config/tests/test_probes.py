"""What machines ask."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.test import Client

from grapevine.config import logs
from grapevine.config.environment import Environment
from grapevine.core import faults, requests, testing

pytestmark = pytest.mark.django_db


def test_it_is_alive_and_ready_without_signing_in() -> None:
    assert Client().get("/healthz").content == b"ok\n"
    ready = Client().get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["migrated"] is True


def test_figures_are_for_this_machine_who_has_the_token_and_administrators(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    away = {"REMOTE_ADDR": "203.0.113.9"}
    testing.make_user(role="administrator")
    assert Client().get("/metrics").status_code == 200
    assert Client().get("/metrics", **away).status_code == 403  # type: ignore[arg-type]
    # A proxy on this machine speaks for somebody else.
    assert Client().get("/metrics", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 403
    assert testing.signed_in("reader").get("/metrics", **away).status_code == 403
    assert testing.signed_in("administrator").get("/metrics", **away).status_code == 200
    monkeypatch.setattr(
        settings, "GRAPEVINE", Environment(home=settings.GRAPEVINE.home, metrics_token="sesame")
    )
    with_token = Client().get("/metrics", HTTP_AUTHORIZATION="Bearer sesame", **away)  # type: ignore[arg-type]
    assert with_token.status_code == 200
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer open", **away).status_code == 403  # type: ignore[arg-type]


def test_figures_tell_requests_and_jobs() -> None:
    testing.make_job()
    Client().get("/healthz")
    told = Client().get("/metrics").content.decode()
    assert 'grapevine_requests_total{method="GET",status="200",view="healthz"}' in told
    assert 'grapevine_jobs{kind="core.tidy",state="waiting"} 1.0' in told


@pytest.mark.parametrize(
    ("direct", "said", "trusted", "expected"),
    [
        ("203.0.113.9", "", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),  # anybody can say so
        ("127.0.0.1", "198.51.100.1", ("127.0.0.1/32",), "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", ("127.0.0.1/32",), "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.2", ("127.0.0.1/32", "10.0.0.0/8"), "198.51.100.1"),
        ("127.0.0.1", "nonsense", ("127.0.0.1/32",), "127.0.0.1"),
    ],
)
def test_the_visitors_address_is_believed_from_trusted_proxies_only(
    direct: str, said: str, trusted: tuple[str, ...], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings, "GRAPEVINE", Environment(home=settings.GRAPEVINE.home, trusted_proxies=trusted)
    )
    request = SimpleNamespace(META={"REMOTE_ADDR": direct, "HTTP_X_FORWARDED_FOR": said})
    assert requests.address_of(request) == expected  # type: ignore[arg-type]


def test_logs_are_json_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure({"level": "info", "form": "json"})
    try:
        structlog.get_logger("castle").info("ghost.seen", floor=3)
        logging.getLogger("wall").warning("cold")
        first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    finally:
        logs.configure(settings.LOGGING)
        structlog.reset_defaults()
    assert (first["event"], first["floor"], first["level"]) == ("ghost.seen", 3, "info")
    assert second["event"] == "cold"


def test_names_tried_at_random_are_no_errors_of_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure({"level": "info", "form": "json"})
    try:
        assert Client().get("/healthz", HTTP_HOST="evil.example").status_code in (200, 400)
        assert Client().get("/sign-in", HTTP_HOST="evil.example").status_code == 400
        assert "evil.example" not in capsys.readouterr().err
    finally:
        logs.configure(settings.LOGGING)
        structlog.reset_defaults()


def test_a_fault_of_the_database_is_logged_with_what_it_said_but_no_values() -> None:
    said = 'duplicate key value violates "one_email"\nDETAIL:  Key (email)=(hamlet@elsinore.example) exists.'
    assert faults.told(IntegrityError(said)) == 'IntegrityError: duplicate key value violates "one_email"'
    assert faults.told(OperationalError()) == "OperationalError"
    assert len(faults.told(OperationalError("x" * 5000))) < 400
