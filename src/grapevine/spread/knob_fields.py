"""Fields of a form made of the knobs of the models on the shelf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.engine import cascade
from grapevine.spread import model_words, words
from grapevine.spread.models import Cascade
from grapevine.spread.observed import Seen
from grapevine.spread.questions import LEARNT, STRENGTH, TIED, ModelChoice

FIRST: dict[str, dict[str, float]] = {
    "brief": {"outside": 0.005, "brief": 5, "probability": 0.02, "forget": 0.3}
}
"""What the form shows first where the engine's own defaults would have nearly everybody join, whoever begins: a first look must tell beginnings
apart."""
_WORD = "{}-word"


def field_name(model: str, knob: str) -> str:
    """What a knob's field is called in the form."""
    return f"{model}-{knob}"


def fields() -> dict[str, forms.Field]:
    """A field for the model, and one for each knob of each model; knobs that take words too have a second one."""
    shelf = cascade.shelf()
    found: dict[str, forms.Field] = {
        "model": forms.ChoiceField(
            label=gettext_lazy("How do people come to join?"),
            choices=[(name, model_words.of_model(name).label) for name in shelf],
            widget=forms.Select(attrs={"data-model": True}),
        )
    }
    for name, kind in shelf.items():
        for knob in kind.knobs():
            words = model_words.of_knob(name, knob)
            numbers = knob.low is not None or knob.high is not None
            choices = [*knob.choices, *_each_tie(name, knob)]
            if choices:
                options = [(one, model_words.of_choice(one)) for one in choices]
                if numbers:
                    options = [("", gettext_lazy("the number above")), *options]
                label = gettext_lazy("… or reckoned") if numbers else words.label
                found[_WORD.format(field_name(name, knob.name))] = forms.ChoiceField(
                    label=label, choices=options, required=False,
                    help_text=model_words.TIES_HELP if numbers and name in TIED else "" if numbers else words.help,
                )  # fmt: skip
            if numbers:
                found[field_name(name, knob.name)] = _number(knob, words)
    for each in found.values():
        each.is_wanted = True  # type: ignore[attr-defined]  # of the model that is chosen
    return found


def _each_tie(model: str, knob: cascade.Knob) -> tuple[str, ...]:
    """The words for chances that differ from tie to tie."""
    if knob.name != "probability" or model not in TIED:
        return ()
    return (STRENGTH,) if model == "lt" else (STRENGTH, LEARNT)


def _number(knob: cascade.Knob, words: model_words.Words) -> forms.Field:
    given: dict[str, Any] = {"label": words.label, "help_text": words.help, "required": False}
    given |= {"min_value": knob.low, "max_value": knob.high}
    if knob.whole:
        low, high = (None if end is None else int(end) for end in (knob.low, knob.high))
        return forms.IntegerField(**{**given, "min_value": low, "max_value": high})
    return forms.FloatField(**given, widget=forms.NumberInput(attrs={"step": "any"}))


def initial(chosen: ModelChoice | None = None) -> dict[str, Any]:
    """What the fields show: the knobs of a choice, and the defaults of all other models."""
    found: dict[str, Any] = {"model": chosen.name if chosen is not None else next(iter(cascade.shelf()))}
    for name, kind in cascade.shelf().items():
        for knob in kind.knobs():
            value = FIRST.get(name, {}).get(knob.name, knob.default)
            if chosen is not None and chosen.name == name:
                value = chosen.knobs.get(knob.name, value)
            key = field_name(name, knob.name)
            if chosen is not None and chosen.name == name and chosen.ties and knob.name == "probability":
                found[_WORD.format(key)] = chosen.ties
                found[key] = None if isinstance(value, str) else value
            elif isinstance(value, str):
                found[_WORD.format(key)] = value
                found[key] = None
            else:
                found[_WORD.format(key)] = ""
                found[key] = value
    return found


def groups(form: forms.Form) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
    """The models with their words and fields, for the template."""
    for name, kind in cascade.shelf().items():
        names = [field_name(name, knob.name) for knob in kind.knobs()]
        both = [each for one in names for each in (one, _WORD.format(one))]
        yield name, model_words.of_model(name), [form[one] for one in both if one in form.fields]


def _tells(cascade_id: int | None) -> bool:
    """Whether something of ties was learnt of a real cascade."""
    row = Cascade.objects.done().filter(pk=cascade_id or 0).first()
    seen = Seen.from_json(row.result).estimated if row is not None and row.network_id else None
    return seen is not None and bool(seen.chance)


def chosen(form: forms.Form, cleaned: Mapping[str, Any]) -> ModelChoice | None:
    """The model as the form says. None, with errors in the form, when its knobs can't be so."""
    name = cleaned.get("model", "")
    if name not in cascade.shelf():
        return None
    kind = cascade.named(name)
    knobs: dict[str, float | str] = {}
    ties = ""
    for knob in kind.knobs():
        key = field_name(name, knob.name)
        word = cleaned.get(_WORD.format(key)) or ""
        number = cleaned.get(key)
        if key in form.errors:
            return None
        if word in (STRENGTH, LEARNT):
            ties, word = word, "wc" if name == "lt" else ""
        if number is None and not word:
            form.add_error(key, _("A number is wanted here."))
            return None
        knobs[knob.name] = word or number  # type: ignore[assignment]
    if ties == LEARNT and not _tells(cleaned.get("cascade")):
        form.add_error(
            _WORD.format(field_name(name, "probability")),
            _("Choose what to learn from first: “Take the numbers from something that really spread”."),
        )
        return None
    choice = ModelChoice(name, knobs, ties, cleaned.get("cascade") if ties == LEARNT else None)
    try:
        choice.made()
    except cascade.SpreadError as error:
        form.add_error("model", words.sentence(error.sentence))
        return None
    return choice
