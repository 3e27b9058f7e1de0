"""A post's entries from the plain tokeniser, for the few posts that the kernel leaves to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grapevine.engine.query import _hashing as kinds
from grapevine.engine.query import documents, tokens
from grapevine.engine.query._read import GAP
from grapevine.engine.query.documents import Document, Prepared

# Kind, text, first and last position (-1 for what has no place in title or text).
Entry = tuple[int, str, int, int]


def entries_of(post: Prepared) -> Iterator[Entry]:
    """Everything that `_read.read_post` would find for a set of watches that asks for all of it."""
    document = post.document
    for position, token in post.tokens.items():
        yield kinds.WORD, token.text, position, position
    for tag, first, last in post.hashtags:
        yield kinds.TAG, tag, first, last
    for tag in post.all_hashtags:
        yield kinds.TAG, tag, -1, -1
    for handle, first, last in post.handles:
        yield from _handle(kinds.HANDLE, handle, first, last)
    for handle in post.all_handles:
        yield from _handle(kinds.HANDLE, handle, -1, -1)
    for host, _ in post.links:
        yield from _domains(kinds.LINK, host)
    addresses = [*post.text_links, *document.links, *([document.url] if document.url else [])]
    for address in addresses:
        yield from _domains(kinds.URL, documents.host_and_path(address)[0])
        for token in tokens.words_of(address.split("://", 1)[-1]):
            yield kinds.URL_WORD, token.text, -1, -1
    yield from _domains(kinds.SITE, documents.host_and_path(document.site or document.url)[0])
    yield kinds.LANG, tokens.fold(document.lang).replace("_", "-").split("-")[0], -1, -1
    yield kinds.COUNTRY, tokens.fold(document.country), -1, -1
    yield kinds.TYPE, tokens.fold(document.type), -1, -1
    yield from _handle(kinds.AUTHOR, tokens.fold(document.author).lstrip("@"), -1, -1)
    yield from _names(kinds.AUTHOR_WORD, document.author, document.author_name)
    yield from _names(kinds.SOURCE_WORD, document.source)
    for what in documents.HAS:
        if post.has(what):
            yield kinds.HAS, what, -1, -1


def _handle(kind: int, handle: str, first: int, last: int) -> Iterator[Entry]:
    yield kind, handle, first, last
    label = tokens.first_label(handle)
    if label != handle:
        yield kind, label, first, last


def _domains(kind: int, host: str) -> Iterator[Entry]:
    """The host and every domain that it lies under."""
    yield kind, host, -1, -1
    while "." in host:
        host = host.split(".", 1)[1]
        yield kind, host, -1, -1


def _names(kind: int, *names: str) -> Iterator[Entry]:
    """Words in a row; addresses among them do not count."""
    position = 0
    for name in names:
        for token in tokens.read(name).tokens:
            yield kind, token.text, position, position
            position += 1
        position += GAP


def packed(document: Document) -> tuple[tuple[Any, ...], Prepared]:
    """What `_match.match_entries` takes first: bytes, offsets, kinds, firsts, lasts, where the text begins."""
    post = Prepared(document)
    entries = [entry for entry in entries_of(post) if entry[1]]
    pieces = [entry[1].encode(errors="surrogatepass") for entry in entries]
    offsets = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)), out=offsets[1:])
    numbers = np.array([(kind, first, last) for kind, _, first, last in entries], np.int64).reshape(-1, 3)
    data = np.frombuffer(b"".join(pieces) + bytes(128), np.uint8)
    columns = tuple(np.ascontiguousarray(numbers[:, k]) for k in range(3))
    return (data, offsets, *columns, post.text_begins), post
