"""Each option of preparation is scikit-learn's own transformer, and is fitted once."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    OrdinalEncoder,
    PowerTransformer,
    StandardScaler,
)
from sklearn.utils import resample

from clustering import kmeans
from clustering.data.choices import Choices
from clustering.data.preparation import fit
from clustering.data.steps.distances import great_circle, on_globe
from clustering.data.tables import Reading, Table
from clustering.errors import DataError, PreparationError
from tests.data.made_ready import NUMBERS, WORDY, frame_of, prepared, table_of

# ---- every option equals scikit-learn -----------------------------------------------------


def test_repeated_rows_are_dropped_or_counted_as_pandas_finds_them() -> None:
    frame = frame_of(gaps=0.1)
    frame = pd.concat([frame, frame.iloc[10:40], frame.iloc[10:12]], ignore_index=True)
    columns = (*NUMBERS, "city")
    chosen = {"missing": "median", "categories": "ordinal"}
    expected = frame[list(columns)].drop_duplicates()
    _, data = prepared(frame, columns, duplicates="drop", **chosen)
    assert data.rows.tolist() == expected.index.tolist() and data.weights is None
    _, data = prepared(frame, columns, duplicates="weight", **chosen)
    assert data.rows.tolist() == expected.index.tolist()
    counts = frame.groupby(list(columns), dropna=False, sort=False).size()
    assert data.weights is not None and data.weights.tolist() == counts.tolist()
    assert data.left_out["duplicate"].tolist() == [*range(120, 152)]
    _, data = prepared(frame_of(), NUMBERS, duplicates="weight")
    assert data.weights is None


@pytest.mark.parametrize("missing", ["mean", "median", "frequent"])
def test_gaps_are_filled_as_simple_imputer_fills_them(missing: str) -> None:
    frame = frame_of(gaps=0.1).assign(debt=lambda frame: frame["debt"].round(-1))
    _, data = prepared(
        frame, (*NUMBERS, *WORDY, "joined"), missing=missing, categories="one-hot", dates="elapsed"
    )
    strategy = "most_frequent" if missing == "frequent" else missing
    filled = SimpleImputer(strategy=strategy).fit_transform(frame[list(NUMBERS)])
    assert data.features is not None
    np.testing.assert_allclose(data.features[list(NUMBERS)], filled, rtol=1e-14)
    city = SimpleImputer(strategy="most_frequent").fit_transform(
        frame[["city"]].astype(object).where(frame[["city"]].notna(), np.nan)
    )
    assert data.features["city"].tolist() == city[:, 0].tolist()
    assert not data.features.isna().any().any()


def test_gaps_are_filled_from_neighbours_by_standardised_numbers() -> None:
    frame = frame_of(gaps=0.15)
    _, data = prepared(frame, NUMBERS + ("latitude",), missing="neighbours")
    cells = frame[[*NUMBERS, "latitude"]].to_numpy()
    scaler = StandardScaler().fit(cells)
    near = KNNImputer(n_neighbors=5).fit_transform(scaler.transform(cells))
    np.testing.assert_allclose(data.points, scaler.inverse_transform(near), rtol=1e-12)
    known = ~np.isnan(cells)
    assert (data.points[known] == cells[known]).all()


def test_neighbours_that_would_take_minutes_are_refused() -> None:
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(60_000, 3)), columns=list("abc"))
    frame.loc[::2, "a"] = np.nan
    with pytest.raises(PreparationError, match="would take about .* minutes"):
        prepared(frame.assign(label="x"), ("a", "b", "c"), missing="neighbours")


@pytest.mark.parametrize(("choice", "encoder"), [
    ("one-hot", OneHotEncoder(sparse_output=False)), ("ordinal", OrdinalEncoder()),
])  # fmt: skip
def test_words_become_what_the_encoders_make_of_them(choice: str, encoder: Any) -> None:
    frame = frame_of()
    _, data = prepared(frame, (*WORDY, "income"), categories=choice)
    coded = encoder.fit_transform(frame[list(WORDY)].astype(object))
    np.testing.assert_array_equal(data.points, np.column_stack([frame["income"], coded]))
    assert data.columns[0] == "income" and "city" in data.columns[1]


def test_many_different_words_are_refused_for_one_hot_alone() -> None:
    frame = frame_of().assign(city=[f"town {i % 60}" for i in range(120)])
    with pytest.raises(PreparationError, match="Column 'city' has 60 different texts; choose"):
        prepared(frame, ("city", "income"), categories="one-hot")
    assert prepared(frame, ("city", "income"), categories="ordinal")[1].d == 2


def test_codes_keep_the_order_of_numbers() -> None:
    frame = pd.DataFrame({"code": [10, 9, 100, 9], "x": [1.0, 2.0, 3.0, 5.0]})
    made = Table(frame, "mine", Reading(), "k")
    forms = tuple(
        type(form)("code" if name == "code" else "number", native=True)
        for name, form in zip(frame, made.forms, strict=True)
    )
    table = Table(frame, "mine", Reading(), "k", forms=forms)
    data = fit(table, Choices(("code", "x"), categories="ordinal")).apply(table)
    assert data.points[:, 1].tolist() == [1, 0, 2, 0]
    assert data.features is not None and data.features["code"].tolist() == ["10", "9", "100", "9"]


def test_gower_is_the_mean_of_ranges_and_equalities() -> None:
    frame = frame_of(n=30)
    _, data = prepared(frame, (*NUMBERS, *WORDY), categories="gower", scaling="robust")
    a, b = frame.iloc[3], frame.iloc[8]
    parts = [abs(a[name] - b[name]) / np.ptp(frame[name]) for name in NUMBERS]
    parts += [a[name] != b[name] for name in WORDY]
    between = data.metric.between(data.points[[3]], data.points)
    assert between[0, 8] == pytest.approx(np.mean(parts), rel=1e-12)
    assert between.max() <= 1.0 and between[0, 3] == 0.0
    assert data.metric.name == "gower"


def test_the_key_follows_the_parameters_of_the_distance() -> None:
    points = np.arange(6.0).reshape(3, 2)
    keys = set()
    for low in (1.0, 2.0):
        frame = pd.DataFrame({"x": [0.0, 1.0, 2.0, 9.0 * low], "w": ["a", "b", "a", "b"]})
        table = Table(frame, "mine", Reading(), str(low))
        part = Table(frame.iloc[:3], "mine", Reading(), f"{low} part")
        data = fit(table, Choices(("x", "w"), categories="gower")).apply(part)
        keys.add(data.key)
        assert data.points.shape == points.shape
    assert len(keys) == 2


def test_dates_become_days_or_the_parts_that_differ() -> None:
    frame = frame_of()
    joined = frame["joined"]
    _, data = prepared(frame, ("joined",), dates="elapsed")
    days = (joined - joined.min()).dt.total_seconds() / 86_400
    np.testing.assert_allclose(data.points[:, 0], days, rtol=1e-12)
    _, data = prepared(frame, ("joined",), dates="parts")
    parts = [joined.dt.year, joined.dt.month, joined.dt.day_of_week, joined.dt.hour]
    np.testing.assert_array_equal(data.points, np.column_stack(parts))
    assert data.features is not None and data.features["joined"].dtype.kind == "M"
    _, data = prepared(frame.assign(joined=joined.dt.normalize()), ("joined",), dates="parts")
    assert data.columns == ("joined (year)", "joined (month)", "joined (weekday)")


def test_times_are_hours() -> None:
    _, data = prepared(frame_of(), ("opens",))
    hours = frame_of()["opens"].dt.total_seconds() / 3600
    np.testing.assert_array_equal(data.points[:, 0], hours)


def test_places_are_on_the_globe() -> None:
    frame = frame_of()
    _, flat = prepared(frame, ("latitude", "longitude", "income"), places="great-circle")
    _, round_ = prepared(frame, ("latitude", "longitude"), places="sphere")
    kilometres = flat.metric.between(flat.points, flat.points)
    radius = 6371.0088
    chords = 2 * radius * np.sin(kilometres / (2 * radius))
    np.testing.assert_allclose(
        np.linalg.norm(round_.points[:, None] - round_.points, axis=2), chords, atol=1e-3
    )
    np.testing.assert_allclose(np.linalg.norm(round_.points, axis=1), radius)
    assert flat.metric.unit == "km"
    assert "nothing but places, so column 'income' left out" in flat.changes[0]


def test_distances_of_known_places() -> None:
    berlin, tokyo = np.array([[13.4050, 52.5200]]), np.array([[139.6917, 35.6895]])
    assert great_circle(berlin, tokyo)[0, 0] == pytest.approx(8918, abs=15)
    assert great_circle(berlin, berlin)[0, 0] == 0.0
    antipode = np.array([[13.4050 - 180, -52.5200]])
    assert great_circle(berlin, antipode)[0, 0] == pytest.approx(np.pi * 6371.0088)
    np.testing.assert_allclose(on_globe(np.array([0.0]), np.array([90.0])), [[0, 0, 6371.0088]],
                               atol=1e-9)  # fmt: skip


def test_the_date_line_cuts_nobody_apart() -> None:
    draw = np.random.default_rng(1)
    east, west = 179 + draw.random(20), -180 + draw.random(20)
    frame = pd.DataFrame(
        {"lat": draw.normal(0, 0.5, 60), "lon": np.concatenate([east, west, 20 + draw.random(20)])}
    )
    table = Table(frame, "mine", Reading(), "k")
    data = fit(table, Choices(("lat", "lon"), places="sphere", scaling="standard")).apply(table)
    labels = kmeans.fit(data, k=2).labels
    assert len(set(labels[:40])) == 1 and labels[0] != labels[-1]


def test_without_places_a_sentence_says_so() -> None:
    with pytest.raises(PreparationError, match="No latitude and longitude"):
        prepared(frame_of(), NUMBERS, places="sphere")


def test_a_latitude_of_95_is_named() -> None:
    frame = pd.DataFrame({"lat": [10.0, 20.0, 95.0], "lon": [1.0, 2.0, 3.0]})
    with pytest.raises(PreparationError, match="'lat' is named a latitude but goes from 10 to 95"):
        prepared(frame, ("lat", "lon"), places="great-circle")


def test_outliers_are_clipped_or_left_out() -> None:
    frame = frame_of()
    cells = frame[list(NUMBERS)].to_numpy()
    low, high = np.quantile(cells, [0.01, 0.99], axis=0)
    _, data = prepared(frame, NUMBERS, outliers="clip")
    np.testing.assert_array_equal(data.points, np.clip(cells, low, high))
    _, data = prepared(frame, NUMBERS, outliers="iqr")
    first, third = np.quantile(cells, [0.25, 0.75], axis=0)
    reach = 1.5 * (third - first)
    kept = ((cells >= first - reach) & (cells <= third + reach)).all(axis=1)
    assert data.rows.tolist() == np.flatnonzero(kept).tolist() and not kept.all()
    _, data = prepared(frame, NUMBERS, outliers="forest", seed=3)
    forest = IsolationForest(contamination=0.05, random_state=3)
    assert data.rows.tolist() == np.flatnonzero(forest.fit_predict(cells) == 1).tolist()
    assert data.changes[0].startswith("6 of 120 rows left")


def test_a_column_that_is_mostly_one_value_loses_no_row_to_its_quartiles() -> None:
    frame = frame_of().assign(debt=[0.0] * 100 + [1.0] * 20)
    assert prepared(frame, ("debt",), outliers="iqr")[1].n == 120


def test_skew_is_bent_by_log_or_power() -> None:
    frame = frame_of()
    cells = frame[list(NUMBERS)].to_numpy()
    _, data = prepared(frame, NUMBERS, skew="log")
    np.testing.assert_array_equal(
        data.points, np.column_stack([np.log1p(cells[:, 0]), cells[:, 1]])
    )
    assert "'debt' left without a logarithm" in data.changes[1]
    _, data = prepared(frame, NUMBERS, skew="yeo-johnson")
    power = PowerTransformer(standardize=False).fit_transform(cells)
    np.testing.assert_allclose(data.points, power, rtol=1e-12)


def test_only_numbers_are_scaled() -> None:
    frame = frame_of()
    _, data = prepared(frame, ("income", "city", "joined"), categories="one-hot", dates="parts",
                       scaling="standard")  # fmt: skip
    assert set(np.unique(data.points[:, -3:])) == {0.0, 1.0}
    np.testing.assert_allclose(data.points[:, :5].std(axis=0), 1.0)


def test_groups_are_balanced_by_weight_or_by_draws() -> None:
    frame = frame_of()
    labels = frame["label"]
    _, data = prepared(frame, NUMBERS, balance="weight")
    assert data.weights is not None
    each = pd.Series(data.weights).groupby(labels).sum()
    np.testing.assert_allclose(each, 40.0)
    assert data.weights.mean() == pytest.approx(1.0)
    _, data = prepared(frame, NUMBERS, balance="resample", balance_by="city", seed=5)
    drawn = np.concatenate([
        resample(np.flatnonzero(frame["city"] == city), n_samples=40, random_state=5)
        for city in sorted(frame["city"].unique())
    ])  # fmt: skip
    rows, times = np.unique(drawn, return_counts=True)
    assert data.rows.tolist() == rows.tolist()
    assert data.weights is not None and data.weights.tolist() == times.tolist()


def test_balancing_needs_groups() -> None:
    bare = Table(frame_of().drop(columns="label"), "mine", Reading(), "k")
    with pytest.raises(PreparationError, match="choose the column to balance by"):
        fit(bare, Choices(NUMBERS, balance="weight"))
    with pytest.raises(DataError, match="lacks column 'nowhere'"):
        fit(bare, Choices(NUMBERS, balance="weight", balance_by="nowhere"))
    with pytest.raises(PreparationError, match="balance by a column with at most"):
        fit(bare, Choices(NUMBERS, balance="weight", balance_by="debt"))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_components_for_a_share_of_the_variance(share: float) -> None:
    columns = (*NUMBERS, "latitude", "longitude")
    preparation, data = prepared(frame_of(), columns, variance=share, scaling="standard")
    scaled = StandardScaler().fit_transform(frame_of()[list(columns)])
    pca = PCA(n_components=share, svd_solver="full").fit(scaled)
    np.testing.assert_allclose(data.points, pca.transform(scaled), atol=1e-12)
    assert preparation.scree is not None
    np.testing.assert_allclose(
        preparation.scree, PCA(svd_solver="full").fit(scaled).explained_variance_ratio_
    )
    assert prepared(frame_of(), columns)[0].scree is None


def test_all_together_equal_a_pipeline_fitted_to_the_early_rows() -> None:
    frame = frame_of(n=200, gaps=0.05)
    early, late = frame.iloc[:140], frame.iloc[140:]
    numbers, words = ["income", "debt", "latitude"], ["city"]
    plain = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"),
                                  PowerTransformer(standardize=False), StandardScaler()), numbers),
        ("words", make_pipeline(
            FunctionTransformer(lambda part: part.astype(object).where(part.notna(), np.nan)),
            SimpleImputer(strategy="most_frequent"),
            OneHotEncoder(sparse_output=False, handle_unknown="ignore")), words),
    ])  # fmt: skip
    whole = make_pipeline(plain, PCA(n_components=3, svd_solver="full")).fit(early)
    preparation, _ = prepared(
        early, (*numbers, *words), missing="median", skew="yeo-johnson", scaling="standard",
        categories="one-hot", components=3,
    )  # fmt: skip
    again = pickle.loads(pickle.dumps(preparation))
    data = again.apply(table_of(late, "late"))
    np.testing.assert_allclose(data.points, whole.transform(late), atol=1e-9)


@pytest.mark.parametrize("missing", ["mean", "median"])
def test_a_missing_day_is_filled_with_a_day(missing: str) -> None:
    days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-05", None, "2024-03-09"])
    frame = pd.DataFrame({"x": np.arange(5.0), "day": days})
    table = Table(frame, "days", Reading(), "k")
    data = fit(table, Choices(("x", "day"), missing=missing, dates="parts")).apply(table)  # type: ignore[arg-type]
    assert not any("hour" in name for name in data.columns)
    assert data.features is not None
    assert (data.features["day"] == data.features["day"].dt.normalize()).all()
