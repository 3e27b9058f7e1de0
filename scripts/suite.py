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


def run(name: str, total: Sum, *arguments: str) -> None:
    """Run pytest once; a run that broke off counts as a failure."""
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    workers = str(min(4, os.cpu_count() or 1))
    begun = time.monotonic()
    print(f"\n== {name}", flush=True)
    # Not "loadgroup", "loadscope": those wait for ever once a worker has died.
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "worksteal", "--durations=25"]
    part = subprocess.Popen([*command, f"--junitxml={report}", *arguments], cwd=ROOT, start_new_session=True)
    try:
        code = part.wait(PATIENCE)
    except BaseException as error:  # whatever stops us stops the part and all it has started
        os.killpg(part.pid, signal.SIGTERM)
        part.wait()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        print(f"== {name}: stopped, it had not ended after {PATIENCE // 60} minutes", flush=True)
        code = 1
    part_sum = Sum()
    if report.exists():
        part_sum.add_report(report)
    if code not in (0, 5) and not part_sum.failed:
        part_sum.failed = 1
    elif 0 < part_sum.failed <= FEW:
        again(name, part_sum, *arguments)
    total.add(part_sum)
    print(f"== {name}: {time.monotonic() - begun:.0f} s", flush=True)


def again(name: str, part_sum: Sum, *arguments: str) -> None:
    """Run a few failed tests once more, alone: some hang on time, and the machine may have been busy. What passes only now is named."""
    report = REPORTS / f"{name}-again.xml"
    report.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "--last-failed",
        "--last-failed-no-failures",
        "none",
    ]
    try:
        subprocess.run(
            [*command, f"--junitxml={report}", *arguments], cwd=ROOT, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return
    second = Sum()
    if report.exists():
        second.add_report(report)
    if second.passed + second.failed == part_sum.failed:
        print(
            f"== {name}: {second.passed} passed only when run again, alone (see the first run above)",
            flush=True,
        )
        part_sum.passed += second.passed
        part_sum.failed = second.failed


def has_postgresql() -> bool:
    """Whether PostgreSQL's server programs are on this machine."""
    from grapevine.config.testing import find_postgresql

    return find_postgresql() is not None


def start_compiling() -> list[subprocess.Popen[bytes]]:
    """Compile what reads and matches where that has not been done: once, and not in every worker while a test waits."""
    script = "import django; django.setup(); from grapevine.listen import warmth; warmth.warm()"
    home = ROOT / ".test" / "home"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
    environment = {**kept, "GRAPEVINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "grapevine.config.settings"}
    matcher = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment)
    return [matcher, *beforehand.begin()]


def main(which: str) -> int:
    """Run the parts of `which` (all or fast); 0 when nothing failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    REPORTS.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    total = Sum()
    begun = time.monotonic()
    if which == "fast":
        beforehand.wait(start_compiling())
        run("sqlite", total, "-m", "not slow and not browser and not wordpress and not mail")
    else:
        compiling = start_compiling()
        total_checks = subprocess.run([sys.executable, "scripts/check.py"], check=False).returncode
        total.passed, total.failed = (1, 0) if total_checks == 0 else (0, 1)
        beforehand.wait(compiling)
        run("sqlite", total)
        if has_postgresql():
            run("postgresql", total, "--database", "postgresql")
        else:
            total.skipped["PostgreSQL is not installed: the whole suite on PostgreSQL"] += 1
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
