"""What would lead a clustering astray is said, the worst first, and nothing else is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.data.passport import inspect
from clustering.data.reading import Reading
from clustering.data.related import alike, correlations
from clustering.data.tables import Table
from clustering.data.warnings import Warning, warnings

RANDOM = np.random.default_rng(1)
PLAIN = RANDOM.normal(50, 8, 300)


def found(truth: str | None = None, **columns: object) -> tuple[Warning, ...]:
    table = Table(pd.DataFrame(columns), "mine", Reading(), "key", truth=truth)
    return warnings(table, inspect(table))


def with_one(value: float, times: int = 3) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    cells = PLAIN.copy()
    cells[10 : 10 + times] = value
    return cells


CASES = [
    ("sentinel", {"x": with_one(-999.0)}, "-999 in 3 cells"),
    ("sentinel", {"x": with_one(9999.0)}, "9,999 in 3 cells"),
    ("sentinel", {"x": np.abs(with_one(-99.0))[:0].tolist() or with_one(-99.0)}, "-99"),
    ("infinite", {"x": with_one(np.inf)}, "3 infinite cells"),
    ("outlier", {"x": with_one(4321.5, 1)}, "4,322"),
    ("zeros", {"x": np.where(np.arange(300) % 2, PLAIN, 0.0)}, "0 in 50 %"),
    ("skew", {"x": np.exp(RANDOM.normal(0, 1.6, 3000))}, "long tail"),
    ("scale", {"x": PLAIN, "y": RANDOM.normal(0, 1e5, 300)}, "'y' spreads"),
    ("missing", {"x": np.where(np.arange(300) % 10, PLAIN, np.nan)}, "'x' (10 %)"),
    ("correlation", {"x": PLAIN, "y": -2 * PLAIN}, "correlation of -1.00"),
    ("duplicates", {"x": np.append(PLAIN[:-1], PLAIN[0])}, "1 row of 300"),
    ("doubt", {"x": ["1,234", "5,678", "5,678"]}, "could be 1234 or 1.234"),
    ("odd", {"x": [*(f"{i}.5" for i in range(99)), "12 (est.)"]}, "1 cell such as '12 (est.)'"),
    ("words", {"x": [f"w{i % 30}" for i in range(300)]}, "30 different words"),
    ("id", {"x": [f"w{i}" for i in range(300)]}, "names the rows"),
    ("constant", {"x": [7] * 300}, "the same value in every row"),
    ("constant", {"x": [None] * 300}, "no cell at all"),
    ("places", {"lat": PLAIN / 2, "lon": PLAIN}, "degrees on the globe"),
]


@pytest.mark.parametrize(("about", "columns", "part"), CASES)
def test_each_nuisance_is_said(about: str, columns: dict[str, object], part: str) -> None:
    said = [one.said for one in found(**columns) if one.about == about]
    assert len(said) == 1 and part in said[0]
    assert said[0].endswith((".", ".)")) and len(said[0]) < 400


def test_clean_numbers_need_no_word() -> None:
    assert found(x=PLAIN, y=RANDOM.normal(40, 9, 300)) == ()
    assert found(age=np.arange(300) % 60 + 18, x=PLAIN) == ()


def test_sentinels_stand_before_scales_before_gaps_before_ids() -> None:
    gaps = np.where(np.arange(300) % 10, PLAIN * 1000, np.nan)
    about = [
        one.about
        for one in found(id=[f"w{i}" for i in range(300)], x=with_one(-999.0), y=gaps, z=[1] * 300)
    ]
    assert about == ["sentinel", "scale", "missing", "id", "constant"]


def test_unequal_groups_are_said_where_they_are_known() -> None:
    group = ["A"] * 280 + ["B"] * 20
    said = [one for one in found("group", x=PLAIN, group=group) if one.about == "unbalanced"]
    assert len(said) == 1 and "from 20 to 280 rows" in said[0].said


def test_the_same_fault_in_many_columns_is_said_few_times() -> None:
    columns = {f"c{i}": RANDOM.permutation(with_one(-999.0)) for i in range(30)}
    said = [one for one in found(**columns) if one.about == "sentinel"]
    assert len(said) == 4 and "and 23 more" in said[-1].said and len(said[-1].columns) == 27


def test_names_are_cut_and_stay_on_one_line() -> None:
    name = "<script>alert(1)</script>\n\x00" + "n" * 5000
    for one in found(**{name: with_one(-999.0), "y": [1] * 300, "z": [f"{i}" for i in range(300)]}):
        assert len(one.said) < 400 and "\n" not in one.said and "\x00" not in one.said


@given(st.integers(2, 6), st.integers(10, 40), st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_correlations_are_those_of_pandas(columns: int, rows: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    table = random.normal(1e3, 1.0, (rows, columns)) @ random.normal(size=(columns, columns))
    table[random.random(table.shape) < 0.1] = np.nan
    expected = pd.DataFrame(table).corr(min_periods=8).fillna(0.0).to_numpy()
    np.testing.assert_allclose(correlations(table), expected, atol=1e-7)


def test_many_pairs_are_one_thing_to_know() -> None:
    x = np.arange(20.0)
    names, said = alike({name: x * (place + 1) for place, name in enumerate("abcde")})
    assert said.startswith("10 pairs of columns") and "and 7 more" in said
    assert set(names) <= set("abcde")


def test_a_sample_of_rows_and_columns_is_said() -> None:
    wide = {f"c{i}": RANDOM.normal(size=50) for i in range(250)}
    wide["c1"] = wide["c0"]
    assert "Among the first 200 of 250 columns" in alike(wide)[1]
    long = np.arange(50_000.0)
    assert "of 50,000 rows" in alike({"a": long, "b": long})[1]
    assert alike({"a": np.arange(5.0), "b": np.arange(5.0)}) == ((), "")


cells = st.one_of(
    st.lists(st.floats(), min_size=20, max_size=20),
    st.lists(st.text(max_size=5), min_size=20, max_size=20),
    st.lists(st.sampled_from(["1,234", "5 %", "7", "x"]), min_size=20, max_size=20),
)


@given(st.dictionaries(st.text(max_size=8), cells, max_size=4))
@settings(max_examples=60)
def test_any_table_is_described_without_a_stumble(columns: dict[str, list[object]]) -> None:
    table = Table(pd.DataFrame(columns, index=range(20)), "mine", Reading(), "key")
    for one in warnings(table, inspect(table)):
        assert one.said and set(one.columns) <= set(columns)
