"""What a file says of itself before its first tie, and lines that look like ties and are none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from conftest import SHARED
from grapevine.engine import graph
from grapevine.engine.graph import GraphError, heads, reading, store


def _file(folder: Path, text: str) -> Path:
    file = folder / "ties.txt"
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize(
    ("heading", "listener_first"),
    [
        ("source,target", False),
        ("Source\tTarget\tWeight", False),
        ("from to", False),
        ('"speaker","listener"', False),
        ("listener,speaker", True),
        ("follower followed", True),
        ("node1 node2", None),
        ("u v weight", None),
    ],
)
def test_usual_words_over_the_columns_are_a_heading_and_no_tie(
    tmp_path: Path, heading: str, listener_first: bool | None
) -> None:
    columns = len(heading.replace(",", " ").split())
    weight = " 0.5" if columns == 3 else ""
    for ids in (("1", "2", "3"), ("anna", "bo", "cleo")):
        body = f"{ids[0]} {ids[1]}{weight}\n{ids[1]} {ids[2]}{weight}\n"
        file = _file(tmp_path, f"# mine\n\n{heading}\n{body}")
        made = graph.load(file)
        assert (made.n, made.m) == (3, 2)
        assert heads.of(file) == heads.Head(heading, 3, listener_first)
        assert made.ids.are_plain or made.ids.of(0) == type(made.ids.of(0))(ids[0])


@pytest.mark.parametrize(
    "first", ["anna bo", "source anna", "1 2", "source target 0.5 1", "u v", "weight anna"]
)
def test_other_words_are_people(tmp_path: Path, first: str) -> None:
    assert heads.of(_file(tmp_path, f"{first}\n")) == heads.Head()


@pytest.mark.parametrize(
    ("comment", "directed", "said"),
    [
        ("# nodes=9 directed=0", False, "directed=0"),
        ("# Directed: yes", True, "Directed: yes"),
        ("# Undirected graph: ../com-amazon.txt", False, "Undirected graph"),
        ("# Directed graph (each unordered pair once)", True, "Directed graph"),
        ("# undirected, or so I heard", None, ""),
    ],
)
def test_a_comment_may_say_whether_ties_count_both_ways(
    tmp_path: Path, comment: str, directed: bool | None, said: str
) -> None:
    file = _file(tmp_path, f"{comment}\n# more\n1 2\n# directed=1 comes too late\n")
    assert (heads.of(file).directed, heads.of(file).said) == (directed, said)
    file.write_bytes(gzip.compress(file.read_bytes()))
    assert heads.of(file).directed == directed


def test_what_cannot_be_read_has_no_head(tmp_path: Path) -> None:
    assert heads.of(tmp_path / "nowhere") == heads.Head()
    assert heads.of(_file(tmp_path, "")) == heads.Head()
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(b"1 2\n" * 99)[:20])
    assert heads.of(broken) == heads.Head()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 2\n1,,2\n", "line 2: a column is empty"),
        ("1 2\na,,b\n", "line 2: a column is empty"),
        ("1 2\n,3 4\n", "line 2: a column is empty"),
        ("1 2\n3,4,\n", "line 2: a column is empty"),
        ("1,2,0.5\n3,4,,\n", "line 2: a column is empty"),
        ("1,2,0.5\n3,4, ,0.5\n", "line 2: a column is empty"),
        ("1 2\n,,\n", "line 2: a column is empty"),
        ("1 2\n1\x00 2\n", "line 2: a NUL byte"),
        ("a b\na\x00 b\n", "line 2: a NUL byte"),
        ("1 2 3\n1 2 1_000\n", "line 2: the weight '1_000' is not a number"),
        ("a b 3\na b 1_000\n", "line 2: the weight '1_000' is not a number"),
        ("1 2 3\n1 2 \u0663\n", "line 2: the weight '\u0663' is not a number"),
    ],
)
def test_what_only_looks_like_a_tie_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(GraphError, match=told):
        graph.load(_file(tmp_path, text))


def test_one_comma_parts_two_columns_whatever_stands_about_it(tmp_path: Path) -> None:
    made = graph.load(_file(tmp_path, "1 , 2\n2,3\r\n  3 ,1 \n# 1,,2\n\n"))
    assert (made.n, made.m) == (3, 3)
    assert [parts for _, parts in reading.lines_of(_file(tmp_path, "a , b\n# ,,\n"))] == [[b"a", b"b"]]


def test_a_saved_network_refuses_what_contradicts_it(tmp_path: Path) -> None:
    one = graph.load(_file(tmp_path, "5 6 0.5\n6 7 0.5\n5 6 0.5\n"))
    store.save(one, tmp_path / "one")
    both = graph.load(_file(tmp_path, "0 1\n1 2\n"), directed=False)
    store.save(both, tmp_path / "both")
    chances = graph.load(_file(tmp_path, "5 6 0.5\n5 6 0.5\n"), duplicates="chance")
    store.save(chances, tmp_path / "chances")
    for options, told in (
        ({"directed": False}, "its ties are directed"),
        ({"turned": True}, "isn't turned"),
        ({"people": 3}, "ids of their own"),
        ({"duplicates": "chance"}, "had their weights summed"),
    ):
        with pytest.raises(GraphError, match=f"is as it was saved: .*({told}).*Save it anew"):
            graph.load(tmp_path / "one", **options)  # type: ignore[arg-type]
    with pytest.raises(GraphError, match="3 people, not 4"):
        graph.load(tmp_path / "both", people=4)
    assert graph.load(tmp_path / "both", directed=False, turned=True, people=3).m == 2
    assert graph.load(tmp_path / "both", duplicates="chance").m == 2
    assert graph.load(tmp_path / "chances", duplicates="chance").out_weight.tolist() == [0.75]
    head = tmp_path / "chances" / store.HEAD
    head.write_text(head.read_text().replace(', "joined": "chance"', ""))
    with pytest.raises(GraphError, match="Save it anew"):
        graph.load(tmp_path / "chances", duplicates="chance")


@pytest.mark.shared
def test_a_network_of_authors_says_that_its_ties_count_both_ways() -> None:
    assert heads.of(SHARED / "spread/nethept.txt.gz").directed is False
