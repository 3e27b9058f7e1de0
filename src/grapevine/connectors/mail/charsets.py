"""Bytes of mails as text, whatever their charset is called and whether it is right. Pure; nothing here raises."""

from __future__ import annotations

import codecs

import charset_normalizer

# What senders write, and what they mean by it.
_MEANT = {
    "ascii": "utf-8", "us-ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "unknown-8bit": "utf-8", "unknown": "utf-8", "8bit": "utf-8",
    "x-unknown": "utf-8", "utf8mb4": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "windows-31j": "cp932", "x-sjis": "cp932", "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
}  # fmt: skip
_LOOKED_AT = 64 << 10


def decoded(data: bytes, charset: str) -> str:
    """The text: in its charset, else in UTF-8, else as it looks; bytes that fit nowhere are replaced.

    A text mostly of ASCII, with a letter beyond it here and there, is Western; guessing at so few letters goes wrong.
    """
    named = charset.strip().strip("\"'").lower()
    for name in dict.fromkeys((_MEANT.get(named, named), "utf-8")):
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    if sum(byte > 0x7F for byte in data[:_LOOKED_AT]) * 4 < len(data[:_LOOKED_AT]):
        return data.decode("cp1252", "replace")
    guess = charset_normalizer.from_bytes(data[:_LOOKED_AT]).best()
    try:
        return data.decode(guess.encoding if guess is not None else "cp1252", "replace")
    except (LookupError, UnicodeError):
        return data.decode("latin-1")


def loose(value: str) -> str:
    """A header that may hold bytes beyond ASCII (as the parser hands them on): UTF-8 where it is that, else Western."""
    if value.isascii():
        return value
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
