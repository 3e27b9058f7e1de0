"""`make bench`: every benchmark in turn. `python -m benchmarks [NAME …] [--quick]`; each also runs alone, as `python -m benchmarks.NAME`."""

from __future__ import annotations

import subprocess
import sys

ALL = ("matching", "reading", "adapting", "storing", "pages", "spread")


def main(arguments: list[str]) -> int:
    """Run the named benchmarks (all when none is named), each in a process of its own; 0 when all ran."""
    names = [one for one in arguments if not one.startswith("-")] or list(ALL)
    options = [one for one in arguments if one.startswith("-")]
    if unknown := set(names) - set(ALL):
        print(
            f"There is no benchmark called {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.",
            file=sys.stderr,
        )
        return 2
    ended = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode
        for name in names
    ]
    return max(ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
