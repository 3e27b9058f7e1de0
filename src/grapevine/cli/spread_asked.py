"""What the commands of `grapevine spread` share: how networks, models and people are told to them, and how they answer."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from grapevine.cli import from_below, house
from grapevine.config.language import gettext as _

if TYPE_CHECKING:
    from grapevine.engine.cascade import SpreadModel
    from grapevine.engine.cascade.cluster import Cluster
    from grapevine.engine.graph import Graph

app = typer.Typer(
    help="How far talk goes, whom to brief, and what was seen: on any edge list.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

EDGES = typer.Argument(
    help="Two columns, or three with a weight: u v means that u influences v. Text (gz too), Parquet, Arrow."
)
UNDIRECTED = typer.Option(False, "--undirected", help="Ties count in both directions.")
TURNED = typer.Option(False, "--listens", help="u v means that u listens to v, so that v influences u.")
PEOPLE = typer.Option(
    None, "--people", min=0, help="The ids are 0 … N−1 and all of them exist, those without ties too."
)
THRESHOLD = typer.Option(None, help="watts: share of friends; absolute: number of friends.")
PROBABILITY = typer.Option(
    None, help="A number, wc (1 / in-degree of the target), tri, or column (the third)."
)
SET = typer.Option([], "--set", help="Another knob of the model, as name=value.")
RNG = typer.Option(
    0, "--rng", min=0, max=2**63 - 1, help="The seed of all chance: the same seed, the same answer."
)
THREADS = typer.Option(1, "--threads", min=1, max=256, help="Changes how long it takes, nothing else.")
CLUSTER = typer.Option(
    None, "--cluster", help="The address of a Dask scheduler whose workers do it; EDGES is then a folder that `save` wrote."
)  # fmt: skip


@contextmanager
def on_cluster(address: str | None, edges: str) -> Iterator[Cluster | None]:
    """The workers at an address, and what they are asked about; None without an address."""
    from grapevine.engine import graph
    from grapevine.engine.cascade import SpreadError

    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise SpreadError(_("A cluster needs Dask: install grapevine[cluster].")) from None
    from grapevine.engine.cascade import cluster
    from grapevine.engine.graph import store

    if not (Path(edges) / store.HEAD).is_file():
        raise graph.GraphError(
            _(
                "%(folder)s is no folder that `grapevine spread save` wrote: workers map the network, they don't read it."
            )
            % {"folder": edges}
        )
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise SpreadError(
            _("No scheduler answers at %(address)s: %(error)s.") % {"address": address, "error": error}
        ) from None
    with client:
        yield cluster.Cluster(client, edges)


def told(command: Callable[..., None]) -> Callable[..., None]:
    """End with a sentence when something given was wrong."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        from grapevine.engine.graph.errors import GraphError

        try:
            command(*args, **kwargs)
        except GraphError as error:
            house.end(from_below.sentence(error.sentence), code=2)
        except BrokenPipeError:
            raise
        except (OSError, EOFError, zlib.error) as error:
            values = {
                "file": getattr(error, "filename", None) or _("A file"),
                "why": getattr(error, "strerror", None) or error,
            }
            house.end(_("%(file)s can’t be read: %(why)s.") % values, code=2)

    return wrapped


def say(answer: dict[str, Any]) -> None:
    """Print an answer as one line of JSON. What is not a number becomes null, as JSON has no word for it."""
    json.dump(_plain(answer), sys.stdout, ensure_ascii=False, allow_nan=False)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and (value != value or abs(value) == float("inf")) else value


def network(
    edges: str, *, undirected: bool, turned: bool = False, people: int | None = None, chances: bool = False
) -> Graph:
    """The network of a file. With `chances`, ties given twice have the chance that one of them passes on; else weights are summed.

    What the file says of itself and isn't done, what was taken for a heading, and that there is nothing in it, goes to standard error.
    """
    from grapevine.engine import graph

    _say_when_compiling()
    made = graph.load(
        edges, directed=not undirected, turned=turned, people=people, duplicates="chance" if chances else "sum"
    )  # fmt: skip
    if not Path(edges).is_dir():
        _say_of_head(edges, undirected=undirected, turned=turned)
    if not made.arcs:
        _note(_("%(file)s holds no ties.") % {"file": edges})
    return made


def _note(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _say_of_head(edges: str, *, undirected: bool, turned: bool) -> None:
    from grapevine.engine.graph import heads

    head = heads.of(Path(edges))
    values = {"file": edges, "said": head.said, "heading": head.heading}
    if head.heading:
        taken = _("“%(heading)s” is taken for a heading, not for two people.")
        _note(house.at_line(edges, head.number, taken % values))
    if head.listener_first is not None and head.listener_first != turned:
        _note(
            _(
                "By its heading, %(file)s names listeners first, but is read as u influences v: --listens turns it."
            )
            % values
            if head.listener_first
            else _(
                "By its heading, %(file)s names speakers first, but --listens reads it the other way round."
            )
            % values
        )
    if head.directed is not None and head.directed == undirected:
        _note(
            _("%(file)s says “%(said)s” of itself, but --undirected takes its ties both ways.") % values
            if undirected
            else _(
                "%(file)s says “%(said)s” of itself, but its ties are taken one way: --undirected takes them both ways."
            )
            % values
        )


def _say_when_compiling() -> None:
    """Say once that what runs is being compiled, which takes seconds on a machine that hasn't done so before."""
    from numba.core import event

    class Once(event.Listener):
        said = False

        def on_start(self, event: Any) -> None:
            if not Once.said:
                Once.said = True
                _note(_("Compiling for this machine: that takes some seconds, the first time only."))

        def on_end(self, event: Any) -> None:
            pass

    if not _listening:
        _listening.append(Once())
        event.register("numba:compile", _listening[0])


_listening: list[Any] = []
"""To the compiler, once."""


def number_or_word(value: str) -> float | str:
    """What was typed, as a number where it is one."""
    try:
        return float(value)
    except ValueError:
        return value


def made(name: str, threshold: str | None, probability: str | None, others: list[str]) -> SpreadModel:
    """The model with its knobs, `others` as name=value; a knob it doesn't have is told."""
    from grapevine.engine.cascade import SpreadError, named

    kind = named(name)
    knobs = {knob.name for knob in kind.knobs()}
    given = dict(one.partition("=")[::2] for one in others)
    typed = {"threshold": threshold, "probability": probability, **given}
    values = {knob: number_or_word(value) for knob, value in typed.items() if value is not None}
    for knob in values:
        if knob not in knobs:
            values_told = {"model": name, "knob": knob, "knobs": ", ".join(sorted(knobs))}
            raise SpreadError(_("The model %(model)s has no %(knob)s; it has %(knobs)s.") % values_told)
    return kind(**values)


def set_to(about: SpreadModel) -> dict[str, Any]:
    """How every knob of a model is set, those too that nobody turned."""
    return {knob.name: getattr(about, knob.name) for knob in about.knobs()}
