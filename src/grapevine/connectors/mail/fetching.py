"""Reading a mailbox by IMAP: only looking, never marking or moving anything.

The cursor is what IMAP gives for this: UIDVALIDITY and the highest UID had. When the server numbers its mails anew, the folder is read again from
the day where the first reading began; what is known already is known by its Message-ID.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grapevine.connectors.base import BadData, Batch, Cursor, Post, Rejected, Settings
from grapevine.connectors.mail import envelope, headers, mapping, structure
from grapevine.connectors.mail.account import Account
from grapevine.connectors.mail.wires import Imap
from grapevine.connectors.reasons import MAX_RAW

LARGEST = 36 << 20
"""Bytes of a mail that is kept whole: one with a file of 25 MB, which travels a third larger."""
LARGEST_TEXT = 2 << 20
"""Bytes of a text that is fetched of a mail larger than that."""
BATCH_BYTES, BATCH_MAILS = 8 << 20, 100
_WINDOW = 20_000
_SIZES = 500
_MOST_LEAVES = 200
_DATE = re.compile(r"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2})(\d{2})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Waiting:
    """A mail to be fetched."""

    uid: int
    size: int
    at: datetime


def fetch(
    box: Imap, account: Account, settings: Settings, cursor: Cursor, *, now: datetime
) -> Iterator[Batch]:
    """Yield what came into the folder since the cursor, the oldest first. Raises `ConnectorError` and what the library raises."""
    validity, following = look(box, account)
    had, since = int(cursor.get("uid") or 0), str(cursor.get("since") or "")
    if cursor.get("validity") != validity:
        begin = cursor.get("begun") or (now - timedelta(days=account.history_days)).date().isoformat()
        had, since = 0, str(begin)
    begun = since or str(cursor.get("begun") or "")

    def place(uid: int, *, done: bool = False) -> dict[str, object]:
        return {"validity": validity, "uid": uid, "begun": begun, "since": "" if done else since}

    came = False
    for batch, uid in _batches(box, account, settings, had=had, following=following, since=since):
        came = True
        batch.cursor = place(uid)
        yield batch
    yield Batch(cursor=place(max(following - 1, had), done=True), done=True, not_modified=not came)


def look(box: Imap, account: Account) -> tuple[int, int]:
    """Open the folder for reading only; its UIDVALIDITY and the UID that the next mail will get. Raises `BadData`."""
    kind, _said = box.select(quoted(account.folder), readonly=True)
    if kind != "OK":
        raise BadData("no_folder", folder=account.folder, host=account.imap.host)
    validity = _said_number(box, "UIDVALIDITY")
    following = _said_number(box, "UIDNEXT")
    if not following:  # a server that is older than the standard
        _kind, found = box.uid("SEARCH", "UID", "*")
        following = max((int(one) for one in (found[0] or b"").split()), default=0) + 1
    return validity, following


def _said_number(box: Imap, name: str) -> int:
    _kind, said = box.response(name)
    value = said[-1] if said else None
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def quoted(folder: str) -> str:
    """A folder's name as IMAP writes it (RFC 3501, section 5.1.3: what is not ASCII in a kind of UTF-7)."""
    pieces = []
    for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", folder):
        if run.isascii() and run.isprintable():
            pieces.append(run.replace("&", "&-"))
        else:
            coded = run.encode("utf-16-be")
            pieces.append("&" + _base64(coded) + "-")
    return '"' + "".join(pieces).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base64(data: bytes) -> str:
    from base64 import b64encode

    return b64encode(data).rstrip(b"=").replace(b"/", b",").decode()


def _batches(
    box: Imap, account: Account, settings: Settings, *, had: int, following: int, since: str
) -> Iterator[tuple[Batch, int]]:
    """Batches with the highest UID in each."""
    waiting: list[Waiting] = []
    held = 0
    for one in _new(box, had=had, following=following, since=since):
        size = min(one.size, LARGEST)
        if waiting and (held + size > BATCH_BYTES or len(waiting) >= BATCH_MAILS):
            yield _batch(box, account, settings, waiting), waiting[-1].uid
            waiting, held = [], 0
        waiting.append(one)
        held += size
    if waiting:
        yield _batch(box, account, settings, waiting), waiting[-1].uid


def _new(box: Imap, *, had: int, following: int, since: str) -> Iterator[Waiting]:
    """The mails after `had`, by their UID. Asked for a window at a time: a folder may hold millions."""
    criteria = ["SINCE", _day(since)] if since else []
    for first in range(had + 1, following, _WINDOW):
        window = f"{first}:{min(first + _WINDOW, following) - 1}"
        kind, found = box.uid("SEARCH", "UID", window, *criteria)
        _agreed(kind, found)
        uids = sorted(uid for uid in map(int, (found[0] or b"").split()) if first <= uid < following)
        for start in range(0, len(uids), _SIZES):
            yield from _sizes(box, uids[start : start + _SIZES])


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day):02}-{_MONTHS[int(month) - 1]}-{year}"


