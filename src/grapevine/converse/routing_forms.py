"""The form of a routing rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from grapevine.converse.desk_forms import languages
from grapevine.converse.models import Label, Priority, Rule, Team
from grapevine.converse.selectors import teams
from grapevine.engine import query
from grapevine.listen.contracts import queries
from grapevine.listen.selectors import brands
from grapevine.sources.selectors import shown
from grapevine.understand.contracts import INTENT_NAMES, INTENTS, MOOD_NAMES, MOODS

_LONGEST_WORDS = 500


def _boxes(label: Any, choices: Any, **named: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **named
    )


def _or_nothing(rows: list[tuple[Any, Any]], nothing: Any) -> list[tuple[Any, Any]]:
    return [("", nothing), *rows]


class RuleForm(forms.Form):
    """What a rule asks for, and what comes of it. Its fields are what the actions take, ids for what they point at."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[ProhibitNullCharactersValidator()],
        help_text=_("It is told to whoever gets a thread by it: “Danish complaints”."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    languages = _boxes(_("Languages"), languages)
    wants = _boxes(_("What they want"), lambda: [(name, INTENT_NAMES[name]) for name in INTENTS])
    moods = _boxes(_("Mood"), lambda: [(name, MOOD_NAMES[name]) for name in MOODS])
    brands = _boxes(_("Brands"), lambda: [(one.pk, one.name) for one in brands.choices()], coerce=int)
    sources = _boxes(
        _("Channels"), lambda: [(pk, one.name) for pk, one in shown.source_names().items()], coerce=int
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=_LONGEST_WORDS,
        required=False,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_('In the language of watches: invoice OR refund, "gift card", deliver* NEAR/3 late.'),
    )
    needs_mandate = forms.BooleanField(
        label=_("Only where somebody who gets it may answer alone, by mandate"), required=False
    )
    team = forms.TypedChoiceField(
        label=_("Team"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: _or_nothing(list(Team.objects.present().values_list("pk", "name")), _("As it is")),
    )
    to_user = forms.TypedChoiceField(
        label=_("Person"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: _or_nothing(teams.answering(), _("Whoever has room")),
        help_text=_("While they are away it goes to the team."),
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: _or_nothing(list(Priority.choices), _("As it is")),
    )
    label = forms.TypedChoiceField(
        label=_("Label"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: _or_nothing(list(Label.objects.values_list("pk", "name")), _("None")),
    )

    CONDITIONS = ("languages", "wants", "moods", "brands", "sources", "words", "needs_mandate")
    OUTCOMES = ("team", "to_user", "priority", "label")

    @classmethod
    def of(cls, rule: Rule) -> dict[str, Any]:
        """What the form shows of a rule."""
        return {
            "name": rule.name,
            "languages": rule.languages,
            "wants": rule.wants,
            "moods": rule.moods,
            "brands": rule.brands,
            "sources": rule.sources,
            "words": rule.words,
            "needs_mandate": rule.needs_mandate,
            "team": rule.team_id,
            "to_user": rule.to_user_id,
            "priority": rule.priority,
            "label": rule.label_id,
        }

    @property
    def conditions(self) -> list[forms.BoundField]:
        """The fields of "when", those without anything to choose left out."""
        return [self[name] for name in self.CONDITIONS if list(getattr(self.fields[name], "choices", [name]))]

    @property
    def outcomes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.OUTCOMES]

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"]).strip()
        if words and (wrong := query.check(words).error) is not None:
            raise forms.ValidationError(queries.error(wrong))
        return words

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.get(name) is not None for name in self.OUTCOMES):
            raise forms.ValidationError(_("Say what comes of it: a team, a person, a priority or a label."))
        return found

    def values(self) -> dict[str, Any]:
        """What was sent, as the columns of a rule."""
        found = dict(self.cleaned_data)
        for name, column in (("team", "team_id"), ("to_user", "to_user_id"), ("label", "label_id")):
            found[column] = found.pop(name)
        return found
