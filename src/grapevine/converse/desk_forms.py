"""Forms of the desk: teams, their days and shifts, targets, colleagues."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import get_language_info, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from grapevine.converse.actions.colleagues import WEEKS
from grapevine.converse.closed_days import COUNTRIES
from grapevine.converse.models import Colleague, Team
from grapevine.converse.selectors import teams
from grapevine.core.forms import time_zones
from grapevine.understand.contracts import LANGUAGES

_LOCAL = "%Y-%m-%dT%H:%M"


def _people() -> list[tuple[int, str]]:
    return teams.answering()


def languages() -> list[tuple[str, Any]]:
    """The languages that are told apart, by code, in the reader's words."""
    named = [(code, get_language_info(code)["name_translated"].capitalize()) for code in LANGUAGES]
    return sorted(named, key=lambda one: one[1])


class TeamForm(forms.Form):
    """What a team is called, where it sits and who sits in it."""

    name = forms.CharField(
        label=_("Name"), max_length=80, validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    members = forms.TypedMultipleChoiceField(
        label=_("Who sits in it"),
        choices=_people,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: time_zones(empty=_("As set for everybody")),
        required=False,
        help_text=_("Its hours are kept by the clock on the wall there."),
    )
    country = forms.ChoiceField(
        label=_("Holidays"),
        required=False,
        choices=lambda: [
            ("", _("None")),
            *sorted(COUNTRIES.items(), key=lambda one: str(one[1]).casefold()),
        ],
        help_text=_("The public holidays of this country are closed days."),
    )
    assigns = forms.BooleanField(
        label=_("Give threads to its people by themselves"),
        required=False,
        initial=True,
        help_text=_(
            "To whoever is there, speaks the language, holds a mandate and has most room. "
            "Otherwise they wait in the team until somebody takes them."
        ),
    )

    def __init__(self, *given: Any, team: Team | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.team = team

    @classmethod
    def of(cls, team: Team) -> dict[str, Any]:
        """What the form shows of a team."""
        members = [str(pk) for pk in team.seats.values_list("user_id", flat=True)]
        return {
            "name": team.name,
            "members": members,
            "zone": team.zone,
            "country": team.country,
            "assigns": team.assigns,
        }

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        taken = Team.objects.present().filter(name__iexact=name)
        if self.team is not None:
            taken = taken.exclude(pk=self.team.pk)
        if taken.exists():
            raise forms.ValidationError(_("There is a team of this name already."))
        return name


class DayForm(forms.Form):
    """A day that is not as others."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    name = forms.CharField(
        label=_("Why"), max_length=80, required=False, validators=[ProhibitNullCharactersValidator()]
    )
    kind = forms.ChoiceField(
        label=_("That day we are"),
        choices=[("closed", _("closed")), ("open", _("open, though it is a holiday"))],
    )
    for_all = forms.BooleanField(label=_("For all teams"), required=False)


class ShiftForm(forms.Form):
    """Who is on call, from when to when, by the clock of the team."""

    user = forms.TypedChoiceField(label=_("Who"), choices=_people, coerce=int)
    starts_at = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput({"type": "datetime-local"}, _LOCAL)
    )
    ends_at = forms.DateTimeField(
        label=_("To"), widget=forms.DateTimeInput({"type": "datetime-local"}, _LOCAL)
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts_at") and found.get("ends_at") and found["ends_at"] <= found["starts_at"]:
            self.add_error("ends_at", _("It ends before it begins."))
        return found


class TurnsForm(forms.Form):
    """A rota: week by week in the order of the list, over and over."""

    users = forms.TypedMultipleChoiceField(
        label=_("Who, in this order"), choices=_people, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    first = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    weeks = forms.IntegerField(label=_("For so many weeks"), min_value=1, max_value=WEEKS, initial=8)


class ColleagueForm(forms.Form):
    """What routing should know of somebody."""

    languages = forms.MultipleChoiceField(
        label=_("Languages they answer in"),
        choices=languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means any."),
    )
    max_load = forms.IntegerField(
        label=_("Open threads at once"),
        min_value=0,
        max_value=500,
        help_text=_("Who has so many is given no more. 0: none by themselves."),
    )
    away_until = forms.DateTimeField(
        label=_("Away until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, _LOCAL),
        help_text=_("Until then nothing is given to them. Empty: they are there."),
    )
    follow_up_days = forms.IntegerField(
        label=_("Remind to ask “did it work?” after (days)"),
        min_value=0,
        max_value=365,
        help_text=_("Counted from the resolution of a thread. 0: no reminders."),
    )
    hold_seconds = forms.TypedChoiceField(
        label=_("Time to take an answer back"),
        choices=[
            (0, _("None: it goes at once")),
            *((one, ngettext_lazy("%(n)s second", "%(n)s seconds", "n") % {"n": one}) for one in (5, 10, 20)),
        ],
        coerce=int,
    )

    @classmethod
    def of(cls, row: Colleague) -> dict[str, Any]:
        """What the form shows."""
        return {
            "languages": row.languages,
            "max_load": row.max_load,
            "away_until": row.away_until,
            "follow_up_days": row.follow_up_days,
            "hold_seconds": row.hold_seconds,
        }
