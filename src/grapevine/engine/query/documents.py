"""A post as watches see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from grapevine.engine.query import tokens

# Between the title and the text lie this many positions, so that no phrase and no NEAR reaches across.
TITLE_GAP = 1000
HAS = (
    "link",
    "image",
    "video",
    "audio",
    "media",
    "hashtag",
    "mention",
    "emoji",
    "question",
    "title",
    "author",
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """What may be asked of a post. All but `text` may be empty.

    `author` is the handle, `author_name` the name shown; `lang` and `country` are codes; `type` is the post's kind;
    `url` the post's own address, `links` addresses that it carries outside its text; `media` holds kinds such as image.
    """

    text: str
    title: str = ""
    author: str = ""
    author_name: str = ""
    lang: str = ""
    country: str = ""
    source: str = ""
    type: str = ""
    site: str = ""
    url: str = ""
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A token or address of a document, with its field and characters there."""

    field: str
    start: int
    end: int


def host_and_path(address: str) -> tuple[str, str]:
    """The folded host (without port and user) and the path with its query of an address, with or without a scheme."""
    whole = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:  # such as an unclosed [ in the host: no address of this world
        return "", ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return tokens.fold(host).rstrip("."), tokens.fold(path)


def under(host: str, domain: str) -> bool:
    """Whether `host` is `domain` or lies under it."""
    return host == domain or host.endswith(f".{domain}")


class Prepared:
    """A document, read once: tokens by position, tags, addresses."""

    def __init__(self, document: Document) -> None:
        self.document = document
        title, text = tokens.read(document.title), tokens.read(document.text)
        self.text_begins = title.positions + TITLE_GAP if document.title else 0
        self.places: dict[int, Place] = {}
        self.tokens: dict[int, tokens.Token] = {}
        self.by_text: dict[str, list[int]] = defaultdict(list)
        self.hashtags: list[tuple[str, int, int]] = []
        self.handles: list[tuple[str, int, int]] = []
        self.text_links: list[str] = []
        self.link_positions: list[int] = []
        for field, read, offset in (("title", title, 0), ("text", text, self.text_begins)):
            for token in read.tokens:
                position = token.position + offset
                self.tokens[position] = token
                self.by_text[token.text].append(position)
                self.places[position] = Place(field, token.start, token.end)
            self.hashtags += [(t.text, t.first + offset, t.last + offset) for t in read.hashtags]
            self.handles += [(t.text, t.first + offset, t.last + offset) for t in read.handles]
            for link in read.links:
                self.text_links.append(link.address)
                self.link_positions.append(link.position + offset)
                self.places[link.position + offset] = Place(field, link.start, link.end)

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """(host, path) of the addresses it carries."""
        return [host_and_path(a) for a in (*self.text_links, *self.document.links)]

    @cached_property
    def all_hashtags(self) -> set[str]:
        extra = (tokens.fold(tag).lstrip("#") for tag in self.document.hashtags)
        return {tag for tag, _, _ in self.hashtags} | {tag for tag in extra if tag}

    @cached_property
    def all_handles(self) -> set[str]:
        extra = (tokens.fold(handle).lstrip("@") for handle in self.document.mentions)
        return {handle for handle, _, _ in self.handles} | {handle for handle in extra if handle}

    def has(self, what: str) -> bool:
        """Whether it has a link, an image, a question, … (one of HAS)."""
        document = self.document
        if what in ("image", "video", "audio"):
            return any(tokens.fold(kind) == what for kind in document.media)
        if what == "question":
            return any(
                "?" in tokens.spelled(_without_links(field)) or "؟" in field
                for field in (document.title, document.text)
            )
        return bool(
            {
                "link": self.text_links or document.links,
                "media": document.media,
                "hashtag": self.all_hashtags,
                "mention": self.all_handles,
                "emoji": any(token.kind == tokens.EMOJI for token in self.tokens.values()),
                "title": document.title.strip(),
                "author": document.author or document.author_name,
            }[what]
        )


def _without_links(text: str) -> str:
    for link in reversed(tokens.read(text).links):
        text = text[: link.start] + " " + text[link.end :]
    return text


def document_of(values: dict[str, object]) -> Document:
    """A document from loose values, as they stand in a JSON line; unknown keys are passed over, wrong types count as empty."""
    known: dict[str, object] = {}
    for name in (
        "text",
        "title",
        "author",
        "author_name",
        "lang",
        "country",
        "source",
        "type",
        "site",
        "url",
    ):
        value = values.get(name)
        known[name] = value if isinstance(value, str) else ""
    for name in ("links", "media", "hashtags", "mentions"):
        value = values.get(name)
        many = value if isinstance(value, (list, tuple)) else (value,) if isinstance(value, str) else ()
        known[name] = tuple(one for one in many if isinstance(one, str))
    return Document(**known)  # type: ignore[arg-type]
