"""A watch in plain words, in the reader's language: what a post must hold to be caught.

The words make sentences that begin with "a post that …", so every text here is a predicate: "contains …", "is written in …".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from grapevine.engine import query
from grapevine.engine.query import syntax
from grapevine.engine.query.syntax import Node
from grapevine.listen.selectors import vocabulary

MOST = 12  # alternatives named one by one
DEEPEST = 5


@dataclass(frozen=True)
class Clause:
    """A predicate; with `parts`, a heading ("all of these are true") and what stands under it."""

    text: str
    parts: tuple[Clause, ...] = ()


def said(node: Node) -> tuple[Clause, ...]:
    """What must be true of a post, one clause each; all of them must be."""
    parts = node.parts if isinstance(node, syntax.And) else (node,)
    # What must not be there is said last, whatever order it was typed in: "contains A, but does not contain B".
    ordered = sorted(parts, key=lambda part: isinstance(part, syntax.Not))
    return tuple(_clause(part, wanted=True, depth=0) for part in ordered)


def of_text(text: str) -> tuple[Clause, ...]:
    """The same for a query as written; nothing when it can't be read."""
    node = query.check(text).node
    return said(node) if node is not None else ()


def _clause(node: Node, *, wanted: bool, depth: int) -> Clause:
    if isinstance(node, syntax.Not):
        return _clause(node.part, wanted=not wanted, depth=depth)
    if isinstance(node, syntax.Filter):
        return Clause(_filter(node, wanted))
    if isinstance(node, syntax.Within) and _is_plain(node.part):
        return Clause(_within(node, wanted))
    if _is_plain(node):
        return Clause(_contains(_alternatives(node), wanted))
    if isinstance(node, syntax.Or | syntax.And):
        return _group(node, wanted, depth)
    if isinstance(node, syntax.Within):
        heading = _("in the title:") if node.field == "title" else _("in the text:")
        return Clause(heading, (_clause(node.part, wanted=wanted, depth=depth + 1),))
    return Clause(_contains([name(node)], wanted))


def _group(node: syntax.Or | syntax.And, wanted: bool, depth: int) -> Clause:
    if depth >= DEEPEST:
        return Clause("…")
    if isinstance(node, syntax.Or):
        heading = _("at least one of these is true:") if wanted else _("none of these is true:")
    else:
        heading = _("all of these are true:") if wanted else _("not all of these are true together:")
    every = _gathered(node)
    shown = [_clause(part, wanted=True, depth=depth + 1) for part in every[:MOST]]
    if len(every) > MOST:
        shown.append(Clause(_("and %(number)d more") % {"number": len(every) - MOST}))
    return Clause(heading, tuple(shown))


def _gathered(node: syntax.Or | syntax.And) -> list[Node]:
    """The parts of a group; the plain alternatives of an OR are one part: "contains A, B or C"."""
    if isinstance(node, syntax.And):
        return sorted(node.parts, key=lambda part: isinstance(part, syntax.Not))
    plain = [part for part in node.parts if _is_plain(part)]
    rest = [part for part in node.parts if not _is_plain(part)]
    if len(plain) > 1:
        return [syntax.Or(parts=tuple(plain), at=node.at), *rest]
    return [*plain, *rest]


def _is_plain(node: Node) -> bool:
    """Whether a noun phrase can say it: words, phrases, tags and NEARs, and ORs of them."""
    if isinstance(node, syntax.Or):
        return all(_is_plain(part) for part in node.parts)
    return isinstance(
        node, syntax.Word | syntax.Phrase | syntax.Hashtag | syntax.Handle | syntax.Near | syntax.Window
    )


def _alternatives(node: Node) -> list[str]:
    if isinstance(node, syntax.Or):
        return [text for part in node.parts for text in _alternatives(part)]
    return [name(node)]


def _contains(alternatives: Sequence[str], wanted: bool) -> str:
    if wanted:
        return _("contains %(what)s") % {"what": either(alternatives)}
    if len(alternatives) == 1:
        return _("does not contain %(what)s") % {"what": alternatives[0]}
    return _("contains none of %(what)s") % {"what": both(alternatives)}


def either(texts: Sequence[str]) -> str:
    """“a”, “b” or “c”; long lists are cut."""
    if len(texts) > MOST:
        return ngettext(
            "%(list)s or %(number)d other", "%(list)s or one of %(number)d others", len(texts) - MOST
        ) % {
            "list": ", ".join(texts[:MOST]),
            "number": len(texts) - MOST,
        }
    if len(texts) < 2:
        return "".join(texts)
    return _("%(list)s or %(last)s") % {"list": ", ".join(texts[:-1]), "last": texts[-1]}


