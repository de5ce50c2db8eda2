"""From where on something is said or refused: a case on either side of each limit."""

import numpy as np
import pandas as pd
import pytest

from clustering.data.formats.arff import arff_cells, arff_frame
from clustering.data.formats.books import cells_below, merged_down
from clustering.data.formats.bounds import mentions
from clustering.data.formats.extent import extent
from clustering.data.formats.headings import heading
from clustering.data.formats.labels import unique
from clustering.data.passport import inspect
from clustering.data.reading import Reading, given_from
from clustering.data.related import alike
from clustering.data.suggestion import suggest
from clustering.data.suspects import suspects
from clustering.data.tables import Table

X = np.arange(400.0)


def table(**columns: object) -> Table:
    return Table(pd.DataFrame(columns), "mine", Reading(), "key")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (np.append(X[:61], 99.0), []),  # 39 beyond the others, which range over 60
        (np.append(X[20:61], 999.0), ["sentinel"]),  # 939 beyond, over 40
        (np.append(X[:100], 600.0), []),  # 15 robust deviations from the middle
        (np.append(X[:100], 1162.0), ["outlier"]),  # 30 of them
        (1.0 + 10.0 * (X > 375), []),  # skewness 3.6
        (1.0 + 10.0 * (X > 385), ["skew"]),  # skewness 5.1
    ],
)
def test_a_value_is_suspect_beyond_a_limit(cells: np.ndarray, said: list[str]) -> None:
    column = inspect(table(x=cells)).columns[0]
    assert [about for about, _ in suspects(column, cells)] == said


def test_columns_are_alike_from_a_correlation_of_95_hundredths() -> None:
    wave = np.tile([1.0, -1.0], 200)
    line = (X - X.mean()) / X.std()
    for strength, pair in ((0.93, ()), (0.97, ("a", "b"))):
        other = strength * line + np.sqrt(1 - strength**2) * wave
        assert alike({"a": line, "b": other})[0] == pair


def test_columns_are_scaled_from_ten_times_the_spread() -> None:
    assert suggest(table(a=X + 0.5, b=9 * X + 0.5)).scaling == "none"
    assert suggest(table(a=X + 0.5, b=11 * X + 0.5)).scaling == "standard"


def test_two_values_are_no_constant() -> None:
    assert [column.constant for column in inspect(table(a=[1.5, 2.5], b=[1.5, 1.5])).columns] == [
        False,
        True,
    ]


def test_no_link_skips_more_lines_than_a_file_has() -> None:
    assert given_from('{"skip":1000000}') == {"skip": 1_000_000}
    assert given_from('{"skip":1000001}') == {}


def test_numbers_beyond_2_to_the_53_are_not_called_whole() -> None:
    _, types, rows = arff_cells("@attribute a integer\n@data\n9007199254740993\n")
    assert arff_frame(types, rows, ()).dtypes.tolist() == [np.float64]
    cell = cells_below([["x"], [1e300], [7.0]], 0, True)[1][0]
    assert [type(each) for each in cell] == [float, int]


def test_a_merge_that_reaches_below_the_sheet_ends_with_it() -> None:
    rows: list[list[object]] = [["town"], ["Oslo"], [""]]
    assert merged_down(rows, [((1, 0), (9, 0))], 1) == 1 and rows[2] == ["Oslo"]


def test_a_word_is_found_across_two_pieces() -> None:
    assert mentions(iter([b"<sheet", b"Data>"]), b"sheetData")
    assert not mentions(iter([b"<sheet", b"-Data>"]), b"sheetData")


def test_a_cell_with_nothing_but_a_formula_holds_something() -> None:
    assert extent(iter([b'<row><c r="C5"><f>1+1</f></c></row>'])) == (5, 3)


def test_a_row_of_few_words_is_no_row_of_names() -> None:
    rows = [["a", "b", "", "", ""], ["c", "d", "e", "", ""], [1, 2, 3, 4, 5], [6, 7, 8, 9, 9]]
    assert heading(rows)[0] == 0
    assert heading([rows[0], ["c", "d", "e", "f", ""], *rows[2:]])[0] == 1


def test_a_repeated_name_leaves_others_theirs() -> None:
    assert unique(["x", "x", "x.1"]) == ["x", "x.2", "x.1"]
