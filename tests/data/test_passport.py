"""What the passport says about columns is true of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clustering.data.passport import Column, Passport, inspect, numbers
from clustering.data.tables import Reading, Table, read


def table_of(**columns: object) -> Table:
    return Table(pd.DataFrame(columns), "mine", Reading(), "key")


def column(name: str, cells: object) -> Column:
    return inspect(table_of(**{name: cells})).columns[0]


@given(st.lists(st.floats(allow_subnormal=False) | st.none(), min_size=1, max_size=30))
def test_figures_of_a_column_are_numpys(cells: list[float | None]) -> None:
    array = np.array(cells, dtype=np.float64)
    found = column("x", array)
    finite = array[np.isfinite(array)]
    assume(found.kind == "number")  # whole numbers of sixteen digits name things
    assert (found.missing, found.infinite) == (np.isnan(array).sum(), np.isinf(array).sum())
    assert found.distinct == len(set(array[~np.isnan(array)].tolist()))
    if len(finite):
        assert (found.low, found.high) == (finite.min(), finite.max())
        assert np.isfinite([found.mean, found.std]).all()
    if len(finite) and np.abs(finite).max() < 1e100:
        np.testing.assert_allclose([found.mean, found.std], [finite.mean(), finite.std()])


@pytest.mark.parametrize(
    ("name", "cells", "is_id"),
    [
        ("CustomerID", [4, 4, 9], True),
        ("customer id", [4.0, 4.0, 9.0], True),
        ("order_no", [4, 4, 9], True),
        ("order number", [4, 4, 9], True),
        ("No", [4, 4, 9], True),
        ("Unnamed: 0", [4, 4, 9], True),
        ("zip code", [4, 4, 9], False),
        ("postcode", [4, 4, 9], False),
        ("number of rooms", [4, 4, 9], False),
        ("price index", [4, 4, 9], False),
        ("citric acid", [4, 4, 9], False),
        ("humid", [4, 4, 9], False),
        ("Volcano", [4, 4, 9], False),
        ("no", [0.25, 0.5, 1.0], False),
        ("x", list(range(100, 120)), True),
        ("year", list(range(1980, 2000)), False),
        ("x", list(range(100, 140, 2)), False),
        ("x", [1, 2, 3], False),
        ("x", ["a", "b", "c"], True),
        ("x", ["a", "b", "b"], False),
    ],
)
def test_columns_that_name_rows(name: str, cells: list[object], is_id: bool) -> None:
    assert column(name, cells).id is is_id


def test_a_column_without_cells_is_constant() -> None:
    found = column("x", [np.nan, np.nan])
    assert found.constant and found.missing == 2 and found.distinct == 0 and np.isnan(found.low)


def test_the_line_counts_what_is_there() -> None:
    assert Passport("a", 200, (), 0, 0).line == "200 rows, 0 columns, nothing missing"
    passport = inspect(read(b"a,b\n1,inf\n1,inf\n,2\n", "mine.csv"))
    assert passport.line == ("3 rows, 2 columns, 1 missing cell, 2 infinite cells, 1 repeated row")


def test_repeated_rows_are_counted_although_a_column_has_gaps() -> None:
    assert inspect(table_of(a=[1.0, 1.0, np.nan, np.nan], b=[1, 1, 2, 2])).duplicates == 2
    assert inspect(table_of(a=[1, 2, 3], b=[1, 1, 1])).duplicates == 0


def test_cells_of_any_kind_as_numbers() -> None:
    assert numbers(pd.Series(["a"])) is None
    assert numbers(pd.Series([True, False])).tolist() == [1.0, 0.0]
    assert numbers(pd.Series([10**30, 1], dtype=object)).tolist() == [1e30, 1.0]


def test_a_few_cells_that_keep_a_column_from_being_numbers_are_counted() -> None:
    cells = [f"{i}.5" for i in range(97)] + ["12 (est.)", "no reading on this day at all", "?"]
    few = [str(i % 2) if i % 2 else "none at all" for i in range(100)]
    x, mixed, word = inspect(table_of(x=cells, few=few, word=[f"w{i}" for i in range(100)])).columns
    assert (x.kind, x.odd, x.odd_example) == ("text", 3, "12 (est.)")
    assert (mixed.odd, word.odd) == (0, 0) and word.id


def test_shares_examples_and_forms_are_handed_on() -> None:
    found = column("x", pd.Series(["1,5 €", None, "2,5 €", None], dtype="str"))
    assert (found.kind, found.missing, found.share_missing) == ("number", 2, 0.5)
    assert (found.low, found.high, found.mean, found.std) == (1.5, 2.5, 2.0, 0.5)
    assert found.examples == ("1.5", "2.5") and found.form.unit == "€"
