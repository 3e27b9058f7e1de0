"""From HTML to what a reader sees: plain text with paragraphs, the addresses linked to, the kinds of media
shown."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

import nh3

_BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "main nav ol p "
    "pre section table tr ul".split()
)
_KEPT = _BLOCKS | {"a", "br", "li", "td", "th", "img", "video", "audio"}
_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "title",
    "textarea",
    "select",
}
_TAG = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>")
_HREF = re.compile(r'href="([^"]*)"')
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r" *\n[ \n]*")
_MEDIA = {"img": "image", "video": "video", "audio": "audio"}


class Seen(NamedTuple):
    """What a reader sees of a piece of HTML."""

    text: str
    links: tuple[str, ...]
    media: tuple[str, ...]


def read(source: str) -> Seen:
    """Read a piece of HTML, however broken. Scripts and the like are left out with what they hold."""
    if "<" not in source:
        return Seen(_SPACES.sub(" ", html.unescape(source)).strip(), (), ())
    # nh3 repairs the nesting and leaves only the tags we know, well-formed, with the text escaped
    clean = nh3.clean(
        source,
        tags=set(_KEPT),
        clean_content_tags=_SILENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    links: dict[str, None] = {}
    media: dict[str, None] = {}
    parts: list[str] = []
    at = 0
    for tag in _TAG.finditer(clean):
        parts.append(_SPACES.sub(" ", clean[at : tag.start()]))
        at = tag.end()
        closing, name, attributes = tag.groups()
        if name == "br":
            parts.append("\n")
        elif name in _BLOCKS:
            parts.append("\n\n")
        elif name == "li":
            parts.append("" if closing else "\n• ")
        elif name in ("td", "th"):
            parts.append(" ")
        elif name in _MEDIA:
            media[_MEDIA[name]] = None
        elif name == "a" and (href := _HREF.search(attributes)):
            address = html.unescape(href[1])
            if address.startswith(("http://", "https://")):
                links[address] = None
    parts.append(_SPACES.sub(" ", clean[at:]))
    text = html.unescape("".join(parts)).replace("\u00a0", " ")
    text = _BREAKS.sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", text)
    return Seen(re.sub(r" {2,}", " ", text).strip(), tuple(links), tuple(media))


def plain(source: str) -> str:
    """A title or a name that may hold entities and tags, on one line."""
    return _SPACES.sub(" ", read(source).text).strip()
