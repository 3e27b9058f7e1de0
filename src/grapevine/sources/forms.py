"""Forms of the sources' pages, made of what each connector says of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grapevine.connectors import urls
from grapevine.connectors.base import Field, Manifest
from grapevine.connectors.file.mapping import FIELDS
from grapevine.core import forms as core_forms
from grapevine.sources import rules, shelf, words
from grapevine.sources.contracts import brands
from grapevine.sources.models import Source


def _nameable(name: str) -> None:
    if not rules.may_be_called(name):
        raise forms.ValidationError(_("A name has signs that show, in one line."))


def _no_site(written: str) -> str:
    return gettext(
        "“%(written)s” is no site that could embed it. Write it such as https://www.example.org: without a page, a path or a star."
    ) % {"written": written[:200]}


class SourceForm(forms.Form):
    """A source's name, how long its posts are kept, and its connector's settings (each under its own key)."""

    name = forms.CharField(
        label=_("Name"),
        max_length=rules.LONGEST_NAME,
        help_text=_("How you speak of it, such as “Our blog”."),
        validators=[_nameable],
    )

    def __init__(self, *args: Any, manifest: Manifest, known: bool = False, **kwargs: Any) -> None:
        """`known`: the source exists, so an empty secret means that the stored one stays."""
        super().__init__(*args, **kwargs)
        self.manifest = manifest
        self.completed: list[str] = []
        for field in manifest.fields:
            if field.kind != "file" and field.asked:
                self.fields[field.key] = _field(field, known=known)
        self.fields["retention_days"] = forms.IntegerField(
            label=_("Keep posts for (days)"),
            min_value=0,
            max_value=36500,
            initial=manifest.retention_days,
            help_text=_(
                "Older posts are removed with their texts. 0 keeps them for as long as the source stands."
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Complete addresses that were typed without https://; `completed` has them, so that it can be said."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.completed = []
        for field in self.manifest.fields:
            address = cleaned.get(field.key)
            if field.kind == "url" and address and "://" not in address:
                cleaned[field.key] = f"https://{address.lstrip('/')}"
                self.completed.append(cleaned[field.key])
            if field.kind == "origins" and address:
                try:
                    cleaned[field.key] = " ".join(urls.origins(address))
                except ValueError as wrong:
                    self.add_error(field.key, _no_site(str(wrong)))
        return cleaned

    def settings(self) -> dict[str, Any]:
        """The connector's settings. Empty secrets of a known source are left out, so that they stay as they are."""
        found = {}
        for field in self.manifest.fields:
            if field.key not in self.cleaned_data:
                continue
            value = self.cleaned_data[field.key]
            if field.kind == "secret" and not value:
                continue
            found[field.key] = value
        return found


def _field(field: Field, *, known: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": words.setting_label(field),
        "help_text": words.sentence(field.help),
        "required": field.required and not (known and field.kind == "secret"),
        "initial": field.default,
    }
    if field.kind == "bool":
        return forms.BooleanField(**{**common, "required": False})
    if field.kind == "secret":
        if known:
            common["help_text"] = _("Leave it empty to keep the one that is stored.")
        hidden = forms.PasswordInput({"autocomplete": "off"}, render_value=False)
        return forms.CharField(**common, max_length=2000, strip=True, widget=hidden)
    if field.kind == "choice":
        choices = [(value, words.sentence(label)) for value, label in field.choices]
        return forms.ChoiceField(**common, choices=choices)
    if field.kind == "source":
        found = Source.objects.filter(connector=field.of).values_list("pk", "name")
        return forms.ChoiceField(
            **common, choices=[("", _("None")), *((str(pk), name) for pk, name in found)]
        )
    if field.kind == "brand":
        return forms.ChoiceField(**common, choices=[("", _("None")), *brands.offered()])
    if field.kind == "url":
        # Not a URLField: people type addresses without https://, which `clean` puts in front.
        return forms.CharField(**common, max_length=2000, widget=forms.TextInput({"inputmode": "url"}))
    return forms.CharField(**common, max_length=2000)


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, JSON Lines or Parquet, also compressed with gzip; exports of other tools."),
    )


MEANINGS = {
    "external_id": _("Id of the post"),
    "text": _("Text"),
    "text_more": _("More text, added to it"),
    "title": _("Title"),
    "published_at": _("Date of publication"),
    "edited_at": _("Date of the last change"),
    "author_id": _("Id of the author"),
    "author_handle": _("Handle of the author"),
    "author_name": _("Name of the author"),
    "author_url": _("Page of the author"),
    "author_followers": _("Followers of the author"),
    "url": _("Address"),
    "site": _("Site"),
    "lang": _("Language"),
    "country": _("Country"),
    "kind": _("Kind of post"),
    "parent_id": _("Id of the post it answers"),
    "thread_id": _("Id of the thread"),
    "repost_of": _("Id of the post it repeats"),
    "children": _("Ids of its answers"),
    "inbound": _("Whether it came from outside"),
    "links": _("Links"),
    "tags": _("Hashtags"),
    "mentions": _("People named"),
    "media": _("Pictures and films"),
    "metric:likes": _("Likes"),
    "metric:shares": _("Shares"),
    "metric:comments": _("Comments"),
    "metric:reach": _("Reach"),
    "metric:views": _("Views"),
    "metric:engagement": _("Engagement"),
    "metric:followers": _("Followers"),
    "metric:votes": _("Votes"),
    "metric:rating": _("Rating"),
}


def meanings() -> list[tuple[str, Any]]:
    """What a column of a file can be, for a choice."""
    return [("", _("Leave out")), *((field, MEANINGS.get(field, field)) for field in FIELDS)]


class ImportForm(forms.Form):
    """Where an uploaded file goes and how it is read."""

    source = forms.ChoiceField(label=_("Into the source"), required=False)
    name = forms.CharField(
        label=_("Name of the new source"),
        max_length=rules.LONGEST_NAME,
        required=False,
        validators=[_nameable],
    )
    day_first = forms.ChoiceField(
        label=_("03/04 is"),
        required=False,
        choices=[("", _("As found")), ("yes", _("3 April (day first)")), ("no", _("March 4 (month first)"))],
    )
    lang = forms.ChoiceField(
        label=_("Language of all posts"),
        required=False,
        choices=[
            ("", _("As found")),
            ("sv", _("Swedish")),
            ("da", _("Danish")),
            ("nl", _("Dutch")),
            ("en", _("English")),
        ],
    )

    time_zone = forms.ChoiceField(
        label=_("Time zone of the dates"),
        required=False,
        help_text=_("Only for dates that do not name one themselves."),
    )
    retention_days = forms.IntegerField(
        label=_("Keep posts for (days)"),
        min_value=0,
        max_value=36500,
        required=False,
        help_text=_(
            "For a new source. 0 keeps its posts for as long as the source stands; else older ones are left out."
        ),
    )

    def __init__(self, *args: Any, sources: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = timezone.get_default_timezone_name()
        zones = core_forms.time_zones()
        self.fields["time_zone"].choices = zones if here in dict(zones) else [(here, here), *zones]  # type: ignore[attr-defined]
        self.fields["time_zone"].initial = here
        manifest = shelf.manifest("file")
        self.fields["retention_days"].initial = manifest.retention_days if manifest is not None else 0
        self.fields["source"].choices = [("", _("A new source")), *((str(pk), name) for pk, name in sources)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("source") and not cleaned.get("name"):
            self.add_error("name", _("Give the new source a name."))
        return cleaned
