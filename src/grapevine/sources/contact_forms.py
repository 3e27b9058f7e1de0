"""The form that visitors fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grapevine.connectors.form import mapping
from grapevine.connectors.mail.account import mail_address


class ContactForm(forms.Form):
    """Name, address, message, consent. `website` is for programs: people don't see it, and leave it empty."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=mapping.LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("The answer goes there."),
    )
    message = forms.CharField(
        label=_("Your message"), max_length=mapping.LONGEST_TEXT, widget=forms.Textarea({"rows": 6})
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Agree to this, so that your message may be read and answered.")}
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)
    lang = forms.CharField(widget=forms.HiddenInput, max_length=5, required=False)

    def __init__(self, *args: Any, agreed: str, **kwargs: Any) -> None:
        """`agreed` is what the visitor agrees to."""
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = agreed

    def clean_email(self) -> str:
        """An address that can be written to."""
        email = mail_address(self.cleaned_data["email"])
        if not email:
            raise forms.ValidationError(_("This is no e-mail address that can be answered."))
        return email

    def clean_website(self) -> str:
        """Nobody who sees the page fills it in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("This field is for programs only. Leave it empty, then send again.")
            )
        return ""
