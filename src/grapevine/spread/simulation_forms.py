"""The form of a simulation: network, model with its knobs, and up to four beginnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grapevine.spread import finding, form_fields, knob_fields, snapshots
from grapevine.spread.models import Network, Rule
from grapevine.spread.models.simulations import MOST_SCENARIOS
from grapevine.spread.questions import MOST_RUNS, MOST_SEEDS, Begin, ModelChoice, Question, Way
from grapevine.ui.numbers import num

SHOWN = 2
"""So many scenarios are open when the form is empty."""
COUNTED = frozenset({Rule.ADVICE, Rule.DEGREE, Rule.DISCOUNT, Rule.CORE, Rule.PAGERANK, Rule.RANDOM})
TOLERANCES = [
    ("0.05", gettext_lazy("Roughly: within 5 % of the mean")),
    ("0.02", gettext_lazy("Well: within 2 % of the mean")),
    ("0.005", gettext_lazy("Finely: within half a percent of the mean")),
    ("", gettext_lazy("Every run, however sure it is already")),
]
CHOSEN = [
    Rule.ADVICE, Rule.DEGREE, Rule.DISCOUNT, Rule.CORE, Rule.PAGERANK, Rule.RANDOM, Rule.HAND, Rule.AUDIENCE, Rule.NOBODY,
]  # fmt: skip


@dataclass(frozen=True)
class Fields:
    """The fields of one scenario, for the template."""

    number: int
    name: forms.BoundField
    rule: forms.BoundField
    count: forms.BoundField
    people: forms.BoundField
    audience: forms.BoundField
    contactable: forms.BoundField
    is_open: bool


class SimulationForm(forms.Form):
    """What happens if. `networks` and `audiences` are what may be chosen: (number, name); without `audiences` (None) none can be
    chosen, since who asks may not see them."""

    name = form_fields.name()
    network = forms.TypedChoiceField(label=gettext_lazy("Network"), coerce=int)
    tolerance = forms.ChoiceField(
        label=gettext_lazy("How sure do you want to be?"), choices=TOLERANCES, initial="0.02", required=False
    )
    runs = forms.IntegerField(
        label=gettext_lazy("Runs at most"), min_value=2, max_value=MOST_RUNS, initial=2000,
        help_text=gettext_lazy("Each run throws the dice anew."),
    )  # fmt: skip
    rng = forms.IntegerField(
        label=gettext_lazy("Number that the dice begin with"), min_value=0, max_value=2**31 - 1, initial=1,
        help_text=gettext_lazy("The same number gives the same answer."),
    )  # fmt: skip
    cascade = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *given: Any,
        networks: Sequence[tuple[int, str]],
        audiences: Sequence[tuple[int, str]] | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.fields["network"].choices = list(networks)  # type: ignore[attr-defined]
        self.fields["tolerance"].is_wanted = True  # type: ignore[attr-defined]  # one of its answers is empty
        self.fields |= knob_fields.fields()
        for number in range(MOST_SCENARIOS):
            self.fields |= _scenario(number, audiences)
        self.fields["tolerance"].is_wanted = True  # type: ignore[attr-defined]  # one of its answers is empty
        self.question: Question | None = None
        self.begins: tuple[Begin, ...] = ()

    @property
    def models(self) -> Any:
        """The models with their words and fields."""
        return list(knob_fields.groups(self))

    @property
    def scenarios(self) -> list[Fields]:
        """The scenarios' fields; those that say something, or are wrong, are open."""
        found = []
        for number in range(MOST_SCENARIOS):
            bound = {
                name: self[_of(number, name)]
                for name in ("name", "rule", "count", "people", "audience", "contactable")
            }
            wrong = any(one.errors for one in bound.values())
            found.append(
                Fields(number, **bound, is_open=number < SHOWN or wrong or bool(bound["rule"].value()))
            )
        return found

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Forty people as advised against one with many listeners."""
        return {
            **knob_fields.initial(ModelChoice("ic", {"probability": 0.05})),
            "tolerance": "0.02", "runs": 2000, "rng": 1,
            "s0-rule": Rule.ADVICE, "s0-count": 40, "s0-contactable": True,
            "s1-rule": Rule.DEGREE, "s1-count": 1, "s1-contactable": False,
            "s2-contactable": True, "s3-contactable": True,
        }  # fmt: skip

    @classmethod
    def of(cls, question: Question, begins: Sequence[tuple[Begin, str]]) -> dict[str, Any]:
        """What the form shows of one that was asked; a scenario comes with the lines of its people."""
        told: dict[str, Any] = {
            **knob_fields.initial(question.model),
            "tolerance": "" if question.tolerance is None else f"{question.tolerance:g}",
            "runs": question.runs,
            "rng": question.rng,
            "cascade": question.cascade_id,
        }
        for number, (one, people) in enumerate(begins):
            told |= {
                _of(number, "name"): "" if one.name == called(one.rule, one.way.count) else one.name,
                _of(number, "rule"): one.rule, _of(number, "count"): one.way.count or None,
                _of(number, "people"): people, _of(number, "audience"): one.way.audience_id, _of(number, "contactable"): one.way.contactable,
            }  # fmt: skip
        return told

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        model = knob_fields.chosen(self, given)
        self.begins = tuple(filter(None, (self._begin(number, given) for number in range(MOST_SCENARIOS))))
        if not self.errors and not self.begins:
            self.add_error("s0-rule", _("Say with whom it begins, at least once."))
        if model is not None and not self.errors:
            tolerance = given.get("tolerance") or ""
            self.question = Question(
                model=model, runs=given["runs"], tolerance=float(tolerance) if tolerance else None, rng=given["rng"],
                cascade_id=given.get("cascade"),
            )  # fmt: skip
        return given

    def _begin(self, number: int, given: dict[str, Any]) -> Begin | None:
        rule = given.get(_of(number, "rule")) or ""
        if not rule:
            return None
        count = given.get(_of(number, "count")) or 0
        audience = given.get(_of(number, "audience")) or None
        people: tuple[int, ...] = ()
        if rule in COUNTED and not count and _of(number, "count") not in self.errors:
            self.add_error(_of(number, "count"), _("How many?"))
        if rule == Rule.AUDIENCE and not audience:
            self.add_error(_of(number, "audience"), _("Which audience?"))
        if rule == Rule.HAND:
            people = self._people(number, given)
        way = Way(
            count=count if rule in COUNTED else 0,
            audience_id=audience if rule == Rule.AUDIENCE else None,
            contactable=bool(given.get(_of(number, "contactable"))),
        )
        name = given.get(_of(number, "name")) or called(rule, way.count)
        return Begin(name=name, rule=rule, way=way, people=people)

    def _people(self, number: int, given: dict[str, Any]) -> tuple[int, ...]:
        field = _of(number, "people")
        lines = str(given.get(field) or "").splitlines()
        network = Network.objects.present().filter(pk=given.get("network") or 0).first()
        if network is None:
            return ()
        found = finding.meant(snapshots.read(network), lines)
        for problem in lines_problems(found):
            self.add_error(field, problem)
        if not found.people and not self.errors.get(field):
            self.add_error(field, _("Name somebody: a handle on each line."))
        return found.people


def called(rule: str, count: int) -> str:
    """What a beginning is called that nobody gave a name: its rule and how many."""
    label = str(Rule(rule).label)
    return f"{label} ({num(count)})" if count else label


def lines_problems(found: finding.Meant) -> list[str]:
    """What is wrong with lines that name people."""
    problems = []
    if found.unknown:
        problems.append(
            ngettext(
                "%(number)s line names nobody of this network: %(lines)s",
                "%(number)s lines name nobody of this network: %(lines)s",
                len(found.unknown),
            )
            % {"number": len(found.unknown), "lines": _some(found.unknown)}
        )
    if found.several:
        problems.append(
            _("Several people are called so: %(lines)s. Search for the one you mean.")
            % {"lines": _some(found.several)}
        )
    return problems


def _some(lines: Sequence[str]) -> str:
    return ", ".join(one[:60] for one in lines[:8]) + (" …" if len(lines) > 8 else "")


def _of(number: int, name: str) -> str:
    return f"s{number}-{name}"


def _scenario(number: int, audiences: Sequence[tuple[int, str]] | None) -> dict[str, forms.Field]:
    none = [("", gettext_lazy("No further one"))]
    found: dict[str, forms.Field] = {
        _of(number, "name"): form_fields.name(gettext_lazy("What is it called?"), longest=80, required=False),
        _of(number, "rule"): forms.ChoiceField(
            label=gettext_lazy("With whom does it begin?"), required=False,
            choices=[*none, *((one.value, one.label) for one in CHOSEN if one != Rule.AUDIENCE or audiences is not None)],
            widget=forms.Select(attrs={"data-rule": True}),
        ),
        _of(number, "count"): forms.IntegerField(
            label=gettext_lazy("How many people?"), required=False, min_value=1, max_value=MOST_SEEDS
        ),
        _of(number, "people"): forms.CharField(
            label=gettext_lazy("Who?"), required=False, max_length=200_000,
            widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
            help_text=gettext_lazy("A handle on each line."),
        ),
        _of(number, "audience"): forms.TypedChoiceField(
            label=gettext_lazy("Which audience?"), required=False, coerce=int, empty_value=None,
            choices=[("", "–"), *(audiences or ())],
        ),
        _of(number, "contactable"): forms.BooleanField(
            label=gettext_lazy("Only people who may be contacted, and none of the brands’ own accounts"), required=False
        ),
    }  # fmt: skip
    found[_of(number, "name")].widget.attrs["data-called"] = True
    found[_of(number, "name")].help_text = gettext_lazy("Left empty: after who begins, and how many.")
    for name in ("count", "people", "audience", *(() if number else ("rule",))):
        found[_of(number, name)].is_wanted = True  # type: ignore[attr-defined]  # where the rule asks for it
    return found
