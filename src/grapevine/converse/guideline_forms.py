"""Forms of what leads write: a guideline's page, the signature, an opener or a fact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.converse.mandate_words import language
from grapevine.converse.models import SnippetKind
from grapevine.converse.shipped import LANGUAGES
from grapevine.listen.selectors import brands


class GuidelineForm(forms.Form):
    """Title and text of a page in each language, and what is new in it."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("What is new"),
        required=False,
        max_length=300,
        help_text=_("A line for those who know the page as it was."),
    )
    renews = forms.BooleanField(
        label=_("Everybody takes the check again"),
        required=False,
        help_text=_("Until then what they write waits for approval. For changes that matter."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for lang in LANGUAGES:
            self.fields[f"title_{lang}"] = forms.CharField(
                label=_("Title"), required=False, max_length=120, widget=forms.TextInput({"lang": lang})
            )
            self.fields[f"body_{lang}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=30_000,
                widget=forms.Textarea({"rows": 22, "lang": lang, "spellcheck": "true"}),
            )

    @staticmethod
    def of(content: dict[str, Any], number: int) -> dict[str, Any]:
        """What the form shows of a page that is there."""
        texts = {
            f"{part}_{lang}": content[part].get(lang, "") for part in ("title", "body") for lang in LANGUAGES
        }
        return {**texts, "based_on": number}

    def content(self) -> dict[str, Any]:
        """What was written, as editions keep it."""
        return {
            part: {
                lang: self.cleaned_data[f"{part}_{lang}"].replace("\r\n", "\n").strip()
                for lang in LANGUAGES
                if self.cleaned_data[f"{part}_{lang}"].strip()
            }
            for part in ("title", "body")
        }

    def in_languages(self) -> list[tuple[str, str, Any, Any]]:
        """Each language with its name and its two fields."""
        return [(lang, language(lang), self[f"title_{lang}"], self[f"body_{lang}"]) for lang in LANGUAGES]


class SignatureForm(forms.Form):
    """How answers are signed, in each language."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for lang in LANGUAGES:
            self.fields[f"template_{lang}"] = forms.CharField(
                label=language(lang), required=False, max_length=200, widget=forms.TextInput({"lang": lang})
            )

    @staticmethod
    def of(content: dict[str, Any], number: int) -> dict[str, Any]:
        """What the form shows."""
        return {f"template_{lang}": content["template"].get(lang, "") for lang in LANGUAGES} | {
            "based_on": number
        }

    def content(self) -> dict[str, Any]:
        """What was written, as editions keep it."""
        given = self.cleaned_data
        return {
            "template": {
                lang: given[f"template_{lang}"].strip()
                for lang in LANGUAGES
                if given[f"template_{lang}"].strip()
            }
        }


class SnippetForm(forms.Form):
    """An opener or a fact."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=SnippetKind.choices,
        widget=forms.RadioSelect,
        help_text=_("An opener is one sentence at most, a fact two. The rest of the answer is yours."),
    )
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("To find it by."))
    text = forms.CharField(label=_("Text"), max_length=400, widget=forms.Textarea({"rows": 3}))
    lang = forms.ChoiceField(label=_("Language"), required=False)
    brand = forms.TypedChoiceField(label=_("Brand"), required=False, coerce=int, empty_value=None)
    checked_on = forms.DateField(
        label=_("Seen to be true on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Opening hours and prices grow old."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._brands = {brand.pk: brand for brand in brands.choices()}
        langs: list[Any] = [("", _("All languages")), *((one, language(one)) for one in LANGUAGES)]
        brands_: list[Any] = [("", _("All brands")), *((pk, one.name) for pk, one in self._brands.items())]
        self.fields["lang"].choices = langs  # type: ignore[attr-defined]
        self.fields["brand"].choices = brands_  # type: ignore[attr-defined]

    def clean_brand(self) -> Any:
        return self._brands.get(self.cleaned_data["brand"])
