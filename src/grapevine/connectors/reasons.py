"""Why a single item was left out: codes and their English sentences, for translation and for the
rejected-rows page.

Also the sizes beyond which an item is left out. They are far above what people write and far below what would
hurt the store.
"""

from __future__ import annotations

MAX_TEXT = 1_000_000
"""Characters in a text (and in a title, a hundredth of that). Longer: `too_long`."""
MAX_NAME = 2_000
"""Characters in an id, a name or an address. Longer: `too_long`."""
MAX_TAGS = 1_000
"""Hashtags, mentions or links in one post. More: `too_many_tags`."""
MAX_RECORD = 4 << 20
"""Bytes of one row or line. Longer: `too_long`."""
MAX_RAW = 64 << 10
"""Bytes of a rejected item that are kept to be looked at."""

REASONS = {
    "bad_date": "The date cannot be read.",
    "bad_json": "The line is not valid JSON.",
    "bad_quotes": "The quotation marks in the row do not fit together.",
    "bad_type": "A field holds something else than expected (a list instead of a text, for one).",
    "date_in_future": "The date lies in the future.",
    "date_out_of_range": "The date lies before 1970 or after 2100.",
    "id_taken": "Another message has this id already. This one comes from somebody else or bears another date, so it was left out.",
    "missing_date": "The row has no date.",
    "no_id": "The item has no id, so it cannot be told from others.",
    "no_text": "The row has neither text nor title.",
    "not_understood": "The item cannot be understood.",
    "nul_byte": "The row holds a zero byte, which no text may.",
    "too_few_columns": "The row has fewer columns than the header.",
    "too_long": "The text or another field is longer than allowed.",
    "too_old": "The post is older than its source keeps posts. Let the source keep them longer and import again.",
    "too_many_columns": "The row has more columns than the header.",
    "too_many_tags": "The post has more hashtags, mentions or links than allowed.",
    "truncated": "The file ends in the middle: it was cut off.",
    "unclosed_quote": "A quotation mark is opened in the row and never closed.",
    "undecodable": "The row holds bytes that are not text in the file's encoding.",
}


class Unfit(Exception):
    """One item cannot become a post. `reason` is a code of `REASONS`, `detail` an English addition."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{REASONS[reason]} {detail}".rstrip())
        self.reason = reason
        self.detail = detail
