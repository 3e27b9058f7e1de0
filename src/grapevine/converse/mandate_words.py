"""Mandates and reasons in plain words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from grapevine.converse.mandate_rules import Reason
from grapevine.converse.models import SpeaksAs
from grapevine.converse.selectors.names import Names, named
from grapevine.converse.terms import Terms
from grapevine.understand.contracts import INTENT_NAMES


@dataclass(frozen=True)
class Said:
    """One thing a mandate says: what it is about, and what it says of it."""

    about: str
    says: str


def terms(said: Terms, names: Names) -> list[Said]:
    """What somebody may say, line by line."""
    lines = [
        Said(_("As"), _as_whom(said)),
        Said(_("Brands"), listed(named(said.brand_ids, names.brands)) or _("All brands")),
        Said(_("Channels"), listed(named(said.source_ids, names.sources)) or _("All channels")),
        Said(_("Languages"), listed(map(language, said.langs)) or _("Any language")),
        Said(_("Topics"), _topics(said, names)),
        Said(_("Promises"), _promises(said)),
    ]
    if said.except_label_ids:
        left = listed(named(said.except_label_ids, names.labels))
        lines.append(Said(_("Not"), _("Conversations labelled %(labels)s") % {"labels": left}))
    return lines


def _as_whom(said: Terms) -> str:
    role = SpeaksAs(said.speaks_as).label if said.speaks_as in SpeaksAs.values else said.speaks_as
    return f"{said.relation} ({role})" if said.relation else str(role)


def _topics(said: Terms, names: Names) -> str:
    topics = listed(str(INTENT_NAMES[one]) for one in said.wants if one in INTENT_NAMES) or _("Every topic")
    if said.label_ids:
        labels = listed(named(said.label_ids, names.labels))
        return _("%(topics)s, where the conversation is labelled %(labels)s") % {
            "topics": topics,
            "labels": labels,
        }
    return topics


def _promises(said: Terms) -> str:
    found = []
    if said.amount:
        found.append(_("up to %(amount)s") % {"amount": money(said.amount, said.currency)})
    if said.percent:
        found.append(_("up to %(percent)s %% off a price") % {"percent": said.percent})
    return listed(found) or _("No promise of money")


def money(amount: Decimal | str, currency: str) -> str:
    """A sum as the reader's language writes it, with its currency's code."""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    return f"{formats.number_format(value, places, use_l10n=True, force_grouping=True)} {currency}"


def language(code: str) -> str:
    """A language by its own name."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def listed(parts: Iterable[str]) -> str:
    """Several things in a row."""
    return ", ".join(parts)


def reasons(found: Sequence[Reason], names: Names) -> list[str]:
    """Why a reply isn't inside a mandate, a sentence for each reason."""
    return [reason(one, names) for one in found]


def reason(one: Reason, names: Names) -> str:
    """One reason, and what can be done about it where that isn't plain."""
    say = _SENTENCES.get(one.code)
    return say(one.facts, names) if say else one.code


def _of_brand(facts: dict[str, Any], names: Names) -> str:
    if facts.get("brand_id") is None:
        return _("The conversation belongs to no brand; the mandate is for certain brands.")
    brand = listed(named([facts["brand_id"]], names.brands))
    return _("The mandate isn’t for %(brand)s.") % {"brand": brand}


def _of_wants(facts: dict[str, Any], _names: Names) -> str:
    topics = [str(INTENT_NAMES[one]) for one in facts["wants"] if one in INTENT_NAMES]
    return ngettext(
        "The conversation is also about this, which the mandate doesn’t cover: %(topics)s.",
        "The conversation is also about these, which the mandate doesn’t cover: %(topics)s.",
        len(topics),
    ) % {"topics": listed(topics)}


def _of_amount(facts: dict[str, Any], _names: Names) -> str:
    said = {
        "amount": money(facts["amount"], facts["currency"]),
        "limit": money(facts["limit"], facts["limit_currency"]),
    }
    if not Decimal(facts["limit"]):
        return _("The reply names %(amount)s; the mandate allows no promise of money.") % said
    return _("The reply names %(amount)s; the mandate goes up to %(limit)s.") % said


def _of_currency(facts: dict[str, Any], _names: Names) -> str:
    return _("The reply names %(amount)s; the mandate’s limit is in %(currency)s.") % {
        "amount": money(facts["amount"], facts["currency"]),
        "currency": facts["limit_currency"],
    }


def _day(facts: dict[str, Any]) -> dict[str, str]:
    day = parse_date(str(facts["on"]))
    return {"day": formats.date_format(day, "DATE_FORMAT") if day else ""}


_SENTENCES: dict[str, Any] = {
    "none": lambda _f, _n: _("There is no mandate yet. A lead gives one."),
    "check": lambda _f, _n: _("The guideline’s check isn’t passed yet, or has to be passed anew."),
    "not-accepted": lambda _f, _n: _("The mandate waits to be read and accepted."),
    "not-begun": lambda f, _n: _("The mandate begins on %(day)s.") % _day(f),
    "ended": lambda f, _n: _("The mandate ended on %(day)s.") % _day(f),
    "brand": _of_brand,
    "source": lambda f, n: (
        _("The mandate isn’t for the channel %(source)s.")
        % {"source": listed(named([f["source_id"]], n.sources))}
    ),
    "lang": lambda f, _n: _("The mandate isn’t for %(language)s.") % {"language": language(f["lang"])},
    "wants": _of_wants,
    "labels": lambda f, n: (
        _("The mandate is for conversations labelled %(labels)s.")
        % {"labels": listed(named(f["label_ids"], n.labels))}
    ),
    "label-kept": lambda f, n: (
        _("Conversations labelled %(labels)s are left to others.")
        % {"labels": listed(named(f["label_ids"], n.labels))}
    ),
    "amount": _of_amount,
    "currency": _of_currency,
    "percent": lambda f, _n: (
        _("The reply names %(percent)s %% off; the mandate goes up to %(limit)s %%.")
        % {"percent": f["percent"], "limit": f["limit_percent"]}
    ),
    "open-ended": lambda f, _n: _("“%(said)s” promises money without saying how much.") % {"said": f["said"]},
    "too-long": lambda f, _n: (
        _(
            "The reply is longer than what is read of one (%(limit)s characters): nobody can say what it promises."
        )
        % {"limit": f["characters"]}
    ),
}
REFUSALS: dict[str, Any] = {
    "may-not-answer": lambda: _("This user may only read. Give them the role Member first."),
    "ends-before-it-begins": lambda: _("The last day comes before the first."),
    "ended": lambda: _("The last day has passed already."),
    "withdrawn": lambda: _("This mandate was withdrawn. Give a new one."),
    "not-yours": lambda: _("Only the one it was given to can accept it."),
    "changed-since": lambda: _("The mandate has changed since you opened the page. Read it as it is now."),
}
