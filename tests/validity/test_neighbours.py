"""The two distances behind a silhouette are those that its definition names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from clustering.dataset import Dataset, Metric
from clustering.errors import ParameterError
from clustering.validity import neighbours, silhouette


def plain(points, labels, weights, row):
    """a, b and the next cluster of one point, as the definition says."""
    distances = np.sqrt(((points - points[row]) ** 2).sum(axis=1))
    own = labels == labels[row]
    others = weights[own].sum() - 1
    a = (weights * distances)[own].sum() / others if others > 0 else 0.0
    means = {
        name: (weights * distances)[labels == name].sum() / weights[labels == name].sum()
        for name in np.unique(labels[labels >= 0])
        if name != labels[row]
    }
    rival = min(means, key=means.__getitem__)
    return a, means[rival], rival


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_they_are_what_the_definition_says(seed, weighted):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 2)) + 3 * rng.integers(0, 3, size=(60, 1))
    labels = rng.choice([-1, 2, 5, 9], 60)
    weights = rng.integers(1, 4, 60) if weighted else np.ones(60)
    data = Dataset.from_points(points, weights=weights if weighted else None)
    rows = rng.permutation(60)[:20]
    found = neighbours(data, labels, rows)
    assert found.rows.tolist() == rows.tolist()
    for i, row in enumerate(rows):
        if labels[row] < 0:
            assert np.isnan([found.own[i], found.other[i], found.silhouette[i]]).all()
            assert found.rival[i] == -1
        else:
            a, b, rival = plain(points, labels, weights, row)
            assert (found.own[i], found.other[i]) == pytest.approx((a, b))
            assert found.rival[i] == rival
    whole = silhouette(data, labels, per_point=True).per_point
    np.testing.assert_allclose(found.silhouette, whole[rows], atol=1e-12)


@pytest.mark.parametrize("scale", [1e-120, 1.0, 1e130])
def test_distances_are_in_the_unit_of_the_points(scale):
    data = Dataset.from_points(np.array([[0.0], [1.0], [4.0], [10.0], [11.0]]) * scale)
    found = neighbours(data, [0, 0, 0, 1, 1], [2])
    assert (found.own / scale).tolist() == pytest.approx([3.5])
    assert (found.other / scale).tolist() == pytest.approx([6.5])


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def test_any_metric_will_do():
    data = Dataset.from_points([[0, 0], [1, 1], [5, 5]], metric=Metric("manhattan", manhattan))
    found = neighbours(data, [0, 0, 1], [0])
    assert (found.own[0], found.other[0]) == (2.0, 10.0)


def test_a_point_alone_has_no_own_distance_and_silhouette_0():
    found = neighbours(Dataset.from_points([[0.0], [1.0], [9.0]]), [0, 0, 1], [2])
    assert (found.own[0], found.silhouette[0], found.rival[0]) == (0.0, 0.0, 0)


@pytest.mark.parametrize("labels", [[0, 0, 0], [-1, -1, -1]])
def test_without_another_cluster_there_is_no_next_one(labels):
    found = neighbours(Dataset.from_points([[0.0], [1.0], [9.0]]), labels, [0, 2])
    assert found.rival.tolist() == [-1, -1]
    assert np.isnan(found.other).all() and np.isnan(found.silhouette).all()


def test_many_points_cost_a_few_rows():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(200_000, 2))
    labels = (points[:, 0] > 0).astype(int)
    found = neighbours(Dataset.from_points(points), labels, np.arange(5))
    for i in range(5):
        a, b, rival = plain(points, labels, np.ones(len(points)), i)
        assert (found.own[i], found.other[i], found.rival[i]) == pytest.approx((a, b, rival))


@pytest.mark.parametrize("rows", [[3], [-1], [[0]], [0.5]])
def test_rows_are_places_of_points(rows):
    with pytest.raises(ParameterError):
        neighbours(Dataset.from_points([[0.0], [1.0], [9.0]]), [0, 0, 1], rows)


def test_no_rows_give_nothing():
    assert len(neighbours(Dataset.from_points([[0.0], [1.0]]), [0, 1], []).own) == 0
