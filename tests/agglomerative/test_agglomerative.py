"""The merge tree is scikit-learn's and scipy's, cut at every k."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import cdist
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from clustering import agglomerative, validity
from clustering.dataset import Dataset, Metric
from clustering.errors import DataError, ParameterError, UnsupportedError

LINKAGES = ["ward", "complete", "average", "single"]


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def cloud(seed=0, n=120):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 2)) + 4 * rng.integers(0, 3, size=(n, 2))


@pytest.mark.parametrize("linkage", LINKAGES)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(5, 80))
def test_every_cut_is_scikit_learns(linkage, seed, n):
    points = cloud(seed, n)
    axis = agglomerative.over_k(Dataset.from_points(points), k_max=5, linkage=linkage)
    for partition in axis.partitions:
        k = partition.parameters["k"]
        theirs = AgglomerativeClustering(k, linkage=linkage).fit_predict(points)
        assert adjusted_rand_score(partition.labels, theirs) == 1.0
        assert partition.k == k


@pytest.mark.parametrize("linkage", ["complete", "average", "single"])
def test_other_distances_are_taken_as_they_are(linkage):
    points = cloud(1, 300)  # more than one block of distances
    data = Dataset.from_points(points, metric=Metric("manhattan", manhattan))
    ours = agglomerative.fit(data, k=4, linkage=linkage)
    theirs = AgglomerativeClustering(4, linkage=linkage, metric="manhattan").fit_predict(points)
    assert adjusted_rand_score(ours.labels, theirs) == 1.0


@pytest.mark.parametrize("linkage", LINKAGES)
def test_cuts_are_nested_and_numbered_by_first_point(linkage):
    data = Dataset.from_points(cloud(2))
    axis = agglomerative.over_k(data, k_max=9, linkage=linkage)
    for partition in axis.partitions:
        first = [np.flatnonzero(partition.labels == j)[0] for j in range(partition.k)]
        assert first == sorted(first) and first[0] == 0
    for coarse, fine in zip(axis.partitions, axis.partitions[1:], strict=False):
        assert len({*zip(fine.labels.tolist(), coarse.labels.tolist(), strict=True)}) == fine.k
    fits = [agglomerative.fit(data, **each.parameters) for each in axis.partitions]
    alone = agglomerative.cuts(data, values=range(1, 10), linkage=linkage)
    for partition, fit, labels in zip(axis.partitions, fits, alone, strict=True):
        assert np.array_equal(partition.labels, fit.labels)
        assert np.array_equal(partition.labels, labels)


def test_heights_are_those_of_the_merges():
    points = cloud(3)
    axis = agglomerative.over_k(Dataset.from_points(points), k_max=5)
    merges = hierarchy.ward(points)[:, 2]
    assert axis.curves["height"] == pytest.approx(merges[::-1][:5])
    for k, partition in enumerate(axis.partitions, 1):
        expected = np.inf if k == 1 else merges[len(points) - k]
        assert partition.facts["next_height"] == pytest.approx(expected)


def test_ties_still_give_k_clusters():
    grid = Dataset.from_points([[x, y] for x in range(4) for y in range(4)])
    for linkage in LINKAGES:
        axis = agglomerative.over_k(grid, k_max=16, linkage=linkage)
        assert axis.curves["clusters"].tolist() == list(range(1, 17))
    assert axis.curves["height"][-1] == 0.0


def test_silhouettes_and_steps():
    data = Dataset.from_points(cloud(4))
    steps = []
    axis = agglomerative.over_k(data, k_max=4, report=steps.append)
    scores = validity.silhouettes(data, [each.labels for each in axis.partitions])
    np.testing.assert_array_equal(axis.curves["silhouette"], [score.value for score in scores])
    shares = [step.share for step in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_one_point_and_few_distinct_ones():
    alone = agglomerative.over_k(Dataset.from_points([[3.0, 4.0]]))
    assert alone.values.tolist() == [1] and alone.at(1).labels.tolist() == [0]
    axis = agglomerative.over_k(Dataset.from_points([[0.0], [0.0], [1.0], [1.0]]), k_max=4)
    assert axis.at(2).labels.tolist() == [0, 0, 1, 1]
    assert axis.values.tolist() == [1, 2] and "2 distinct points" in axis.notes["clusters"]


def test_new_points_have_no_place_in_a_tree():
    answer = agglomerative.fit(Dataset.from_points(cloud()), k=2)
    with pytest.raises(UnsupportedError, match="no rule for new points"):
        answer.assign([[0.0, 0.0]])


def test_what_it_does_not_take():
    points = cloud(n=20)
    places = Dataset.from_points(points, metric=Metric("manhattan", manhattan))
    with pytest.raises(UnsupportedError, match="manhattan.*average, complete or single"):
        agglomerative.over_k(places)
    with pytest.raises(UnsupportedError, match="no weights"):
        agglomerative.fit(Dataset.from_points(points, weights=np.ones(20)), k=2)
    with pytest.raises(UnsupportedError, match=r"20,001 points would take 3\.2 GB"):
        agglomerative.over_k(Dataset.from_points(np.arange(20_001.0)[:, None]))
    with pytest.raises(ParameterError, match="'centroid' is no linkage"):
        agglomerative.fit(Dataset.from_points(points), k=2, linkage="centroid")
    with pytest.raises(ParameterError, match="distinct points"):
        agglomerative.fit(Dataset.from_points(points), k=21)
    with pytest.raises(DataError, match="square"):
        agglomerative.fit(Dataset.from_points(points * 1e200), k=2)
