"""What the stream is filtered by: as words in an address (`Wish`), and as the store understands it (`Filter`).

Upper rooms make links into the stream with `Wish(...).address()`, and ask for mentions with a `Filter`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

MEANING = "meaning"  # the word for searching by it
UNSURE = "unsure"  # the word for "we are not sure", of languages and of moods
_LONGEST = {"q": 2000}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The filters of the page's address, as text. Every field is one parameter; the empty ones are left out of addresses.

    `brand` is a slug; `watch`, `source` and `author` (an identity) are ids; `lang` a code or `unsure`;
    `period` is `24h` or one of `listen.periods.DAYS`; `since` and `until` (in addresses: `from` and `to`)
    are days (`2026-11-21`, both included) or moments (`2026-11-21T13:00`, `until` not included); `copies`
    is `all` when near-duplicates are wanted one by one. `mood` is one of `understand.contracts.MOODS` or `unsure`, `want` one of its
    `INTENTS`, `spam` is `hide` or `only`. `by` is `meaning` when `q` is no query but words whose meaning is looked for.
    """

    q: str = ""
    by: str = ""
    brand: str = ""
    watch: str = ""
    source: str = ""
    lang: str = ""
    mood: str = ""
    want: str = ""
    spam: str = ""
    author: str = ""
    period: str = ""
    since: str = ""
    until: str = ""
    copies: str = ""

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> Wish:
        """The wish in the parameters of a request (or of a saved filter); others are ignored, too long ones cut."""
        found = {}
        for name, parameter in _PARAMETERS.items():
            value = params.get(parameter)
            found[name] = (
                str(value).replace("\0", "\ufffd").strip()[: _LONGEST.get(name, 140)]
                if value is not None
                else ""
            )
        return cls(**found)

    def params(self) -> dict[str, str]:
        """The parameters that say something, in their order."""
        return {parameter: value for name, parameter in _PARAMETERS.items() if (value := getattr(self, name))}

    def address(self, **others: Any) -> str:
        """The query string with its question mark, or "?" when there is nothing to say. `others` are more parameters."""
        given = {
            **self.params(),
            **{name: value for name, value in others.items() if value not in (None, "")},
        }
        return "?" + urlencode(given)

    def without(self, *names: str) -> Wish:
        """The same with some filters taken away."""
        return replace(self, **dict.fromkeys(names, ""))

    def having(self, **values: str) -> Wish:
        """The same with some filters set."""
        return replace(self, **values)

    def __bool__(self) -> bool:
        return bool(self.params())


_PARAMETERS = {
    field.name: {"since": "from", "until": "to"}.get(field.name, field.name) for field in fields(Wish)
}
PARAMETERS: tuple[str, ...] = tuple(_PARAMETERS.values())


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The filters as ids and moments. `lang` is None for all languages and "" for posts whose language we are unsure of.

    `start` is included, `end` is not. `q` is a query in the watch language. `folded` hides near-duplicates
    behind the post they repeat. `mood` and `want` are numbers and bits of `listen.reads`; `spam` tells whether only spam or none is wanted.
    `meaning` are words: the posts closest in meaning, which only the stream can show.
    """

    q: str = ""
    meaning: str = ""
    brand_id: int | None = None
    watch_id: int | None = None
    source_id: int | None = None
    lang: str | None = None
    mood: int | None = None
    want: int | None = None
    spam: bool | None = None
    identity_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    folded: bool = True

    def facts(self) -> dict[str, Any]:
        """What the audit keeps of it: what was asked for, without what was never set."""
        facts: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                facts[field.name] = value.isoformat() if isinstance(value, datetime) else value
        return facts
