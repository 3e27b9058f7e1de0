"""`make check`: every check of the house, each in a sentence; all are run, then those that failed are named."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: list[tuple[str, list[str]]] = [
    ("the code is in the house's format", ["ruff", "format", "--check", "-q", "."]),
    ("ruff finds nothing", ["ruff", "check", "-q", "."]),
    ("calls go down (import contracts)", ["lint-imports", "--cache-dir", ".test/imports"]),
    ("the types agree", ["mypy"]),
    ("templates are well formed", ["djlint", "--lint", "--quiet", "src"]),
    ("bandit finds no hole", ["bandit", "-q", "-c", "pyproject.toml", "-r", "src"]),
    ("migrations say what the models say", ["python", "scripts/check_migrations.py"]),
    ("names and lengths of files", ["python", "scripts/house.py"]),
    ("every text is there in every language", ["python", "scripts/messages.py", "check"]),
    ("the documentation says what is there", ["python", "scripts/docs.py", "check"]),
]


def main() -> int:
    """Run all checks; 0 when all are kept."""
    home = ROOT / ".test" / "home"
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
    environment = {
        **kept,
        "GRAPEVINE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "grapevine.config.settings",
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "NO_COLOR": "1",
    }

    def check(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
        begun = time.monotonic()
        program = [str(BIN / command[0]), *command[1:]]
        done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done, time.monotonic() - begun

    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(check, [command for _sentence, command in CHECKS])
        for (sentence, _command), (done, seconds) in zip(CHECKS, found, strict=True):
            mark = "ok  " if done.returncode == 0 else "FAIL"
            print(f"{mark} {sentence} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                failed.append(sentence)
                print((done.stdout + done.stderr).strip(), flush=True)
    if failed:
        print(f"\nNot kept: {'; '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
