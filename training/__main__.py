"""Learn the weights that ship: `python -m training [--kept FOLDER]`; `python -m training shelf` only lays out the shelf anew, and says
what its languages lack; `python -m training shelf no` also shows which gold sentences of `no` are read otherwise than is written there.

First the deep tier's head (needs the extra `deep`; encoding some 36,000 texts takes long and is kept in FOLDER), then the fast tier, taught by it.
Both are written into the package. The sets are named in `sets.py`; their folder is $GRAPEVINE_SETS.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from grapevine.engine.text import reading, shelf
from grapevine.engine.text.reading import about, table
from grapevine.engine.text.reading import deep as deep_tier
from grapevine.engine.text.reading import fast as fast_tier
from training import deep, fast


def main(arguments: list[str]) -> int:
    """Lay out the shelf, learn and save both."""
    if arguments[:1] == ["shelf"]:
        return _shelf(arguments[1:])
    if arguments and (arguments[0] != "--kept" or len(arguments) != 2):
        print(__doc__)
        return 2
    table.save()
    kept = Path(arguments[arguments.index("--kept") + 1]) if "--kept" in arguments else Path(".test/vectors")
    head = deep.learn(kept)
    deep.save(head, deep_tier.HEAD)
    model = fast.learn([*fast.lessons(deep.teach(head, kept)), *fast.own_texts()])
    fast.save(model, fast_tier.MODEL)
    for path in (table.KEPT, deep_tier.HEAD, fast_tier.MODEL):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


def _shelf(codes: list[str]) -> int:
    """Lay out the shelf; tell what each language has and lacks, and how the gold sentences of `codes` are read."""
    try:
        table.save()
        lacks = [one for code in shelf.languages() for one in _lacking(code)]
        for code in codes:
            _show(code)
    except (shelf.ShelfError, OSError) as error:
        print(error)
        return 1
    print("\n".join(lacks) or "Nothing is lacking.")
    return 1 if lacks else 0


def _lacking(code: str) -> Iterator[str]:
    """What the tests will miss in a language, a line each."""
    entries = shelf.load(code).values()
    glad, sad = sum(one.points > 0 for one in entries), sum(one.points < 0 for one in entries)
    print(f"{code}: {glad:,} glad forms, {sad:,} sad ones")
    if min(glad, sad) <= 300:
        yield f"{code}: more than 300 glad and 300 sad forms are wanted"
    wants, does = (
        {want[0] for one in entries for want in one.wants},
        {kind for one in entries for kind in one.does},
    )
    for names, there, file in ((shelf.INTENTS, wants, "intents.txt"), (shelf.DOES, does, "function.txt")):
        yield from (
            f"{code}/{file}: no line of {name}" for place, name in enumerate(names) if place not in there
        )
    for file, least in (("gold.jsonl", 100), ("about.jsonl", 15)):
        path = shelf.FOLDER / code / file
        if not path.is_file() or len(path.read_text("utf-8").splitlines()) < least:
            yield f"{code}/{file}: at least {least} lines are wanted"
    for table_of_words in ("_IT", "_THAN", "_BETTER", "_CHANGE", "_AND"):
        if code not in getattr(about, table_of_words):
            yield f"reading/about.py: nothing for {code} in {table_of_words}; a text with two names cannot be read"


def _show(code: str) -> None:
    """Print each gold sentence that is read otherwise than is written there. Raises OSError."""
    lines = (shelf.FOLDER / code / "gold.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for row, one in zip(rows, reading.read([row["text"] for row in rows]), strict=True):
        said = (one.lang, one.sentiment, one.spam, {*one.intents} - {"spam"})
        right = (code, row["sentiment"], row["spam"], {*row["intents"]} - {"spam"})
        wrong = [f"{a or 'none'}, not {b or 'none'}" for a, b in zip(said, right, strict=True) if a != b]
        if wrong:
            print(f"  {row['text']}\n      {'; '.join(wrong)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
