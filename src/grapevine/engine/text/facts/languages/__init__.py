"""The shelf: one file per language. To add one, write its file after another's and name it here; the battery of checks tries it."""

from __future__ import annotations

from grapevine.engine.text.facts.base import Language
from grapevine.engine.text.facts.languages import da, en, nl, sv

SHELF: dict[str, Language] = {one.code: one for one in (sv.LANGUAGE, da.LANGUAGE, nl.LANGUAGE, en.LANGUAGE)}
