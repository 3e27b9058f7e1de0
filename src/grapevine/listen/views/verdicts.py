"""What the watch editor says of a query: is it right, what does it mean, what would it have caught."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grapevine.engine import query
from grapevine.listen import estimates, plain_words, query_parts, query_words
from grapevine.listen.plain_words import Clause
from grapevine.listen.query_parts import Mark
from grapevine.listen.selectors import previews
from grapevine.listen.selectors.previews import Example, Preview
from grapevine.listen.views import posts
from grapevine.sources.selectors import shown
from grapevine.ui.components.figures import num
from grapevine.ui.components.posts import PostView, QueryPart, segments

ECHOED = 4000  # characters of a query are shown again as it was read


@dataclass(frozen=True)
class Advice:
    """Something unwise about a query: where (from character 1), what, and whether it costs."""

    place: int
    text: str
    is_expensive: bool


@dataclass(frozen=True)
class Missed:
    """A near miss: the post, and the part of the query that kept it out."""

    view: PostView
    part: str
    kind: str  # not, near, phrase, or word


@dataclass(frozen=True)
class Verdict:
    """All that the editor shows of one query. `fault` is empty when the query is right; `place` counts from 1."""

    is_empty: bool = False
    fault: str = ""
    place: int = 0
    echo: tuple[QueryPart, ...] = ()
    advice: tuple[Advice, ...] = ()
    clauses: tuple[Clause, ...] = ()
    preview: Preview | None = None
    caught: tuple[PostView, ...] = ()
    missed: tuple[Missed, ...] = ()
    estimate: str = ""
    estimate_note: str = ""
    summary: str = ""


def judged(text: str) -> Verdict:
    """Look at a query as it stands in the editor."""
    if not text.strip():
        return Verdict(is_empty=True)
    checked = query.check(text)
    if checked.error is not None or checked.node is None:
        return _wrong(text, checked)
    preview = previews.of_query(checked.node)
    sources = shown.source_names()
    figure, note = expected(preview.estimate)
    return Verdict(
        echo=echo(text),
        advice=tuple(_advice(checked.lints)),
        clauses=plain_words.said(checked.node),
        preview=preview,
        caught=tuple(view(one, sources) for one in preview.caught),
        missed=tuple(_missed(one, text, sources) for one in preview.missed if one.missing is not None),
        estimate=figure,
        estimate_note=note,
        summary=_summary(preview, figure),
    )


def echo(text: str) -> tuple[QueryPart, ...]:
    """A query with what is wrong or unwise about it underlined. Of a very long one, the part round the fault."""
    checked = query.check(text)
    if checked.error is not None:
        marks = [Mark(checked.error.position, checked.error.end, "error", query_words.error(checked.error))]
    else:
        marks = [Mark(lint.start, lint.end, "warning", query_words.lint(lint)) for lint in checked.lints]
    if len(text) <= ECHOED:
        return query_parts.parts(text, marks)
    start = max(0, min(marks[0].start if marks else 0, len(text)) - ECHOED // 2)
    shown_part = text[start : start + ECHOED]
    moved = [Mark(max(0, mark.start - start), mark.end - start, mark.kind, mark.why) for mark in marks]
    within = [mark for mark in moved if mark.start <= len(shown_part) and mark.end > 0]
    before, after = QueryPart("… "), QueryPart(" …")
    shown = query_parts.parts(shown_part, within)
    return (*((before,) if start else ()), *shown, *((after,) if start + ECHOED < len(text) else ()))


def _wrong(text: str, checked: query.Checked) -> Verdict:
    error = checked.error
    assert error is not None
    fault = query_words.error(error)
    place = min(error.position, len(text)) + 1
    return Verdict(
        fault=fault,
        place=place,
        echo=echo(text),
        summary=_("Character %(place)d: %(fault)s") % {"place": place, "fault": fault},
    )


def _advice(lints: Iterable[query.Lint]) -> Iterable[Advice]:
    seen = set()
    for lint in lints:
        text = query_words.lint(lint)
        if text not in seen:
            seen.add(text)
            yield Advice(lint.start + 1, text, lint.code in query_words.EXPENSIVE)


def expected(estimate: estimates.Estimate | None) -> tuple[str, str]:
    """What to expect as a figure, and in words how sure that is. Empty when there are no posts to tell it from."""
    if estimate is None:
        return "", ""
    if estimate.tells_no_pace:
        told = _("%(number)s of %(caught)s bear the same moment, as posts without a date do")
        return _("pace unknown"), told % {"number": num(estimate.heaped), "caught": num(estimate.caught)}
    days, figure, note = _pace(max(estimate.per_day, estimate.high / 2))
    values = {"low": rounded(estimate.low * days), "high": rounded(estimate.high * days)}
    posts = ngettext("%(number)s post", "%(number)s posts", estimate.scanned) % {
        "number": num(estimate.scanned)
    }
    # 0.4 days, 1 day, 2.5 days
    stretch = ngettext("%(number)s day", "%(number)s days", 1 if estimate.days == 1 else 2)
    told = _("told from %(posts)s in %(days)s") % {
        "posts": posts,
        "days": stretch % {"number": rounded(estimate.days)},
    }
    shown_figure = (
        figure % {"number": rounded(estimate.per_day * days)} if estimate.caught else _("hardly any")
    )
    return shown_figure, f"{note % values}, {told}"


def _pace(per_day: float) -> tuple[int, str, str]:
    """The span of days in which a pace is best told: how many days, and the words for figure and range."""
    if per_day >= 1:
        return 1, _("about %(number)s a day"), _("between %(low)s and %(high)s a day")
    if per_day >= 1 / 7:
        return 7, _("about %(number)s a week"), _("between %(low)s and %(high)s a week")
    return 30, _("about %(number)s a month"), _("between %(low)s and %(high)s a month")


def rounded(value: float) -> str:
    """A number with no more digits than it is sure of: 0.4, 3, 120."""
    if value >= 100:
        return num(round(value, -1))
    return num(value) if value >= 9.5 or value == int(value) else num(value, 1)


def _summary(preview: Preview, figure: str) -> str:
    """One sentence for those who hear the page."""
    if not preview.scanned:
        return _("The query is right. There are no posts yet to try it on.")
    found = ngettext(
        "The query is right. It would have caught %(number)s of the newest %(posts)s posts, %(figure)s.",
        "The query is right. It would have caught %(number)s of the newest %(posts)s posts, %(figure)s.",
        preview.caught_count,
    )
    return found % {"number": num(preview.caught_count), "posts": num(preview.scanned), "figure": figure}


def _missed(example: Example, text: str, sources: Mapping[int, shown.SourceName]) -> Missed:
    start, end = example.missing or (0, 0)
    start, end = _with_brackets(text, start, end)
    return Missed(view(example, sources), text[start:end], example.missing_kind)


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a query from `start` to `end`, with the brackets round its sides.

    A NEAR begins with its first word and ends with its last; the brackets of its sides belong to it for a reader.
    """
    while True:
        left, right = _unpaired(text[start:end])
        before, after = text[:start].rstrip(), text[end:]
        blanks = len(after) - len(after.lstrip())
        if left and after.lstrip().startswith(")"):
            end += blanks + 1
        elif right and before.endswith("("):
            start = len(before) - 1
        else:
            return start, end


def _unpaired(part: str) -> tuple[int, int]:
    """How many brackets open without being closed, and close without having been opened. Quoted ones are words."""
    opened = strange = 0
    quoted = False
    for sign in part:
        if sign == '"':
            quoted = not quoted
        elif sign == "(" and not quoted:
            opened += 1
        elif sign == ")" and not quoted:
            opened, strange = (opened - 1, strange) if opened else (0, strange + 1)
    return opened, strange


def view(example: Example, sources: Mapping[int, shown.SourceName]) -> PostView:
    """A post as a card of the preview: without ways to elsewhere, since it may be nobody's mention yet."""
    post = example.post
    text, spans = posts.excerpt(post.text, example.text_spans, cut=post.cut, length=420)
    return PostView(
        id=f"preview-{post.id}",
        text=segments(text, spans),
        title=segments(post.title, example.title_spans) if post.title else "",
        published_at=post.published_at,
        url=posts.web_address(post.url),
        lang=example.lang,
        author_name=post.author_name,
        author_handle=posts.handle(post),
        source_name=sources[post.source_id].name if post.source_id in sources else "",
        kind=post.kind,
    )
