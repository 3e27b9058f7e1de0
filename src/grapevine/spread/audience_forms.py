"""The forms of audiences: what is wished of advice, and the name one is kept under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.spread import costs, form_fields, knob_fields, snapshots
from grapevine.spread.models import Network
from grapevine.spread.questions import MOST_SEEDS, Brief, ModelChoice, Share
from grapevine.spread.snapshots import Snapshot


class NameForm(forms.Form):
    """The name an audience is kept under."""

    name = form_fields.name(gettext_lazy("Keep it as"))


class AdviceForm(forms.Form):
    """Whom to brief. `networks` and `audiences` are what may be chosen: (number, name)."""

    name = form_fields.name()
    network = forms.TypedChoiceField(label=gettext_lazy("Network"), coerce=int)
    count = forms.IntegerField(
        label=gettext_lazy("How many people at most?"), min_value=1, max_value=MOST_SEEDS, initial=40
    )
    budget = forms.FloatField(
        label=gettext_lazy("Budget"), required=False, min_value=0,
        help_text=gettext_lazy("What all may cost together, in whatever you count in. Empty: only their number binds."),
    )  # fmt: skip
    cost = forms.FloatField(
        label=gettext_lazy("Cost of briefing somebody"), required=False, min_value=0, initial=1,
        help_text=gettext_lazy("For everybody of whom nothing else is said."),
    )  # fmt: skip
    per_thousand = forms.FloatField(
        label=gettext_lazy("… and more for a thousand followers"), required=False, min_value=0, initial=0,
        help_text=gettext_lazy("Whose followers aren’t known costs nothing more; the answer says how many those are."),
    )  # fmt: skip
    costs = forms.FileField(
        label=gettext_lazy("Costs from a file"), required=False,
        help_text=gettext_lazy("CSV, a line each: handle, cost. It goes before the two sums above."),
    )  # fmt: skip
    each_language = forms.IntegerField(
        label=gettext_lazy("At least so many of each language"), required=False, min_value=0, max_value=1000,
        help_text=gettext_lazy("Of languages that at least one in twenty of the network writes."),
    )  # fmt: skip
    each_circle = forms.IntegerField(
        label=gettext_lazy("At least so many of each large circle"), required=False, min_value=0, max_value=1000,
        help_text=gettext_lazy("Of circles with at least one in twenty of the network."),
    )  # fmt: skip
    contactable = forms.BooleanField(
        label=gettext_lazy("Only people who may be contacted, and none of the brands’ own accounts"),
        required=False,
        initial=True,
    )
    already = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Briefed already"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody of these is advised, and nobody for reaching whom these reach."),
    )  # fmt: skip
    rng = forms.IntegerField(
        label=gettext_lazy("Number that the dice begin with"), min_value=0, max_value=2**31 - 2, initial=1
    )
    cascade = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *given: Any,
        networks: Sequence[tuple[int, str]],
        audiences: Sequence[tuple[int, str]],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.fields["network"].choices = list(networks)  # type: ignore[attr-defined]
        self.fields["already"].choices = list(audiences)  # type: ignore[attr-defined]
        if not audiences:
            del self.fields["already"]
        self.fields |= knob_fields.fields()
        self.brief: Brief | None = None
        self.costs_found = costs.Costs({}, 0, ())

    @property
    def models(self) -> Any:
        """The models with their words and fields."""
        return list(knob_fields.groups(self))

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Forty people, for what passes on easily."""
        return knob_fields.initial(ModelChoice("ic", {"probability": 0.05}))

    @classmethod
    def of(cls, brief: Brief) -> dict[str, Any]:
        """What the form shows of advice that was asked for; a file of costs has to be chosen again."""
        each = {share.column: share.count for share in brief.shares}
        return {
            **knob_fields.initial(brief.model),
            "count": brief.count, "budget": brief.budget, "cost": brief.cost, "per_thousand": brief.per_thousand,
            "contactable": brief.contactable, "already": list(brief.audience_ids), "rng": brief.rng,
            "each_language": each.get("lang"), "each_circle": each.get("community"), "cascade": brief.model.cascade_id,
        }  # fmt: skip

    def clean_costs(self) -> Any:
        file = self.cleaned_data.get("costs")
        if file is not None and file.size > costs.MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        model = knob_fields.chosen(self, given)
        network = Network.objects.done().filter(pk=given.get("network") or 0).first()
        if model is None or network is None or self.errors:
            return given
        snapshot = snapshots.read(network)
        self._read_costs(given, snapshot)
        shares = self._shares(given, snapshot)
        if not self.errors:
            self.brief = Brief(
                model=model, count=given["count"], budget=given.get("budget"), cost=1.0 if given.get("cost") is None else given["cost"],
                per_thousand=given.get("per_thousand") or 0.0, contactable=bool(given.get("contactable")),
                audience_ids=tuple(given.get("already") or ()), shares=shares, rng=given["rng"],
            )  # fmt: skip
        return given

    def _read_costs(self, given: dict[str, Any], snapshot: Snapshot) -> None:
        if not given.get("costs"):
            return
        self.costs_found = costs.read(given["costs"].read(), snapshot)
        for problem in self.costs_found.problems[:5]:
            self.add_error("costs", problem)
        if not self.costs_found.by_identity and not self.costs_found.problems:
            self.add_error("costs", _("No line of the file names somebody of this network."))
        if given.get("budget") is None:
            self.add_error("budget", _("Costs count only with a budget."))

    def _shares(self, given: dict[str, Any], snapshot: Snapshot) -> tuple[Share, ...]:
        found: list[Share] = []
        for field, column in (("each_language", "lang"), ("each_circle", "community")):
            wanted = given.get(field) or 0
            if not wanted:
                continue
            values, counts = np.unique(np.asarray(snapshot.people[column]), return_counts=True)
            large = counts >= max(wanted, snapshot.graph.n / 20)
            mine = [Share(column, int(one), wanted) for one in values[large] if one >= 0]
            if sum(one.count for one in mine) > (given.get("count") or 0):
                self.add_error(
                    field,
                    _("That makes %(least)s people at least, more than are to be chosen.")
                    % {"least": sum(one.count for one in mine)},
                )
            found += mine
        return tuple(found)
