"""Names and lengths of files: what import contracts can't see. long_files.txt lists old sins and may only shrink."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 300
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "misc",
    "service",
    "services",
}
FOLDERS = ("src", "tests", "scripts", "benchmarks")
KINDS = {".py", ".js", ".css", ".html", ".sh"}


def files() -> list[Path]:
    """All code files of the house."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    ours = (path for path in [*found, ROOT / "conftest.py"] if path.is_file())
    # Migrations are made, and fixtures came from elsewhere.
    return sorted(path for path in ours if not {"migrations", "fixtures"} & set(path.parts))


def too_long() -> dict[str, int]:
    """Files over the limit, with their lengths."""
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files()}
    return {name: length for name, length in lengths.items() if length > LIMIT}


def badly_named() -> list[str]:
    """Files and folders whose name says nothing."""
    bad = [
        p
        for p in files()
        if any(part.removesuffix(p.suffix) in FORBIDDEN for part in p.relative_to(ROOT).parts)
    ]
    return [str(path.relative_to(ROOT)) for path in bad]


def allowed_sins() -> set[str]:
    """The names in long_files.txt."""
    lines = (ROOT / "scripts" / "long_files.txt").read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def complaints() -> list[str]:
    """What is wrong, in sentences."""
    long, sins = too_long(), allowed_sins()
    said = [
        f"{name} has {n} lines; cut it by story to {LIMIT} at most."
        for name, n in long.items()
        if name not in sins
    ]
    said += [
        f"{name} is short now; take it off scripts/long_files.txt." for name in sorted(sins - long.keys())
    ]
    said += [f"{name}: name it by what it is about." for name in badly_named()]
    return said


if __name__ == "__main__":
    said = complaints()
    print("\n".join(said))
    sys.exit(1 if said else 0)
