"""The form of a watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.engine import query
from grapevine.engine.query.dialects import DIALECTS
from grapevine.listen import query_words
from grapevine.listen.models import Brand, Watch
from grapevine.listen.selectors import brands

NAME_LONGEST = 120


class WatchForm(forms.Form):
    """For which brand, under what name, what is looked for. Its fields are what the actions take."""

    brand = forms.ChoiceField(label=_("Brand"))
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LONGEST,
        required=False,
        help_text=_("Left empty, it is called by the beginning of its query."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    query = forms.CharField(
        label=_("Query"),
        strip=True,
        max_length=100_000,
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off", "class": "code"}
        ),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.brands = {brand.slug: brand for brand in brands.choices()}
        field: Any = self.fields["brand"]
        field.choices = [(slug, brand.name) for slug, brand in self.brands.items()]

    @classmethod
    def of(cls, watch: Watch) -> dict[str, Any]:
        """What the form shows of a watch."""
        return {"brand": watch.brand.slug, "name": watch.name, "query": watch.query}

    def clean_brand(self) -> Brand:
        return self.brands[self.cleaned_data["brand"]]

    def clean_query(self) -> str:
        text = str(self.cleaned_data["query"])
        checked = query.check(text)
        if checked.error is not None:
            raise forms.ValidationError(
                _("Character %(place)d: %(fault)s"),
                params={"place": checked.error.position + 1, "fault": query_words.error(checked.error)},
            )
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("query") and not data.get("name", "").strip():
            data["name"] = shortened(data["query"])
        return data


class DialectForm(forms.Form):
    """A query written for another tool."""

    dialect = forms.ChoiceField(label=_("Written for"), choices=[*DIALECTS.items()], required=False)
    foreign = forms.CharField(
        label=_("Query of the other tool"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "code"}),
    )


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a query as a name: whole words, no line breaks."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0] if " " in line[:most] else line[:most]
    return f"{cut}…"
