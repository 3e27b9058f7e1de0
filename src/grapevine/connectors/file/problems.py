"""What may be amiss with a file or with the way it is to be read, in words."""

from __future__ import annotations

PROBLEMS: dict[str, str | tuple[str, str]] = {
    "all_rejected": "None of the rows can be read this way: all of them will be left out and kept to be looked at. Check the "
    "columns.",
    "ambiguous_dates": "Nothing in the file decides whether the day or the month comes first: {written} was read as {read}. Say "
    "“month first” if that is wrong.",
    "empty_file": "The file is empty.",
    "mixed_dates": "Some dates have the day first and some the month. Rows that do not fit will be left out.",
    "no_date_column": "No column was found that says when something was published. Choose one, or all posts get the file's own date.",
    "no_header": "The first line does not look like a header, so the columns are numbered.",
    "no_id_column": "The rows have no id of their own, so one is made of their content. Rows with the same content count as one.",
    "no_text_column": "No column was found that holds the text. Please choose one.",
    "nothing_fits": "None of the first rows can be read this way. Check the columns.",
    "undecodable": "Some bytes do not fit the encoding. Rows that hold them will be left out.",
    "unknown_column": "The mapping names a column that the file does not have.",
    "unknown_field": "The mapping names something that a post does not have.",
    "unreadable_dates": "Most of the dates cannot be read. Choose another column.",
}
BLOCKING = frozenset({"empty_file", "no_text_column", "unknown_column", "unknown_field", "nothing_fits"})
"""Problems that a person must settle before an import."""
