"""The command that holds readings against labels that people gave."""

from __future__ import annotations

import gzip
import time
import zlib
from pathlib import Path
from typing import IO, Any, cast

import typer

from grapevine.cli import house
from grapevine.cli.label import SHOWN, lines, opened, tier_of, too_long
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num

TASKS = ("sentiment", "lang", "spam", "intent")
# What sets call the intents that we know by another name; any other label says that it is not the intent.
_INTENTS = {
    "complaint": "complains",
    "suggestion": "idea",
    "recommended": "recommends",
    "recommends": "recommends",
}


def evaluate(
    file: str = typer.Argument(help='Lines of {"id", "text", "label"}; also .gz.'),
    task: str = typer.Option(help="sentiment, lang, spam or intent."),
    tier: str = typer.Option("auto", help="fast, deep, or auto: deep where the fast one is not sure."),
) -> None:
    """Print how often the readings of a labelled file are right.

    Sentiment is held against `label` (negative, neutral, positive), spam against `label` (spam or anything else), language against `lang`, an intent
    against `label` (complaint, suggestion or one of our intents, or anything else). Rows with other labels are counted and left out.
    """
    if task not in TASKS:
        values = {"task": repr(task), "tasks": ", ".join(TASKS)}
        house.end(_("There is no task %(task)s. Say one of: %(tasks)s.") % values, code=2)
    name = Path(file).name
    with opened(file) as source:
        rows = _rows(source, name)
    from grapevine.engine.text import reading

    used = tier_of(tier)
    told = {"sentiment": _sentiment, "lang": _language, "spam": _spam, "intent": _intent}[task]
    reading.read([row["text"] for row in rows[:200]], tier=used)  # what is loaded once is not counted
    began = time.process_time()
    found = reading.read([row["text"] for row in rows], tier=used)
    taken = time.process_time() - began
    deep = sum(one.tier == "deep" for one in found)
    values = {
        "file": name,
        "rows": num(len(rows)),
        "tier": used,
        "deep": num(deep),
        "rate": num(len(rows) / max(taken, 1e-9)),
    }
    said = ngettext(
        "%(file)s: %(rows)s row, tier %(tier)s (%(deep)s read by the deep one), %(rate)s a second",
        "%(file)s: %(rows)s rows, tier %(tier)s (%(deep)s read by the deep one), %(rate)s a second",
        len(rows),
    )
    typer.echo(said % values)
    told(rows, found)


def _rows(source: IO[bytes], name: str) -> list[dict[str, Any]]:
    """The rows of a file. Ends when it cannot be unpacked to its end: a part of a set would be taken for the whole."""
    rows: list[dict[str, Any]] = []
    bad = number = 0
    plain = cast("IO[bytes]", gzip.GzipFile(fileobj=source)) if name.endswith(".gz") else source
    try:
        for number, line in lines(plain, name):
            row = _row(line) if line is not None else too_long()
            if not isinstance(row, str):
                rows.append(row)
                continue
            bad += 1
            if bad <= SHOWN:
                typer.echo(house.at_line(name, number, row), err=True)
    except (OSError, EOFError, zlib.error) as error:
        why = _("the file is broken here (%(error)s).") % {"error": error}
        house.end(house.at_line(name, number + 1, why), code=2)
    if bad:
        told = ngettext("%(number)s line was left out.", "%(number)s lines were left out.", bad)
        typer.echo(told % {"number": num(bad)}, err=True)
    if not rows:
        house.end(_("%(file)s holds no rows to read.") % {"file": name}, code=2)
    return rows


def _row(line: bytes) -> dict[str, Any] | str:
    """A labelled post, or why it is none."""
    import msgspec

    from grapevine.engine.text.reading import fast

    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return _('an object with "text" is expected.')
    for key in ("label", "lang"):
        if isinstance(row.get(key), (dict, list)):
            return _("one %(key)s is expected, not several.") % {"key": f'"{key}"'}
    return {"text": row["text"][: fast.LONGEST], "label": row.get("label"), "lang": row.get("lang")}


