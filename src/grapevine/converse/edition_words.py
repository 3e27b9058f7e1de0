"""What is wrong with what somebody wrote, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from grapevine.converse.mandate_words import language
from grapevine.converse.tree_rules import Fault

_TREE: dict[str, Any] = {
    "no-question": lambda at: _("The triage has no question. Add one."),
    "no-outcome": lambda at: _("The triage leads nowhere. Add an outcome."),
    "too-many": lambda at: _(
        "The triage has more than forty questions or outcomes. Nobody would walk through them."
    ),
    "no-first": lambda at: _("Say which question comes first."),
    "bad-key": lambda at: (
        _("“%(key)s” can’t be a name here. Use small letters a–z, digits and _.") % {"key": at}
    ),
    "question-without-text": lambda at: _("The question %(key)s has no text in any language.") % {"key": at},
    "answers": lambda at: _("The question %(key)s needs two to six answers.") % {"key": at},
    "answer-without-text": lambda at: _("An answer to the question %(key)s has no text.") % {"key": at},
    "leads-nowhere": lambda at: _("An answer to the question %(key)s leads nowhere.") % {"key": at},
    "outcome-without-name": lambda at: _("The outcome %(key)s has no name.") % {"key": at},
    "circle": lambda at: _("The answers lead from the question %(key)s back to itself.") % {"key": at},
    "never-reached": lambda at: _("No answer leads to the question %(key)s.") % {"key": at},
}
_TEXTS: dict[str, Any] = {
    "no-text": lambda at: _("Write it in at least one language."),
    "half": lambda at: (
        _("In %(language)s there is a title without text, or a text without title.")
        % {"language": language(at)}
    ),
    "too-long": lambda at: _("The text in %(language)s is too long.") % {"language": language(at)},
    "unknown-tag": lambda at: (
        _("“%(tag)s” in braces means nothing here. See the list under the text.") % {"tag": at}
    ),
    "questions": lambda at: _("The check needs one to twenty questions."),
    "options": lambda at: (
        _("Question %(number)s needs two to six answers, each with a text.") % {"number": at}
    ),
    "no-right-one": lambda at: (
        _("Question %(number)s needs a right answer and a wrong one.") % {"number": at}
    ),
    "unknown-place": lambda at: _(
        "The signature may name {first_name}, {name} and {relation}, nothing else in braces."
    ),
    "nameless": lambda at: (
        _("The signature in %(language)s has no name: put {first_name} into it.") % {"language": language(at)}
    ),
}


def faults(found: Iterable[Fault]) -> list[str]:
    """A sentence for each fault, each once."""
    said = [{**_TREE, **_TEXTS}[one.code](one.at) for one in found]
    return list(dict.fromkeys(said))
