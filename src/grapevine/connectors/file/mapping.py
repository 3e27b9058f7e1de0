"""From a row to a post: which column goes where, decided once per file, applied to every row.

A `Mapping` is what inspection proposes and the user confirms: plain data, kept with the import. `mapper`
turns it into a function that is fast because everything that can be looked up is looked up beforehand.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grapevine.connectors.base import Kind
from grapevine.connectors.file import dates

METRICS = ("likes", "shares", "comments", "reach", "views", "engagement", "followers", "votes", "rating")
FIELDS = (
    "external_id", "text", "text_more", "title", "published_at", "edited_at", "author_id", "author_handle",
    "author_name", "author_url", "author_followers", "url", "site", "lang", "country", "kind", "parent_id",
    "thread_id", "repost_of", "children", "inbound", "links", "tags", "mentions", "media",
    *(f"metric:{name}" for name in METRICS),
)  # fmt: skip
"""What a column can be mapped to. `children` are ids of answers (counted), `text_more` is added to the text
unless it is part of it, `inbound` says whether a post came from the outside (false: the brand's own)."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """How one file is read. JSON-able; `columns` names for each post field the columns tried in turn.

    `header` are all columns in order (CSV). `skip_lines` are lines before the header. `quoted` False: quotes
    mean nothing. `kind`, `lang` and `site` hold where no column does. `date` is given to rows that have no
    date of their own (ISO 8601, usually the file's); such posts carry the note `date_first_seen`.
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
