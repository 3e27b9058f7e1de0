"""The form of a brand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from grapevine.listen import accounts
from grapevine.listen.models import Brand
from grapevine.ui.components.basics import HUES

_COLOURS = (
    _("Plum"),
    _("Blue"),
    _("Ochre"),
    _("Mint"),
    _("Amber"),
    _("Violet"),
    _("Maroon"),
    _("Teal"),
)


format_html_lazy = lazy(format_html, SafeString)


def _coloured(place: int, name: Any) -> SafeString:
    """Made when it is shown: the name is in the reader's language."""
    return format_html_lazy('<span class="dot hue-{}" aria-hidden="true"></span> {}', place, name)


LONGEST_NAME = 80


class BrandForm(forms.Form):
    """What a brand is called, whose it is, and its colour in pictures. Its fields are what the actions take."""

    name = forms.CharField(
        label=_("Name"),
        # Not max_length: a browser would cut what is pasted without a word.
        validators=[MaxLengthValidator(LONGEST_NAME), ProhibitNullCharactersValidator()],
        help_text=_("As people know it. What is looked for stands in its watches."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ours = forms.TypedChoiceField(
        label=_("Whose is it?"),
        choices=[("yes", _("Ours")), ("no", _("A competitor’s, or somebody else’s"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        required=False,
        help_text=_("A line for colleagues: what it is, where it is sold."),
    )
    accounts = forms.CharField(
        label=_("Its own accounts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_(
            "One on each line, as it signs its posts, such as @elsinore. What it says itself is shown, but not counted as mood, wish or topic."
        ),
    )
    position = forms.TypedChoiceField(
        label=_("Colour in pictures"),
        choices=[(str(place), _coloured(place, name)) for place, name in enumerate(_COLOURS)],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *given: Any, brand: Brand | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.brand = brand

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Ours while there is none of ours (the demo's is nobody's); a colour that nobody has."""
        brands = list(Brand.objects.present())
        taken = {brand.position % HUES for brand in brands}
        free = next((place for place in range(HUES) if place not in taken), len(brands) % HUES)
        return {
            "ours": "no" if any(brand.ours and not brand.is_demo for brand in brands) else "yes",
            "position": str(free),
        }

    @classmethod
    def of(cls, brand: Brand) -> dict[str, Any]:
        """What the form shows of a brand."""
        return {
            "name": brand.name,
            "ours": "yes" if brand.ours else "no",
            "description": brand.description,
            "accounts": "\n".join(brand.accounts),
            "position": str(brand.position % HUES),
        }

    def clean_accounts(self) -> list[str]:
        names = accounts.tidy(str(self.cleaned_data["accounts"]).splitlines())
        if len(names) > accounts.MOST or any(len(name) > accounts.LONGEST for name in names):
            raise forms.ValidationError(
                _("At most %(most)d accounts, each of at most %(length)d characters."),
                params={"most": accounts.MOST, "length": accounts.LONGEST},
            )
        return names

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        taken = Brand.objects.present().filter(name__iexact=name)
        if self.brand is not None:
            taken = taken.exclude(pk=self.brand.pk)
        if taken.exists():
            raise forms.ValidationError(_("There is a brand of this name already."))
        return name
