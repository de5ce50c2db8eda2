"""A height gives one k, a k its heights; gaps and plateaus are looked for among few clusters."""

import numpy as np
import pytest

from clustering import agglomerative, convex
from clustering.dataset import Dataset
from clustering.errors import ParameterError
from clustering.trees import levels
from clustering.trees.merge_tree import grow


def chain(heights):
    """Each merge adds the next leaf to the one cluster."""
    n = len(heights) + 1
    first = [[0, 1], *([i, n + i - 2] for i in range(2, n))]
    return grow(first, heights)


def test_heights_and_k_lead_to_each_other():
    tree = chain([0.0, 1.0, 2.0, 2.0, 7.0])
    assert levels.most(tree) == 5
    for k in (1, 2, 4, 5):
        low, high = levels.between(tree, k)
        assert levels.clusters_at(tree, low, parameter="h") == k
        assert levels.clusters_at(tree, np.nextafter(high, 0), parameter="h") == k
    assert levels.between(tree, 3) == (2.0, 2.0)  # merges tie: no height gives three
    assert levels.between(tree, 1) == (7.0, np.inf)
    curves = levels.curves(tree, np.array([0.0, 1.5, 7.0]))
    assert curves["clusters"].tolist() == [5, 4, 1]
    assert curves["largest"].tolist() == [2 / 6, 3 / 6, 1.0]


@pytest.mark.parametrize("k", [0, 6, 2.5, "2"])
def test_a_k_that_no_cut_gives_is_refused(k):
    with pytest.raises(ParameterError, match="from 1 to 5, the number of distinct points"):
        levels.checked(chain([0.0, 1.0, 2.0, 2.0, 7.0]), k)


@pytest.mark.parametrize("height", [-1, np.inf, np.nan, "1"])
def test_a_height_that_is_none_is_refused_by_its_name(height):
    with pytest.raises(ParameterError, match="lambda = .*; choose a number from 0"):
        levels.clusters_at(chain([1.0]), height, parameter="lambda")


def test_the_widest_step_is_that_of_differences_and_of_few_clusters():
    # The largest factor is at k = 4, the largest difference of few clusters at k = 3; the
    # largest of all, before the second merge, leaves eleven of twelve points alone.
    heights = [1.0, 100.0, *range(101, 107), 107.0, 109.0, 112.0]
    assert levels.few(12) < 4
    assert levels.widest_step(chain(heights)) == 2
    heights[-2:] = [112.0, 113.0]
    assert levels.widest_step(chain(heights)) == 3
    assert levels.widest_step(chain([5.0])) == 2
    assert levels.widest_step(chain([0.0, 0.0])) == 1
    small = [0.001, 0.002, 0.004, *np.linspace(0.005, 0.006, 5), 0.007, 4.0, 9.0]
    assert levels.widest_step(chain(small)) == 2  # 9 - 4, though 4 is 571 times 0.007


def test_plateaus_are_of_few_clusters_on_every_tree():
    rng = np.random.default_rng(3)
    points = np.concatenate([rng.normal(size=(15, 2)) + at for at in ([0, 0], [30, 0], [0, 40])])
    points[1] = points[0] + 1e-9  # the widest range of all has 44 clusters
    for axis in (
        agglomerative.axis(Dataset.from_points(points)),
        convex.path(Dataset.from_points(points), neighbours=4),
    ):
        widest = axis.plateaus[0]
        assert axis.at(widest[0]).k == axis.at(np.sqrt(widest[0] * widest[1])).k == 3
        assert all(axis.at(low).k <= levels.few(45) for low, _ in axis.plateaus)
        assert all(low in axis.values and high in axis.values for low, high in axis.plateaus)