def both(texts: Sequence[str]) -> str:
    """“a”, “b” and “c”; long lists are cut."""
    if len(texts) > MOST:
        return ngettext(
            "%(list)s and %(number)d other", "%(list)s and %(number)d others", len(texts) - MOST
        ) % {
            "list": ", ".join(texts[:MOST]),
            "number": len(texts) - MOST,
        }
    if len(texts) < 2:
        return "".join(texts)
    return _("%(list)s and %(last)s") % {"list": ", ".join(texts[:-1]), "last": texts[-1]}


def name(node: Node) -> str:
    """A noun phrase for what is looked for in a text: “kaffe”, words that begin with “kaff”, “a” within 4 words of “b”."""
    match node:
        case syntax.Word():
            return _word(node)
        case syntax.Phrase():
            return _quoted(" ".join(_bare(word) for word in node.words))
        case syntax.Hashtag():
            text = f"#{node.text}"
            return _("a hashtag that begins with %(text)s") % {"text": text} if node.prefix else text
        case syntax.Handle():
            text = f"@{node.text}"
            return _("a handle that begins with %(text)s") % {"text": text} if node.prefix else text
        case syntax.Near():
            return _near(node)
        case syntax.Window():
            return ngettext(
                "%(words)s in any order with at most %(number)d other word between",
                "%(words)s in any order with at most %(number)d other words between",
                node.slack,
            ) % {
                "words": both([name(part) for part in node.parts]),
                "number": node.slack,
            }
        case syntax.Or():
            return either(_alternatives(node))
        case syntax.And():
            return both([name(part) for part in node.parts])
        case syntax.Not():
            return _("not %(what)s") % {"what": name(node.part)}
    return "…"


def _near(node: syntax.Near) -> str:
    words = {"left": _side(node.left), "right": _side(node.right), "number": node.distance}
    if node.ordered:
        told = ngettext(
            "%(left)s followed by %(right)s with at most %(number)d word between",
            "%(left)s followed by %(right)s with at most %(number)d words between",
            node.distance,
        )
    else:
        told = ngettext(
            "%(left)s within %(number)d word of %(right)s",
            "%(left)s within %(number)d words of %(right)s",
            node.distance,
        )
    return told % words


def _side(node: Node) -> str:
    return f"({name(node)})" if isinstance(node, syntax.Or | syntax.Near) else name(node)


def _word(word: syntax.Word) -> str:
    text = {"text": _quoted(_bare(word))}
    if word.exact:
        return _("%(text)s spelt exactly so") % text
    if word.prefix:
        return _("a word that begins with %(text)s") % text
    if word.pattern:
        return _("%(text)s with any letter for the question mark") % text
    return text["text"]


def _bare(word: syntax.Word) -> str:
    return word.text + word.signs


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def _within(node: syntax.Within, wanted: bool) -> str:
    what = either(_alternatives(node.part))
    if node.field == "title":
        text = _("has %(what)s in the title") if wanted else _("does not have %(what)s in the title")
    else:
        text = _("has %(what)s in the text") if wanted else _("does not have %(what)s in the text")
    return text % {"what": what}


def _filter(node: syntax.Filter, wanted: bool) -> str:
    texts = {
        "author": (_("is written by %(what)s"), _("is not written by %(what)s")),
        "lang": (_("is written in %(what)s"), _("is not written in %(what)s")),
        "country": (_("comes from %(what)s"), _("does not come from %(what)s")),
        "source": (_("was heard from the source %(what)s"), _("was not heard from the source %(what)s")),
        "type": (_("is of the kind %(what)s"), _("is not of the kind %(what)s")),
        "site": (_("stands on the site %(what)s"), _("does not stand on the site %(what)s")),
        "url": (_("has %(what)s in its address"), _("does not have %(what)s in its address")),
        "links": (_("links to %(what)s"), _("does not link to %(what)s")),
        "has": (_("has %(what)s"), _("does not have %(what)s")),
    }
    yes, no = texts[node.field]
    return (yes if wanted else no) % {"what": _value(node)}


def _value(node: syntax.Filter) -> str:
    if node.field == "lang":
        name = vocabulary.language_name(node.value)
        # Swedish and Danish write languages with a small letter inside a sentence.
        return name.lower() if get_language() in ("sv", "da") else name
    if node.field == "country":
        return node.value.upper()
    if node.field == "type":
        kinds = {
            "post": _("post"),
            "comment": _("comment"),
            "article": _("article"),
            "review": _("review"),
            "reply": _("reply"),
            "repost": _("repost"),
        }
        return kinds.get(node.value, node.value)
    if node.field == "has":
        things = {
            "link": _("a link"),
            "image": _("an image"),
            "video": _("a video"),
            "audio": _("a sound"),
            "media": _("an image, a video or a sound"),
            "hashtag": _("a hashtag"),
            "mention": _("a handle"),
            "emoji": _("an emoji"),
            "question": _("a question mark"),
            "title": _("a title"),
            "author": _("an author"),
        }
        return things.get(node.value, node.value)
    if node.prefix:
        return _("a name that begins with %(text)s") % {"text": _quoted(node.value)}
    return _quoted(node.value)
