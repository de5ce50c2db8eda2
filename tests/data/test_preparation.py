"""Preparation is scikit-learn's arithmetic, keeps rows in place, and is fitted once."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from clustering import kmeans
from clustering.checks import LARGEST
from clustering.data.preparation import Choices, Scaling, fit, suggest
from clustering.data.samples import load
from clustering.data.tables import Reading, Table, read
from clustering.errors import ClusterloomError, DataError, ParameterError, PreparationError

SCALERS = {"standard": StandardScaler, "min-max": MinMaxScaler, "robust": RobustScaler}
NAMES = ("a", "b", "c")


def table_of(cells: object, *, key: str = "key", truth: str | None = None) -> Table:
    return Table(pd.DataFrame(cells), "mine", Reading(), key, truth=truth)


def numbers(seed: int = 0, n: int = 60, gaps: float = 0.0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    cells = random.normal(size=(n, 3)) * [1.0, 50.0, 1e4] + [0.0, 7.0, -1e5]
    cells[random.random(cells.shape) < gaps] = np.nan
    return pd.DataFrame(cells, columns=list(NAMES))


@pytest.mark.parametrize("scaling", SCALERS)
@pytest.mark.parametrize("missing", ["drop", "mean", "median"])
@pytest.mark.parametrize("components", [0, 2])
def test_steps_equal_scikit_learns(scaling: Scaling, missing: str, components: int) -> None:
    frame = numbers(gaps=0.1)
    choices = Choices(NAMES, missing=missing, scaling=scaling, components=components)  # type: ignore[arg-type]
    data = fit(table_of(frame), choices).apply(table_of(frame))
    plain = frame.dropna() if missing == "drop" else frame
    plain = plain if missing == "drop" else SimpleImputer(strategy=missing).fit_transform(frame)
    points = SCALERS[scaling]().fit_transform(np.asarray(plain))
    if components:
        points = PCA(n_components=components, svd_solver="full").fit(points).transform(points)
    np.testing.assert_array_equal(data.points, points)


@given(
    arrays(np.float64, st.tuples(st.integers(2, 12), st.just(3)), elements=st.floats(width=64)),
    st.sampled_from(["drop", "mean", "median"]),
    st.sampled_from(["none", "standard", "min-max", "robust"]),
    st.integers(0, 3),
)
def test_any_numbers_are_prepared_or_told_in_a_sentence(
    cells: np.ndarray, missing: str, scaling: str, components: int
) -> None:
    table = table_of(dict(zip(NAMES, cells.T, strict=True)))
    choices = Choices(NAMES, missing=missing, scaling=scaling, components=components)  # type: ignore[arg-type]
    suggest(table)
    try:
        data = fit(table, choices).apply(table)
    except ClusterloomError as error:
        assert str(error).endswith(".") and len(str(error)) < 300
    else:
        assert np.isfinite(data.points).all() and np.abs(data.points).max() <= 10 * LARGEST


@given(arrays(np.bool_, st.tuples(st.integers(3, 30), st.just(2))))
def test_rows_keep_their_place_after_drops(gaps: np.ndarray) -> None:
    assume(((~gaps).sum(axis=0) >= 2).all())  # a column with fewer values is left out
    place = np.arange(len(gaps), dtype=np.float64)
    cells = np.where(gaps, np.nan, np.column_stack([place, -place]))
    table = table_of({"a": cells[:, 0], "b": cells[:, 1]})
    whole = ~gaps.any(axis=1)
    if whole.sum() < 2:
        with pytest.raises(PreparationError):
            fit(table, Choices(("a", "b")))
        return
    data = fit(table, Choices(("a", "b"))).apply(table)
    assert data.rows.tolist() == np.flatnonzero(whole).tolist()
    assert data.points[:, 0].tolist() == data.rows.tolist()
    assert data.features is not None and data.features.index.tolist() == data.rows.tolist()


@pytest.mark.parametrize("scaling", ["none", *SCALERS])
def test_what_is_fitted_on_one_part_is_applied_to_another(scaling: Scaling) -> None:
    frame = numbers(n=100, gaps=0.05)
    early, late = frame.iloc[:70].reset_index(drop=True), frame.iloc[70:].reset_index(drop=True)
    choices = Choices(NAMES, missing="mean", scaling=scaling, components=2)
    prepared = pickle.loads(pickle.dumps(fit(table_of(early), choices)))
    imputer = SimpleImputer().fit(early)
    known, new = (imputer.transform(part) for part in (early, late))
    if scaling != "none":
        scaler = SCALERS[scaling]().fit(known)
        known, new = scaler.transform(known), scaler.transform(new)
    expected = PCA(n_components=2, svd_solver="full").fit(known).transform(new)
    data = prepared.apply(table_of(late, key="late"))
    np.testing.assert_allclose(data.points, expected, rtol=1e-12, atol=1e-9)


def test_a_column_that_goes_gives_back_its_rows() -> None:
    # Where "a" is present, "b" is always 1, so that it goes once rows are dropped.
    frame = {"a": [1.0, 2.0, 4.0, np.nan, np.nan, 9.0], "b": [1.0, 1.0, 1.0, 2.0, 3.0, np.nan]}
    choices = Choices(("a", "b"), scaling="standard")
    data = fit(table_of(frame), choices).apply(table_of(frame))
    assert data.rows.tolist() == [0, 1, 2, 5] and data.columns == ("a (standardised)",)
    np.testing.assert_allclose([data.points.mean(), data.points.std()], [0, 1], atol=1e-12)


def test_columns_say_their_unit() -> None:
    table = table_of(numbers())
    assert fit(table, Choices(("a",))).apply(table).columns == ("a",)
    scaled = fit(table, Choices(("a",), scaling="standard")).apply(table)
    assert scaled.columns == ("a (standardised)",)
    both = fit(table, Choices(NAMES, scaling="standard", components=1)).apply(table)
    assert both.columns[0].startswith("PC1 (") and both.columns[0].endswith("% of variance)")


def test_every_change_is_told_with_the_choice_that_undoes_it() -> None:
    frame = numbers(gaps=0.1).assign(d=3.0, e=np.nan)
    frame.loc[0, "a"] = np.inf
    choices = Choices(
        (*NAMES, "d", "e"), missing="median", scaling="robust", components=2, sample=9
    )
    text = "\n".join(fit(table_of(frame), choices).apply(table_of(frame)).changes)
    for words in (
        "Column 'd' was left out: all its values are 3",
        "Column 'e' was left out: every cell is missing",
        "1 infinite cell counted as missing",
        "of column 'a' filled with the median",
        "interquartile range 1",
        "2 principal components of 3 columns kept",
        "A sample of 9 of 60 rows",
    ):
        assert words in text
    order = [
        text.index(words) for words in ("left out", "infinite", "filled", "range", "kept", "A s")
    ]
    assert order == sorted(order)
    assert fit(table_of(numbers()), Choices(NAMES)).apply(table_of(numbers())).changes == ()  # type: ignore[union-attr]


def test_a_sample_keeps_groups_in_proportion_and_rows_in_place() -> None:
    table = load("iris")
    choices = Choices(suggest(table).columns, sample=30)
    data = fit(table, choices).apply(table)
    assert table.frame["group"].iloc[data.rows].value_counts().tolist() == [10, 10, 10]
    np.testing.assert_array_equal(
        data.points, table.frame[list(choices.columns)].to_numpy()[data.rows]
    )


def test_a_sample_of_rows_without_gaps_keeps_groups_in_proportion() -> None:
    frame = numbers(n=90).assign(group=np.repeat(["a", "b", "c"], 30))
    frame.loc[frame.index % 30 < 10, "a"] = np.nan
    table = table_of(frame, truth="group")
    one, other = (
        fit(table, choices).apply(table)
        for choices in (Choices(("a", "b"), sample=30, seed=seed) for seed in (0, 1))
    )
    for data in (one, other):
        assert (data.rows % 30 >= 10).all()
        assert frame["group"].iloc[data.rows].value_counts().tolist() == [10, 10, 10]
        np.testing.assert_array_equal(data.points, frame[["a", "b"]].to_numpy()[data.rows])
    assert (one.rows != other.rows).any()


@pytest.mark.parametrize(
    ("choices", "error", "words"),
    [
        (Choices(), PreparationError, "No column is chosen"),
        (Choices(("nowhere", "a")), DataError, "lacks 1 column"),
        (Choices(("word",)), PreparationError, "choose one-hot, ordinal or Gower to use it"),
        (Choices(("flat", "void")), PreparationError, "Nothing differs"),
        (Choices(("large",), outliers="forest"), PreparationError, "too large for an isolation"),
        (Choices(("a", "left", "right")), PreparationError, "Every one of 60 rows misses a value"),
        (Choices(("huge",), scaling="standard"), PreparationError, "up to 1e+308"),
        (Choices(("a",), sample=1), ParameterError, "at least 2"),
    ],
)
def test_choices_that_leave_nothing_get_a_sentence(
    choices: Choices, error: type[Exception], words: str
) -> None:
    half = np.arange(60) < 30
    frame = numbers().assign(
        word="x",
        flat=1.0,
        void=np.nan,
        left=np.where(half, np.arange(60.0), np.nan),
        right=np.where(half, np.nan, np.arange(60.0)),
        large=np.linspace(0.0, 1e50, 60),
        huge=np.linspace(0.0, 1e308, 60),
    )
    with pytest.raises(error, match=".") as caught:
        fit(table_of(frame), choices)
    assert words in str(caught.value)


def test_tables_without_numbers_or_rows_get_a_sentence() -> None:
    with pytest.raises(PreparationError, match="'x' .it names rows.; choose one of them"):
        fit(table_of({"x": ["a", "b"]}), Choices())
    assert suggest(table_of({"x": [np.inf, 1.5, -np.inf]})).columns == ()
    assert suggest(table_of({"x": [1e200, 1.5, 2e200]})).columns == ()
    with pytest.raises(PreparationError, match="only 1 row"):
        fit(table_of({"x": [1.0]}), Choices(("x",)))


def test_a_file_that_lacks_columns_is_told_which() -> None:
    prepared = fit(table_of(numbers()), Choices(NAMES))
    with pytest.raises(DataError, match="lacks 2 columns that were chosen: 'a', 'c'"):
        prepared.apply(table_of({"b": [1.0, 2.0]}, key="other"))


def test_suggestions() -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "id": random.permutation(50),
            "size": random.normal(size=50),
            "income": random.normal(size=50) * 1000,
            "flat": 2,
            "empty": np.nan,
            "word": ["x", "y"] * 25,
            "huge": np.linspace(0, 1e300, 50),
            "label": [0, 1] * 25,
            "label_alt1": [0, 1] * 25,
        }
    )
    assert suggest(table_of(frame, truth="label")) == Choices(
        ("size", "income", "word"), scaling="standard"
    )
    assert suggest(table_of(frame[["size"]])) == Choices(("size",))
    assert suggest(table_of(frame[["word", "flat"]])) == Choices(("word",))
    assert suggest(table_of(frame[["flat", "empty"]])) == Choices()
    frame.loc[:29, "size"] = np.nan
    assert suggest(table_of(frame[["size", "income"]])).missing == "mean"


def test_only_labels_are_taken_for_known_groups() -> None:
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "class": [0, 1] * 100,
            "class_2": random.integers(0, 5, 200),
            "class_alt1": random.integers(0, 5, 200),
            "class_size": random.integers(20, 36, 200),
            "classroom": random.integers(1, 9, 200),
            "class_7": random.normal(size=200),
        }
    )
    chosen = suggest(table_of(frame, truth="class")).columns
    assert chosen == ("class_size", "classroom", "class_7")


def test_equal_tables_and_choices_give_equal_keys() -> None:
    content = b"id,x,y\n1,2,3\n2,5,8\n3,,1\n4,5,9\n"
    one, two = (read(content, "a.csv") for _ in range(2))
    choices = Choices(("x", "y"), scaling="standard")
    assert fit(one, choices).apply(one).key == fit(two, choices).apply(two).key


def test_filling_is_suggested_only_where_dropping_costs_more_than_half_of_the_rows() -> None:
    few, many = (numbers(n=60) for _ in range(2))
    few.loc[:29, "a"] = np.nan
    many.loc[:30, "a"] = np.nan
    assert suggest(table_of(few)).missing == "drop"
    assert suggest(table_of(many)).missing == "mean"


def test_a_sample_is_suggested_only_for_many_rows():
    few, many = (
        table_of({"x": np.arange(n) % 97, "y": np.arange(n) % 89 + 0.5})
        for n in (2_000_000, 2_000_001)
    )
    assert suggest(few).sample == 0
    assert suggest(many).sample == 20_000
    assert fit(many, suggest(many)).apply(many).n == 20_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x,y\n1,2\n", "has only 1 row"),
        (b"x,y\na,b\nc,d\n", "'x' (it names rows), 'y' (it names rows); choose one of them"),
        (b"x\n" + b"1\n2\n" * 20 + b"z\n", "fails by 1 cell such as 'z'"),
        (b"x,y\n7,\n7,\n", "'x' (all values are equal), 'y' (every cell is missing)"),
        (b"id\n4\n7\n", "'id' (it names rows); choose one of them all the same"),
        (b"a,b,c,d,e\n" + b"1,1,1,1,1\n" * 2, "and 2 more columns"),
    ],
)
def test_where_nothing_can_be_suggested_the_file_is_told_why(content: bytes, words: str) -> None:
    table = read(content, "mine.csv")
    assert suggest(table).columns == ()
    with pytest.raises(PreparationError) as caught:
        fit(table, Choices())
    assert words in str(caught.value) and str(caught.value).endswith(".")


def test_a_column_of_years_is_not_suggested_but_can_be_chosen() -> None:
    frame = pd.DataFrame({"Year": [2007, 2008, 2009, 2007], "x": [1.0, 2.0, 4.0, 5.0]})
    assert suggest(table_of(frame)).columns == ("x",)
    assert fit(table_of(frame), Choices(("Year", "x"))).apply(table_of(frame)).d == 2
    built = frame.rename(columns={"Year": "year_built"})
    assert suggest(table_of(built)).columns == ("year_built", "x")


@pytest.mark.parametrize("name", ["iris", "wine", "customers", "four-blobs"])
@pytest.mark.parametrize("sample", [2, 3])
@pytest.mark.parametrize("components", [0, 1])
@pytest.mark.parametrize("scaling", ["none", *SCALERS])
def test_the_smallest_samples_can_be_clustered(
    name: str, sample: int, components: int, scaling: Scaling
) -> None:
    table = load(name)
    columns = suggest(table).columns
    choices = Choices(columns, scaling=scaling, components=components, sample=sample)
    data = fit(table, choices).apply(table)
    assert data.n == sample
    assert kmeans.fit(data, k=min(2, data.distinct)).labels.shape == (sample,)
    assert kmeans.axis(data, k_max=5).values.max() == data.distinct
