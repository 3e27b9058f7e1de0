"""Edge lists as people keep them, and what is wrong with those that can't be read."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine import graph
from grapevine.engine.graph import GraphError, reading


def _read(folder: Path, text: str | bytes, **options: Any) -> graph.Graph:
    file = folder / "ties.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return graph.load(file, **options)


def _arcs(made: graph.Graph) -> list[tuple[Any, Any]]:
    return [(made.ids.of(u), made.ids.of(int(v))) for u in range(made.n) for v in made.influences(u)]


@pytest.mark.parametrize(
    "text",
    [
        "# who whom\n3 5\n5\t9\n\n  9,3  \n# end\n",
        "3 5\r\n5 9\r\n9 3",
        b"\xef\xbb\xbf3 5\n5 9\n9 3\n",
        gzip.compress(b"3 5\n5 9\n9 3\n", mtime=0),
    ],
)
def test_ties_are_read_however_they_are_parted(tmp_path: Path, text: str | bytes) -> None:
    assert _arcs(_read(tmp_path, text)) == [(3, 5), (5, 9), (9, 3)]


def test_weights_are_read_to_the_last_digit_that_a_float_holds(tmp_path: Path) -> None:
    told = ["0.002105263157894737", "1", "1e-3", "12.5E+2", "+.5", "0", "3.4e-30", "123456789.123"]
    made = _read(tmp_path, "".join(f"0 {i + 1} {one}\n" for i, one in enumerate(told)))
    import numpy as np

    assert made.out_weight.tolist() == [float(np.float32(float(one))) for one in told]


@pytest.mark.parametrize("id", ["anna", "007", "+5", "1.0", "123456789012345678901234", "-0", "räksmörgås"])
def test_one_id_that_is_no_plain_number_makes_all_ids_texts(tmp_path: Path, id: str) -> None:
    made = _read(tmp_path, f"1 2\n2 3\n{id} 3\n4 {id}\n")
    assert sorted(map(str, _arcs(made))) == sorted(map(str, [("1", "2"), ("2", "3"), (id, "3"), ("4", id)]))


@pytest.mark.parametrize("id", ["-5", "999999999999999999", "0"])
def test_plain_whole_numbers_stay_numbers(tmp_path: Path, id: str) -> None:
    assert (int(id), 3) in _arcs(_read(tmp_path, f"1 2\n{id} 3\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0 1\n\n# x\n2\n", "line 4: 1 column"),
        ("0 1\n1 2 3 4\n", "line 2: 4 columns"),
        ("0 1\n1 2 0.5\n", "line 2: 3 columns, where the lines before have 2"),
        ("a b 1\nb c\n", "line 2: 2 columns, where the lines before have 3"),
        ("0 1 0.5\n1 2 nan\n", "line 2: the weight 'nan'|line 2: the weight nan"),
        ("0 1 0.5\n1 2 inf\n", "line 2: the weight inf"),
        ("0 1 0.5\n1 2 1e999\n", "line 2: the weight 1e999"),
        ("0 1 0.5\n1 2 -1\n", "line 2: the weight -1"),
        ("0 1 0.5\n1 2 much\n", "line 2: the weight 'much' is not a number"),
        ("a b 0.5\nb c much\n", "line 2: the weight 'much' is not a number"),
        (b"0 1\n1 \xff\xfe\n", "line 2: not UTF-8"),
        ("who whom\n0 1\n1 2\n", "line 1: 'who' stands where .* put a # before it"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(GraphError, match=told):
        _read(tmp_path, text)


def test_lines_are_counted_over_the_border_of_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK", 32)
    text = "".join(f"{i} {i + 1}\n" for i in range(100))
    assert _read(tmp_path, text).n == 101
    with pytest.raises(GraphError, match="line 101: 1 column"):
        _read(tmp_path, text + "7\n")


def test_a_file_that_is_not_there_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="No such file"):
        graph.load(tmp_path / "none.txt")
    with pytest.raises(GraphError, match="directory"):
        graph.load(tmp_path)
    with pytest.raises(GraphError, match="unpacked"):
        _read(tmp_path, gzip.compress(b"0 1\n" * 10_000)[:50])


def test_an_empty_file_is_an_empty_network(tmp_path: Path) -> None:
    assert _read(tmp_path, "# nobody\n").n == 0
    assert _read(tmp_path, b"").n == 0


def test_who_has_no_tie_is_there_when_the_count_is_told(tmp_path: Path) -> None:
    assert _read(tmp_path, "0 1\n", people=4).n == 4
    with pytest.raises(GraphError, match="the id 4 is not among 0 … 3"):
        _read(tmp_path, "0 4\n", people=4)
    with pytest.raises(GraphError, match="whole numbers"):
        _read(tmp_path, "a b\n", people=4)


def test_a_file_of_who_listens_to_whom_is_turned(tmp_path: Path) -> None:
    assert _arcs(_read(tmp_path, "0 1\n", turned=True)) == [(1, 0)]
    assert _arcs(_read(tmp_path, "a b\n", turned=True)) == [("b", "a")]


@pytest.mark.parametrize("weight", ["1e31", "1e40", "inf", "-1", "nan"])
def test_a_weight_out_of_reach_is_refused_with_its_line(tmp_path: Path, weight: str) -> None:
    with pytest.raises(GraphError, match=r"line 2: the weight"):
        _read(tmp_path, f"0 1 1\n1 2 {weight}\n")
    with pytest.raises(GraphError, match="Tie 1 has the weight"):
        graph.from_arrays([0], [1], [float(weight)])


PIECE = st.sampled_from([*"0123456789-+.eE#, \t\r\n", "nan", "7", "12 3", " ", "\n"])


@given(st.lists(PIECE, max_size=40).map("".join))
def test_any_text_is_read_or_refused_as_the_plain_reader_does(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties"
        path.write_text(text, newline="")
        plain: Any
        try:
            plain = reading._texts(path, 0, True, "sum", False)
        except GraphError as error:
            plain = str(error)
        try:
            ours: Any = graph.load(path)
        except GraphError as error:
            assert str(error) == plain
            return
        assert isinstance(plain, graph.Graph), plain
        assert sorted((str(u), str(v)) for u, v in _arcs(ours)) == sorted(_arcs(plain))
        if plain.weighted:
            assert ours.out_weight.sum() == pytest.approx(plain.out_weight.sum())
