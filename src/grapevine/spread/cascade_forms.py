"""The form of a cascade to be read: which posts, until when, on which network."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grapevine.listen.contracts.filters import PARAMETERS, Filter, Wish
from grapevine.listen.selectors import authored, brands, filters
from grapevine.spread import form_fields
from grapevine.spread.observed import WINDOW
from grapevine.spread.selectors import choices

KEPT = ("watch", "source", "lang", "mood", "want", "spam")
"""Filters of the stream that come along from there without a field of their own."""


COUNTED = 1_000
"""So many posts are counted while somebody still writes."""


class CascadeForm(forms.Form):
    """Words or a brand, the days, and whose ties tell who brought whom where nobody says so."""

    name = form_fields.name()
    q = forms.CharField(
        label=_("Posts that say"),
        max_length=2000,
        required=False,
        strip=True,
        help_text=_("As in the stream: words, #tags, “phrases”, AND, OR, NOT."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )
    brand = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))
    network = forms.ChoiceField(
        label=_("Network"),
        required=False,
        help_text=_("Where nobody says who brought somebody, it is whom they listen to there."),
    )
    window_hours = forms.FloatField(
        label=_("How many hours may lie between hearing somebody and joining"),
        help_text=_(
            "Where nobody says who brought them, it was one of those they listen to, who joined so many hours before them at most."
        ),
        min_value=1,
        max_value=24 * 60,
        initial=int(WINDOW),
    )

    def __init__(self, *given: Any, now: datetime, **named: Any) -> None:
        self.now = now
        self.chosen: Filter | None = None
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["brand"].choices = [
            ("", _("All talk there is")),
            *((one.slug, one.name) for one in brands.choices()),
        ]
        fields["network"].choices = [
            ("", _("None: only what posts say themselves")),
            *((str(pk), name) for pk, name in choices.networks()),
        ]
        for name in KEPT:
            fields[name] = forms.CharField(required=False, max_length=140, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The time ends before it begins."))
        if not any(cleaned.get(name) for name in ("q", "brand", "watch")):
            self.add_error("q", _("Say what spread: words, a brand, or a watch of the stream."))
        if not self.errors:
            self._look(self.wish())
        return cleaned

    def _look(self, wish: Wish) -> None:
        """Say at once what can't be read: a query that is none, and a filter that finds nothing."""
        begins, ends = self.period()
        asked = wish.without("period").having(
            since=begins.isoformat() if begins else "", until=ends.isoformat()
        )
        choice = filters.understood(asked, now=self.now, zone=timezone.get_current_timezone())
        for problem in choice.problems:
            self.add_error("q", str(problem))
        if choice.problems:
            return
        self.chosen = choice.filter if wish.spam else filters.without_spam(choice.filter)
        if not next(authored.chunks(self.chosen, size=1), None):
            self.add_error(
                "q", _("No post of these days is found by this: change the words, or take more days.")
            )

    def counted(self) -> authored.Some | None:
        """What the filter finds so far, whatever the form still lacks; None when nobody can say."""
        self.is_valid()
        if not {"q", "brand", "since", "until", "name"} & set(self.errors):
            return authored.some(self.chosen, most=COUNTED) if self.chosen is not None else None
        return authored.Some(0, 0, False) if self.chosen is not None else None

    def period(self) -> tuple[datetime | None, datetime]:
        """From when (None: from the first) until when. Call it when the days are valid."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return _midnight(since) if since else None, min(self.now, _midnight(until, 1)) if until else self.now

    def wish(self) -> Wish:
        """The filter. Call it when the form is valid."""
        told = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return Wish.read({name: told[name] for name in PARAMETERS if name in told})


def _midnight(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), timezone.get_current_timezone())
