"""Forms of the doors of this room."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from grapevine.core.models.users import Role


def languages(*, empty: Any = None) -> list[tuple[str, Any]]:
    """The languages of the interface, each named in itself."""
    named = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
    return ([("", empty)] if empty is not None else []) + named


def time_zones(*, empty: Any = None) -> list[tuple[str, Any]]:
    """Time zones by place, those of our languages first."""
    near = [
        "Europe/Stockholm",
        "Europe/Copenhagen",
        "Europe/Amsterdam",
        "Europe/Brussels",
        "Europe/London",
        "UTC",
    ]
    rest = sorted(
        z
        for z in available_timezones()
        if "/" in z and not z.startswith(("Etc/", "SystemV/", "posix", "right"))
    )
    named = [(zone, zone.replace("_", " ")) for zone in [*near, *(z for z in rest if z not in near)]]
    return ([("", empty)] if empty is not None else []) + named


class SignIn(forms.Form):
    """Address and password."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class NewPassword(forms.Form):
    """A password to be chosen. It can be read while it is typed twice only by who asks for it, so once is enough."""

    password = forms.CharField(
        label=_("New password"),
        max_length=500,
        strip=False,
        help_text=_("At least ten characters. A few words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput({"autocomplete": "new-password", "minlength": 10}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two are not the same."))
        return given


class SetUp(NewPassword):
    """The first administrator, and who we listen for."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        help_text=_("Whose conversations you follow, such as your company."),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    field_order = ["organisation", "name", "email", "language", "password", "again"]


class Own(forms.Form):
    """Who I am and how I see things."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: languages(empty=_("As the browser asks"))
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=lambda: time_zones(empty=_("As set for everybody"))
    )
    appearance = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )


class OwnPassword(NewPassword):
    """A new password, by somebody who knows the old one."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    field_order = ["old", "password", "again"]


class NewToken(forms.Form):
    """What a key is for."""

    token_name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("Such as the name of the program that will use it."),
    )


class NewUser(forms.Form):
    """Somebody to be added. They choose their password by a link."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)


class RoleChoice(forms.Form):
    """A role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class InstallationForm(forms.Form):
    """What holds for everybody."""

    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=languages,
        help_text=_("For mails and reports. On pages everybody's own choice counts."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: time_zones(empty=settings.TIME_ZONE.replace("_", " ")),
        help_text=_("Days begin and end by it."),
    )
    retention_days = forms.IntegerField(
        label=_("Keep posts for (days)"),
        min_value=0,
        max_value=36500,
        help_text=_("For sources that set no time of their own. 0 keeps posts without end."),
    )
    jobs_kept_days = forms.IntegerField(label=_("Keep finished jobs for (days)"), min_value=1, max_value=3650)


class AuditFilter(forms.Form):
    """What to look for among the deeds."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=120)
    action = forms.CharField(label=_("What"), required=False, max_length=80)
    subject = forms.CharField(label=_("To what"), required=False, max_length=120)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
