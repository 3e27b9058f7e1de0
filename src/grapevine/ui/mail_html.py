"""HTML that strangers sent us, made fit to be shown inside a page of ours. Pure.

Of what came only text, its structure and links are left: no scripts, no forms, no styles (which could cover the page), no names that other code
might take for its own. Nothing is fetched from elsewhere unless the reader asked for it, and pictures as small as spies' never are. Behind every link
stands the host it really leads to.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3

LONGEST = 1_000_000
_TAGS = frozenset(
    "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot "
    "th thead time tr tt u ul var wbr".split()
)
_SILENT = frozenset(
    "script style title template noscript iframe object embed applet svg math textarea select option audio video canvas".split()
)
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start", "reversed"},
    "col": {"span"},
    "colgroup": {"span"},
}
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_TAG = re.compile(r"<(/?)(a|img|h[1-6])(?=[\s>/])((?:[^>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_NESTING = re.compile(r"<[a-zA-Z]")
_DEEPEST = 20_000  # tags; beyond that a text is shown without its form


@dataclass(frozen=True)
class Letter:
    """What may be shown. `html` is safe within a page; `blocked` counts the pictures from elsewhere that were held back, `tiny` the spies."""

    html: str
    blocked: int = 0
    tiny: int = 0


def cleaned(source: str, *, pictures: bool = False, inline: Mapping[str, str] | None = None) -> Letter:
    """Make HTML fit to be shown. `pictures`: the reader wants those from elsewhere (over https only). `inline` gives for the files that came
    along, by the name the HTML calls them (`cid:`), an address of ours."""
    whole = source[:LONGEST].translate(_TURNING)
    if len(_NESTING.findall(whole)) > _DEEPEST:
        return Letter(
            f"<pre>{html.escape(nh3.clean(re.sub(r'<[^>]*>', ' ', whole), tags=set()), quote=False)}</pre>"
        )
    tidy = nh3.clean(
        whole,
        tags=set(_TAGS),
        clean_content_tags=set(_SILENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel=None,
        strip_comments=True,
    )
    return _Writer(pictures, inline or {}).written(tidy)


def true_host(address: str) -> str:
    """The host that an address leads to, as the net knows it (so that letters which only look alike show); empty when it names none."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


class _Writer:
    """Goes through tidy HTML and writes links, pictures and headings in our way."""

    def __init__(self, pictures: bool, inline: Mapping[str, str]) -> None:
        self.pictures, self.inline = pictures, inline
        self.blocked = self.tiny = 0
        self._leads: list[str] = []

    def written(self, tidy: str) -> Letter:
        """The whole."""
        return Letter(_TAG.sub(self._tag, tidy), self.blocked, self.tiny)

    def _tag(self, found: re.Match[str]) -> str:
        closing, name, rest = found.groups()
        given = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(rest)}
        if name == "img":
            return self._picture(given)
        if name == "a":
            return self._link_ends() if closing else self._link(given.get("href", ""))
        # A letter's headings are none of the page's: its outline stays ours.
        return "</strong></p>" if closing else "<p><strong>"

    def _link(self, address: str) -> str:
        scheme = address.partition(":")[0].lower()
        if scheme in ("mailto", "tel"):
            self._leads.append(address.partition(":")[2].partition("?")[0])
        elif scheme in ("http", "https") and (host := true_host(address)):
            self._leads.append(host)
        else:
            self._leads.append("")
            return "<span>"
        return f'<a href="{html.escape(address)}" rel="noopener noreferrer nofollow ugc" target="_blank">'

    def _link_ends(self) -> str:
        leads = self._leads.pop() if self._leads else ""
        return (
            f'</a> <small class="leads-to">(<bdi>{html.escape(leads)}</bdi>)</small>' if leads else "</span>"
        )

    def _picture(self, given: Mapping[str, str]) -> str:
        address, alt = given.get("src", "").strip(), given.get("alt", "").strip()[:300]
        if address.lower().startswith("cid:"):
            ours = self.inline.get(address[4:].strip("<>"), "")
            return (
                f'<img src="{html.escape(ours)}" alt="{html.escape(alt)}" loading="lazy">'
                if ours
                else _instead(alt)
            )
        if any(_pixels(given.get(side, "")) <= 2 for side in ("width", "height")):
            self.tiny += 1
            return ""
        if self.pictures and address.lower().startswith("https://") and true_host(address):
            return f'<img src="{html.escape(address)}" alt="{html.escape(alt)}" referrerpolicy="no-referrer" loading="lazy">'
        self.blocked += bool(address)
        return _instead(alt)


def _instead(alt: str) -> str:
    return f"<em>[{html.escape(alt, quote=False)}]</em>" if alt else ""


def _pixels(written: str) -> float:
    digits = re.match(r"\s*(\d{1,6})\s*(?:px)?\s*$", written)
    return float(digits[1]) if digits else float("inf")
