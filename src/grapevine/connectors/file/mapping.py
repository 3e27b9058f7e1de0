"""From a row to a post: which column goes where, decided once per file, applied to every row.

A `Mapping` is what inspection proposes and the user confirms: plain data, kept with the import. `mapper`
turns it into a function that is fast because everything that can be looked up is looked up beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, get_args

import msgspec

from grapevine.connectors import texts
from grapevine.connectors.base import Author, BadData, Kind, Post
from grapevine.connectors.file import dates
from grapevine.connectors.reasons import MAX_NAME, MAX_TAGS, MAX_TEXT, Unfit

METRICS = ("likes", "shares", "comments", "reach", "views", "engagement", "followers", "votes", "rating")
FIELDS = (
    "external_id", "text", "text_more", "title", "published_at", "edited_at", "author_id", "author_handle",
    "author_name", "author_url", "author_followers", "url", "site", "lang", "country", "kind", "parent_id",
    "thread_id", "repost_of", "children", "inbound", "links", "tags", "mentions", "media",
    *(f"metric:{name}" for name in METRICS),
)  # fmt: skip
"""What a column can be mapped to. `children` are ids of answers (counted), `text_more` is added to the text
unless it is part of it, `inbound` says whether a post came from the outside (false: the brand's own)."""

_KINDS: dict[str, Kind] = {
    "status": "post", "tweet": "post", "original": "post", "forum": "post", "thread": "post", "idea": "post",
    "news": "article", "blog": "article", "press": "article", "magazine": "article", "print": "article",
    "retweet": "repost", "share": "repost", "reshare": "repost", "boost": "repost", "quote": "post",
    "answer": "reply", "rating": "review", "reviews": "review",
} | {kind: kind for kind in get_args(Kind)}  # fmt: skip
_NO = frozenset({"false", "0", "no", "n", "f"})


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """How one file is read. JSON-able; `columns` names for each post field the columns tried in turn.

    `header` are all columns in order (CSV). `skip_lines` are lines before the header. `quoted` False: quotes
    mean nothing. `kind`, `lang` and `site` hold where no column does. `date` is given to rows of a file that
    has no date column (ISO 8601, usually the file's own); such posts carry the note `date_first_seen`.
    """

    layout: str = "columns"
    format: Literal["csv", "jsonl", "parquet"] = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    newline: Literal["\n", "\r"] = "\n"
    quoted: bool = True
    skip_lines: int = 0
    has_header: bool = True
    header: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = {}
    dates: dates.DateRule = dates.DateRule()
    date: str = ""
    kind: Kind = "post"
    lang: str = ""
    site: str = ""

    def problems(self) -> list[tuple[str, str]]:
        """What keeps this mapping from being used, as pairs of a code and the field or column it is about."""
        found = [("unknown_field", field) for field in self.columns if field not in FIELDS]
        if not self.columns.get("text") and not self.columns.get("title"):
            found.append(("no_text_column", "text"))
        if not self.columns.get("published_at") and not self.date:
            found.append(("no_date_column", "published_at"))
        if self.format != "jsonl":
            known = set(self.header)
            wanted = {column for columns in self.columns.values() for column in columns}
            found += [("unknown_column", column) for column in sorted(wanted - known)]
        return found


Cells = Sequence[Any]


def mapper(mapping: Mapping, header: Sequence[str]) -> Callable[[Cells], Post]:
    """A function from a row's cells, in the order of `header`, to a post. It raises `Unfit` and nothing else.

    Raises `BadData` when the mapping cannot be used at all.
    """
    if found := mapping.problems():
        raise BadData("bad_mapping", detail="; ".join(f"{code}: {what}" for code, what in found))
    at = {name: index for index, name in enumerate(header)}
    where = {
        field: tuple(at[column] for column in columns if column in at)
        for field, columns in mapping.columns.items()
    }
    metrics = [(field[7:], cells) for field, cells in where.items() if field.startswith("metric:") and cells]
    text_at, more_at, title_at, date_at = (
        where.get(field, ()) for field in ("text", "text_more", "title", "published_at")
    )
    id_at, url_at, site_at, lang_at = (
        where.get(field, ()) for field in ("external_id", "url", "site", "lang")
    )
    parent_at, thread_at, repost_at = (where.get(f, ()) for f in ("parent_id", "thread_id", "repost_of"))
    country_at, kind_at, edited_at = (where.get(field, ()) for field in ("country", "kind", "edited_at"))
    children_at, inbound_at = where.get("children", ()), where.get("inbound", ())
    tags_at, mentions_at, links_at = (where.get(field, ()) for field in ("tags", "mentions", "links"))
    media_at = where.get("media", ())
    author = _authors(where)
    read_date = dates.reader(mapping.dates)
    seen = dates.reader(dates.DateRule())(mapping.date) if mapping.date else datetime(1970, 1, 1, tzinfo=UTC)
    languages: dict[str, str] = {}
    sites: dict[str, str] = {}

    def to_post(row: Cells) -> Post:
        text = _text(row, text_at)
        if more_at and (more := _text(row, more_at)) and more not in text:
            text = f"{text}\n\n{more}" if text and text not in more else more
        title = _text(row, title_at) if title_at else ""
        if not text and not title:
            raise Unfit("no_text")
        if len(text) > MAX_TEXT or len(title) > MAX_TEXT // 100:
            raise Unfit("too_long", f"text of {len(text)}, title of {len(title)} characters")
        notes: tuple[str, ...] = ()
        if date_at:
            written = _word(row, date_at)
            if not written:
                raise Unfit("missing_date")
            published_at = read_date(written)
        else:
            written, published_at, notes = "", seen, ("date_first_seen",)
        url = _word(row, url_at) if url_at else ""
        writer = author(row) if author else None
        external_id = _word(row, id_at) if id_at else ""
        if not external_id or (external_id[-1].isdigit() and "E+" in external_id and _spoilt(external_id)):
            # the same page may be found twice, and one page may hold many reviews: author and date tell them
            # apart
            who = writer.external_id if writer else ""
            external_id = texts.made_id(url, who, written, "" if url and who and written else title + text)
            notes = (*notes, "id_made")
        lang = mapping.lang
        if lang_at and (value := _word(row, lang_at)):
            lang = languages.get(value) or languages.setdefault(value[:40], texts.language(value))
        host = _word(row, site_at).lower().removeprefix("www.") if site_at else ""
        if not host and url:
            head = url[: url.find("/", 8) + 1] or url
            host = sites.get(head, "")
            if not host:
                if len(sites) > 10_000:
                    sites.clear()
                host = sites[head] = texts.site(url)
        parent_id = _word(row, parent_at) if parent_at else ""
        kind = mapping.kind
        if kind_at:
            kind = _KINDS.get(_word(row, kind_at).lower(), kind)
        if parent_id and kind == "post":
            kind = "reply"
        counts = (
            {name: n for name, cells in metrics if (n := _count(row, cells)) is not None} if metrics else {}
        )
        if children_at and (children := _list(row, children_at)):
            counts["comments"] = len(children)
        return Post(
            external_id=external_id,
            kind=kind,
            text=text,
            title=title,
            author=writer,
            url=url,
            lang=lang,
            country=_word(row, country_at) if country_at else "",
            published_at=published_at,
            edited_at=read_date(edited) if edited_at and (edited := _word(row, edited_at)) else None,
            parent_id=parent_id,
            thread_id=_word(row, thread_at) if thread_at else "",
            repost_of=_word(row, repost_at) if repost_at else "",
            links=_list(row, links_at) if links_at else texts.links(text),
            tags=_bare(_list(row, tags_at), "#") if tags_at else texts.tags(text),
            mentions=_bare(_list(row, mentions_at), "@") if mentions_at else texts.mentions(text),
            metrics=counts,
            media=_list(row, media_at) if media_at else (),
            site=host or mapping.site,
            notes=notes,
            by_us=(_word(row, inbound_at).lower() in _NO) if inbound_at else None,
        )

    return to_post


def _authors(where: dict[str, tuple[int, ...]]) -> Callable[[Cells], Author | None] | None:
    id_at, handle_at, name_at, url_at, followers_at = (
        where.get(f"author_{part}", ()) for part in ("id", "handle", "name", "url", "followers")
    )
    if not (id_at or handle_at or name_at or url_at):
        return None

    def author(row: Cells) -> Author | None:
        handle = _word(row, handle_at).removeprefix("@") if handle_at else ""
        name = _word(row, name_at) if name_at else ""
        url = _word(row, url_at) if url_at else ""
        external_id = (_word(row, id_at) if id_at else "") or handle or url or name
        if not external_id:
            return None
        if _spoilt(external_id):
            external_id = handle or url or name or external_id
        followers = _count(row, followers_at) if followers_at else None
        return Author(external_id=external_id, handle=handle, name=name, url=url, followers=followers)

    return author


def _text(row: Cells, where: tuple[int, ...]) -> str:
    """The first of the cells that holds something, trimmed."""
    for index in where:
        value = row[index]
        if type(value) is not str:
            if value is None:
                continue
            raise Unfit("bad_type", f"a text was expected, not {str(value)[:80]}")
        if value := value.strip():
            return value
    return ""


def _word(row: Cells, where: tuple[int, ...]) -> str:
    """The first of the cells that holds something, as a short string."""
    for index in where:
        value = row[index]
        if type(value) is not str:
            if value is None:
                continue
            if isinstance(value, datetime):
                value = value.isoformat()
            elif isinstance(value, (int, float)):
                value = (
                    str(value).lower()
                    if isinstance(value, bool)
                    else f"{value:.17g}"
                    if value % 1
                    else f"{value:.0f}"
                )
            else:
                raise Unfit("bad_type", f"a single value was expected, not {str(value)[:80]}")
        if value := value.strip():
            if len(value) > MAX_NAME:
                raise Unfit("too_long", f"{len(value)} characters in an id, a name or an address")
            return value
    return ""


def _spoilt(value: str) -> bool:
    """Whether a spreadsheet has turned a long id into 1.23E+18, which is no id any more."""
    head, e, tail = value.partition("E+")
    return bool(e) and tail.isdigit() and head.replace(".", "", 1).replace(",", "", 1).isdigit()


def _count(row: Cells, where: tuple[int, ...]) -> int | None:
    for index in where:
        value = row[index]
        if value is None or value == "":
            continue
        try:
            return min(
                max(int(float(str(value).replace(",", "").replace(" ", "").replace(" ", ""))), -(2**53)),
                2**53,
            )
        except (ValueError, OverflowError):
            continue
    return None


def _list(row: Cells, where: tuple[int, ...]) -> tuple[str, ...]:
    for index in where:
        value = row[index]
        if not value:
            continue
        if isinstance(value, str):
            value = (
                value.strip("[] ").replace(";", ",").split(",")
                if "," in value or ";" in value
                else value.split()
            )
        if not isinstance(value, (list, tuple)):
            continue
        if len(value) > MAX_TAGS:
            raise Unfit("too_many_tags", f"{len(value)}")
        items = tuple(dict.fromkeys(one for item in value if (one := str(item).strip(" '\""))))
        if any(len(one) > MAX_NAME for one in items):
            raise Unfit("too_long", "in a list")
        return items
    return ()


def _bare(items: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return tuple(item.lstrip(mark) for item in items)
