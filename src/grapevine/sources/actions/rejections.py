"""Rows that were left out hold personal data all the same: found by what names a person, and blanked."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence

from grapevine.core import bulk
from grapevine.sources.models import Post, Rejected

_CHUNK = 200


def names_of(source_id: int, author_external_ids: Sequence[str]) -> list[str]:
    """What names these authors in a source: their ids, and the handles and names their stored posts carry."""
    rows = Post.objects.filter(source_id=source_id, author_external_id__in=author_external_ids)
    found = {*author_external_ids}
    for pair in rows.values_list("author_handle", "author_name").distinct():
        found.update(pair)
    return sorted(name for name in found if name.strip())


def naming(source_id: int, names: Sequence[str]) -> Iterator[Rejected]:
    """The rejected rows of a source in which one of `names` occurs, whatever its case, as a word of its own.

    A row that could not be read has no author, so the whole of it is looked through: rather one row too many than one that stays.
    """
    pattern = _pattern(names)
    if pattern is None:
        return
    for row in Rejected.objects.filter(source_id=source_id).order_by("pk").iterator(chunk_size=_CHUNK):
        if any(pattern.search(text) for text in (row.detail, *_readings(bytes(row.raw)))):
            yield row


def blank(source_id: int, names: Sequence[str]) -> int:
    """Take raw items and details from the rejected rows that name somebody; returns how many. That there was a row stays."""
    found = [row.pk for row in naming(source_id, names)]
    for ids in bulk.chunks(found, _CHUNK):
        Rejected.objects.filter(pk__in=ids).update(raw=b"", detail="")
    return len(found)


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    # As JSON and HTML write a name too: the row is as it came.
    forms = {
        form for name in names for form in (name, json.dumps(name)[1:-1], html.escape(name)) if form.strip()
    }
    if not forms:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", re.IGNORECASE)


def _readings(raw: bytes) -> Iterator[str]:
    """A raw item as text, in each way it may have been written."""
    try:
        yield raw.decode()
    except UnicodeDecodeError:
        yield raw.decode("utf-8", "replace")
        yield raw.decode("cp1252", "replace")
    if b"\0" in raw:
        yield raw.replace(b"\0", b"").decode("latin-1")
        yield raw.decode("utf-16-le", "replace")
        yield raw.decode("utf-16-be", "replace")
