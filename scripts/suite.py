"""`make test` and `make test-fast`: the suite in its parts, what was left out, and one closing line with the sum."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from grapevine.config import beforehand

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / ".test" / "reports"
PATIENCE = 40 * 60
"""Seconds after which a part is stopped: it takes a quarter of this, and whoever waits for it should hear of it."""

CHECKED = "tests/test_house.py::test_a_check_of_the_house_is_kept"
"""What scripts/check.py has looked at by then; the test is for those who run pytest alone."""

FEW = 10
"""So many failed tests are run once more; more than that is no accident."""


@dataclass
class Sum:
    """What the parts came to. `skipped` counts the reasons."""

    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def add(self, other: Sum) -> None:
        """Take another sum to this one."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def add_report(self, path: Path) -> None:
        """Count one JUnit report."""
        for case in ElementTree.parse(path).iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            elif (skip := case.find("skipped")) is not None:
                self.skipped[skip.get("message") or "no reason given"] += 1
            else:
                self.passed += 1


@dataclass
class Part:
    """A run of pytest with workers of its own. One that is `aside` writes into a file, which is shown when it has ended."""

    name: str
    workers: int
    arguments: tuple[str, ...] = ()
    aside: bool = False
    begun: float = field(init=False)
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it, in a group of processes of its own."""
        self.begun = time.monotonic()
        self._report.unlink(missing_ok=True)
        # Not "loadgroup", "loadscope": those wait for ever once a worker has died.
        spread = ["-n", str(self.workers), "--dist", "worksteal", "--durations=25"]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*self._pytest, *spread, f"--junitxml={self._report}", *self.arguments],
                cwd=ROOT,
                start_new_session=True,
                stdout=log if self.aside else None,
                stderr=subprocess.STDOUT if self.aside else None,
            )

    def stop(self) -> None:
        """Stop it and all it has started, if it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()

    def wait(self) -> None:
        """Until it has ended, or has taken too long."""
        try:
            self.process.wait(max(1, self.begun + PATIENCE - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.stop()
            print(f"== {self.name}: stopped, it had not ended after {PATIENCE // 60} minutes", flush=True)
        if self.aside:
            print(f"\n== {self.name}\n{self._log.read_text(errors='replace')}", flush=True)
        print(f"== {self.name}: {time.monotonic() - self.begun:.0f} s", flush=True)

    def sum(self) -> Sum:
        """What it came to; a run that broke off counts as a failure, and a few failed tests are run once more."""
        found = Sum()
        if self._report.exists():
            found.add_report(self._report)
        if self.process.returncode not in (0, 5) and not found.failed:
            found.failed = 1
        elif 0 < found.failed <= FEW:
            self._again(found)
        return found

    def _again(self, first: Sum) -> None:
        """Run what failed once more, alone: some hang on time, and the machine may have been busy. What passes only now is named."""
        report = REPORTS / f"{self.name}-again.xml"
        report.unlink(missing_ok=True)
        alone = ["-n", "0", "--last-failed", "--last-failed-no-failures", "none", f"--junitxml={report}"]
        print(f"\n== {self.name}: what failed, once more and alone", flush=True)
        try:
            subprocess.run([*self._pytest, *alone, *self.arguments], cwd=ROOT, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return
        second = Sum()
        if report.exists():
            second.add_report(report)
        if second.passed + second.failed == first.failed:
            print(
                f"== {self.name}: {second.passed} passed only when run again, alone (see the first run above)",
                flush=True,
            )
            first.passed += second.passed
            first.failed = second.failed

    @property
    def _pytest(self) -> list[str]:
        # Each part remembers for itself what failed.
        return [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir=.test/cache-{self.name}"]

    @property
    def _report(self) -> Path:
        return REPORTS / f"{self.name}.xml"

    @property
    def _log(self) -> Path:
        return REPORTS / f"{self.name}.log"


def run(parts: list[Part], total: Sum) -> None:
    """Run the parts side by side: where a test of one waits for a process or a page, the other goes on."""
    try:
        for part in parts:
            print(f"\n== {part.name}{', beside it' if part.aside else ''}", flush=True)
            part.start()
        for part in parts:
            part.wait()
    finally:  # whatever stops us stops the parts and all they have started
        for part in parts:
            part.stop()
    for part in parts:
        total.add(part.sum())


def has_postgresql() -> bool:
    """Whether PostgreSQL's server programs are on this machine."""
    from grapevine.config.testing import find_postgresql

    return find_postgresql() is not None


MATCHING = "import django; django.setup(); from grapevine.listen import warmth; warmth.warm()"
SPREADING = """
import numpy as np
from grapevine.engine import graph
from grapevine.engine.cascade import models
from grapevine.engine.cascade.advice import Wishes
first = np.arange(40) % 8
small = graph.from_arrays(first, (first * 3 + 1) % 8, np.full(40, 0.1), people=8, duplicates="most")
for model in models.shelf().values():
    model().simulate(small, [0], runs=100, rng=1)
    model().advise(small, Wishes(1), rng=1)
"""


def start_compiling() -> list[subprocess.Popen[bytes]]:
    """Compile what reads, matches and spreads where that has not been done: once, and not in every worker while a test waits."""
    home = ROOT / ".test" / "home"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
    environment = {**kept, "GRAPEVINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "grapevine.config.settings"}
    ours = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment)
        for script in (MATCHING, SPREADING)
    ]
    return [*ours, *beforehand.begin()]


def main(which: str) -> int:
    """Run the parts of `which` (all or fast); 0 when nothing failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    # Without compiled modules each of the hundreds of processes that are started takes three times as long to come up.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    REPORTS.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    total = Sum()
    cores = min(4, os.cpu_count() or 1)
    begun = time.monotonic()
    compiling = start_compiling()
    if which == "fast":
        beforehand.wait(compiling)
        run([Part("sqlite", cores, ("-m", "not slow and not browser and not wordpress and not mail"))], total)
    else:
        total_checks = subprocess.run([sys.executable, "scripts/check.py"], check=False).returncode
        total.passed, total.failed = (1, 0) if total_checks == 0 else (0, 1)
        beforehand.wait(compiling)
        print(f"{time.monotonic() - begun:.0f} s", flush=True)
        parts = [Part("sqlite", cores, ("--deselect", CHECKED))]
        if has_postgresql():
            # A third of what SQLite has to do.
            parts.append(Part("postgresql", max(1, cores // 2), ("--database", "postgresql"), aside=True))
        else:
            total.skipped["PostgreSQL is not installed: the whole suite on PostgreSQL"] += 1
        run(parts, total)
    left_out = {
        reason: n for reason, n in total.skipped.items() if not reason.startswith("runs with --database")
    }
    print(f"\n{time.monotonic() - begun:.0f} s in all.")
    if left_out:
        print("Left out:")
        for reason, count in sorted(left_out.items()):
            print(f"  {reason} ({count})")
    print(f"{total.passed} passed, {total.failed} failed, {sum(total.skipped.values())} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
