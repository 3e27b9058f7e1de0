"""The form of a cascade to be read: which posts, until when, on which network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.listen.contracts.filters import PARAMETERS, Wish
from grapevine.listen.selectors import brands
from grapevine.spread import form_fields
from grapevine.spread.observed import WINDOW
from grapevine.spread.selectors import choices

KEPT = ("watch", "source", "lang", "mood", "want", "spam")
"""Filters of the stream that come along from there without a field of their own."""


class CascadeForm(forms.Form):
    """Words or a brand, the days, and whose ties tell who brought whom where nobody says so."""

    name = form_fields.name()
    q = forms.CharField(
        label=_("Posts that say"),
        max_length=2000,
        required=False,
        strip=True,
        help_text=_("As in the stream: words, #tags, “phrases”, AND, OR, NOT."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )
    brand = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))
    network = forms.ChoiceField(
        label=_("Network"),
        required=False,
        help_text=_("Where nobody says who brought somebody, it is whom they listen to there."),
    )
    window_hours = forms.FloatField(
        label=_("Somebody heard can have brought somebody for so many hours"),
        min_value=1,
        max_value=24 * 60,
        initial=int(WINDOW),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["brand"].choices = [
            ("", _("All talk there is")),
            *((one.slug, one.name) for one in brands.choices()),
        ]
        fields["network"].choices = [
            ("", _("None: only what posts say themselves")),
            *((str(pk), name) for pk, name in choices.networks()),
        ]
        for name in KEPT:
            fields[name] = forms.CharField(required=False, max_length=140, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The time ends before it begins."))
        if not any(cleaned.get(name) for name in ("q", "brand", "watch")):
            self.add_error("q", _("Say what spread: words, a brand, or a watch of the stream."))
        return cleaned

    def wish(self) -> Wish:
        """The filter. Call it when the form is valid."""
        told = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return Wish.read({name: told[name] for name in PARAMETERS if name in told})
