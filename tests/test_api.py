"""The API for programs: what it answers, whom it lets in, and that no input breaks it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from grapevine.config.api import api
from grapevine.config.wsgi import application
from grapevine.converse.testing import make_thread
from grapevine.core.actions import tokens
from grapevine.core.api import Token
from grapevine.core.testing import NOON, deeds, make_user
from grapevine.listen import warmth
from grapevine.listen.testing import make_brand, make_watch
from grapevine.sources.testing import heard, make_source, store

pytestmark = pytest.mark.django_db


class Program:
    """A program with a token of somebody with a role."""

    def __init__(self, role: str = "lead") -> None:
        self.key = tokens.create(user=make_user(role=role), name="test", at=NOON)
        self.client = Client(headers={"Authorization": f"Bearer {self.key}"})

    def ask(self, method: str, address: str, given: Any = None) -> tuple[int, Any]:
        answer = self.client.generic(
            method,
            f"/api/v1/{address}",
            json.dumps(given) if given is not None else "",
            content_type="application/json",
        )
        return answer.status_code, json.loads(answer.content) if answer.content else None


def test_a_program_adds_a_brand_and_a_watch_and_reads_what_it_caught() -> None:
    program = Program()
    status, brand = program.ask("POST", "brands", {"name": "Elsinore Roasters", "ours": True})
    assert (status, brand["slug"]) == (201, "elsinore-roasters")
    status, watch = program.ask(
        "POST", "watches", {"brand": brand["slug"], "name": "By name", "query": "elsinore"}
    )
    assert (status, watch["version"]) == (201, 1)
    store(make_source(), heard("Coffee at Elsinore, alas"), heard("Coffee elsewhere"))
    status, found = program.ask("GET", f"mentions?brand={brand['slug']}")
    assert status == 200
    assert [one["text"] for one in found["mentions"]] == ["Coffee at Elsinore, alas"]
    assert found["mentions"][0]["watches"] == [watch["id"]]
    assert isinstance(found["mentions"][0]["id"], str)
    status, one = program.ask("GET", f"mentions/{found['mentions'][0]['id']}")
    assert (status, one["author"]) == (200, "hamlet")
    assert {"listen.brand.added", "listen.watch.added"} <= set(deeds())


def test_the_stream_is_read_in_parts_without_gap_or_repeat() -> None:
    make_watch(query="elsinore")
    store(make_source(), *(heard(f"Elsinore {number} {'abcdefghij'[number] * 9}") for number in range(10)))
    program, seen, before = Program(), [], ""
    while True:
        status, part = program.ask("GET", f"mentions?limit=3&before={before}")
        assert status == 200, part
        seen += [one["id"] for one in part["mentions"]]
        before = part["older"]
        if not before:
            break
    assert len(seen) == len(set(seen)) == 10
    assert seen == sorted(seen, key=int, reverse=True)


def test_a_mention_says_how_it_reads_for_each_brand_and_how_sure_that_is() -> None:
    praised, scolded = make_brand(name="Elsinore"), make_brand(name="Wittenberg")
    make_watch(query="elsinore", brand=praised)
    make_watch(query="wittenberg", brand=scolded)
    store(make_source(), heard("I love the coffee at Elsinore, but Wittenberg is terrible, never again"))
    program = Program("reader")
    (listed,) = program.ask("GET", "mentions")[1]["mentions"]
    assert {one["brand"]: one["mood"] for one in listed["brands"]} == {
        praised.slug: "positive",
        scolded.slug: "negative",
    }
    assert "certainty" not in listed
    warmth.ensure()
    one = program.ask("GET", f"mentions/{listed['id']}")[1]
    assert one["brands"] == listed["brands"]
    assert {(how["brand"], how["sure"], how["tier"]) for how in one["certainty"]} == {
        (praised.slug, True, "fast"),
        (scolded.slug, True, "fast"),
    }
    assert all(abs(sum(how["shares"].values()) - 1) < 0.01 for how in one["certainty"])


def test_a_wrong_query_is_told_with_its_position() -> None:
    brand = make_brand(name="Elsinore")
    status, fault = Program().ask(
        "POST", "watches", {"brand": brand.slug, "name": "x", "query": "a1 AND (b1"}
    )
    assert (status, fault["code"], fault["position"]) == (422, "unclosed-bracket", 7)
    status, found = Program("reader").ask("POST", "watches/check", {"query": "a1 b1 OR c1"})
    assert (status, found["ok"], found["lints"][0]["code"]) == (200, True, "mixed-and-or")
    status, fault = Program("reader").ask("GET", "mentions?q=%28x")
    assert status == 422


def test_without_a_token_nothing_opens() -> None:
    client = Client()
    for address in ("brands", "watches", "mentions", "sources", "threads", "people"):
        answer = client.get(f"/api/v1/{address}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert Client(headers={"Authorization": "Bearer gv_wrong"}).get("/api/v1/brands").status_code == 401


def test_the_browsers_session_opens_nothing() -> None:
    client = Client()
    client.force_login(make_user(role="administrator"))
    assert client.get("/api/v1/brands").status_code == 401


def test_a_reader_may_read_and_not_write() -> None:
    program = Program("reader")
    assert program.ask("GET", "brands")[0] == 200
    status, fault = program.ask("POST", "brands", {"name": "X"})
    assert (status, fault["code"]) == (403, "not-permitted")


def test_a_deactivated_users_token_opens_nothing() -> None:
    user = make_user(role="lead")
    key = tokens.create(user=user, name="test", at=NOON)
    user.is_active = False
    user.save()
    assert Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/brands").status_code == 401


def test_a_source_is_added_with_the_settings_its_connector_names() -> None:
    program = Program()
    names = {one["name"] for one in program.ask("GET", "sources/connectors")[1]}
    assert {"feed", "wordpress"} <= names
    given = {"name": "Blog", "connector": "feed", "settings": {"url": "https://blog.example/feed"}}
    status, source = program.ask("POST", "sources", given)
    assert (status, source["state"]) == (201, "active")
    assert program.ask("POST", f"sources/{source['id']}/pause")[1]["state"] == "paused"
    status, fault = program.ask("POST", "sources", {**given, "settings": {"adress": "x"}})
    assert (status, "adress" in fault["message"]) == (422, True)
    assert program.ask("POST", "sources", {**given, "connector": "telepathy"})[0] == 422


def test_every_operation_lets_in_by_token_and_permission() -> None:
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                doors = operation.auth_callbacks
                assert len(doors) == 1 and isinstance(doors[0], Token), operation.view_func


@pytest.mark.parametrize(
    ("method", "address", "given", "status"),
    [
        ("POST", "watches", {"brand": "elsinore", "name": "x", "query": "castle \0"}, 422),
        ("POST", "watches", {"brand": "elsi\0nore", "name": "x", "query": "castle"}, 422),
        ("POST", "watches/check", {"query": "castle \0"}, 422),
        ("POST", "sources", {"name": "x", "connector": "feed", "settings": {"url": ["\0"]}}, 422),
        ("GET", "watches?brand=%00", None, 400),
        ("GET", "mentions?q=%00", None, 400),
        ("GET", "mentions/99999999999999999999999", None, 404),
        ("GET", "watches/9223372036854775808", None, 404),
        ("PUT", "watches/9223372036854775808", {"brand": "x", "name": "x", "query": "x"}, 404),
        ("GET", "sources/9223372036854775808", None, 404),
        ("GET", "mentions/9223372036854775807", None, 404),
        ("GET", "threads/9223372036854775808", None, 404),
        ("POST", "threads/9223372036854775808/notes", {"text": "x"}, 404),
        ("POST", "threads/1/notes", {"text": "x\0"}, 422),
        ("GET", "people/9223372036854775808", None, 404),
    ],
)
def test_what_a_database_can_not_hold_is_refused_at_the_door(
    method: str, address: str, given: Any, status: int
) -> None:
    make_brand(name="Elsinore")
    found, fault = Program().ask(method, address, given)
    assert found == status, fault
    assert set(fault) >= {"code", "message"}
    if status == 422:
        assert "NUL" in fault["message"]


def test_pages_bear_the_same() -> None:
    make_watch(query="elsinore")
    client = Client()
    client.force_login(make_user(role="administrator"))
    largest = 9223372036854775808
    for address in (f"mentions/{largest}", f"watches/{largest}", f"stream/copies/{largest}"):
        assert client.get(f"/{address}/").status_code == 404, address
    for address in ("stream/?q=a%00b&brand=%00", "watches/?brand=%00", "search?q=%00", "brands/?period=%00"):
        assert client.get(f"/{address}").status_code in (200, 404), address
    assert client.post("/watches/preview/", {"query": "a\0b"}).status_code == 200
    for address, values in (
        ("/stream/filters/", {"name": "x", "q": "a\0b"}),
        ("/brands/new/", {"name": "a\0b", "ours": "yes", "position": "0"}),
        ("/watches/new/", {"brand": "elsinore", "name": "a\0", "query": "b\0", "do": "save"}),
        ("/stream/export/", {"format": "csv", "q": "a\0b"}),
    ):
        assert client.post(address, values).status_code < 500, address


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The server closes its connection after each request; here it is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_connection")
def test_no_input_breaks_an_operation() -> None:
    """Each operation is called with made-up input, valid and not: none may fail, or answer what its description denies."""
    make_watch(query="elsinore")
    store(make_source(), heard("Coffee at Elsinore"))
    make_thread()
    program = Program("administrator")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    called: Counter[str] = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def call(case: Any) -> None:
            called[case.operation.label] += 1
            answer = case.call(headers={"Authorization": f"Bearer {program.key}"})
            # Our own token goes with every call, so a made-up one never gets there; and what fits the description may still
            # be refused for what it means (a query that can't be read, an author nobody knows).
            case.validate_response(answer, excluded_checks=[ignored_auth, positive_data_acceptance])

        call()
    assert len(called) >= 15
    assert min(called.values()) >= 1
    assert sum(called.values()) > 200
