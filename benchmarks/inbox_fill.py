"""An inbox of any size, made inside the database: for asking pages, not for measuring how things come in.

Ten messages a thread: theirs, ours, now and then a note or an event. Two fifths of the people have several threads. Most threads are
resolved, as in an inbox that is worked; a few thousand are open, some of them late. A fifth of the messages hold a common word, a few a rare one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from benchmarks import rows
from grapevine.converse import testing as converse
from grapevine.converse.models import Rollup
from grapevine.core import bulk
from grapevine.core import testing as core
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources

DAYS = 700
AGENTS = 50
TEAMS = 5
LABELS = 20
EACH = 10  # messages of a thread
_LANGS = ("sv", "da", "nl", "en")
_WORDS = 20_000


@dataclass(frozen=True)
class Filled:
    """Who answers, and how much there is."""

    agents: list[Any]
    threads: int
    messages: int


def fill(threads: int, people: int, *, now: datetime) -> Filled:
    """Fill an empty, migrated store with `threads` threads of ten messages and `people` persons with an identity each."""
    agents = [core.make_user(name=f"Agent {number}", role="member") for number in range(AGENTS)]
    teams = [
        converse.make_team(name=f"Team {number}", members=agents[number::TEAMS]) for number in range(TEAMS)
    ]
    brand = listen.make_brand(name="Fjord", slug="fjord", ours=True)
    where = [sources.make_source(name=f"Source {number}", connector="wordpress") for number in range(3)]
    begin = int((now - timedelta(days=DAYS)).timestamp())
    _people(people, begin)
    _threads(
        threads,
        people,
        begin,
        int(now.timestamp()),
        agents=[one.pk for one in agents],
        teams=[one.pk for one in teams],
        sources=[one.pk for one in where],
        brand=brand.pk,
    )
    _messages(threads, begin, agents=[one.pk for one in agents], sources=[one.pk for one in where])
    _words(threads)
    _turns(threads)
    _sums(now, teams=[one.pk for one in teams], sources=[one.pk for one in where], brand=brand.pk)
    for table in ("people_person", "people_identity", "converse_thread", "converse_message", "converse_turn"):
        if bulk.is_postgresql():
            bulk.ask(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))", []
            )
    return Filled(agents, threads, threads * EACH)


def settle() -> None:
    """Tell the database how its tables look now, outside of a transaction."""
    rows.run("VACUUM ANALYZE" if bulk.is_postgresql() else "ANALYZE")


def _people(people: int, begin: int) -> None:
    at = rows.moment(f"{begin} + i % {DAYS * 86400}")
    rows.insert("people_person", people, {"id": "i + 1", "name": "'Name ' || i", "created_at": at})
    rows.insert(
        "people_identity",
        people,
        {
            "id": "i + 1",
            "platform": "'wordpress/' || (1 + i % 3)",
            "external_id": "'a' || i",
            "handle": "'handle' || i",
            "name": "'Name ' || i",
            "url": "''",
            "first_seen_at": at,
            "last_seen_at": at,
            "person_id": "i + 1",
            "is_demo": rows.no(),
        },
    )


def _threads(
    threads: int, people: int, begin: int, now: int, *, agents: list[int], teams: list[int], sources: list[int], brand: int
) -> None:  # fmt: skip
    step = DAYS * 86400 / threads
    opened = f"(CAST({begin} + i * {step!r} AS bigint))"
    last = f"({opened} + {EACH * 1800})"
    # The newest twentieth is being worked on: half of that is our turn.
    young = f"i >= {threads - threads // 20}"
    status = (
        f"CASE WHEN {young} AND i % 2 = 0 THEN 'open' WHEN {young} AND i % 4 = 1 THEN 'waiting' "
        f"WHEN {young} AND i % 8 = 3 THEN 'snoozed' WHEN i % 50 = 49 THEN 'spam' ELSE 'resolved' END"
    )
    ours = f"{young} AND i % 2 = 0"
    rows.insert(
        "converse_thread",
        threads,
        {
            "id": "i + 1",
            "brand_id": f"{brand}",
            "source_id": rows.one_of("i % 7", sources),
            "external_id": "'t' || i",
            "identity_id": f"(CASE WHEN i % 5 < 2 THEN i % {max(people // 100, 1)} ELSE (i * 7907) % {people} END) + 1",
            "subject": f"'Subject ' || i || ' ord' || ((i * 31) % {_WORDS})",
            "lang": rows.one_of("i % 11", [f"'{one}'" for one in _LANGS]),
            "mood": "i % 4",
            "wants": "CASE WHEN i % 3 = 0 THEN 8 ELSE 2 END",
            "status": status,
            "snoozed_until": f"CASE WHEN {young} AND i % 8 = 3 THEN {rows.moment(f'{now} + 3600 + i')} END",
            "wakes_on_answer": rows.yes(),
            "priority": "CASE WHEN i % 40 = 0 THEN 1 WHEN i % 10 = 0 THEN 2 ELSE 3 END",
            "assignee_id": f"CASE WHEN i % 6 = 0 THEN NULL ELSE {rows.one_of('i % 53', agents)} END",
            "team_id": rows.one_of("i % 13", teams),
            "opened_at": rows.moment(opened),
            "last_at": rows.moment(last),
            "last_from_them_at": rows.moment(last),
            "last_from_us_at": rows.moment(f"{opened} + 1800"),
            "waiting_since": f"CASE WHEN {ours} THEN {rows.moment(last)} END",
            "due_at": f"CASE WHEN {ours} THEN {rows.moment(f'{last} + 3600 * (i % 48)')} END",
            "first_answered_at": rows.moment(f"{opened} + 1800"),
            "resolved_at": f"CASE WHEN {young} THEN NULL ELSE {rows.moment(last)} END",
            "messages": str(EACH - 1),
            "latest_id": f"i * {EACH} + {EACH}",
            "is_demo": rows.no(),
        },
    )
    rows.insert(
        "converse_label",
        LABELS,
        {"id": "i + 1", "name": "'Label ' || i", "colour": "i % 8", "created_at": rows.moment(f"{begin}")},
    )
    rows.insert(
        "converse_thread_labels",
        threads // 3,
        {"thread_id": "i * 3 + 1", "label_id": f"i % {LABELS} + 1"},
    )


def _messages(threads: int, begin: int, *, agents: list[int], sources: list[int]) -> None:
    many = threads * EACH
    step = DAYS * 86400 / threads
    thread, place = f"(i / {EACH})", f"(i % {EACH})"
    at = f"(CAST({begin} + {thread} * {step!r} AS bigint) + {place} * 1800)"
    ours = f"{place} IN (1, 4, 6)"
    note = f"{place} = 5"
    rows.insert(
        "converse_message",
        many,
        {
            "id": "i + 1",
            "thread_id": f"{thread} + 1",
            "direction": f"CASE WHEN {ours} THEN 'ours' WHEN {note} THEN 'note' ELSE 'theirs' END",
            "at": rows.moment(at),
            "text": _text(many),
            "lang": rows.one_of(f"{thread} % 11", [f"'{one}'" for one in _LANGS]),
            "source_id": f"CASE WHEN {note} THEN NULL ELSE {rows.one_of(f'{thread} % 7', sources)} END",
            "external_id": f"CASE WHEN {note} THEN '' ELSE 'm' || i END",
            "identity_id": f"CASE WHEN {ours} OR {note} THEN NULL ELSE (SELECT identity_id FROM converse_thread "
            f"WHERE id = {thread} + 1) END",
            "url": "''",
            "media": "'[]'",
            "has_html": rows.no(),
            "notes": "'[]'",
            "user_id": f"CASE WHEN {ours} OR {note} THEN {rows.one_of(f'{thread} % 53', agents)} END",
            "signed": "''",
            "state": f"CASE WHEN {ours} THEN 'sent' ELSE '' END",
            "event": "'{}'",
        },
    )


def _words(threads: int) -> None:
    """The full-text index, as the way in would have written it: words without capitals, one space between."""
    many = threads * EACH
    postgresql = bulk.is_postgresql()
    if postgresql:
        rows.run("DROP INDEX converse_words_gin")
    column, cast = ("message_id", "::tsvector") if postgresql else ("rowid", "")
    rows.run(
        f"INSERT INTO converse_words ({column}, words) SELECT i + 1, ({_text(many)}){cast} FROM ({rows.numbers(many)}) numbers"
    )
    if postgresql:
        rows.run("SET maintenance_work_mem = '512MB'")
        rows.run("CREATE INDEX converse_words_gin ON converse_words USING gin (words)")


def _turns(threads: int) -> None:
    """One turn of ours for each thread; that of an open one runs."""
    runs = f"i >= {threads - threads // 20} AND i % 2 = 0"
    of_thread = f"(SELECT numbers.i AS i, t.* FROM converse_thread t JOIN ({rows.numbers(threads)}) numbers ON t.id = numbers.i + 1) made"
    columns = {
        "id": "i + 1",
        "thread_id": "id",
        "began_at": "last_at",
        "since": f"CASE WHEN {runs} THEN last_at END",
        "spent_seconds": "0",
        "due_at": "due_at",
        "ended_at": f"CASE WHEN {runs} THEN NULL ELSE last_at END",
        "answered": f"CASE WHEN {runs} THEN {rows.no()} ELSE {rows.yes()} END",
    }
    rows.run(
        f"INSERT INTO converse_turn ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {of_thread}"
    )


def _sums(now: datetime, *, teams: list[int], sources: list[int], brand: int) -> None:
    """What was counted, by day and by month."""
    today, sums = now.date(), []
    spans = [("d", today - timedelta(days=one)) for one in range(DAYS)]
    spans += [
        ("m", (today.replace(day=1) - timedelta(days=30 * one)).replace(day=1)) for one in range(DAYS // 30)
    ]
    for span, first in dict.fromkeys(spans):
        for number, (team, source, lang) in enumerate(product(teams, sources, _LANGS)):
            many = 9 + number % 5
            sums.append(
                Rollup(
                    span=span, first=first, team_id=team, source_id=source, brand_id=brand, lang=lang, opened=many,
                    answered=many - 1, in_time=many - 2, resolved=many - 1, seconds=many * 7200, took_04=many - 1,
                )
            )  # fmt: skip
    Rollup.objects.bulk_create(sums, batch_size=2000)


def _text(many: int) -> str:
    words = " || ".join(
        f"' ord' || ((i * {prime} + {prime}) % {_WORDS})" for prime in (7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    )
    return (
        f"(CASE WHEN i % 5 = 0 THEN 'kaffe' ELSE 'te' END) || (CASE WHEN i % {max(many // 25, 1)} = 3 THEN ' nåla' ELSE '' END) "
        f"|| {words}"
    )
