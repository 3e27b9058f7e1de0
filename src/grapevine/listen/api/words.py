"""What the doors of listen share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from grapevine.listen.accounts import LONGEST

Name = Annotated[
    str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$")
]
BrandName = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$")
]
AccountName = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00-\x1f]*$")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Asked = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]
