"""What comes back through components, and what is lost: weights as repetition, in blocks."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from clustering.dataset import Dataset
from clustering.geometry.components import components
from clustering.validity.reconstruction import BLOCK, error_of, errors_of


@pytest.mark.parametrize(("n", "d"), [(60, 7), (5, 12)])
def test_components_are_those_of_scikit_learn(n, d):
    data = Dataset.from_points(np.random.default_rng(1).normal(3.0, np.arange(1, d + 1), (n, d)))
    found = components(data)
    pca = PCA(4, svd_solver="full").fit(data.points)
    assert found.axes.shape == (min(n, d), d)
    for m in range(1, 5):
        reduced = PCA(m, svd_solver="full").fit(data.points)
        expected = reduced.inverse_transform(reduced.transform(data.points))
        assert found.reconstruct(data.points, count=m) == pytest.approx(expected)
    left = data.points.var(axis=0).sum() - pca.explained_variance_.sum() * (n - 1) / n
    assert error_of(data, found.back(4)) == pytest.approx(left / d)
    assert error_of(data, found.back(0)) == pytest.approx(data.points.var(axis=0).mean())


@pytest.mark.parametrize("d", [3, 15])  # 15: more than points, fewer than repeated ones
def test_a_weight_is_so_many_equal_points(d):
    rng = np.random.default_rng(2)
    points, weights = rng.normal(size=(9, d)), rng.integers(1, 5, 9)
    weighted = Dataset.from_points(points, weights=weights)
    repeated = Dataset.from_points(np.repeat(points, weights, axis=0))
    for m in range(4):
        one, other = components(weighted), components(repeated)
        assert error_of(weighted, one.back(m)) == pytest.approx(error_of(repeated, other.back(m)))


def test_more_directions_than_coordinates_lose_nothing():
    data = Dataset.from_points(np.random.default_rng(3).normal(size=(20, 3)))
    found = components(data)
    assert found.axes.shape == (3, 3)
    assert error_of(data, found.back(9)) == pytest.approx(0.0, abs=1e-25)


def test_points_go_through_in_blocks_and_each_keeps_its_own_error():
    data = Dataset.from_points(np.arange(BLOCK + 5.0)[:, None])
    steps = []
    errors = errors_of(data, lambda points: points * 0, report=steps.append)
    assert np.array_equal(errors, np.arange(BLOCK + 5.0) ** 2)
    assert [step.done for step in steps] == [BLOCK, BLOCK + 5]
