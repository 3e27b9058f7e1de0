"""The watch language for people: its operators, its fields, and queries to begin with, written in the reader's language.

The same is told in full, with its grammar, in docs/watch-language.md; tests keep the fields of both those of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
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


@dataclass(frozen=True)
class Field:
    """A field, its other names, and what it holds."""

    name: str
    also: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Talk:
    """What a language's examples are written with: people of that language would write them so."""

    both: str
    either: str
    without: tuple[str, str]
    phrase: str
    brackets: str
    near: str
    stem: str
    found: str
    letter: str
    sale: str
    spellings: str
    price: str
    ambiguous: str
    complaints: str


_TALK = {
    "en": Talk(
        both="coffee roastery",
        either="coffee OR espresso",
        without=("coffee", "tea"),
        phrase='"flat white"',
        brackets="(coffee OR tea) AND cold",
        near="coffee NEAR/3 cold",
        stem="roast*",
        found="roasted, roastery",
        letter="wom?n",
        sale="title:sale lang:en",
        spellings='nordrost OR "nord rost" OR #nordrost OR @nordrost',
        price="(nordrost OR kaffekompaniet) NEAR/8 (pricey OR expensive OR price OR cheaper)",
        ambiguous='{Apple} (phone OR laptop OR "app store") -juice -pie',
        complaints='nordrost (broken OR late OR refund* OR complain* OR "never again") lang:en',
    ),
    "sv": Talk(
        both="kaffe rosteri",
        either="kaffe OR espresso",
        without=("kaffe", "te"),
        phrase='"svart kaffe"',
        brackets="(kaffe OR te) AND kallt",
        near="kaffe NEAR/3 kallt",
        stem="roster*",
        found="rosteri, rosteriet",
        letter="eri?sson",
        sale="title:rea lang:sv",
        spellings='nordrost OR nordrosts OR "nord rost" OR #nordrost OR @nordrost',
        price="(nordrost OR kaffekompaniet) NEAR/8 (dyrt OR dyrare OR svindyrt OR priset OR prishöjning*)",
        ambiguous="{Max} (burgare OR hamburgare OR pommes OR meny) -maxbelopp",
        complaints='nordrost (trasig* OR försenad* OR reklamation* OR "pengarna tillbaka") lang:sv',
    ),
    "da": Talk(
        both="kaffe risteri",
        either="kaffe OR espresso",
        without=("kaffe", "te"),
        phrase='"sort kaffe"',
        brackets="(kaffe OR te) AND kold",
        near="kaffe NEAR/3 kold",
        stem="rister*",
        found="risteri, risteriet",
        letter="jens?n",
        sale="title:udsalg lang:da",
        spellings='nordrost OR nordrosts OR "nord rost" OR #nordrost OR @nordrost',
        price="(nordrost OR kaffekompaniet) NEAR/8 (dyrt OR dyrere OR hundedyrt OR prisen OR prisstigning*)",
        ambiguous="{Normal} (butik* OR kassen OR makeup OR tilbud) -helt",
        complaints='nordrost (ødelagt OR forsinke* OR reklamation* OR "pengene tilbage") lang:da',
    ),
    "nl": Talk(
        both="koffie branderij",
        either="koffie OR espresso",
        without=("koffie", "thee"),
        phrase='"zwarte koffie"',
        brackets="(koffie OR thee) AND koud",
        near="koffie NEAR/3 koud",
        stem="brander*",
        found="branderij, branderijen",
        letter="me?er",
        sale="title:uitverkoop lang:nl",
        spellings='nordrost OR "nord rost" OR #nordrost OR @nordrost',
        price="(nordrost OR kaffekompaniet) NEAR/8 (duur OR duurder OR peperduur OR prijs OR prijsverhoging*)",
        ambiguous="{Jumbo} (supermarkt OR kassa OR boodschappen OR bonus) -jet",
        complaints='nordrost (kapot* OR vertraagd OR klacht* OR "geld terug") lang:nl',
    ),
}


def _talk(language: str) -> Talk:
    return _TALK.get(language[:2], _TALK["en"])


def operators(language: str) -> tuple[Operator, ...]:
    """How queries are written, with words of `language`; explained in the active one."""
    talk = _talk(language)
    wanted, unwanted = talk.without
    return (
        Operator(talk.both, _("both words, anywhere (a space means AND)")),
        Operator(talk.either, _("one of them; operators are written in capitals")),
        Operator(
            f"{wanted} -{unwanted}",
            gettext("the first, but not the second; NOT %(word)s is the same") % {"word": unwanted},
        ),
        Operator(talk.phrase, _("exactly these words in a row")),
        Operator(talk.brackets, _("brackets say what belongs together")),
        Operator(talk.near, _("with at most 3 words between, either order; ONEAR/3: in this order")),
        Operator(talk.stem, gettext("words that begin so: %(words)s") % {"words": talk.found}),
        Operator(talk.letter, _("a question mark stands for one letter")),
        Operator("{SAS}", _("exactly this spelling: not sas")),
        Operator(f"#{wanted} @nordrost", _("a hashtag, a handle")),
        Operator(
            talk.sale,
            _("a field: title, text, author, site, url, link, lang, country, source, type, has"),
        ),
        Operator("site:(example.org OR example.net)", _("one of several values")),
    )


def examples(language: str) -> tuple[Example, ...]:
    """Queries a communicator who writes `language` would begin with."""
    talk = _talk(language)
    return (
        Example(talk.spellings, _("A brand in all its spellings")),
        Example(talk.price, _("Price, close to the name")),
        Example(talk.ambiguous, _("A name that is also a word")),
        Example(talk.complaints, _("Complaints in one language")),
        Example("nordrost has:question", _("Questions about a brand")),
    )


FIELDS = (
    Field("title", (), _("words of the title alone")),
    Field("text", (), _("words of the text alone")),
    Field("author", ("from",), _("a handle, or in quotes words of a name")),
    Field("lang", ("language",), _("a language by its code: sv, da, nl, en …")),
    Field("country", (), _("a country by its code, where the source gives one")),
    Field("source", (), _("words of the source’s name")),
    Field("type", (), _("post, comment, article, review, reply or repost")),
    Field("site", ("domain",), _("the post’s domain, or one above it")),
    Field(
        "url", ("inurl",), _("the post’s address and those in it: a domain, a path, or a word of the address")
    ),
    Field("links", ("link",), _("addresses the post carries")),
    Field("hashtag", ("hashtags",), _("a hashtag, as with #")),
    Field("mention", ("mentions", "to"), _("a handle that is named, as with @")),
    Field("raw", (), _("exactly this spelling, as in {SAS}")),
    Field("has", (), "link, image, video, audio, media, hashtag, mention, emoji, question, title, author"),
)
