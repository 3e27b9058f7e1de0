"""A guideline is read in sections; those that bear on a conversation are found."""

from __future__ import annotations

from grapevine.converse import sections

TEXT = """Before all.

## Say who you are {always}

Your name.

## When it hurts { complains,  label:Urgent  case }

1. Listen
2. Mend

More.

## Plain
Words {not tags}
"""


def test_headings_tags_and_texts_are_told_apart() -> None:
    parts = sections.read(TEXT)
    assert [one.title for one in parts] == ["", "Say who you are", "When it hurts", "Plain"]
    assert parts[2].tags == {"complains", "label:urgent case"}
    assert parts[2].gist == "1. Listen\n2. Mend"
    assert parts[3].body == "Words {not tags}"
    assert "{always}" not in sections.without_tags(TEXT)


def test_what_fits_a_conversation_is_found_and_what_always_holds() -> None:
    found = sections.bearing(sections.read(TEXT), wants=["complains"], labels=["URGENT case"])
    assert [(fits, one.title) for fits, one in found] == [(0, "Say who you are"), (2, "When it hurts")]
    assert [one.title for _n, one in sections.bearing(sections.read(TEXT), mood="positive")] == [
        "Say who you are"
    ]


def test_misspelt_tags_are_told() -> None:
    assert sections.unknown_tags("## A {complaints, negative, label:x}") == ["complaints"]
    assert sections.read("") == ()
