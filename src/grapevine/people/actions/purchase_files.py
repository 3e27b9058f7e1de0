"""Files of purchases: looked at before they are read, then read row by row; what can't be kept is counted, kept and told."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from grapevine.core import access, audit, installation, jobs
from grapevine.people import orders
from grapevine.people.actions import purchases
from grapevine.people.models import PurchaseFile, RefusedRow, Shop
from grapevine.people.models.purchases import FileState
from grapevine.people.orders import BadOrder, Order

ADD = "people.purchase.add"
READ = "people.purchases.read"
BATCH = 500
LOOKED_AT = 500
"""So many rows are looked at before a file is read."""
KEPT = 5000
"""So many refused rows of a file are kept."""
UNREAD = timedelta(days=1)
_LONGEST_RAW = 1000


@transaction.atomic
def add_file(
    *, shop: Shop, path: str, file_name: str, by: Any, at: datetime, look_first: bool = False
) -> PurchaseFile:
    """Have a file of purchases read by the worker; with `look_first` once somebody has looked at it, and `start`ed it."""
    access.require(by, ADD)
    file = PurchaseFile.objects.create(
        shop=shop, file_name=file_name, path=path, added_by=None if by is access.SYSTEM else by, added_at=at,
        state=FileState.LOOK if look_first else FileState.WAITING,
    )  # fmt: skip
    if not look_first:
        _wanted(file)
    audit.record("people.purchases.file_added", subject=shop, by=by, at=at)
    return file


@transaction.atomic
def start(*, file: PurchaseFile, currency: str, by: Any, at: datetime) -> bool:
    """Have a file read that was looked at. `currency` is that of amounts without one beside them. False when it is read already."""
    access.require(by, ADD)
    waiting = PurchaseFile.objects.filter(pk=file.pk, state=FileState.LOOK)
    if not waiting.update(state=FileState.WAITING, currency=currency):
        return False
    _wanted(file)
    audit.record("people.purchases.file_started", subject=file.shop, by=by, at=at)
    return True


@transaction.atomic
def discard(*, file: PurchaseFile, by: Any, at: datetime) -> bool:
    """Let a file go that was looked at and isn't wanted. False when it is read already."""
    access.require(by, ADD)
    if not PurchaseFile.objects.filter(pk=file.pk, state=FileState.LOOK).delete()[0]:
        return False
    audit.record("people.purchases.file_discarded", subject=file.shop, by=by, at=at)
    transaction.on_commit(lambda: Path(file.path).unlink(missing_ok=True))
    return True


def forget_unread(*, at: datetime) -> int:
    """Let files go that nobody had read within a day. For the nightly job."""
    rows = PurchaseFile.objects.filter(state=FileState.LOOK, added_at__lt=at - UNREAD)
    count = 0
    for file in rows[:BATCH]:
        Path(file.path).unlink(missing_ok=True)
        file.delete()
        count += 1
    return count


def _wanted(file: PurchaseFile) -> None:
    jobs.put(READ, {"file_id": file.pk}, key=f"{READ}:{file.pk}")


@dataclass(frozen=True)
class Looked:
    """A row as it would be kept, or why it would not be (`wrong`, a code)."""

    line: int
    order: Order | None
    wrong: str
    detail: str
    raw: str


def look(file: PurchaseFile, *, currency: str, now: datetime, rows: int = LOOKED_AT) -> list[Looked]:
    """The first rows of a file as they would be read. Raises BadOrder when the file is none of purchases, or not there."""
    try:
        reader = _reader(Path(file.path))
    except OSError:
        raise BadOrder("no_file") from None
    zone = installation.zone()
    found = []
    for row in itertools.islice(reader, rows):
        try:
            found.append(
                Looked(reader.line_num, orders.read(row, zone=zone, now=now, currency=currency), "", "", "")
            )
        except BadOrder as error:
            found.append(Looked(reader.line_num, None, error.code, error.detail, _raw(row)))
    return found


def _raw(row: Mapping[str, Any]) -> str:
    return ";".join(str(value) for value in row.values())[:_LONGEST_RAW]


def read_file(*, file_id: int, at: datetime, run: jobs.Run | None = None) -> None:
    """Read a file, a batch of rows in each transaction with its place: a worker that dies in the midst goes on there.

    Rows that can't be kept are counted, kept and told why.
    """
    file = PurchaseFile.objects.select_related("shop").get(pk=file_id)
    if file.state in (FileState.LOOK, FileState.DONE, FileState.FAILED):
        return
    try:
        reader = _reader(Path(file.path))
    except (BadOrder, OSError) as error:
        file.state, file.finished_at = FileState.FAILED, at
        file.error_code = error.code if isinstance(error, BadOrder) else "no_file"
        file.save()
        return
    batch: list[tuple[int, dict[str, Any]]] = []
    for number, row in enumerate(reader, 1):
        if number <= file.place:
            continue
        batch.append((reader.line_num, row))
        if len(batch) == BATCH:
            _keep_batch(file, batch, at, run)
            batch = []
    _keep_batch(file, batch, at, run, last=True)
    Path(file.path).unlink(missing_ok=True)


def _reader(path: Path) -> csv.DictReader[str]:
    """The rows of a file: comma or semicolon or tab, UTF-8 or, failing that, Windows' Latin letters. Raises BadOrder."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in orders.NEEDED if name not in reader.fieldnames]
    if missing or not {"email", "customer"} & set(reader.fieldnames):
        raise BadOrder("no_columns")
    return reader


@transaction.atomic
def _keep_batch(
    file: PurchaseFile,
    batch: Sequence[tuple[int, dict[str, Any]]],
    at: datetime,
    run: jobs.Run | None,
    *,
    last: bool = False,
) -> None:
    zone = installation.zone()
    good: list[Order] = []
    refused = []
    for line, row in batch:
        try:
            good.append(orders.read(row, zone=zone, now=at, currency=file.currency))
        except BadOrder as error:
            refused.append(
                RefusedRow(file=file, line=line, reason=error.code, detail=error.detail, raw=_raw(row), at=at)
            )
    purchases.one_at_a_time(file.shop)
    stored, touched = purchases.store(file.shop, good, at)
    RefusedRow.objects.bulk_create(refused[: max(0, KEPT - file.refused)])
    file.place += len(batch)
    file.new += stored.new
    file.changed += stored.changed
    file.known += stored.known
    file.refused += len(refused)
    file.state = FileState.DONE if last else FileState.RUNNING
    file.finished_at = at if last else None
    file.save()
    if run is not None:
        run.progress(file.place)
    if touched:
        purchases.told(touched, at)
    if last:
        Shop.objects.filter(pk=file.shop_id).update(heard_at=at)
        audit.record(
            "people.purchases.received", subject=file.shop, by=access.SYSTEM, at=at, new=file.new,
            changed=file.changed, known=file.known,
        )  # fmt: skip
