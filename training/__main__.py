"""Learn the weights that ship: `python -m training [--kept FOLDER]`; `python -m training shelf` only lays out the shelf anew.

First the deep tier's head (needs the extra `deep`; encoding some 36,000 texts takes long and is kept in FOLDER), then the fast tier, taught by it.
Both are written into the package. The sets are named in `sets.py`; their folder is $GRAPEVINE_SETS.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grapevine.engine.text.reading import deep as deep_tier
from grapevine.engine.text.reading import fast as fast_tier
from grapevine.engine.text.reading import table
from training import deep, fast


def main(arguments: list[str]) -> int:
    """Lay out the shelf, learn and save both."""
    table.save()
    if arguments[:1] == ["shelf"]:
        return 0
    kept = Path(arguments[arguments.index("--kept") + 1]) if "--kept" in arguments else Path(".test/vectors")
    head = deep.learn(kept)
    deep.save(head, deep_tier.HEAD)
    model = fast.learn([*fast.lessons(deep.teach(head, kept)), *fast.own_texts()])
    fast.save(model, fast_tier.MODEL)
    for path in (table.KEPT, deep_tier.HEAD, fast_tier.MODEL):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
