"""From what stands between spaces or quotes to words, tags and fields' values."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

from grapevine.engine.query import documents, tokens
from grapevine.engine.query.errors import Lint, QueryError
from grapevine.engine.query.syntax import Filter, Handle, Hashtag, Phrase, Word

# What users type → the field it means.
FIELDS = {
    "author": "author", "from": "author", "lang": "lang", "language": "lang", "source": "source", "type": "type",
    "site": "site", "domain": "site", "url": "url", "inurl": "url", "link": "links", "links": "links",
    "hashtag": "hashtag", "hashtags": "hashtag", "mention": "mention", "mentions": "mention", "to": "mention",
    "title": "title", "text": "text", "raw": "raw", "country": "country", "has": "has",
}  # fmt: skip
HAS_ALIASES = {
    "links": "link", "images": "image", "photo": "image", "photos": "image", "videos": "video", "hashtags": "hashtag",
    "mentions": "mention", "emojis": "emoji", "questions": "question", "url": "link", "urls": "link",
}  # fmt: skip
SIGNS = "&+#"
"""Signs behind a word that must be there where they were written."""
_BEFORE, _BEHIND = "&+.$€£§", "%!$€£°"
"""Signs that a person may mean, and that are not looked for: before a word, and behind one."""
# A Cherokee letter, which folds to itself, carries ? through the tokeniser as a letter; who searches in Cherokee does without ?.
_ONE = "\u13a0"
_WIDE_SIGNS = SIGNS + "＆＋＃"


def known_fields() -> str:
    """The fields' names, for messages."""
    return ", ".join(sorted(set(FIELDS.values())))


def read(query: str, start: int, end: int, *, lints: list[Lint], exact: bool = False) -> Word | Phrase:
    """The word or phrase written in query[start:end]. Raises QueryError when there is none."""
    written = query[start:end]
    if tokens.is_simple(written):
        return Word(at=(start, end), text=written if exact else written.casefold(), exact=exact)
    body, stars = _stars(query, start, end)
    found = tokens.words_of(body.replace("?", _ONE) if _ONE not in body else body)
    if not found:
        _no_words(written, start, end)
    result: list[Word] = []
    ended = -1  # where the word before ended, if nothing parts it from this one
    for token in found:
        place = (start + token.start, start + token.end)
        joined = ended >= 0 and not any(c.isspace() for c in body[ended : token.start])
        ended = token.end
        stem = token.exact if exact else token.text
        pattern = _ONE in token.exact
        if pattern:
            stem = stem.replace(_ONE if exact else _ONE.casefold(), "?")
            if stem.startswith("?"):
                raise QueryError("leading-wildcard", *place)
        prefix = token.end in stars
        if prefix and not joined:  # in H&M* the whole name begins the word, not M alone
            if len(stem) < 2:
                raise QueryError("short-stem", *place)
            if len(stem) < 4:
                lints.append(Lint("short-stem", *place, {"stem": stem}))
        result.append(
            Word(at=place, text=stem, prefix=prefix, pattern=pattern, exact=exact, signs=_signs(token, body))
        )
    _note_signs(query, start, end, result, lints)
    return result[0] if len(result) == 1 else Phrase(at=(start, end), words=tuple(result))


def _signs(token: tokens.Token, body: str) -> str:
    """The signs that must follow a word of the query."""
    if token.tail.startswith("#"):
        # Behind a word it is of the word (C#), between two of them it parts them like any other sign.
        following = body[token.end + 1 : token.end + 2]
        return "" if following and _is_letter(following) else "#"
    return "".join(c for c in token.gap if c in "&+") if token.gap[:1] in ("&", "+") else ""


def _note_signs(query: str, start: int, end: int, found: list[Word], lints: list[Lint]) -> None:
    """Say which signs at the edges are not looked for, and which stars say nothing."""
    written = unicodedata.normalize("NFKC", query[start:end].strip())
    if written.endswith("*") and not found[-1].prefix:
        lints.append(Lint("needless-star", start, end, {"written": written.rstrip("*")}))
    if written[0] in _BEFORE:
        lints.append(Lint("leading-sign", start, start + 1, {"word": found[0].text}))
    if len(found) == 1 and written[-1] in _BEHIND:
        lints.append(Lint("trailing-sign", end - 1, end, {"word": found[0].text}))


def _no_words(written: str, start: int, end: int) -> None:
    if set(written.strip()) & {"*", "?"}:
        raise QueryError("leading-wildcard", start, end)
    raise QueryError("no-word", start, end)


