"""What was wrong with something asked for, as a code with its params; `spread.words` says it in a person's language."""

from __future__ import annotations

from typing import Any


class Fault(Exception):
    """It can't be computed as it was asked for, and trying again won't help."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)
