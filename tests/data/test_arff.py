"""ARFF names, types and quotes its cells in ways of its own."""

from pathlib import Path

import pytest

from clustering.data.tables import read
from tests.data.brought import cells, check_script, said

FILE = """% a comment
@RELATION 'a relation'
@ATTRIBUTE 'sepal length' REAL
@attribute n integer
@attribute kind {x,'y z',"it's"}
@attribute note string
@attribute day date "yyyy-MM-dd"
@data
5.1, 3, x, 'a, b', 2024-01-31
% between
?,?,'y z',?,?
{0 2.5, 2 "it's", 3 'say \\'hi\\''}

-1e3,7,x,plain,2024-02-01
"""


def test_cells_are_cut_and_typed(tmp_path: Path) -> None:
    for text in (FILE, FILE.replace("\n", "\r\n")):
        check_script(text.encode(), "a.arff", tmp_path)
        frame = cells(text.encode(), "a.txt")
        assert list(frame.columns) == ["sepal length", "n", "kind", "note", "day"]
        assert frame["sepal length"].fillna(0).tolist() == [5.1, 0, 2.5, -1000.0]
        assert frame["n"].fillna(-1).tolist() == [3, -1, 0, 7]
        assert frame["kind"].tolist() == ["x", "y z", "it's", "x"]
        assert frame["note"].fillna("").tolist() == ["a, b", "", "say 'hi'", "plain"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("1,2,x,y\n", "has 4 cells for 5 attributes"),
        ("1,2,x,'y,2024\n", "quote"),
        ("{9 1}\n", "a column that is not there"),
        ("", "no rows"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(data: str, word: str) -> None:
    head = FILE[: FILE.index("5.1")]
    sentence = said((head + data).encode(), "a.arff")
    assert word in sentence and (not data or "Line 9" in sentence)


def test_words_that_are_digits_are_codes_unless_told_otherwise(tmp_path: Path) -> None:
    text = "@relation r\n@attribute c {1,2,3}\n@attribute z {01,02}\n@attribute w {a,b}\n"
    text += "@attribute n numeric\n@data\n" + "1,01,a,1\n2,02,b,2\n?,01,a,3\n3,02,b,5\n" * 3
    table = check_script(text.encode(), "a.arff", tmp_path)
    assert [table.form(name).kind for name in "czwn"] == ["code", "code", "category", "number"]
    assert table.frame["z"].tolist()[:2] == ["01", "02"]
    other = read(text.encode(), "a.arff", given={"kinds": (("c", "number"),)})
    assert other.form("c").kind == "number" and other.form("z").kind == "code"
