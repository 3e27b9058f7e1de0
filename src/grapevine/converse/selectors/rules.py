"""Routing rules as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from grapevine.converse import routing
from grapevine.converse.models import Priority, Rule
from grapevine.core import access
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import shown
from grapevine.understand.contracts import INTENT_NAMES, LANGUAGES, MOOD_NAMES

SEE = "converse.desk.see"
CHANGE = "converse.desk.change"


@dataclass(frozen=True)
class RuleRow:
    """A rule in words: what it asks for, and what comes of it."""

    id: int
    name: str
    active: bool
    asks: tuple[str, ...]
    gives: tuple[str, ...]
    first: bool
    last: bool


def in_order() -> list[RuleRow]:
    """All rules in the order in which they are asked. A fixed number of questions."""
    rows = list(Rule.objects.present().select_related("team", "to_user", "label"))
    brand_names = {one.pk: one.name for one in brands.choices()}
    source_names = {pk: one.name for pk, one in shown.source_names().items()}
    return [
        RuleRow(
            id=row.pk,
            name=row.name,
            active=row.active,
            asks=_asks(row, brand_names, source_names),
            gives=gives(row),
            first=place == 0,
            last=place == len(rows) - 1,
        )
        for place, row in enumerate(rows)
    ]


@dataclass(frozen=True)
class Usual:
    """How much threads matter of which no rule says it, in words; `query` begins a rule of one's own like it."""

    asks: str
    gives: tuple[str, ...]
    query: str
    before: tuple[str, ...] = ()  # what is asked before it, of their words


def usual() -> Usual:
    """What is asked after all rules."""
    wants = [INTENT_NAMES[name] for name in routing.PRESSING]
    return Usual(
        asks=_one_of(_("Wants"), wants),
        gives=(
            str(Priority.HIGH.label),
            _("%(priority)s while talk of the brand is much faster than usual")
            % {"priority": Priority.URGENT.label},
        ),
        before=(
            _("%(priority)s where their words tell of health in danger")
            % {"priority": Priority.URGENT.label},
            _("%(priority)s where they tell of health, of haste or of a time today")
            % {"priority": Priority.HIGH.label},
            _("who only scolds is left as they are"),
        ),
        query=urlencode({"wants": routing.PRESSING, "priority": routing.HIGH}, doseq=True),
    )


def _asks(row: Rule, brand_names: Mapping[int, str], source_names: Mapping[int, str]) -> tuple[str, ...]:
    said = []
    if row.languages:
        said.append(_one_of(_("Language"), [_language(code) for code in row.languages]))
    if row.wants:
        said.append(_one_of(_("Wants"), [INTENT_NAMES.get(name, name) for name in row.wants]))
    if row.moods:
        said.append(_one_of(_("Mood"), [MOOD_NAMES.get(name, name) for name in row.moods]))
    if row.brands:
        said.append(_one_of(_("Brand"), [brand_names.get(pk, _("a deleted one")) for pk in row.brands]))
    if row.sources:
        said.append(_one_of(_("Channel"), [source_names.get(pk, _("a removed one")) for pk in row.sources]))
    if row.words:
        said.append(_one_of(_("Words"), [row.words]))
    if row.needs_mandate:
        said.append(_("somebody holds a mandate for it"))
    return tuple(said)


def gives(row: Rule) -> tuple[str, ...]:
    """What comes of a rule, in words."""
    said = []
    if row.team is not None:
        gone = row.team.dissolved_at is not None
        said.append(_("%(team)s (dissolved)") % {"team": row.team.name} if gone else row.team.name)
    if row.to_user is not None:
        said.append(row.to_user.name)
    if row.priority is not None:
        said.append(str(Priority(row.priority).label))
    if row.label is not None:
        said.append(_("label “%(name)s”") % {"name": row.label.name})
    return tuple(said)


def _one_of(what: str, values: Sequence[Any]) -> str:
    return f"{what}: {' / '.join(str(one) for one in values)}"


def _language(code: str) -> str:
    return str(get_language_info(code)["name_translated"]) if code in LANGUAGES else code


def present() -> list[Rule]:
    """The rows, in their order, for a preview of what a change would do."""
    return list(Rule.objects.present())


def reachable_by(user: Any, rule_id: int, *, permission: str = CHANGE) -> Rule:
    """A rule that is not deleted. Raises AccessDenied, Http404."""
    access.require(user, permission)
    found = Rule.objects.present().filter(pk=rule_id).first()
    if found is None:
        raise Http404("no such rule")
    return found


def deleted_reachable_by(user: Any, rule_id: int) -> Rule:
    """A deleted rule, to bring it back. Raises AccessDenied, Http404."""
    access.require(user, CHANGE)
    found = Rule.objects.exclude(deleted_at=None).filter(pk=rule_id).first()
    if found is None:
        raise Http404("no such rule")
    return found
