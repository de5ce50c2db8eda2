"""Bisecting k-means is scikit-learn's, nested from k to k + 1."""

import numpy as np
import pytest
from sklearn.cluster import BisectingKMeans
from sklearn.metrics import adjusted_rand_score

from clustering import bisecting
from clustering.dataset import Dataset
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry.metrics import measured


def cloud(n=150, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) + 5 * rng.integers(0, 4, (n, 1))


@pytest.mark.parametrize("weights", [None, np.arange(1.0, 151.0)])
def test_each_answer_is_scikit_learns_and_nested_in_the_one_before(weights):
    data = Dataset.from_points(cloud(), weights=weights)
    axis = bisecting.over_k(data, k_max=8, seed=3)
    assert axis.values.tolist() == list(range(1, 9))
    for answer in axis.partitions:
        model = BisectingKMeans(answer.k, init="k-means++", n_init=4, random_state=3)
        theirs = model.fit(data.points, sample_weight=weights)
        assert adjusted_rand_score(theirs.labels_, answer.labels) == 1.0
        assert answer.facts["inertia"] <= theirs.inertia_ * (1 + 1e-12)
        squares = ((data.points - answer.centers[answer.labels]) ** 2).sum(axis=1)
        total = (squares if weights is None else squares * weights).sum()
        assert answer.facts["inertia"] == pytest.approx(total)
        assert np.unique(answer.labels, return_index=True)[1].tolist() == sorted(
            np.unique(answer.labels, return_index=True)[1]
        )
        for cluster in range(answer.k):
            inside = answer.labels == cluster
            mean = np.average(
                data.points[inside], axis=0, weights=None if weights is None else weights[inside]
            )
            np.testing.assert_allclose(answer.centers[cluster], mean)
        assert np.array_equal(answer.assign(data.points), answer.labels)
    for before, after, split in zip(
        axis.partitions, axis.partitions[1:], axis.curves["split"][1:], strict=False
    ):
        for cluster in range(before.k):
            parts = len(set(after.labels[before.labels == cluster].tolist()))
            assert parts == (2 if cluster == split else 1)
    assert (np.diff(axis.curves["inertia"]) < 0).all()


def test_few_distinct_points_end_the_axis():
    data = Dataset.from_points([[0.0], [0.0], [4.0], [4.0], [9.0]])
    axis = bisecting.over_k(data, k_max=9)
    assert axis.values.tolist() == [1, 2, 3] and "3 distinct points" in axis.notes["clusters"]
    assert axis.at(3).labels.tolist() == [0, 0, 1, 1, 2]
    with pytest.raises(ParameterError, match="k = 4 is more than the 3"):
        bisecting.fit(data, k=4)
    assert bisecting.over_k(Dataset.from_points([[1.0]])).at(1).labels.tolist() == [0]


def test_distances_without_coordinates_are_refused():
    with pytest.raises(UnsupportedError, match="manhattan"):
        bisecting.over_k(measured(Dataset.from_points(cloud()), "manhattan"))
