"""The convex path solves its problem, which a slow plain method and a sheet of paper confirm."""

import numpy as np
import pytest

from clustering import convex
from clustering.convex.fusions import Fusions
from clustering.dataset import Dataset
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry.metrics import measured


def plain(points, first, second, weights, strength, turns=60_000):
    """Projected gradients on the dual problem, as slow and as plain as can be."""
    v = np.zeros((len(first), points.shape[1]))
    radius = strength * weights[:, None]
    step = 1.0 / (2 * np.bincount(np.r_[first, second]).max())
    for _ in range(turns):
        u = points.copy()
        np.subtract.at(u, first, v)
        np.add.at(u, second, v)
        v = v + step * (u[first] - u[second])
        v *= np.minimum(1, radius / np.maximum(np.linalg.norm(v, axis=1)[:, None], 1e-300))
    return u


@pytest.fixture(scope="module")
def ten():
    rng = np.random.default_rng(4)
    points = rng.normal(size=(10, 2)) + 3 * rng.integers(0, 2, (10, 1)) + 7
    return convex.path(Dataset.from_points(points), neighbours=3)


def test_centroids_are_those_of_the_plain_method(ten):
    for place in range(1, len(ten.values), len(ten.values) // 2):
        right = plain(
            ten.dataset.points, ten.first, ten.second, ten.weights, ten.values[place], 20_000
        )
        spread = np.linalg.norm(ten.dataset.points - ten.dataset.points.mean(axis=0))
        # The gap bounds the error.
        allowed = np.sqrt(ten.curves["gap"][place]) * spread + 1e-6
        assert np.linalg.norm(ten.centroids[place] - right) <= allowed
    assert (ten.curves["gap"] <= 1e-6).all() and not ten.notes.keys() & {"converged", "parted"}


def test_the_ends_of_the_path(ten):
    assert ten.values[0] == 0.0 and (np.diff(ten.values) > 0).all()
    np.testing.assert_allclose(ten.centroids[0], ten.dataset.points)
    mean = ten.dataset.points.mean(axis=0)
    np.testing.assert_allclose(ten.centroids[-1], np.tile(mean, (10, 1)))
    np.testing.assert_allclose(ten.centroids.mean(axis=1), np.tile(mean, (len(ten.values), 1)))
    assert ten.at(0.0).k == 10 and ten.at(ten.values[-1]).k == 1


def test_clusters_are_the_points_with_equal_centroids(ten):
    for place, value in enumerate(ten.values):
        same = np.unique(ten.centroids[place].round(9), axis=0, return_inverse=True)[1].ravel()
        pairs = np.unique(np.stack([same, ten.at(value).labels]), axis=1)
        assert pairs.shape[1] == same.max() + 1 == ten.curves["clusters"][place]


def test_two_points_fuse_where_paper_says():
    # Each moves by lambda w towards the other: they meet when 2 lambda w is their distance.
    found = convex.path(Dataset.from_points([[1.0, 2.0], [4.0, 6.0]]), phi=0.7)
    meeting = 5.0 / (2 * np.exp(-0.7))
    assert found.values[-2] < meeting <= found.values[-1] <= 1.1 * found.values[-2]
    moved = found.values[2] * np.exp(-0.7)
    np.testing.assert_allclose(found.centroids[2][0], [1 + 0.6 * moved, 2 + 0.8 * moved], rtol=1e-2)


def test_weights_fall_with_the_square_of_the_distance():
    found = convex.path(Dataset.from_points([[0.0], [1.0], [4.0]]), neighbours=1, phi=0.4)
    # Distances of 1 and 3 in units of their median, 2.
    np.testing.assert_allclose(found.weights, np.exp([-0.4 * 0.25, -0.4 * 2.25]))


def test_groups_are_found_along_the_path_and_parts_are_joined():
    rng = np.random.default_rng(5)
    truth = np.repeat([0, 1, 2], 20)
    points = rng.normal(size=(60, 2)) + np.array([[0, 0], [20, 0], [0, 30]])[truth]
    found = convex.path(Dataset.from_points(points), neighbours=5)
    assert np.array_equal(found.of(3).labels, truth) and "3 parts" in found.notes["graph"]
    again = convex.fit(found.dataset, **found.of(3).parameters)
    assert np.array_equal(again.labels, truth)
    # Where more than a few fused at once, lambda had gone up by its shortest step.
    clusters, steps = found.curves["clusters"][1:], found.values[2:] / found.values[1:-1]
    few = -np.diff(clusters) <= np.maximum(1, 0.08 * clusters[:-1])
    assert (few | (steps <= 1.0201)).all()
    # In other units, the same.
    scaled = convex.path(Dataset.from_points(points * 1e6), neighbours=5)
    np.testing.assert_allclose(scaled.values, found.values * 1e6, rtol=1e-6)


def test_equal_points_and_few():
    same = convex.path(Dataset.from_points(np.ones((5, 2))))
    assert same.values.tolist() == [0.0] and same.at(0.0).k == 1 and same.most == 1
    twice = convex.path(Dataset.from_points([[0.0], [0.0], [5.0], [5.0], [5.0]]), neighbours=1)
    assert twice.at(0.0).labels.tolist() == [0, 0, 1, 1, 1]
    with pytest.raises(ParameterError, match="from 1 to 2"):
        twice.of(3)
    assert convex.path(Dataset.from_points([[3.0]])).of(1).k == 1
    far = convex.path(Dataset.from_points([[0.0], [1.0], [2.0], [1e7]]), neighbours=1)
    assert far.of(2).sizes.tolist() == [3, 1]


def test_of_those_that_fuse_in_one_step_the_nearest_come_first():
    fusions = Fusions(np.arange(3))
    fusions.add(np.zeros(3, dtype=np.int64), np.array([[0.0], [5.0], [1.0]]), 2.0)
    assert fusions.children == [(0, 2), (1, 3)] and fusions.heights == [2.0, 2.0]
    larger = Fusions(np.arange(4))
    larger.add(np.array([0, 0, 1, 2]), np.zeros((4, 1)), 1.0)
    larger.add(np.zeros(4, dtype=np.int64), np.array([[10.0], [10.0], [11.0], [20.5]]), 2.0)
    assert [{*pair} for pair in larger.children] == [{0, 1}, {4, 2}, {5, 3}]


def test_what_it_does_not_take():
    points = np.arange(501.0)[:, None]
    with pytest.raises(UnsupportedError, match="501 points would take minutes; take a sample"):
        convex.path(Dataset.from_points(points))
    some = Dataset.from_points(points[:9])
    with pytest.raises(UnsupportedError, match="manhattan distances have no coordinates"):
        convex.path(measured(some, "manhattan"))
    with pytest.raises(UnsupportedError, match="no weights"):
        convex.path(Dataset.from_points(points[:9], weights=np.ones(9)))
    with pytest.raises(ParameterError, match="phi = -1"):
        convex.path(some, phi=-1)
    with pytest.raises(ParameterError, match="0 nearest neighbours"):
        convex.path(some, neighbours=0)


def test_a_lambda_that_is_given_up_is_said(monkeypatch):
    monkeypatch.setattr("clustering.convex.solving.LONGEST", 10)
    points = np.random.default_rng(6).normal(size=(40, 2))
    found = convex.path(Dataset.from_points(points))
    missed = int((found.curves["gap"] > 1e-6).sum())
    assert missed and f"{missed} of {len(found.values)} lambdas" in found.notes["converged"]
