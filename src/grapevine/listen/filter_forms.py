"""The form that names a filter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """A name for a saved filter."""

    name = forms.CharField(label=_("Name"), max_length=80, strip=True)
