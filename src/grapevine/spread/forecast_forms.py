"""The forms of forecasts: keeping one, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.listen.contracts.filters import Wish
from grapevine.listen.selectors import filters
from grapevine.spread import form_fields


class ForecastForm(forms.Form):
    """From when on, how long a step takes, and which posts count."""

    name = form_fields.name()
    begins_on = forms.DateField(
        label=gettext_lazy("It begins on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    step_hours = forms.FloatField(
        label=gettext_lazy("Hours a step takes"), min_value=0.1, max_value=24 * 365,
        help_text=gettext_lazy("From hearing of it to joining. A day, when nothing better is known."),
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip
    q = forms.CharField(
        label=gettext_lazy("Posts that count as joining"), max_length=2000, required=False,
        help_text=gettext_lazy("A query, as in the stream. Empty: all posts of the brand."),
    )  # fmt: skip
    brand = forms.ChoiceField(label=gettext_lazy("Brand"), required=False)

    def __init__(self, *given: Any, brands: Sequence[tuple[str, str]], now: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self.now = now
        self.fields["brand"].choices = [("", gettext_lazy("Any")), *brands]  # type: ignore[attr-defined]
        self.wish = Wish()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.wish = Wish(q=given.get("q") or "", brand=given.get("brand") or "")
        if not self.wish and "q" not in self.errors:
            self.add_error("q", _("Say which posts count: a query, or a brand."))
        elif self.wish.q:
            choice = filters.understood(self.wish, now=self.now, zone=timezone.get_current_timezone())
            for problem in choice.problems:
                self.add_error("q", str(problem))
        return given

    @property
    def begins_at(self) -> datetime:
        """The first moment of the day it begins on, where we are."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["begins_on"], time()))


class AgainstForm(forms.Form):
    """A cascade that was read already, to be held against."""

    cascade = forms.TypedChoiceField(label=gettext_lazy("Something that was read already"), coerce=int)

    def __init__(self, *given: Any, cascades: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["cascade"].choices = list(cascades)  # type: ignore[attr-defined]
