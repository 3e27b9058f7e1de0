"""The inbox with four million messages: what one agent waits for alone, and what fifty wait for at work.

`python -m benchmarks.inbox [--quick] [--only sqlite|postgresql] [--write]`; `--write` puts what was measured into
docs/benchmarks/inbox.md and leaves the other database's part as it is. The store is made by `inbox_fill`. The questions are counted and
timed in one process; then the real server (granian, as `grapevine web` starts it) is asked by fifty agents, each with a session of their
own, who list, open, answer, note and search in the usual mix and think in between. The server has answered each of them once before that. The
load generator runs on the same cores.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

THREADS, PEOPLE = 400_000, 1_000_000
QUICK = (4_000, 10_000)
ROUNDS = 15
MIX = {"list": 40, "open": 35, "reply": 8, "note": 7, "search": 10}
THINKS = (4.0, 12.0)
"""Seconds between two actions of an agent, evenly spread: about six requests a second from fifty."""
LASTS = 120.0
TITLES = {"sqlite": "## SQLite", "postgresql": "## PostgreSQL"}
TABLE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "inbox.md"
HEAD = f"""# The inbox, four million messages

`python -m benchmarks.inbox --write` (`make bench-inbox`). {THREADS:,} threads of ten messages, {PEOPLE:,} persons, 50 agents; milliseconds of the whole
request. *Alone*: in one process, the median and the slowest of {ROUNDS}, and the number of questions to the database. *Fifty agents*: through the real
server (one process on SQLite, two on PostgreSQL), which has answered each agent once before, each agent with a pause of {THINKS[0]:.0f} to {THINKS[1]:.0f} seconds between
two actions, for {LASTS:.0f} seconds; the load generator runs on the same two cores.
"""
WORDS = ("kaffe ord77", "nåla", "ord5 ord19", "ingenting", "te -kaffe ord123")


def prepare(threads: int, people: int) -> dict[str, Any]:
    """Fill the store of this process' environment; measure each page alone; returns the figures and the agents' sessions."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks import inbox_fill
    from grapevine.core import clock

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    filled = inbox_fill.fill(threads, people, now=clock.now())
    inbox_fill.settle()
    print(f"  filled in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    alone = {name: _alone(filled.agents[3], path) for name, path in _pages(threads).items()}
    return {"alone": alone, "sessions": [_session(agent) for agent in filled.agents], "threads": threads}


def _pages(threads: int) -> dict[str, str]:
    newest = threads - threads // 40
    return {
        "list, mine": "/inbox/?view=mine",
        "list, everything": "/inbox/?view=all",
        "list, resolved": "/inbox/?view=resolved",
        "open": f"/inbox/{newest}/",
        "open an old one": f"/inbox/{threads // 2}/",
        "search, common words": "/inbox/?view=all&q=kaffe+ord77",
        "search, a rare word": "/inbox/?view=all&q=n%C3%A5la",
        "search, a word that is not there": "/inbox/?view=all&q=ingenting",
        "start page": "/",
        "report, a year": "/desk/reports/?period=12m",
    }


def _alone(user: Any, path: str) -> list[float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user)
    times, questions = [], 0
    for number in range(ROUNDS + 2):
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            response = client.get(path)
            taken = time.perf_counter() - began
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        questions = len(asked)
        if number >= 2:
            times.append(taken * 1000)
    return [round(statistics.median(times), 1), round(max(times), 1), questions]


def _session(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["grapevine_session"].value


class Agent:
    """Somebody who works in the inbox."""

    def __init__(self, number: int, session: str, client: Any, threads: int, taken: Any) -> None:
        self.dice = random.Random(number)
        self.client, self.taken = client, taken
        self.token = f"{number:032d}"
        self.cookies = {"grapevine_session": session, "grapevine_csrf": self.token}
        self.range = (threads - threads // 20, threads)

    async def arrive(self) -> None:
        """Look at the list and at a conversation, uncounted: so has everybody who works there."""
        await self._list()
        await self._open()

    async def work(self, until: float) -> None:
        """One action after the other, with thought between them."""
        await asyncio.sleep(self.dice.uniform(0, THINKS[1]))
        while time.monotonic() < until:
            (what,) = self.dice.choices(list(MIX), list(MIX.values()))
            began = time.perf_counter()
            status = await getattr(self, f"_{what}")()
            self.taken[what].append((time.perf_counter() - began) * 1000)
            self.taken["refused"] += [float(status)] * (status >= 400)
            await asyncio.sleep(self.dice.uniform(*THINKS))

    async def _list(self) -> int:
        return await self._get(f"/inbox/?view={self.dice.choice(('mine', 'all', 'waiting'))}")

    async def _open(self) -> int:
        return await self._get(f"/inbox/{self._thread()}/")

    async def _search(self) -> int:
        return await self._get("/inbox/", view="all", q=self.dice.choice(WORDS))

    async def _reply(self) -> int:
        return await self._post(
            text=f"We look into it and write again. {self.dice.random()}", anyway="1", seen="0"
        )

    async def _note(self) -> int:
        return await self._post(text=f"She called. {self.dice.random()}", note="1")

    def _thread(self) -> int:
        return self.dice.randint(*self.range)

    async def _get(self, path: str, **params: str) -> int:
        answer = await self.client.get(path, params=params, cookies=self.cookies)
        return int(answer.status_code)

    async def _post(self, **fields: str) -> int:
        answer = await self.client.post(
            f"/inbox/{self._thread()}/reply/",
            data=fields,
            cookies=self.cookies,
            headers={"X-CSRFToken": self.token},
        )
        return int(answer.status_code)


async def _agents(address: str, sessions: list[str], threads: int) -> dict[str, list[float]]:
    import httpx

    taken: dict[str, list[float]] = defaultdict(list)
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        agents = [Agent(number, one, client, threads, taken) for number, one in enumerate(sessions, start=1)]
        for agent in agents:
            await agent.arrive()
        until = time.monotonic() + LASTS
        await asyncio.gather(*(agent.work(until) for agent in agents))
    return taken


def _under_load(environment: dict[str, str], told: dict[str, Any]) -> dict[str, list[float]]:
    from benchmarks import servers

    port = servers.free_port()
    environment = {**environment, "GRAPEVINE_PORT": str(port), "GRAPEVINE_HOST": "127.0.0.1"}
    if "GRAPEVINE_DATABASE_URL" in environment:
        environment["GRAPEVINE_WEB_WORKERS"] = "2"  # one for each core, as the README says of teams
    server = subprocess.Popen([sys.executable, "-m", "grapevine.cli.main", "web"], env=environment)
    try:
        servers.wait_for(port)
        taken = asyncio.run(_agents(f"http://127.0.0.1:{port}", told["sessions"], told["threads"]))
    finally:
        server.terminate()
        server.wait(timeout=30)
    told_of = {name: _spread(taken[name]) for name in MIX if taken[name]}
    return {**told_of, "answered with an error": [0, 0, len(taken["refused"])]}


def _spread(times: list[float]) -> list[float]:
    """Median and 95th percentile of milliseconds, and how many there were."""
    ordered = sorted(times)
    return [
        round(statistics.median(ordered), 1),
        round(ordered[int(len(ordered) * 0.95)], 1),
        len(ordered),
    ]


def measure(database: str, size: tuple[int, int]) -> str:
    """Make a store, measure it, and return its part of the document."""
    print(f"{database}, {size[0] * 10:,} messages", file=sys.stderr, flush=True)
    from benchmarks import servers

    with servers.store(database) as environment:
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.inbox", "--child", str(size[0]), str(size[1])],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        told = json.loads(child.stdout)
        print(_part(TITLES[database], told["alone"], {}), file=sys.stderr, flush=True)
        return _part(TITLES[database], told["alone"], _under_load(environment, told))


def _part(title: str, alone: dict[str, list[float]], together: dict[str, list[float]]) -> str:
    lines = [title, "", "| Alone | median | slowest | questions |", "| --- | --: | --: | --: |"]
    lines += [
        f"| {name} | {middle:.0f} ms | {most:.0f} ms | {asked} |"
        for name, (middle, most, asked) in alone.items()
    ]
    lines += ["", "| Fifty agents | p50 | p95 | requests |", "| --- | --: | --: | --: |"]
    lines += [
        f"| {name} | {middle:.0f} ms | {late:.0f} ms | {many} |"
        for name, (middle, late, many) in together.items()
    ]
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Measure each database, and print or write the tables."""
    size = QUICK if "--quick" in arguments else (THREADS, PEOPLE)
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    for database, title in TITLES.items():
        if only in ("", database):
            part = measure(database, size)
            print(part, flush=True)
            if "--write" in arguments:
                _write(title, part)
    return 0


def _write(title: str, part: str) -> None:
    """Put a part into the document in place of the one before."""
    text = TABLE.read_text() if TABLE.exists() else ""
    parts = {
        f"## {one.partition(chr(10))[0].strip()}": f"## {one.strip()}\n" for one in text.split("\n## ")[1:]
    }
    parts[title] = part
    TABLE.write_text("\n".join([HEAD, *(parts[one] for one in TITLES.values() if one in parts)]))


if __name__ == "__main__":
    if "--child" in sys.argv:
        at = sys.argv.index("--child")
        print(json.dumps(prepare(int(sys.argv[at + 1]), int(sys.argv[at + 2]))))
    else:
        sys.exit(main(sys.argv[1:]))