def _stars(query: str, start: int, end: int) -> tuple[str, set[int]]:
    """Blank out the stars of query[start:end]; returns the rest and the places (from `start`) they stood at."""
    written = query[start:end]
    places = {i for i, c in enumerate(written) if c in "*＊"}
    for i in sorted(places):
        before = written[:i].rstrip(_WIDE_SIGNS)[-1:]  # in C++* the star stands behind the letter, too
        if not before or before.isspace() or before in "\"'-.#@*" or not _is_letter(before):
            raise QueryError("leading-wildcard", start + i)
        following = written[i + 1 : i + 2]
        if following and _is_letter(following):
            raise QueryError("inner-wildcard", start + i)
    body = "".join(" " if i in places else c for i, c in enumerate(written))
    return body, places


def _is_letter(character: str) -> bool:
    return character == "?" or tokens.kind_of(character) != tokens.SEPARATOR or not tokens.plain(character)


def tag(query: str, start: int, end: int, kind: type[Hashtag] | type[Handle]) -> Hashtag | Handle:
    """The hashtag or handle in query[start:end], its sign included. Raises QueryError."""
    written = query[start + 1 : end]
    prefix = written.endswith(("*", "＊"))
    name = tokens.fold(written[:-1] if prefix else written).strip(".-:,;!")
    if "*" in name or "?" in name:
        raise QueryError("inner-wildcard", start + 1, end)
    wrong = next(
        (i for i, c in enumerate(written) if not _may_stand_in(c, kind) and c not in "*＊.,;:!-"), None
    )
    if wrong is not None:
        raise QueryError("no-word", start + 1 + wrong)
    if not name or (kind is Handle and not any(tokens.kind_of(c) for c in name)):
        raise QueryError("leading-wildcard" if prefix else "no-word", start, end)
    if prefix and len(name) < 2:
        raise QueryError("short-stem", start, end)
    return kind(at=(start, end), text=name, prefix=prefix)


def _may_stand_in(character: str, kind: type[Hashtag] | type[Handle]) -> bool:
    undressed = tokens.plain(character)
    return all(
        tokens.kind_of(c) not in (tokens.SEPARATOR, tokens.EMOJI)
        or c == "_"
        or (kind is Handle and c in ".-@")
        for c in undressed
    )


def value(
    query: str, start: int, end: int, name: str, *, at: int, lints: list[Lint]
) -> Filter | Hashtag | Handle | Word | Phrase:
    """The value of field `name` in query[start:end]; the filter is said to begin at `at`. Raises QueryError."""
    if name == "raw":
        return read(query, start, end, lints=lints, exact=True)
    if name in ("hashtag", "mention"):
        signed = query[start] in "#＃@＠"
        kind: type[Hashtag] | type[Handle] = Hashtag if name == "hashtag" else Handle
        return tag(query, start if signed else start - 1, end, kind)
    written = query[start:end].strip()
    prefix = written.endswith("*")
    folded = tokens.fold(written.rstrip("*")).strip()
    if "*" in folded or (prefix and name not in ("author", "source")):
        raise QueryError("no-wildcard-here", start, end)
    if prefix and len(folded) < 2:
        raise QueryError("short-stem", start, end)
    return replace(_filter(start, end, name, folded, prefix), at=(at, end))


def _filter(start: int, end: int, name: Any, folded: str, prefix: bool) -> Filter:  # noqa: C901 - one case per kind reads best in one place
    at = (start, end)
    if name == "has":
        what = HAS_ALIASES.get(folded, folded)
        if what not in documents.HAS:
            raise QueryError("unknown-value", *at, field="has", value=folded, known=", ".join(documents.HAS))
        return Filter(at=at, field="has", value=what)
    if name in ("lang", "country", "type"):
        if not folded.replace("-", "").replace("_", "").isalnum():
            raise QueryError("no-word", *at)
        if name == "lang":
            folded = folded.replace("_", "-").split("-")[0]
        return Filter(at=at, field=name, value=folded)
    if name == "author":
        folded = folded.lstrip("@")
    found = tuple(token.text for token in tokens.read(folded).tokens)
    if name in ("author", "source"):
        if not found:
            raise QueryError("no-word", *at)
        return Filter(at=at, field=name, value=folded, prefix=prefix, words=found)
    host, path = documents.host_and_path(folded)
    if name == "url" and "." not in host:
        if not found:
            raise QueryError("no-word", *at)
        return Filter(at=at, field="url", value=folded, words=found)
    if not host or any(c.isspace() for c in host):
        raise QueryError("no-word", *at)
    return Filter(at=at, field=name, value=folded, host=host, path="" if name == "site" else path)
