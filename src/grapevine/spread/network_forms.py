"""The form of a new network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.engine.text import language
from grapevine.listen.selectors import brands
from grapevine.listen.selectors.vocabulary import language_name
from grapevine.people import contracts
from grapevine.sources.selectors import shown
from grapevine.spread import definitions, form_fields, ties
from grapevine.spread.definitions import Definition

DAYS = (
    (30, _("30 days")),
    (90, _("90 days")),
    (365, _("12 months")),
    (0, _("All there is")),
)
HALF_LIVES = (
    (7, _("after a week")),
    (30, _("after a month")),
    (90, _("after three months")),
    (0, _("never")),
)


class NetworkForm(forms.Form):
    """Whose talk, of how long, and what counts as listening. The weights stand in a part of their own for who wants them."""

    name = form_fields.name()
    brand = forms.ChoiceField(
        label=_("About"),
        required=False,
        help_text=_("Of a brand: posts that mention it, and what answers, names or passes them on."),
    )
    days = forms.TypedChoiceField(label=_("Of the last"), choices=DAYS, coerce=int, initial=definitions.DAYS)
    fresh = forms.BooleanField(
        label=_("Make it anew every night"),
        required=False,
        help_text=_("Of earlier nights a week is kept, and whatever something was computed with."),
    )
    sources = forms.MultipleChoiceField(
        label=_("Only from these sources"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Only in these languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    half_life = forms.TypedChoiceField(
        label=_("A tie is worth half"),
        choices=HALF_LIVES,
        coerce=int,
        initial=int(definitions.HALF_LIFE),
        help_text=_(
            "So that who listened last year counts for less than who listens now. Following does not fade."
        ),
    )
    least = forms.FloatField(
        label=_("Leave out ties lighter than"),
        min_value=0,
        max_value=1_000_000,
        initial=0,
        required=False,
        help_text=_("With 1 a single answer a month ago is not enough."),
    )
    givers = forms.MultipleChoiceField(
        label=_("Ties that rooms and files tell of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["brand"].choices = [
            ("", _("All talk there is")),
            *((str(one.pk), one.name) for one in brands.choices()),
        ]
        fields["sources"].choices = [(str(pk), one.name) for pk, one in shown.source_names().items()]
        fields["languages"].choices = sorted(
            ((code, language_name(code)) for code in language.READ), key=lambda pair: pair[1]
        )
        givers = [(one.name, one.label) for one in contracts.givers()]
        fields["givers"].choices = givers
        if not givers:
            del fields["givers"]
        for code, kind in ties.KINDS.items():
            fields[f"weight_{code}"] = forms.FloatField(
                label=str(kind.label), min_value=0, max_value=1000, initial=kind.weight, required=False
            )

    def weights(self) -> list[Any]:
        """The fields of the weights."""
        return [self[f"weight_{code}"] for code in ties.KINDS]

    def plain(self) -> list[Any]:
        """The fields everybody sees."""
        return [self[name] for name in ("name", "brand", "days", "fresh")]

    def fine(self) -> list[Any]:
        """The fields for who wants them."""
        names = ("sources", "languages", "half_life", "least", "givers")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(f"weight_{code}") for code in ties.KINDS):
            self.add_error(f"weight_{ties.REPLY.code}", _("Give at least one kind of tie a weight above 0."))
        return cleaned

    def definition(self) -> Definition:
        """What was asked for. Call it when the form is valid."""
        told = self.cleaned_data
        return Definition(
            brand_id=int(told["brand"]) if told["brand"] else None,
            source_ids=tuple(int(one) for one in told["sources"]),
            languages=tuple(told["languages"]),
            days=told["days"],
            weights={code: float(told[f"weight_{code}"] or 0) for code in ties.KINDS},
            half_life=float(told["half_life"]),
            least=float(told["least"] or 0),
            givers=tuple(told.get("givers", ())),
            fresh=told["fresh"],
        )
