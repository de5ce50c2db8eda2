import numpy as np
import pytest
from sklearn.decomposition import PCA

from clustering.dataset import Dataset, Metric, euclidean
from clustering.errors import UnsupportedError
from clustering.geometry.components import components


def points(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(60, 5)) @ rng.normal(size=(5, 5)) + [9, -3, 0, 1, 100]


@pytest.mark.parametrize("count", [1, 3, 5])
def test_they_are_those_of_scikit_learn(count):
    x = points()
    ours, theirs = components(Dataset.from_points(x)), PCA(count).fit(x)
    back = theirs.inverse_transform(theirs.transform(x))
    assert np.allclose(ours.reconstruct(x, count=count), back)
    assert ours.errors[count] == pytest.approx(((x - back) ** 2).mean(), abs=1e-12)
    assert np.allclose(np.abs(ours.axes[:count]), np.abs(theirs.components_))
    assert ours.encode(x, count=count).shape == (60, count)


def test_without_any_all_points_are_the_mean():
    x = points()
    found = components(Dataset.from_points(x))
    assert found.errors[0] == pytest.approx(((x - x.mean(axis=0)) ** 2).mean())
    assert np.allclose(found.reconstruct(x[:2], count=0), x.mean(axis=0))
    assert (found.axes.max(axis=1) == np.abs(found.axes).max(axis=1)).all()


def test_weights_count_as_repeated_points():
    x = points()
    times = np.arange(60) % 3 + 1
    weighted = components(Dataset.from_points(x, weights=times))
    repeated = components(Dataset.from_points(np.repeat(x, times, axis=0)))
    assert np.allclose(weighted.errors, repeated.errors)
    assert np.allclose(weighted.axes, repeated.axes)


def test_distances_have_none():
    apart = Metric("Gower", euclidean)
    with pytest.raises(UnsupportedError, match="averages coordinates"):
        components(Dataset.from_points(points(), metric=apart))
