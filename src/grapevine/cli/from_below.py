"""What the cellars say, in the command's language: they know no catalogues and speak English, so their sentences are marked here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grapevine.config import language
from grapevine.config.language import gettext as _
from grapevine.config.language import gettext_noop

if TYPE_CHECKING:
    from grapevine.engine.graph.sentences import Sentence
    from grapevine.engine.query.errors import QueryError

SAID = (
    (r"not a JSON object", gettext_noop("not a JSON object")),
    (
        r"no id: a string or a whole number is expected",
        gettext_noop("no id: a string or a whole number is expected"),
    ),
    (r"no text: a string is expected", gettext_noop("no text: a string is expected")),
    (r"not UTF-8 at byte (?P<byte>\d+)", gettext_noop("not UTF-8 at byte %(byte)s")),
    (r"not JSON: (?P<error>.*)", gettext_noop("not JSON: %(error)s")),
    (
        r"The deep tier is not installed\. Install it with: (?P<command>.*)\.",
        gettext_noop("The deep tier is not installed. Install it with: %(command)s."),
    ),
    (
        r"The deep tier's engine does not load on this machine: (?P<error>.*)",
        gettext_noop("The deep tier's engine does not load on this machine: %(error)s"),
    ),
)
"""By what a sentence looks like: itself, to be translated."""


def told(sentence: object) -> str:
    """A sentence of the cellars in the command's language; one that is not known here stays as it is."""
    english = str(sentence)
    for pattern, text in SAID:
        found = re.fullmatch(pattern, english, re.DOTALL)
        if found is not None:
            return _(text) % found.groupdict()
    return english


def fault(error: QueryError) -> str:
    """What is wrong with a query, and where. The room `listen` has its words; they are taken from its catalogue, since waking Django
    takes longer than matching a file."""
    from grapevine.engine.query.errors import MESSAGES

    words = language.catalogue("listen", language.spoken())
    what = words.gettext(MESSAGES[error.code]).format(**error.params)
    return _("At character %(place)s: %(fault)s") % {"place": error.position + 1, "fault": what}


def sentence(*said: Sentence) -> str:
    """What the engine says of networks and cascades. The room `spread` has the words, as `listen` has those of queries."""
    words = language.catalogue("spread", language.spoken())
    return " ".join(one.told(words.gettext, language.num, words.ngettext) for one in said)
