"""How common a word is: what decides which of a watch's words it is posted under.

A wrong guess costs time, never a match. Without a sample of posts there is a prior: the commonest words of the languages we read, and the length of
the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from grapevine.engine.query import _hashing as kinds

# Words by the share of posts that hold them in their language: about a fifth, a twentieth, a hundredth.
_FIFTH = "the to a i and is of for in it you och att det i en som är på av för jag inte de er og at på til en der ikke jeg van een het ik is en dat niet te"
_TWENTIETH = (
    "this that my on with have was but not be so at are me your just if we they from all can what do out up get no as or an like good when will about how "
    "med den har ett till så om men var kan du man vi han hon ska bara nu när mycket bra min mig dig eller här alla också efter "
    "med det den for som har af vi kan var de et men så om han du skal man nu meget godt mig min hvad her eller fra også være blev "
    "met voor zijn op je maar als ook er wel nog geen wat bij dit ben heb heeft naar aan om over uit goed we mijn dan door zo was "
    "der die und das ist nicht ich zu mit auf für ein eine den es sich von auch wie im ja å ikke jeg han hun"
)
_HUNDREDTH = (
    "now one time more day new there their than them then who would don't im its really great love know too see need want go got been has had why thanks please "
    "back today still great work want people think only some much here well us him her his after am by make going way best never first last over even off very "
    "day year service company customer flight help phone app "
    "varit blir blev vara göra gör får få någon något många andra skulle kommer dem sin sina sitt ju då än vill sig oss era där varför hur tack idag helt "
    "blive være gør få noget nogen mange andre ville kommer dem sin sine sit jo da end vil sig os jer hvor hvorfor hvordan tak i dag helt ham hende "
    "worden wordt deze die omdat veel meer alleen moet kunnen kan iets niets mensen vandaag hoe waar waarom bedankt heel jaar dag nu hij zij ze haar hem ons"
)
# How common something of a kind is when nothing more is known.
_OF_KIND = {
    kinds.TAG: 2e-4, kinds.HANDLE: 2e-4, kinds.LINK: 0.02, kinds.SITE: 0.02, kinds.LANG: 0.3, kinds.COUNTRY: 0.3, kinds.TYPE: 0.3, kinds.AUTHOR: 1e-4,
    kinds.AUTHOR_WORD: 1e-3, kinds.SOURCE_WORD: 0.1, kinds.URL: 0.02, kinds.URL_WORD: 0.02, kinds.HAS: 0.2,
}  # fmt: skip
_BY_LENGTH = (0.02, 0.02, 0.01, 3e-3, 1.5e-3, 1e-3, 7e-4, 5e-4, 4e-4)
_STEM_BY_LENGTH = (1.0, 0.5, 0.3, 0.1, 0.03, 0.01, 5e-3, 3e-3, 2e-3)
_WORDS = re.compile(r"\w+")
# Below this many posts a sample says too little.
ENOUGH = 500


class Frequencies:
    """Shares of posts that hold a word, from a sample of texts when there are enough of them."""

    def __init__(self, sample: Iterable[str] = ()) -> None:
        counted: Counter[str] = Counter()
        posts = 0
        for text in sample:
            counted.update(set(_WORDS.findall(text.casefold())))
            posts += 1
        self._posts = posts
        self._shares: dict[str, float] = {}
        for words, share in ((_HUNDREDTH, 0.01), (_TWENTIETH, 0.05), (_FIFTH, 0.2)):
            self._shares.update(dict.fromkeys(words.split(), share))
        if posts >= ENOUGH:
            self._shares = {word: count / posts for word, count in counted.items()}
        self._words = sorted(self._shares)
        self._sums = [0.0, *accumulate(self._shares[word] for word in self._words)]

    def share_of(self, kind: int, text: str) -> float:
        """The share of posts that is expected to hold a term of this kind (see `_hashing`), between 0 and 1."""
        plain, stem = kind % kinds.STEM, kind >= kinds.STEM
        if plain != kinds.WORD:
            return min(1.0, _OF_KIND.get(plain, 0.1) * (5 if stem else 1))
        if not stem:
            known = self._shares.get(text)
            if known is not None:
                return known
            prior = _BY_LENGTH[min(len(text), len(_BY_LENGTH) - 1)]
            return min(prior, 0.5 / self._posts) if self._posts >= ENOUGH else prior
        first = bisect_left(self._words, text)
        behind = bisect_left(self._words, text + "\U0010ffff")
        counted = self._sums[behind] - self._sums[first]
        prior = _STEM_BY_LENGTH[min(len(text), len(_STEM_BY_LENGTH) - 1)]
        if self._posts >= ENOUGH:
            prior = min(prior, 2 / self._posts)
        return min(1.0, counted + prior)
