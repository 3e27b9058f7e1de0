"""Form fields: label, field, help and error, tied together for those who hear the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grapevine.ui.components.attributes import attributes
from grapevine.ui.components.basics import NOTHING, icon, notice

register = template.Library()


def _errors(field: BoundField) -> SafeString:
    name = f"{field.auto_id}_error"
    return format_html_join(
        "", '<p class="error" id="{}">{}<span>{}</span></p>', _numbered(name, field.errors)
    )


def _numbered(name: str, errors: Any) -> list[tuple[str, SafeString, Any]]:
    # Only the first carries the id: an id stands once, and the others are read on after it.
    return [
        (name if place == 0 else f"{name}{place}", icon("warning"), error)
        for place, error in enumerate(errors)
    ]


@register.simple_tag
def field(bound: BoundField, label: Any = "", help: Any = "", **given: Any) -> SafeString:  # noqa: A002
    """A field of a form with its label, help and errors. Other arguments become attributes of the input (`hx_post=…`)."""
    widget = bound.field.widget
    many = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    text = label or bound.label
    says = help or bound.help_text
    # Django joins help and error ids itself (5.2), for the ids given here; groups carry them on the fieldset.
    described = " ".join(
        one
        for one in (
            f"{bound.auto_id}_helptext" if says else "",
            f"{bound.auto_id}_error" if bound.errors else "",
        )
        if one
    )
    named = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    if described and not many:
        named["aria-describedby"] = described
    if bound.errors and not many:
        named["aria-invalid"] = "true"
    control = bound.as_widget(
        attrs={key: value for key, value in named.items() if value not in (None, False)}
    )
    helped = format_html('<p class="help" id="{}_helptext">{}</p>', bound.auto_id, says) if says else NOTHING
    if bound.is_hidden:
        return control
    classes = "field wrong" if bound.errors else "field"
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="{}"><label class="choice">{}<span>{}</span></label>{}{}</div>',
            classes, control, text, helped, _errors(bound),
        )  # fmt: skip
    optional = (
        NOTHING
        if bound.field.required or getattr(bound.field, "is_wanted", False)  # by what stands in another field
        else format_html(' <span class="optional">{}</span>', _("(optional)"))
    )
    if many:
        return format_html(
            "<fieldset{}><legend>{}{}</legend>{}{}{}</fieldset>",
            attributes({"aria_describedby": described or None}, classes=f"{classes} many"),
            text, optional, helped, control, _errors(bound),
        )  # fmt: skip
    return format_html(
        '<div class="{}"><label for="{}">{}{}</label>{}{}{}</div>',
        classes, bound.id_for_label, text, optional, helped, control, _errors(bound),
    )  # fmt: skip


@register.simple_tag
def form_errors(form: Form) -> SafeString:
    """What is wrong with the form as a whole."""
    wrong = form.non_field_errors()
    if not wrong:
        return NOTHING
    said = format_html_join("", "<p>{}</p>", ((error,) for error in wrong))
    return notice(said, tone="bad", urgent=True)


@register.simple_tag
def form_fields(form: Form) -> SafeString:
    """All of a form: what is wrong as a whole, then its fields in order."""
    return format_html_join(
        "", "{}", ((part,) for part in (form_errors(form), *(field(one) for one in form)))
    )
