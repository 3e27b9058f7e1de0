"""The watch language on a card: its operators, and queries to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Operator:
    """How something is written, and what it finds."""

    written: str
    text: Text


@dataclass(frozen=True)
class Example:
    """A query to begin with, and what it is for."""

    query: str
    text: Text


OPERATORS = (
    Operator("coffee roastery", _("both words, anywhere (a space means AND)")),
    Operator("coffee OR espresso", _("one of them; operators are written in capitals")),
    Operator("coffee -tea", _("the first, but not the second; NOT tea is the same")),
    Operator('"flat white"', _("exactly these words in a row")),
    Operator("(coffee OR tea) AND cold", _("brackets say what belongs together")),
    Operator("coffee NEAR/3 cold", _("with at most 3 words between, either order; ONEAR/3: in this order")),
    Operator("roast*", _("words that begin so: roastery, roasted")),
    Operator("colo?r", _("a question mark stands for one letter")),
    Operator("{SAS}", _("exactly this spelling: not sas")),
    Operator("#coffee @nordrost", _("a hashtag, a handle")),
    Operator(
        "title:sale lang:sv",
        _("a field: title, text, author, site, url, link, lang, country, source, type, has"),
    ),
    Operator("site:(example.org OR example.net)", _("one of several values")),
)

EXAMPLES = (
    Example('nordrost OR "nord rost" OR #nordrost OR @nordrost', _("A brand in all its spellings")),
    Example(
        "(nordrost OR kaffekompaniet) NEAR/8 (dear OR pricey OR expensive)", _("Price, close to the name")
    ),
    Example('{Apple} (phone OR laptop OR "app store") -juice -pie', _("A name that is also a word")),
    Example("nordrost (closed OR queue OR cold OR refund) lang:en", _("Complaints in one language")),
    Example("nordrost has:question", _("Questions about a brand")),
)