def _table(truth: list[str], said: list[str], names: list[str], left_out: int) -> None:
    from grapevine.engine.text.scores import scores

    if not truth:
        house.end(_("No row has a label of this task."), code=2)
    made = scores(truth, said, names)
    low, high = made.interval
    counts = {"number": num(made.count), "others": num(left_out)}
    typer.echo(_("%(number)s labelled, %(others)s with other labels left out") % counts)
    told = _("accuracy %(accuracy)s   macro-F1 %(f1)s (95 %%: %(low)s to %(high)s)")
    figures = {"accuracy": made.accuracy, "f1": made.macro_f1, "low": low, "high": high}
    typer.echo(told % {name: num(figure, 3) for name, figure in figures.items()})
    for name, f1, row in zip(made.names, made.f1, made.table, strict=True):
        cells = "  ".join(
            f"{other} {num(count)}" for other, count in zip(made.names, row.tolist(), strict=True)
        )
        typer.echo(f"  {name:<16} F1 {num(f1, 3)}   {_('read as')}  {cells}")


def _sentiment(rows: list[dict[str, Any]], found: list[Any]) -> None:
    import numpy as np

    from grapevine.engine.text.reading import MOODS
    from grapevine.engine.text.scores import calibration_error

    keep = [place for place, row in enumerate(rows) if row.get("label") in MOODS]
    names = [name for name in MOODS if any(rows[place]["label"] == name for place in keep)]
    p = np.array([found[place].sentiment_p for place in keep], np.float64).reshape(-1, 3)[
        :, [MOODS.index(name) for name in names]
    ]
    # Where a set knows no neutral, the likelier of the other two is the answer.
    p = p / np.maximum(p.sum(1, keepdims=True), 1e-9)
    truth = [rows[place]["label"] for place in keep]
    said = [names[place] for place in p.argmax(1).tolist()] if names else []
    _table(truth, said, names, len(rows) - len(keep))
    right = np.array([a == b for a, b in zip(truth, said, strict=True)])
    sure = np.array([found[place].sure for place in keep])
    accuracy = num(right[sure].mean(), 3) if sure.any() else "–"
    values = {
        "error": num(calibration_error(p.max(1), right), 3),
        "share": num(100 * sure.mean()),
        "accuracy": accuracy,
    }
    typer.echo(_("calibration error %(error)s   sure %(share)s %% of them: accuracy %(accuracy)s") % values)


def _language(rows: list[dict[str, Any]], found: list[Any]) -> None:
    alike = {"nn": "no", "nb": "no"}
    known = ("sv", "da", "no", "nl", "de", "en", "af")
    keep = [place for place, row in enumerate(rows) if alike.get(row["lang"], row["lang"]) in known]
    truth = [alike.get(rows[place]["lang"], rows[place]["lang"]) for place in keep]
    said = [alike.get(found[place].lang, found[place].lang) for place in keep]
    _table(truth, said, [name for name in known if name in set(truth)], len(rows) - len(keep))


def _spam(rows: list[dict[str, Any]], found: list[Any]) -> None:
    truth = ["spam" if row.get("label") == "spam" else "other" for row in rows]
    _table(
        truth,
        ["spam" if one.spam else "other" for one in found],
        [name for name in ("spam", "other") if name in set(truth)],
        0,
    )


def _intent(rows: list[dict[str, Any]], found: list[Any]) -> None:
    from grapevine.engine.text.reading import INTENTS

    labels = {str(row.get("label")) for row in rows}
    named = {label: _INTENTS.get(label, label) for label in labels if _INTENTS.get(label, label) in INTENTS}
    if not named:
        told = _("None of the labels is an intent. Ours are: %(intents)s.")
        house.end(told % {"intents": ", ".join(INTENTS)}, code=2)
    for label, intent in sorted(named.items()):
        typer.echo(f"{intent}:")
        truth = [intent if row.get("label") == label else "other" for row in rows]
        _table(truth, [intent if intent in one.intents else "other" for one in found], [intent, "other"], 0)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)
