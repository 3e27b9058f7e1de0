"""Fields that several forms of spread have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


def name(label: Any = _("Name"), *, longest: int = 140, required: bool = True) -> forms.CharField:
    """The name something is kept under. It has no maximal length in the browser, which would cut what is pasted without a word."""
    return forms.CharField(
        label=label,
        required=required,
        validators=[MaxLengthValidator(longest), ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
