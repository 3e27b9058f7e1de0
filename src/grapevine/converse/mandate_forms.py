"""The form of a mandate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.converse.mandate_words import language
from grapevine.converse.models import SpeaksAs
from grapevine.converse.selectors import speakers
from grapevine.converse.selectors.names import Names, known
from grapevine.converse.shipped import LANGUAGES
from grapevine.converse.terms import CURRENCIES, Terms
from grapevine.understand.contracts import INTENT_NAMES

YEAR = timedelta(days=365)


def _many(label: Any, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=int, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class MandateForm(forms.Form):
    """Who may speak, where, about what, up to what promise, as whom, until when."""

    user = forms.TypedChoiceField(label=_("Who"), coerce=int)
    relation = forms.CharField(
        label=_("What they do here"),
        max_length=80,
        help_text=_("As it stands in the signature: “roaster”, “customer service in Malmö”."),
    )
    speaks_as = forms.ChoiceField(label=_("Speaks as"), choices=SpeaksAs.choices, widget=forms.RadioSelect)
    brand_ids = _many(_("Brands"), _("None ticked means all."))
    source_ids = _many(_("Channels"), _("None ticked means all."))
    langs = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means any."),
    )
    wants = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What the conversation may be about. None ticked means everything; thanks and praise are always included."
        ),
    )
    label_ids = _many(_("Only conversations with one of these labels"))
    except_label_ids = _many(_("Never conversations with one of these labels"))
    amount = forms.DecimalField(
        label=_("Largest promise"),
        min_value=0,
        max_value=Decimal(9999999),
        decimal_places=2,
        initial=0,
        help_text=_("What may be promised without asking: a refund, a voucher. 0: no money at all."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    percent = forms.IntegerField(label=_("Largest discount (%)"), min_value=0, max_value=100, initial=0)
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A year is usual. Both of you are reminded a month before."),
    )
    note = forms.CharField(
        label=_("A word to them"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *given: Any, for_user: int | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        names = known()
        self._choices("brand_ids", names.brands)
        self._choices("source_ids", names.sources)
        self._choices("label_ids", names.labels)
        self._choices("except_label_ids", names.labels)
        self.fields["langs"].choices = [(code, language(code)) for code in LANGUAGES]  # type: ignore[attr-defined]
        self.fields["wants"].choices = list(INTENT_NAMES.items())  # type: ignore[attr-defined]
        if for_user is not None:
            del self.fields["user"]
        else:
            self.fields["user"].choices = speakers.choices()  # type: ignore[attr-defined]

    def _choices(self, field: str, names: Any) -> None:
        if not names:
            del self.fields[field]
            return
        self.fields[field].choices = [(pk, name) for pk, name in names.items()]  # type: ignore[attr-defined]

    @staticmethod
    def defaults(today: date) -> dict[str, Any]:
        """A year from today."""
        return {"starts_on": today, "ends_on": today + YEAR, "speaks_as": SpeaksAs.SERVICE}

    @staticmethod
    def of(terms: Terms, starts_on: date, ends_on: date, note: str) -> dict[str, Any]:
        """What the form shows of a mandate that is there."""
        lists = {
            name: [str(one) for one in getattr(terms, name)]
            for name in ("brand_ids", "source_ids", "langs", "wants", "label_ids", "except_label_ids")
        }
        return {
            **lists,
            "relation": terms.relation,
            "speaks_as": terms.speaks_as,
            "amount": terms.amount,
            "currency": terms.currency,
            "percent": terms.percent,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "note": note,
        }

    def terms(self, before: Terms | None = None) -> Terms:
        """What was filled in. Ids that `before` held and that are gone stay: leaving them out would widen it."""
        given = self.cleaned_data
        names: Names = known()
        there = {
            "brand_ids": names.brands,
            "source_ids": names.sources,
            "label_ids": names.labels,
            "except_label_ids": names.labels,
        }
        lists = {}
        for name, present in there.items():
            gone = [one for one in getattr(before, name, ()) if one not in present]
            lists[name] = (*given.get(name, []), *gone)
        return Terms(
            **lists,
            langs=tuple(given["langs"]),
            wants=tuple(given["wants"]),
            relation=given["relation"].strip(),
            speaks_as=given["speaks_as"],
            amount=given["amount"],
            currency=given["currency"],
            percent=given["percent"],
        )
