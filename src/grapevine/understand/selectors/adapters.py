"""What an adapter learnt, in words."""

from __future__ import annotations

from grapevine.engine.text.reading import adapter
from grapevine.understand.models import Adapter, Correction

MOST = 12
LESSONS = 500


def words(scope: str) -> dict[str, list[tuple[str, float]]]:
    """The words of the corrected texts that push most towards each mood, (word, how far); empty while nothing was learnt.

    Of the latest texts; only words that stand in at least two of them.
    """
    row = Adapter.objects.filter(scope=scope, fingerprint=adapter.fingerprint()).first()
    if row is None:
        return {}
    texts = Correction.objects.lessons(scope).order_by("-pk").values_list("text", flat=True)[:LESSONS]
    return adapter.load(bytes(row.data)).words(list(texts), most=MOST)
