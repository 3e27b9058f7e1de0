"""How fast texts are read and folded, beside the libraries this was made after. Part of `benchmarks.storing`."""

from __future__ import annotations

from time import process_time
from typing import Any


def texts(posts: int) -> dict[str, float]:
    """The text kernels and their libraries, texts per second of processor time."""
    import random

    import numpy as np
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    from benchmarks.talk import Talk
    from grapevine.engine.text import folding, language

    talk, rng = Talk(seed=4), random.Random(4)
    said = [talk.text(rng) for _ in range(posts)]
    language.warm()
    folding.Folder(16).fold(np.arange(1, 2), np.zeros(1, np.uint64), folding.fingerprints(["warm"]))
    found = {"language": _rate(posts, lambda: language.identify(said))}
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(language.READ)
    few = said[:3000]
    found["py3langid"] = _rate(len(few), lambda: [library.classify(text) for text in few])

    def fold(some: list[str], folder: Any, first: int = 1) -> Any:
        groups = np.zeros(len(some), np.uint64)
        return folder.fold(np.arange(first, first + len(some)), groups, folding.fingerprints(some))

    def in_batches() -> None:
        folder = folding.Folder()
        for first in range(0, len(said), 5000):
            fold(said[first : first + 5000], folder, first + 1)

    found["folding"] = _rate(posts, in_batches)
    fresh = list(dict.fromkeys(said))[:10_000]
    for edits in (1, 2):
        folder = folding.Folder()
        leads = fold(fresh, folder)
        again = fold([_edited(text, edits, rng) for text in fresh], folder, 1_000_000)
        own = np.arange(1, len(fresh) + 1)
        found[f"recall_{edits}"] = float(((again == own) | ((again > 0) & (again == leads))).mean())
    found |= _datasketch(fresh[:3000], rng)
    return found


def _edited(text: str, edits: int, rng: Any) -> str:
    words = text.split()
    for _ in range(edits):
        at, kind = rng.randrange(len(words)), rng.choice("sid")
        words[at : at + (kind != "i")] = [] if kind == "d" else [f"w{rng.randrange(9999)}"]
    return " ".join(words)


def _datasketch(some: list[str], rng: Any) -> dict[str, float]:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return {}

    def sketch(text: str) -> Any:
        made = MinHash(num_perm=64)
        made.update_batch([word.encode() for word in set(text.lower().split())])
        return made

    index = MinHashLSH(threshold=0.6, num_perm=64)

    def store() -> None:
        for number, text in enumerate(some):
            made = sketch(text)
            index.query(made)
            index.insert(number, made)

    rate = _rate(len(some), store)
    hit = sum(number in index.query(sketch(_edited(text, 2, rng))) for number, text in enumerate(some))
    return {"datasketch": rate, "datasketch_recall_2": hit / len(some)}


def _rate(count: int, work: Any) -> float:
    began = process_time()
    work()
    return count / (process_time() - began)
