"""The form of the question who matters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.spread.experiments import COSTS, Asked


class MattersForm(forms.Form):
    """How hard people are to convince, who counts as the top, and what briefing somebody costs."""

    threshold = forms.FloatField(
        label=_("How hard people are to convince"),
        help_text=_(
            "Somebody joins when this share of those they listen to has joined. 0.18 means: 18 of 100."
        ),
        min_value=0,
        max_value=1,
        initial=Asked.threshold,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    top = forms.TypedChoiceField(
        label=_("Who counts as the most listened-to"),
        choices=[
            ("0.01", _("the top 1 %")),
            ("0.05", _("the top 5 %")),
            ("0.1", _("the top 10 %")),
            ("0.2", _("the top 20 %")),
        ],
        coerce=float,
        initial="0.1",
    )
    cost = forms.ChoiceField(
        label=_("What briefing somebody costs"),
        choices=list(COSTS.items()),
        initial=Asked.cost,
    )

    def asked(self) -> Asked:
        """The question."""
        return Asked(**{name: self.cleaned_data[name] for name in ("threshold", "top", "cost")})
