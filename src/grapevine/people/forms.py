"""Forms of the pages of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.consents import ConsentPurpose, ConsentWay, OpeningReason, RefusalReason
from grapevine.people.models.memory import LONGEST, Basis, Kind, Purpose, Visibility
from grapevine.people.models.purchases import KeyKind
from grapevine.people.selectors.memory import Handle

_PLAIN: list[Any] = [MaxLengthValidator(LONGEST), ProhibitNullCharactersValidator()]


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **given)


class OpeningForm(forms.Form):
    """Why somebody's story is opened."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=OpeningReason.choices,
        initial=OpeningReason.ANSWER,
        widget=forms.RadioSelect,
    )


class ForgetForm(forms.Form):
    """That somebody is really to be forgotten."""

    sure = forms.BooleanField(label=_("I know that nothing of this comes back."))


class NewPersonForm(forms.Form):
    """Somebody we met elsewhere."""

    name = forms.CharField(
        label=_("Name"), validators=[MaxLengthValidator(200), ProhibitNullCharactersValidator()]
    )


class NoteForm(forms.Form):
    """Something to remember."""

    kind = forms.ChoiceField(label=_("About"), choices=Kind.choices, initial=Kind.PREFERENCE)
    text = forms.CharField(
        label=_("What to remember"),
        validators=_PLAIN,
        help_text=_("In a few words, as they said it. Nothing about health, belief, politics and the like."),
    )
    on = _day(
        label=_("Day"),
        required=False,
        help_text=_("For birthdays and what comes up. Without a birth year take any year to come."),
    )
    how = forms.CharField(
        label=_("Where it comes from"),
        validators=_PLAIN,
        required=False,
        help_text=_("Such as: told in the shop in Aarhus."),
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices, initial=Purpose.ANSWERING)
    basis = forms.ChoiceField(label=_("Legal basis"), choices=Basis.choices, initial=Basis.INTEREST)
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.TEAM
    )
    expires_on = _day(
        label=_("Until"), required=False, help_text=_("Empty: as long as is usual for its kind.")
    )

    def __init__(self, *given: Any, today: date, handles: Sequence[Handle] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        if len(handles) > 1:
            choices = [(str(one.id), f"{one.handle or one.name} ({one.channel})") for one in handles]
            self.fields["identity"] = forms.ChoiceField(
                label=_("Learnt of"),
                choices=choices,
                help_text=_("If they turn out not to be one person, it stays with this one."),
            )

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day is not None and day <= self.today:
            raise forms.ValidationError(_("This day has passed. Choose one to come."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Kind.BIRTHDAY and not given.get("on"):
            self.add_error("on", _("A birthday needs a day."))
        return given

    def values(self) -> dict[str, Any]:
        """What `facts.note` takes."""
        given = dict(self.cleaned_data)
        given.pop("identity", None)
        on = given["on"]
        given["precision"] = "day" if on else ""
        if given["kind"] == Kind.BIRTHDAY and on:
            given["yearly"] = on.month * 100 + on.day
            if on >= self.today:
                # A birthday to come: the year they were born in is not known.
                given["on"], given["precision"] = None, ""
        return given


class PromiseForm(forms.Form):
    """Something we promise."""

    text = forms.CharField(label=_("What we promised"), validators=_PLAIN)
    due_on = _day(label=_("On which day"))


class RefusalForm(forms.Form):
    """Somebody who is to be left alone."""

    channel = forms.ChoiceField(label=_("Where"), required=False)
    reason = forms.ChoiceField(label=_("Why"), choices=RefusalReason.choices)
    note = forms.CharField(label=_("Note"), validators=_PLAIN, required=False)
    until = _day(
        label=_("Until"), required=False, help_text=_("We may write again from this day. Empty: without end.")
    )

    def __init__(self, *given: Any, today: date, channels: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Everywhere")), *((one, one) for one in channels)]

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        if day is not None and day <= self.today:
            raise forms.ValidationError(_("This day has passed. Choose one to come."))
        return day


class ConsentForm(forms.Form):
    """Something they agreed to."""

    purpose = forms.ChoiceField(label=_("To what"), choices=ConsentPurpose.choices)
    way = forms.ChoiceField(label=_("How they said it"), choices=ConsentWay.choices)
    given_on = _day(label=_("On which day"))
    proof = forms.CharField(
        label=_("Proof"),
        validators=_PLAIN,
        required=False,
        help_text=_("What shows it, such as where the form lies."),
    )


class KeyForm(forms.Form):
    """An address or number under which they buy."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KeyKind.choices)
    value = forms.CharField(
        label=_("Address or number"), validators=[MaxLengthValidator(254), ProhibitNullCharactersValidator()]
    )


class LinkForm(forms.Form):
    """An address on their profile."""

    address = forms.CharField(
        label=_("Address on their profile"),
        validators=[MaxLengthValidator(500), ProhibitNullCharactersValidator()],
        help_text=_("Two profiles that name each other are one person’s."),
    )


class ShopForm(forms.Form):
    """A place that purchases come from."""

    name = forms.CharField(
        label=_("Name of the shop"), validators=[MaxLengthValidator(80), ProhibitNullCharactersValidator()]
    )


class CurrencyForm(forms.Form):
    """The currency of amounts that name none."""

    currency = forms.RegexField(
        r"^\s*[A-Za-z]{3}\s*$",
        label=_("Currency where none stands"),
        required=False,
        help_text=_(
            "A code of three letters, such as SEK. Rows with an amount and no currency are left out without it."
        ),
        error_messages={"invalid": _("Write three letters, such as SEK, DKK, EUR.")},
        widget=forms.TextInput({"size": 4, "autocomplete": "off"}),
    )

    def clean_currency(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["currency"]).strip().upper()


class PurchaseFileForm(forms.Form):
    """A file of purchases."""

    shop = forms.ChoiceField(label=_("Shop"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV with the columns order_id, email or customer, bought_at, and if you like items, amount, currency. You see first how it is read."
        ),
    )

    def __init__(self, *given: Any, shops: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["shop"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(shops)
