"""From a row to a post: a function written for the file at hand.

Everything that can be decided for the whole file is decided before the first row, and what is left is written
out as the source of one function and compiled, as `dataclasses` does it: the calls saved make it three times
as fast as getters put together. Only positions of columns and names from tables in this module go into the
source, never anything out of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, get_args

from grapevine.connectors import texts
from grapevine.connectors.base import Author, BadData, Kind, Post
from grapevine.connectors.file import cells, dates, layouts
from grapevine.connectors.file.mapping import Mapping
from grapevine.connectors.reasons import MAX_NAME, MAX_TEXT, Unfit

_KINDS: dict[str, Kind] = {
    "status": "post", "tweet": "post", "original": "post", "forum": "post", "thread": "post", "idea": "post",
    "news": "article", "blog": "article", "press": "article", "magazine": "article", "print": "article",
    "retweet": "repost", "share": "repost", "reshare": "repost", "boost": "repost", "quote": "post",
    "answer": "reply", "rating": "review", "reviews": "review",
}  # fmt: skip
_KINDS.update({kind: kind for kind in get_args(Kind)})
_NO = frozenset("false False FALSE 0 no No NO n N f F".split())
_FINITE = frozenset({"published_at", "edited_at", "inbound", "kind", "lang"})
"""Cells that are read as something else, which sees to it that they are not endless."""

Cells = Sequence[Any]
Spots = tuple[int, ...]
_MENTIONED = {"tags": "#", "mentions": "@"}


class _Known(dict[str, str]):
    """What was worked out for a value, remembered: hosts of addresses, codes of languages."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        self._work_out = work_out

    def __missing__(self, value: str) -> str:
        if len(self) > 10_000:
            self.clear()
        found = self[value] = self._work_out(value)
        return found


def mapper(
    mapping: Mapping, header: Sequence[str], *, strings: bool = False, until: datetime | None = None
) -> Callable[[Cells], Post]:
    """A function from a row's cells, in the order of `header`, to a post. It raises `Unfit` and nothing else.

    `strings` promises that all cells are strings; nothing is published after `until`. Raises `BadData` when the mapping cannot be used at all.
    """
    if found := mapping.problems():
        code, what = found[0]
        raise BadData(code, name=what)
    at = {name: index for index, name in enumerate(header)}
    where = {
        target: spots
        for target, columns in mapping.columns.items()
        if (spots := tuple(at[column] for column in columns if column in at))
    }
    names: dict[str, Any] = {
        "Author": Author,
        "Post": Post,
        "Unfit": Unfit,
        "kinds": _KINDS,
        "no": _NO,
        "own_kind": mapping.kind,
        "own_lang": mapping.lang,
        "own_site": mapping.site,
        "as_text": cells.as_text,
        "as_word": cells.as_word,
        "as_count": cells.as_count,
        "as_items": cells.as_items,
        "how_many": cells.how_many,
        "spoilt": cells.spoilt,
        "made_id": texts.made_id,
        "once": texts.once,
        "find_links": texts.links,
        "find_tags": texts.find_tags,
        "find_mentions": texts.find_mentions,
        "sites": _Known(texts.site),
        "langs": _Known(lambda value: texts.language(value[:40]) or mapping.lang),
        "read_date": dates.reader(mapping.dates, until),
        "read_edited": dates.reader(mapping.dates),
        "web": texts.web_address,
    }
    given = {name: bool(getattr(mapping, name)) for name in ("lang", "site", "date")}
    if given["date"]:
        names["own_date"] = dates.reader(dates.DateRule())(mapping.date)
    given["marked"] = mapping.layout == layouts.OURS and mapping.format == "csv"
    source = _Source(where, strings, given).written()
    exec(compile(source, "<row to post>", "exec"), names)  # noqa: S102 # nosec B102 - made of the tables above only
    made: Callable[[Cells], Post] = names["to_post"]
    return made


