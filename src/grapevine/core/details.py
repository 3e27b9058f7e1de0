"""What the audit keeps of a deed, told to people: each fact with its name, ids by the names of what they stand for.

A room says in its AppConfig.ready what its facts are called, and how ids are named:

    details.describe({"folded": _("near-duplicates hidden")})
    details.named("brand", brands.names_of)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from grapevine.core.wording import Wording

Namer = Callable[[Collection[Any]], Mapping[Any, str]]

_names, _values = Wording(), Wording()
describe, describe_values = _names.describe, _values.describe
_namers: dict[str, Namer] = {}


@dataclass(frozen=True)
class Detail:
    """One fact: what it is called, and what it is."""

    name: str
    value: str


def named(name: str, look_up: Namer) -> None:
    """Let the values of a fact be told by name. `look_up` is asked once a page, with all values on it."""
    _namers[name] = look_up


def told(facts: Sequence[Mapping[str, Any]]) -> list[list[Detail]]:
    """The facts of several deeds in the reader's language, in the same order."""
    ids: dict[str, set[Any]] = defaultdict(set)
    for one in facts:
        for name, value in _every(one):
            if name in _namers and isinstance(value, int | str):
                ids[name].add(value)
    known = {name: _namers[name](values) for name, values in ids.items()}
    return [
        # By name: PostgreSQL keeps no order of what is in JSON.
        [Detail(_names.label(name), _value(name, value, known)) for name, value in sorted(one.items())]
        for one in facts
    ]


def _every(facts: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in facts.items():
        yield name, value
        if isinstance(value, Mapping):
            yield from _every(value)


def _value(name: str, value: Any, known: Mapping[str, Mapping[Any, str]]) -> str:
    if isinstance(value, Mapping):
        return "; ".join(
            f"{_names.label(key)}: {_value(key, one, known)}" for key, one in sorted(value.items())
        )
    if isinstance(value, list | tuple):
        return ", ".join(_value(name, one, known) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    if name in known:
        # What is gone has no name any longer.
        return known[name].get(value) or (f"#{value}" if isinstance(value, int) else str(value))
    if isinstance(value, int | float):
        return str(formats.localize(value, use_l10n=True))
    return _moment(str(value)) or _values.label(str(value))


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return ""
    if at is None:
        return ""
    return formats.date_format(timezone.localtime(at) if at.tzinfo else at, "DATETIME_FORMAT")
