"""A picture stays a picture, whatever its name says; a table with spoilt rows stays a table."""

from __future__ import annotations

import gzip
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from grapevine.connectors.base import BadData
from grapevine.connectors.file.inspection import inspect
from grapevine.connectors.file.tests.making import DAY, csv_file


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _zip(path: Path, *names: str) -> bytes:
    with zipfile.ZipFile(path / "made.zip", "w") as packed:
        for name in names:
            kind = name.removeprefix("mimetype:")
            packed.writestr(name.partition(":")[0], kind if kind != name else "x")
    return (path / "made.zip").read_bytes()


def _refused(folder: Path, content: bytes, name: str = "posts.csv") -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(BadData) as caught:
        inspect(path)
    assert str(path.name) in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("name", ["posts.csv", "posts.jsonl", "posts.txt"])
def test_a_picture_is_refused_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert _refused(tmp_path, _png(), name) == "file_is_binary"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "file_is_document"),
        (b"{\\rtf1\\ansi Hello", "file_is_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a sheet of 2003", "file_is_spreadsheet"),
        (b"PK\x03\x04 cut off", "file_is_archive"),
        (b"7z\xbc\xaf\x27\x1c", "file_is_archive"),
        (b"\xff\xd8\xff\xe0 JFIF", "file_is_binary"),
        (b"SQLite format 3\x00", "file_is_binary"),
        (random.Random(3).randbytes(4_000), "file_is_binary"),  # no beginning we know
        (struct.pack("<500H", *range(500)), "file_is_binary"),  # half of it zero bytes, as UTF-16 has them
        (gzip.compress(_png(), mtime=0), "file_is_binary"),
        (
            gzip.compress(b"posts.csv".ljust(257, b"\0") + b"ustar\0".ljust(255, b"\0"), mtime=0),
            "file_is_archive",
        ),
    ],
)
def test_what_is_no_text_is_refused_and_told_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    assert _refused(tmp_path, content) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), "file_is_spreadsheet"),
        (("[Content_Types].xml", "word/document.xml"), "file_is_document"),
        (("mimetype:application/vnd.oasis.opendocument.spreadsheet", "content.xml"), "file_is_spreadsheet"),
        (("mimetype:application/vnd.oasis.opendocument.text", "content.xml"), "file_is_document"),
        (("posts.csv",), "file_is_archive"),
    ],
)
def test_what_is_zipped_is_told_by_what_is_in_it(tmp_path: Path, names: tuple[str, ...], code: str) -> None:
    assert _refused(tmp_path, _zip(tmp_path, *names)) == code


def test_a_table_with_a_few_spoilt_characters_stays_a_table(tmp_path: Path) -> None:
    found = inspect(
        csv_file(tmp_path, f"1,a zero\0byte,{DAY}", f"2,a bell\a and \x1b[1mcolours,{DAY}", f"3,fine,{DAY}")
    )
    assert [post.external_id for post in found.posts] == ["2", "3"]
    assert [row.reason for row in found.rejected] == ["nul_byte"]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "cp1252", "gb18030", "shift_jis", "euc-kr", "cp1251"]
)
def test_text_of_any_encoding_is_text(tmp_path: Path, encoding: str) -> None:
    said = {
        "gb18030": "你好，世界",
        "shift_jis": "こんにちは",
        "euc-kr": "안녕하세요",
        "cp1251": "Привет",
    }.get(encoding, "Hallå där")
    path = tmp_path / "posts.csv"
    path.write_bytes(("id,text,date\n" + "".join(f"{n},{said},{DAY}\n" for n in range(40))).encode(encoding))
    assert inspect(path).columns == ("id", "text", "date")