class _Source:
    """Writes the function. Each method adds the lines for a part of the post and says what to hand to
    `Post`."""

    def __init__(self, where: dict[str, Spots], strings: bool, given: dict[str, bool]) -> None:
        self.where = where
        self.strings = strings
        self.given = given
        self.had: dict[Spots, str] = {}
        self.lines = ["def to_post(row):"]
        self.arguments: list[str] = []

    def written(self) -> str:
        """The whole source."""
        self.texts()
        self.date()
        self.author()
        self.id()
        self.where_from()
        self.relations()
        self.lists()
        self.metrics()
        self.lines.append(f"return Post({', '.join(self.arguments)})")
        return "\n    ".join(self.lines) + "\n"

    def get(self, target: str, name: str, how: str = "as_word") -> bool:
        """Assign the first of the target's cells that holds something to `name`; False if it has no
        column."""
        spots = self.where.get(target)
        if not spots:
            return False
        if name.startswith("a_"):  # one column may be both the author's id and handle
            if spots in self.had:
                self.lines.append(f"{name} = {self.had[spots]}")
                return True
            self.had[spots] = name
        one = "row[{}].strip()" if self.strings else how + "(row[{}])"
        self.lines.append(f"{name} = " + " or ".join(one.format(spot) for spot in spots))
        if how == "as_word" and target not in _FINITE:
            self.lines.append(f"if len({name}) > {MAX_NAME}: raise Unfit('too_long', '{target}')")
        return True

    def texts(self) -> None:
        if not self.get("text", "text", "as_text"):
            self.lines.append("text = ''")
        if self.get("text_more", "more", "as_text"):
            self.lines.append("if more and more not in text:")
            self.lines.append("    text = text + '\\n\\n' + more if text and text not in more else more")
        titled = self.get("title", "title", "as_text")
        self.lines.append(f"if not text{' and not title' if titled else ''}: raise Unfit('no_text')")
        self.lines.append(
            f"if len(text) > {MAX_TEXT}: raise Unfit('too_long', f'text of {{len(text)}} characters')"
        )
        if titled:
            self.lines.append(f"if len(title) > {MAX_TEXT // 100}: raise Unfit('too_long', 'title')")
            self.arguments.append("title=title")
        self.arguments.append("text=text")

    def date(self) -> None:
        if self.get("published_at", "written"):
            if not self.given["date"]:
                self.lines.append("if not written: raise Unfit('missing_date')")
            read = (
                "read_date(written) if written else own_date" if self.given["date"] else "read_date(written)"
            )
            self.arguments.append(f"published_at={read}")
        else:
            self.lines.append("written = ''")
            self.arguments.append("published_at=own_date")
        if self.get("edited_at", "edited"):
            self.arguments.append("edited_at=read_edited(edited) if edited else None")

    def author(self) -> None:
        """Who wrote it. An address that is none of the web is left away, as it is for the post."""
        parts = [part for part in ("id", "handle", "name", "url") if self.get(f"author_{part}", f"a_{part}")]
        self.lines.append("author = None")
        if not parts:
            return
        if "handle" in parts:
            self.lines.append("if a_handle[:1] == '@': a_handle = a_handle[1:]")
        if "url" in parts:
            self.lines.append("if a_url[:8] != 'https://': a_url = web(a_url)")
        if "id" in parts:
            self.lines.append("if 'E+' in a_id and spoilt(a_id): a_id = ''")
        some = " or ".join(f"a_{part}" for part in parts)
        given = ["external_id=a", *(f"{part}=a_{part}" for part in parts if part != "id")]
        if spots := self.where.get("author_followers"):
            given.append(f"followers=as_count(row, {spots})")
        self.lines.append(f"a = {some}")
        self.lines.append(f"if a: author = Author({', '.join(given)})")
        self.arguments.append("author=author")

    def id(self) -> None:
        """The row's own id, or one made of what it says.

        A page may be found twice, and a page may hold many reviews: author and date tell these apart. Only
        where one of them is missing does the text count.
        """
        url = "url" if self.get("url", "url") else "''"
        head = "title" if "title" in self.where else "''"
        make = (
            f"id = made_id({url}, author.external_id if author else '', written, "
            f"'' if {url} and author and written else {head} + text)"
        )
        self.lines.append("notes = () if written else ('date_first_seen',)")
        if self.get("external_id", "id"):
            self.unmark("id")
            self.lines.append("if not id or ('E+' in id and spoilt(id)):")
            self.lines += [f"    {make}", "    notes += ('id_made',)"]
        else:
            self.lines += [make, "notes += ('id_made',)"]
        self.arguments += ["external_id=id", "notes=notes"]
        if url == "url":
            self.lines.append("link = url if url[:8] == 'https://' else web(url)")
            self.lines.append("if url and not link: notes += ('url_dropped',)")
            self.arguments.append("url=link")

    def unmark(self, name: str) -> None:
        """Take away the apostrophe that our own exports put before ids in tables (docs/decisions/exports.md)."""
        if self.given["marked"]:
            self.lines.append(f'if {name}[:1] == "\'": {name} = {name}[1:]')

    def where_from(self) -> None:
        host = "own_site"
        if "url" in self.where:
            host = "(sites[url[:url.find('/', 8) + 1] or url] or own_site)"
        if self.get("site", "site"):
            host = f"site.lower().removeprefix('www.') if site else {host}"
        # what would be the default is not said: every argument costs
        if host != "own_site" or self.given["site"]:
            self.arguments.append(f"site={host}")
        if self.get("lang", "lang"):
            self.arguments.append("lang=langs[lang]")
        elif self.given["lang"]:
            self.arguments.append("lang=own_lang")
        if self.get("country", "country"):
            self.arguments.append("country=country")
        if self.get("inbound", "inbound"):
            self.arguments.append("by_us=inbound in no")

    def relations(self) -> None:
        kind = "own_kind"
        if self.get("kind", "kind"):
            self.lines.append("kind = kinds.get(kind.lower(), own_kind)")
            kind = "kind"
        if self.get("parent_id", "parent"):
            self.unmark("parent")
            self.arguments.append("parent_id=parent")
            kind = f"'reply' if parent and {kind} == 'post' else {kind}"
        self.arguments.append(f"kind={kind}")
        for target in ("thread_id", "repost_of"):
            if self.get(target, target):
                self.arguments.append(f"{target}={target}")

    def lists(self) -> None:
        for name, mark in _MENTIONED.items():
            # the usual case, one or none, is told without a call
            self.lines.append(f"{name} = find_{name}(text) if {mark!r} in text else ()")
            self.lines.append(f"if {name}: {name} = ({name}[0],) if len({name}) == 1 else once({name})")
            spots = self.where.get(name)
            self.arguments.append(
                f"{name}=as_items(row, {spots}, {mark!r}) or {name}" if spots else f"{name}={name}"
            )
        links = "(find_links(text) if '://' in text else ())"
        spots = self.where.get("links")
        told = f"tuple(filter(web, as_items(row, {spots}, '')))"
        self.arguments.append(f"links={told} or {links}" if spots else f"links={links}")
        if spots := self.where.get("media"):
            self.arguments.append(f"media=as_items(row, {spots}, '')")

    def metrics(self) -> None:
        counted = {
            target[7:]: f"as_count(row, {spots})"
            for target, spots in self.where.items()
            if target[:7] == "metric:"
        }
        if spots := self.where.get("children"):
            cell = f"row[{spots[0]}]"
            counted["comments"] = (
                f"({cell}.count(',') + 1 if {cell} else None)" if self.strings else f"how_many({cell})"
            )
        if not counted:
            return
        self.lines.append("metrics = {}")
        for name, how in counted.items():
            self.lines.append(f"n = {how}")
            self.lines.append(f"if n is not None: metrics[{name!r}] = n")
        self.arguments.append("metrics=metrics")
