"""A topic as a query in the watch language, which finds the posts that the topic counts. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def of_terms(terms: Sequence[str]) -> str:
    """One of the phrases, or two of the words."""
    words = [term for term in terms if " " not in term]
    # Whoever has both words needs no phrase of them.
    phrases = [term for term in terms if " " in term and not _told_by(term, words)]
    parts = [f'"{phrase}"' for phrase in phrases]
    for place, word in enumerate(words[:-1]):
        others = words[place + 1 :]
        beside = others[0] if len(others) == 1 else f"({' OR '.join(others)})"
        parts.append(f"({word} {beside})")
    if len(parts) == 1:
        return parts[0].removeprefix("(").removesuffix(")") if len(words) == 2 else parts[0]
    return " OR ".join(parts)


def _told_by(phrase: str, words: Sequence[str]) -> bool:
    parts = set(phrase.split(" "))
    return len(parts) > 1 and parts <= set(words)
