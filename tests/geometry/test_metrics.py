"""Metrics by name: as scipy computes them, fitted where they are, refused in a sentence."""

import pickle

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from clustering import dbscan
from clustering.data.steps.distances import GREAT_CIRCLE, great_circle
from clustering.dataset import Dataset, Floats
from clustering.errors import DataError, ParameterError
from clustering.geometry.metrics import METRICS, measured, paired, remark


def cloud(n: int = 60, d: int = 3) -> Floats:
    return np.random.default_rng(0).normal(size=(n, d)) * [1.0, 10.0, 100.0][:d]


@pytest.mark.parametrize("name", METRICS)
def test_distances_are_scipys(name: str) -> None:
    points = np.round(cloud()) if name == "hamming" else cloud()
    data = measured(Dataset.from_points(points), name)
    scipys = "cityblock" if name == "manhattan" else name
    assert data.metric.name == name
    fitted = {"VI": np.linalg.inv(np.cov(points.T))} if name == "mahalanobis" else {}
    expected = cdist(points, points, scipys, **fitted)
    np.testing.assert_allclose(data.metric.between(points, points), expected, atol=1e-12)
    again = pickle.loads(pickle.dumps(data))
    assert again.key == data.key
    assert np.array_equal(again.metric.between(points, points), data.metric.between(points, points))


def test_each_metric_makes_other_data_of_the_same_points() -> None:
    data = Dataset.from_points(cloud())
    keys = {measured(data, name).key for name in METRICS}
    assert len(keys) == len(METRICS)
    assert measured(data, "euclidean") is data


def test_rows_of_one_direction_are_at_no_cosine_distance() -> None:
    rows = np.repeat(np.random.default_rng(2).uniform(0.1, 1.0, (40, 7)), 3, axis=0)
    rows *= np.tile([1.0, 3.0, 0.7], 40)[:, None]
    data = measured(Dataset.from_points(rows), "cosine")
    apart = data.metric.between(rows, rows)
    same = np.equal.outer(np.arange(120) // 3, np.arange(120) // 3)
    assert (apart[same] == 0.0).all() and (apart[~same] > 1e-6).all()
    # What rounding leaves would else make the widest plateau of all.
    assert dbscan.axis(data, min_samples=3).plateaus[0][0] > 1e-6


def test_mahalanobis_does_not_see_units_and_counts_weights() -> None:
    points = cloud()
    one, other = (
        measured(Dataset.from_points(each), "mahalanobis") for each in (points, points * [3, 7, 1])
    )
    np.testing.assert_allclose(
        one.metric.between(points, points), other.metric.between(other.points, other.points)
    )
    times = np.random.default_rng(1).integers(1, 4, len(points))
    weighted = measured(Dataset.from_points(points, weights=times), "mahalanobis")
    often = measured(Dataset.from_points(np.repeat(points, times, axis=0)), "mahalanobis")
    expected = often.metric.between(points, points)
    ratio = weighted.metric.between(points[:1], points[1:]) / expected[:1, 1:]
    np.testing.assert_allclose(ratio, ratio[0, 0])


@pytest.mark.parametrize(
    ("points", "name", "words"),
    [
        ([[0.0, 0.0], [1.0, 2.0]], "cosine", "1 of 2 rows are zero"),
        ([[1.0, 2.0], [2.0, 4.0], [5.0, 10.0]], "mahalanobis", "follows from the others"),
        ([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]], "mahalanobis", "constant"),
    ],
)
def test_points_without_such_a_distance_are_refused(
    points: list[list[float]], name: str, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        measured(Dataset.from_points(points), name)


def test_names_are_known_and_distances_stay_what_they_are() -> None:
    data = Dataset.from_points(cloud())
    with pytest.raises(ParameterError, match="'taxi' is no metric; choose euclidean, manhattan"):
        measured(data, "taxi")
    places = Dataset.from_points([[0.0, 1.0]], metric=GREAT_CIRCLE)
    assert measured(places, "great-circle") is places
    with pytest.raises(ParameterError, match="great-circle"):
        measured(places, "manhattan")


def test_pairs_are_as_far_apart_as_in_the_table() -> None:
    points = cloud(d=2) / 2
    first, second = points[:-1], points[1:]
    for data in (Dataset.from_points(points), Dataset.from_points(points, metric=GREAT_CIRCLE)):
        table = data.metric.between(first, second).diagonal()
        np.testing.assert_allclose(paired(data, first, second), table, rtol=1e-14)
        assert (paired(data, first, second) == paired(data, second, first)).all()
        assert (paired(data, first, first) == 0).all()


def test_kilometres_in_an_exported_script_are_these_to_the_last_digit() -> None:
    places = np.random.default_rng(2).uniform([-180, -90], [180, 90], (40, 2))
    data = Dataset.from_points(places, metric=GREAT_CIRCLE)
    i, j = np.divmod(np.arange(1600), 40)
    pairs = paired(data, places[i], places[j]).reshape(40, 40)
    assert np.array_equal(pairs, great_circle(places, places))


def test_hamming_is_remarked_on_where_nearly_no_cells_are_equal() -> None:
    smooth = measured(Dataset.from_points(cloud()), "hamming")
    assert "100 %" in remark(smooth) and "another metric" in remark(smooth)
    coded = Dataset.from_points(np.random.default_rng(0).integers(0, 3, (60, 4)))
    assert remark(measured(coded, "hamming")) == ""
    for name in METRICS[:5]:
        assert remark(measured(Dataset.from_points(cloud()), name)) == ""
