"""Graphs on disk: a folder of plain arrays, opened without being read, so that several processes share one copy."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.ids import Ids
from grapevine.engine.graph.network import Graph, LeftOut

HEAD = "graph.json"
FORM = 1
_ARRAYS = ("out_at", "out_to", "out_weight", "in_at", "in_from", "in_weight")


def save(graph: Graph, folder: Path | str) -> None:
    """Write a graph into a new folder; whole or not at all."""
    folder = Path(folder)
    if folder.exists():
        raise GraphError("{folder} is there already.", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        names = _ARRAYS if graph.directed else _ARRAYS[:3]
        for name in names:
            array = getattr(graph, name)
            if array is not None:
                np.save(making / f"{name}.npy", array)
        kept = graph.ids.kept
        if isinstance(kept, np.ndarray):
            np.save(making / "ids.npy", kept)
        elif kept is not None:
            (making / "ids.json").write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        head = {
            "form": FORM, "n": graph.n, "directed": graph.directed, "weighted": graph.weighted,
            "self_loops": graph.left_out.self_loops, "duplicates": graph.left_out.duplicates,
            "joined": graph.left_out.joined,
        }  # fmt: skip
        (making / HEAD).write_text(json.dumps(head), "utf-8")
        making.replace(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def load(folder: Path | str) -> Graph:
    """Open a graph that `save` wrote. Its arrays are mapped, not read; nothing of ours writes to them, and what anybody writes stays in memory."""
    folder = Path(folder)
    try:
        head = json.loads((folder / HEAD).read_text("utf-8"))
        if head["form"] != FORM:
            raise GraphError(
                "{folder} is of form {form}; this version reads form {ours}.",
                folder=folder,
                form=head["form"],
                ours=FORM,
            )
        out = _open(folder, "out", head["weighted"])
        into = _open(folder, "in", head["weighted"]) if head["directed"] else out
    except (OSError, KeyError, ValueError) as error:
        if isinstance(error, GraphError):
            raise
        raise GraphError("{folder} holds no graph: {error}", folder=folder, error=error) from error
    return Graph(
        head["n"], head["directed"], out[0], out[1], into[0], into[1], out[2], into[2], _ids(folder, head["n"]),
        LeftOut(head["self_loops"], head["duplicates"], head.get("joined", "")),
    )  # fmt: skip


def _open(folder: Path, side: str, weighted: bool) -> tuple[Any, Any, Any]:
    row = "out_to" if side == "out" else "in_from"
    names = (f"{side}_at", row, *([f"{side}_weight"] if weighted else []))
    # "c": private to us and writable, because numba compiles anew for arrays that are not.
    found = [_mapped(folder / f"{name}.npy") for name in names]
    return found[0], found[1], found[2] if weighted else None


def _mapped(path: Path) -> Any:
    return np.asarray(np.load(path, mmap_mode="c"))


def _ids(folder: Path, count: int) -> Ids:
    if (folder / "ids.npy").exists():
        return Ids.of_numbers(_mapped(folder / "ids.npy"))
    if (folder / "ids.json").exists():
        return Ids.of_texts(json.loads((folder / "ids.json").read_text("utf-8")))
    return Ids.plain(count)
