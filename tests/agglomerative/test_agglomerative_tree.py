"""The whole tree is scipy's without a graph and scikit-learn's along one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import kneighbors_graph, radius_neighbors_graph

from clustering import agglomerative
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.metrics import METRICS, measured
from clustering.trees import merging
from clustering.trees.branches import dendrogram

SCIPY = {"manhattan": "cityblock"}
ALLOWED = [
    (linkage, metric)
    for linkage in merging.LINKAGES
    for metric in METRICS[:5]
    if linkage != "ward" or metric == "euclidean"
]


def cloud(seed, n, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) + 4 * rng.integers(0, 3, size=(n, 1)) + 1.0


@pytest.mark.parametrize(("linkage", "metric"), ALLOWED)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(5, 60))
def test_cuts_by_k_and_by_height_are_scipys(linkage, metric, seed, n):
    data = measured(Dataset.from_points(cloud(seed, n)), metric)
    axis = agglomerative.axis(data, linkage=linkage)
    theirs = hierarchy.linkage(pdist(data.points, SCIPY.get(metric, metric)), linkage)
    np.testing.assert_allclose(axis.tree.heights, theirs[:, 2], rtol=1e-9, atol=1e-14)
    for k in (1, 2, 3, n // 2, n):
        right = hierarchy.cut_tree(theirs, k).ravel()
        assert adjusted_rand_score(axis.of(k).labels, right) == 1.0
    # Between two merges, where the digits of a distance decide nothing.
    for height in (theirs[:-1, 2] + theirs[1:, 2]) / 2:
        right = hierarchy.fcluster(theirs, height, "distance")
        assert adjusted_rand_score(axis.at(height).labels, right) == 1.0
    assert axis.at(0.0).k == n and axis.at(theirs[-1, 2] * 2).k == 1


@pytest.mark.parametrize("linkage", merging.LINKAGES)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), neighbours=st.integers(1, 12))
@pytest.mark.filterwarnings("ignore:the number of connected components")
def test_along_a_graph_children_and_distances_are_scikit_learns(linkage, seed, neighbours):
    points = cloud(seed, 60)
    data = Dataset.from_points(points)
    reach = float(np.quantile(pdist(points), neighbours / 60))
    for edges, options in (
        (kneighbors_graph(points, neighbours), {"neighbours": neighbours}),
        (radius_neighbors_graph(points, reach), {"radius": reach}),
    ):
        model = AgglomerativeClustering(
            n_clusters=4, linkage=linkage, connectivity=edges, compute_distances=True
        ).fit(points)
        axis = agglomerative.axis(data, linkage=linkage, **options)
        np.testing.assert_array_equal(axis.tree.children, model.children_)
        np.testing.assert_allclose(axis.tree.heights, model.distances_, rtol=1e-9)
        assert axis.graph.parts == model.n_connected_components_
        assert bool(axis.notes) == (axis.graph.parts > 1)
        assert adjusted_rand_score(axis.of(4).labels, model.labels_) == 1.0


@pytest.mark.filterwarnings("ignore:the number of connected components")
@pytest.mark.parametrize("metric", ["manhattan", "cosine", "mahalanobis"])
def test_along_a_graph_any_metric_is_taken(metric):
    data = measured(Dataset.from_points(cloud(3, 80)), metric)
    apart = data.metric.between(data.points, data.points)
    edges = np.zeros(apart.shape)
    ranks = (apart + np.diag(np.full(80, np.inf))).argsort(axis=1)[:, :20]
    np.put_along_axis(edges, ranks, 1.0, axis=1)
    for linkage in ("average", "complete", "single"):
        model = AgglomerativeClustering(
            4, linkage=linkage, metric="precomputed", connectivity=edges, compute_distances=True
        ).fit(apart)
        axis = agglomerative.axis(data, linkage=linkage, neighbours=20)
        np.testing.assert_allclose(axis.tree.heights, model.distances_, rtol=1e-9)
        assert adjusted_rand_score(axis.of(4).labels, model.labels_) == 1.0


@pytest.mark.parametrize("options", [{}, {"neighbours": 4}, {"radius": 1.2}])
def test_an_answer_is_given_again_by_its_parameters(options):
    points = Dataset.from_points(cloud(4, 60))
    axis = agglomerative.axis(measured(points, "manhattan"), linkage="average", **options)
    answer = axis.of(7)
    assert answer.parameters.items() >= (options | {"k": 7, "metric": "manhattan"}).items()
    again = agglomerative.fit(points, **answer.parameters)
    np.testing.assert_array_equal(again.labels, answer.labels)
    assert again.facts == answer.facts and answer.facts["height"] == axis.range(7)[0]


def test_a_merge_below_an_earlier_one_is_cut_with_it():
    clouds = [Dataset.from_points(cloud(seed, 60)) for seed in range(20)]
    found = [agglomerative.axis(data, linkage="ward", neighbours=2) for data in clouds]
    turned = [axis for axis in found if (np.diff(axis.tree.heights) < 0).any()]
    assert turned
    for axis in turned:
        counts = [axis.at(value).k for value in axis.values]
        assert counts == axis.curves["clusters"].tolist() == sorted(counts, reverse=True)


def test_a_chain_of_6000_goes_through_everything():
    gaps = np.linspace(1.0, 2.0, 5_999)
    data = Dataset.from_points(np.concatenate([[0.0], np.cumsum(gaps)])[:, None])
    for options in ({}, {"neighbours": 2}):
        axis = agglomerative.axis(data, linkage="single", **options)
        np.testing.assert_allclose(axis.tree.heights, gaps, rtol=1e-9)
        labels = axis.of(2_000).labels
        assert labels[:4_001].tolist() == [0] * 4_001 and labels[-1] == 1_999
        drawn = dendrogram(axis.tree, merges=5_000, leaves=5_000)
        assert len(drawn.high) == 4_999 and drawn.end_sizes.sum() == 6_000


def test_rows_that_are_equal_are_never_parted():
    points = np.repeat([[0.0, 1.0], [3.0, 1.0], [9.0, 2.0]], [7, 5, 1], axis=0)
    for linkage in merging.LINKAGES:
        for options in ({}, {"neighbours": 2}, {"radius": 0.5}):
            axis = agglomerative.axis(Dataset.from_points(points), linkage=linkage, **options)
            assert axis.most == 3 and axis.at(0.0).sizes.tolist() == [7, 5, 1]
            assert axis.of(2).sizes.tolist() == [12, 1]
            with pytest.raises(ParameterError, match="k = 4; choose a whole number from 1 to 3"):
                axis.of(4)
    same = agglomerative.axis(Dataset.from_points(np.ones((9, 2))))
    assert same.most == 1 and same.at(5.0).k == 1 and same.values.tolist() == [1.0]


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("linkage", merging.LINKAGES)
def test_few_points(n, linkage):
    data = Dataset.from_points(np.array([[0.0], [1.0], [5.0]])[:n])
    for options in ({}, {"radius": 0.1}, {"radius": 100.0}):
        axis = agglomerative.axis(data, linkage=linkage, **options)
        assert axis.of(1).k == 1 and axis.of(n).k == n
        assert dendrogram(axis.tree, merges=n - 1).k == 1


def test_a_graph_of_all_pairs_or_of_none_changes_nothing():
    data = Dataset.from_points(cloud(5, 50))
    for linkage in merging.LINKAGES:
        free = agglomerative.axis(data, linkage=linkage)
        for radius in (1e9, 1e-9):
            along = agglomerative.axis(data, linkage=linkage, radius=radius)
            np.testing.assert_allclose(along.tree.heights, free.tree.heights, rtol=1e-9)
            assert np.array_equal(along.of(5).labels, free.of(5).labels)


def test_one_far_outlier_is_the_last_to_merge():
    points = cloud(6, 60)
    points[17] = 1e9
    for linkage in merging.LINKAGES:
        sizes = agglomerative.axis(Dataset.from_points(points), linkage=linkage).of(2).sizes
        assert sorted(sizes) == [1, 59]


@pytest.mark.parametrize("linkage", ["average", "single", "ward"])
@pytest.mark.parametrize("options", [{}, {"neighbours": 3}])
def test_the_cophenetic_correlation_is_scipys(linkage, options):
    data = Dataset.from_points(cloud(7, 70))
    axis = agglomerative.axis(data, linkage=linkage, **options)
    apart = pdist(data.points)
    merges = np.column_stack([axis.tree.children, axis.tree.heights, axis.tree.sizes])
    together = hierarchy.cophenet(np.ascontiguousarray(merges, dtype=np.float64))
    right = np.corrcoef(together, apart)[0, 1]
    assert agglomerative.cophenetic(axis) == pytest.approx(right, rel=1e-9)


@pytest.mark.parametrize("seed", range(8, 11))
def test_the_cophenetic_correlation_of_many_points_is_of_a_sample(monkeypatch, seed):
    data = Dataset.from_points(cloud(seed, 60))
    axis = agglomerative.axis(data, linkage="average")
    merges = np.column_stack([axis.tree.children, axis.tree.heights, axis.tree.sizes])
    together, apart = squareform(hierarchy.cophenet(merges)), squareform(pdist(data.points))
    for size in (3, 4, 5, 9, 40):
        chosen = np.sort(np.random.default_rng(0).choice(60, size, replace=False))
        some = np.ix_(axis.tree.order[chosen], axis.tree.order[chosen])
        above = np.triu_indices(size, 1)
        monkeypatch.setattr("clustering.trees.cophenetic.WHOLE", size)
        right = np.corrcoef(together[some][above], apart[some][above])[0, 1]
        assert agglomerative.cophenetic(axis) == pytest.approx(right, rel=1e-9)


def test_what_is_refused_says_why_and_what_else():
    many = Dataset.from_points(np.arange(200_000.0)[:, None])
    with pytest.raises(UnsupportedError, match="200,000 points would take 320.0 GB") as caught:
        agglomerative.axis(many, linkage="average")
    assert all(word in str(caught.value) for word in ("sample", "graph", "k-means", "DBSCAN"))
    with pytest.raises(UnsupportedError, match="200,000 points along a graph"):
        agglomerative.axis(many, linkage="average", neighbours=10)
    with pytest.raises(UnsupportedError, match="2,000 parts"):
        agglomerative.axis(Dataset.from_points(many.points[:2_000]), radius=0.5)
    zero = Dataset.from_points(np.vstack([np.zeros(3), cloud(9, 20)]))
    with pytest.raises(DataError, match="1 of 21 rows are zero"):
        agglomerative.fit(zero, k=2, linkage="average", metric="cosine")
    coded = measured(Dataset.from_points(cloud(10, 20)), "hamming")
    assert agglomerative.axis(coded, linkage="average").at(0.5).k == 20
    with pytest.raises(ParameterError, match="height = -1"):
        agglomerative.axis(coded, linkage="average").at(-1)
