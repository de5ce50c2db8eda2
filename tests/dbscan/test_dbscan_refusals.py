"""What DBSCAN says of data and parameters that make no sense, and of odd ones that do."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from clustering import dbscan, hdbscan
from clustering.data import preparation, tables
from clustering.data.choices import Choices
from clustering.data.steps.distances import GREAT_CIRCLE, Gower
from clustering.dataset import Dataset, Metric
from clustering.errors import (
    ClusterloomError,
    DataError,
    ParameterError,
    PreparationError,
    UnsupportedError,
)
from clustering.geometry.metrics import measured

SENTENCE = r"[^.\s][^\n]*[^.]\."
FEW = Dataset.from_points([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [9.0, 0.0]])
AXIS = dbscan.axis(FEW, min_samples=2)


def said(work: Callable[[], object], kind: type[ClusterloomError]) -> str:
    with pytest.raises(kind) as caught:
        work()
    assert re.fullmatch(SENTENCE, str(caught.value))
    return str(caught.value)


@pytest.mark.parametrize("value", [0, -3, 1.5, float("nan"), float("inf"), "x", None, 5, True])
def test_min_samples_is_a_whole_number_that_the_points_can_reach(value: object) -> None:
    for work in (dbscan.axis, dbscan.estimate):
        assert "min_samples" in said(lambda w=work: w(FEW, min_samples=value), ParameterError)  # type: ignore[misc]
    rows: object = (value,)
    said(lambda: dbscan.atlas(FEW, min_samples=rows), ParameterError)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [0, -1.0, float("nan"), float("inf"), True, "x", None, np.bool_(1)]
)
def test_eps_is_a_positive_distance(value: object) -> None:
    assert "eps" in said(lambda: AXIS.at(value), ParameterError)  # type: ignore[arg-type]
    assert "eps" in said(lambda: dbscan.fit(FEW, eps=value, min_samples=2), ParameterError)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [[], [1.0, -1.0], ["a"], [[1.0, 2.0]], [np.nan], [1.0] * 1001])
def test_a_grid_is_of_positive_distances(values: list[object]) -> None:
    said(lambda: dbscan.grid(FEW, AXIS, values), ParameterError)  # type: ignore[arg-type]


def test_a_grid_is_of_the_points_of_its_axis() -> None:
    other = Dataset.from_points([[0.0], [1.0]])
    assert "other data" in said(lambda: dbscan.grid(other, AXIS, [1.0]), DataError)


@pytest.mark.parametrize("value", [1, 0, 2.5, "x", float("nan"), None, True])
def test_clusters_of_hdbscan_have_two_points_at_least(value: object) -> None:
    said(lambda: hdbscan.condensed(AXIS, value), ParameterError)  # type: ignore[arg-type]


@pytest.mark.parametrize("cells", [1, 0, 1001, 2.5, "x"])
def test_an_atlas_has_columns(cells: object) -> None:
    said(lambda: dbscan.atlas(FEW, cells=cells), ParameterError)  # type: ignore[arg-type]


def test_weights_below_1_are_refused() -> None:
    data = Dataset.from_points(FEW.points, weights=[1, 2, 0.5, 9])
    assert "0.5" in said(lambda: dbscan.axis(data, min_samples=2), UnsupportedError)


def test_many_points_need_distances_that_a_tree_knows() -> None:
    many = Dataset.from_points(np.arange(40_002.0).reshape(-1, 2))
    words = said(lambda: dbscan.axis(measured(many, "manhattan")), UnsupportedError)
    assert "20,001" in words and "20,000" in words
    mixed = Dataset.from_points(many.points, metric=Metric("Gower", Gower((1.0, 0.0))))
    assert "Gower" in said(lambda: dbscan.estimate(mixed), UnsupportedError)


def test_what_cannot_be_squared_is_refused() -> None:
    data = Dataset.from_points([[1e200], [0.0], [-1e200]])
    assert "1e+200" in said(lambda: dbscan.axis(data, min_samples=1), DataError)


def test_latitudes_end_at_the_poles() -> None:
    frame = pd.DataFrame({"latitude": [10.0, 95.0, 50.0], "longitude": [0.0, 5.0, 9.0]})
    table = tables.read(frame.to_csv(index=False).encode(), "places.csv")
    choices = Choices(("latitude", "longitude"), places="great-circle")
    said(lambda: preparation.fit(table, choices).apply(table), PreparationError)
    data = Dataset.from_points(frame[["longitude", "latitude"]], metric=GREAT_CIRCLE)
    words = said(lambda: dbscan.axis(data, min_samples=1), DataError)
    assert words.startswith("1 of 3 latitudes lie beyond 90 degrees, up to 95")


# ---- odd, and fine ---------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["euclidean", "manhattan", "great-circle"])
@pytest.mark.parametrize("n", [1, 2, 7])
def test_equal_points_are_one_cluster_at_every_epsilon(name: str, n: int) -> None:
    points = np.full((n, 2), 12.5)
    data = Dataset.from_points(points)
    data = (
        Dataset.from_points(points, metric=GREAT_CIRCLE)
        if name == "great-circle"
        else measured(data, name)
    )
    for min_samples in {1, n}:
        axis = dbscan.axis(data, min_samples=min_samples)
        assert axis.curves["clusters"].tolist() == [1.0] and axis.plateaus == ()
        answer = axis.at(1e-9)
        assert answer.labels.tolist() == [0] * n
        assert answer.assign(points).tolist() == [0] * n
        assert answer.assign(points + 1).tolist() == [-1] * n
        assert dbscan.knee(axis).place == -1
        assert re.fullmatch(SENTENCE, dbscan.knee(axis).reason)
        assert hdbscan.fit(axis, min_cluster_size=2).labels.tolist() == [-1] * n
    found = dbscan.atlas(data, min_samples=(1, n, n + 1), cells=3)
    assert (found.clusters == 1).all() and (found.noise == 0).all() and np.isnan(found.low).all()
    scores = dbscan.grid(data, axis, [1.0])
    assert re.fullmatch(SENTENCE, scores.with_noise[0].reason)
    assert scores.best("cluster") == scores.best("exclude") == -1
    assert dbscan.estimate(data, 1).seconds >= 0


def test_one_point_far_outside_is_noise_and_hides_nothing() -> None:
    rng = np.random.default_rng(0)
    points = np.concatenate([rng.normal(size=(50, 2)), rng.normal(20, 1, (50, 2)), [[1e6, 1e6]]])
    axis = dbscan.axis(Dataset.from_points(points))
    low, high = axis.plateaus[0]
    answer = axis.at((low * high) ** 0.5)
    assert answer.sizes.tolist() == [50, 50] and answer.labels[-1] == -1
    found = dbscan.atlas(Dataset.from_points(points))
    assert found.eps[-1] < 100  # the map ends where 99 % are together


@pytest.mark.parametrize("unit", [1e-140, 1e140])
def test_tiny_and_huge_units_change_nothing_but_eps(unit: float) -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(80, 3)) + 5.0 * rng.integers(0, 3, (80, 1))
    plain = dbscan.axis(Dataset.from_points(points))
    scaled = dbscan.axis(Dataset.from_points(unit * points))
    assert scaled.curves["clusters"].tolist() == plain.curves["clusters"].tolist()
    assert scaled.values / unit == pytest.approx(plain.values)
    eps = plain.values[40] * 1.0000001
    assert np.array_equal(scaled.at(unit * eps).labels, plain.at(eps).labels)
    assert np.array_equal(hdbscan.fit(scaled).labels, hdbscan.fit(plain).labels)
    assert scaled.at(1.7e308).k == 1


def test_differences_below_all_numbers_are_met() -> None:
    data = measured(Dataset.from_points([[0.0], [5e-324], [1.0]]), "manhattan")
    axis = dbscan.axis(data, min_samples=1)
    assert (axis.values > 0).all() and axis.curves["clusters"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize("latitude", [90.5, -90.5])
def test_a_latitude_just_beyond_the_pole_is_refused(latitude):
    pole = Dataset.from_points([[0.0, 90.0], [0.0, -90.0]], metric=GREAT_CIRCLE)
    assert dbscan.axis(pole, min_samples=1).at(1.0).k == 2
    beyond = Dataset.from_points([[0.0, latitude], [0.0, 0.0]], metric=GREAT_CIRCLE)
    with pytest.raises(DataError, match="1 of 2 latitudes lie beyond 90 degrees"):
        dbscan.axis(beyond, min_samples=1)
