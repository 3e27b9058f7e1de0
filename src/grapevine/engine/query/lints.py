"""What makes a query expensive: judged on its tree."""

from __future__ import annotations

from grapevine.engine.query import combine
from grapevine.engine.query.errors import Lint
from grapevine.engine.query.syntax import And, Filter, Near, Node, Not, Or, Phrase, Window, Within, Word

MANY_TERMS = 200

# Words that stand in several of a hundred posts in one of our languages (counted on public posts).
COMMON = frozenset(
    (
        "a al als an and at att av dat de deg dem den der det dig die du een en er ett for från för har het hij i if in is it "
        "jag je jeg kan m man me med men met mig min mit my niet no not of och og om on op or på s så som t te that the till "
        "til to van ved vi voor was we with you är ik ikke inte e"
    ).split()
)


def expensive(node: Node) -> list[Lint]:
    """Why this query costs much, if it does: nothing rare is asked for, or too many terms."""
    found: list[Lint] = []
    given = len(combine.terms(node))
    if given > MANY_TERMS:
        found.append(Lint("many-terms", *node.at, {"given": given}))
    required = cheapest(node)
    if not required:
        found.append(Lint("only-fields", *node.at))
    common = (word for word in required if word.text in COMMON and not word.prefix)
    return [*found, *(Lint("common-word", *word.at, {"word": word.text}) for word in common)]


def cheapest(node: Node) -> list[Word]:
    """Words of which one must stand in every post that matches, the rarest choice we can make; empty when there are none."""
    match node:
        case Word():
            return [node]
        case Phrase(words=words):
            return [min(words, key=_commonness)]
        case And(parts=parts) | Window(parts=parts):
            choices = [found for part in parts if (found := cheapest(part))]
            return min(choices, key=lambda words: max(map(_commonness, words))) if choices else []
        case Near(left=left, right=right):
            return cheapest(And(at=node.at, parts=(left, right)))
        case Or(parts=parts):
            each = [cheapest(part) for part in parts]
            return [word for words in each for word in words] if all(each) else []
        case Within(part=part):
            return cheapest(part)
        case Not() | Filter():
            return []
    return [Word(at=node.at, text=f"\0{node.at}")]  # a tag or handle: rare enough


def _commonness(word: Word) -> tuple[bool, int]:
    return word.text in COMMON, -len(word.text)