def _sizes(box: Imap, uids: Sequence[int]) -> list[Waiting]:
    kind, data = box.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE INTERNALDATE)")
    _agreed(kind, data)
    found = {}
    for answer in structure.answers(data):
        uid, size = answer.get("UID"), answer.get("RFC822.SIZE")
        at = _moment(answer.get("INTERNALDATE"))
        if uid and size and at:
            found[int(uid)] = Waiting(int(uid), int(size), at)
    return [found[uid] for uid in uids if uid in found]  # the others were removed meanwhile


def _moment(value: object) -> datetime | None:
    read = _DATE.match(value.decode("ascii", "replace")) if isinstance(value, bytes) else None
    if read is None or read[2].title() not in _MONTHS:
        return None
    month = _MONTHS.index(read[2].title()) + 1
    try:
        local = datetime(
            int(read[3]), month, int(read[1]), int(read[4]), int(read[5]), int(read[6]), tzinfo=UTC
        )
        sign = -1 if read[7].startswith("-") else 1
        return local - timedelta(hours=int(read[7]), minutes=sign * int(read[8]))
    except (ValueError, OverflowError):
        return None


def _batch(box: Imap, account: Account, settings: Settings, waiting: Sequence[Waiting]) -> Batch:
    small = {one.uid: one for one in waiting if one.size <= LARGEST}
    raws = _whole(box, small) if small else {}
    for one in waiting:
        if one.size > LARGEST and (raw := _without_files(box, one)):
            raws[one.uid] = raw
    batch = Batch()
    seen: set[str] = set()
    for one in waiting:
        if (raw := raws.get(one.uid)) is None:
            continue  # removed meanwhile
        _add(batch, raw, settings, seen)
    return batch


def _add(batch: Batch, raw: bytes, settings: Settings, seen: set[str]) -> None:
    """One mail to the batch; the same delivered twice is one."""
    try:
        post: Post = mapping.to_post(raw, settings)
    except BadData as error:
        reason = "no_text" if error.code == "no_text" else "not_understood"
        batch.rejected.append(Rejected(0, reason, str(error), raw[:MAX_RAW]))
        return
    author = post.author.external_id if post.author else ""
    if f"{post.external_id} {author} {post.published_at}" in seen:
        return
    seen.add(f"{post.external_id} {author} {post.published_at}")
    batch.posts.append((post, raw))


def _whole(box: Imap, waiting: dict[int, Waiting]) -> dict[int, bytes]:
    kind, data = box.uid("FETCH", ",".join(map(str, waiting)), "(UID BODY.PEEK[])")
    _agreed(kind, data)
    found = {}
    for answer in structure.answers(data):
        mail, uid = answer.get("BODY[]"), int(answer.get("UID") or 0)
        if isinstance(mail, bytes) and uid in waiting:
            found[uid] = envelope.put(mail, at=waiting[uid].at)
    return found


def _without_files(box: Imap, one: Waiting) -> bytes | None:
    """A mail that is too large, with its texts, and descriptions of its files."""
    found = _ask(box, one.uid, "(UID BODYSTRUCTURE BODY.PEEK[HEADER])")
    if found is None:
        return None
    leaves = list(structure.leaves(found.get("BODYSTRUCTURE")))[:_MOST_LEAVES]
    single = len(leaves) == 1 and leaves[0].number == "1"
    pieces = []
    for leaf in leaves:
        is_text = (
            leaf.media_type in ("text/plain", "text/html", "message/delivery-status")
            and leaf.size <= LARGEST_TEXT
        )
        mime = "HEADER" if single else f"{leaf.number}.MIME"
        wanted = f"(UID BODY.PEEK[{mime}]" + (f" BODY.PEEK[{leaf.number}])" if is_text else ")")
        part = _ask(box, one.uid, wanted)
        if part is None:
            return None
        own = headers.only_content(part.get(f"BODY[{mime}]") or b"")
        content = part.get(f"BODY[{leaf.number}]") if is_text else None
        pieces.append(envelope.Piece(own, content, leaf.size, leaf.choice))
    head = found.get("BODY[HEADER]") or b""
    return envelope.put_pieces(head[: MAX_RAW * 4], pieces, at=one.at, whole=one.size)


def _ask(box: Imap, uid: int, wanted: str) -> dict[str, bytes] | None:
    kind, data = box.uid("FETCH", str(uid), wanted)
    _agreed(kind, data)
    return next((one for one in structure.answers(data) if int(one.get("UID") or 0) == uid), None)


def _agreed(kind: str, data: Sequence[object]) -> None:
    if kind != "OK":
        raise imaplib.IMAP4.error(str(data[-1:])[:200])
