"""What can be seen in a text itself: hashtags, mentions, links, the site of an address, a language by its
name."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from grapevine.connectors.reasons import MAX_TAGS, Unfit

# Each pattern begins with a plain character or word, which the regex engine looks for fast; what must not
# stand before it is asked afterwards by looking back over it.
_TAG = re.compile(r"#(?<![\w&/#]#)(\w*[^\W\d_]\w*)")
_MENTION = re.compile(r"@(?<![\w@./]@)(\w+(?:[.@-]\w+)*)")
_LINK = re.compile(r"https?://[^\s<>\"“”«»]+")
_WEB = re.compile(r"(?:https?://[^\s/]|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$))", re.IGNORECASE)
find_tags, find_mentions = _TAG.findall, _MENTION.findall
_TAIL = ".,;:!?)]}'’…"

LANGUAGES = {
    "arabic": "ar", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dansk": "da", "deutsch": "de", "dutch": "nl", "english": "en", "estonian": "et",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "icelandic": "is", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "latvian": "lv", "lithuanian": "lt", "nederlands": "nl", "norsk": "no", "norwegian": "no", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "slovak": "sk", "slovenian": "sl", "spanish": "es",
    "svenska": "sv", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


def tags(text: str) -> tuple[str, ...]:
    """Hashtags in a text, without `#`, in order, each once. Raises `Unfit` when there are absurdly many."""
    return once(find_tags(text)) if "#" in text else ()


def mentions(text: str) -> tuple[str, ...]:
    """Handles named in a text, without `@`, in order, each once. Raises `Unfit` when there are absurdly
    many."""
    return once(find_mentions(text)) if "@" in text else ()


def links(text: str) -> tuple[str, ...]:
    """Web addresses in a text, without the punctuation behind them. Raises `Unfit` when there are absurdly
    many."""
    return once([link.rstrip(_TAIL) for link in _LINK.findall(text)]) if "://" in text else ()


def once(items: list[str]) -> tuple[str, ...]:
    """The items in order, each once. Raises `Unfit` when there are absurdly many."""
    count = len(items)
    if count < 2:
        return (items[0],) if count else ()
    if count > MAX_TAGS:
        raise Unfit("too_many_tags", f"{count}")
    return tuple(dict.fromkeys(items))


def site(url: str) -> str:
    """The host of an address without `www.`, or an empty string."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".") if url else ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def web_address(url: str) -> str:
    """An address that may be followed: of the web, or a plain host and path as people write it; else an empty string.

    `javascript:` and its like are programs, `file:` and `data:` lead elsewhere.
    """
    return url if _WEB.match(url) else ""


def language(value: str) -> str:
    """A language as its two- or three-letter code: `en` for `English`, `en-US` and `EN`; empty if not
    understood."""
    value = value.strip().lower()
    if not value or value in ("und", "unknown", "zxx", "other"):
        return ""
    if value in LANGUAGES:
        return LANGUAGES[value]
    code = re.split(r"[-_ (]", value, maxsplit=1)[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() else LANGUAGES.get(code, "")


def made_id(*parts: str) -> str:
    """A stable id made of what an item says, for items that have none of their own (24 hexadecimal
    digits)."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return "made-" + hashlib.blake2b(joined, digest_size=12).hexdigest()
