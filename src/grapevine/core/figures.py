"""Figures for Prometheus. Rooms register what they count; `config.metrics` serves it.

What is stored is counted in the database when it is asked for, so that every process tells the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import structlog
from django.db.models import Count
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from grapevine.core import clock
from grapevine.core.models import Heartbeat, Job

log = structlog.get_logger(__name__)
_process = CollectorRegistry()
requests = Counter(
    "grapevine_requests", "Requests answered.", ["view", "method", "status"], registry=_process
)
seconds = Histogram(
    "grapevine_request_seconds",
    "Time taken by requests.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_process,
)

Values = Iterable[tuple[tuple[str, ...], float]]


@dataclass(frozen=True)
class Figure:
    """A figure asked of the database: `values` gives label values with a number."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: Callable[[], Values]


_figures: dict[str, Figure] = {}


def register(name: str, meaning: str, values: Callable[[], Values], *, labels: tuple[str, ...] = ()) -> None:
    """Let /metrics show a figure, such as `grapevine_mentions`. `values` must be cheap at any size of the store."""
    _figures[name] = Figure(name, meaning, labels, values)


def registered() -> list[Figure]:
    """All figures, by name."""
    return [_figures[name] for name in sorted(_figures)]


class _Stored(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        for figure in registered():
            family = GaugeMetricFamily(figure.name, figure.meaning, labels=figure.labels)
            try:
                for labels, number in figure.values():
                    family.add_metric(list(labels), number)
            except Exception:
                # One room's fault must not keep the figures of the others from whoever watches.
                log.exception("figure.not_told", figure=figure.name)
                continue
            yield family


def collectors() -> list[CollectorRegistry]:
    """What /metrics prints: the counters of the processes, then the figures of the store."""
    stored = CollectorRegistry()
    stored.register(_Stored())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)
        return [together, stored]
    return [_process, stored]


def _jobs() -> Values:
    counted = Job.objects.values("kind", "state").annotate(n=Count("pk")).order_by("kind", "state")
    return [((row["kind"], row["state"]), row["n"]) for row in counted]


def _processes() -> Values:
    now = clock.now()
    return [
        ((beat.part, beat.name), (now - beat.seen_at).total_seconds()) for beat in Heartbeat.objects.all()
    ]


register("grapevine_jobs", "Jobs by kind and state.", _jobs, labels=("kind", "state"))
register(
    "grapevine_heartbeat_age_seconds",
    "Seconds since a process was seen.",
    _processes,
    labels=("part", "name"),
)
