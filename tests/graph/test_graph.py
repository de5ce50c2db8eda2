"""Edges are scikit-learn's; what jumps across the gap of a spiral is found without its turns."""

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import kneighbors_graph, radius_neighbors_graph

from clustering import graph
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.metrics import measured


def spiral(n=500, noise=0.5):
    """The recipe's spiral, and how far along it each point is."""
    rng = np.random.RandomState(2)
    t = 2.5 * np.pi * (1 + 2 * rng.rand(1, n))
    points = np.concatenate([t * np.cos(t), t * np.sin(t)]) + noise * rng.randn(2, n)
    return points.T, t[0]


def dense(found, n):
    edges = np.zeros((n, n), dtype=bool)
    edges[found[0], found[1]] = edges[found[1], found[0]] = True
    return edges


@pytest.mark.parametrize("metric", ["euclidean", "manhattan"])
def test_edges_are_those_of_scikit_learn(metric):
    points = np.random.default_rng(0).normal(size=(300, 3))  # more than one block
    data = measured(Dataset.from_points(points), metric)
    for k in (1, 7):
        found = graph.connected(data, neighbours=k)
        theirs = kneighbors_graph(points, k, metric=metric).toarray() > 0
        assert np.array_equal(dense((found.first, found.second), 300), theirs | theirs.T)
        assert (found.first < found.second).all()
    found = graph.connected(data, radius=0.8)
    theirs = radius_neighbors_graph(points, 0.8, metric=metric).toarray() > 0
    assert np.array_equal(dense((found.first, found.second), 300), theirs)
    assert found.said == "radius 0.8" and found.matrix().nnz == theirs.sum()


def test_parts_are_joined_each_two_by_their_nearest_points():
    rng = np.random.default_rng(1)
    points = np.concatenate([rng.normal(size=(300, 2)) + at for at in ([0, 0], [50, 0], [0, 70])])
    data = Dataset.from_points(rng.permutation(points))
    found = graph.connected(data, neighbours=6)
    assert found.parts >= 3 and "every two of them" in found.joined
    first, second = graph.whole(data, found)
    added = {*zip(first.tolist(), second.tolist(), strict=True)} - {
        *zip(found.first.tolist(), found.second.tolist(), strict=True)
    }
    apart = data.metric.between(data.points, data.points)
    for i in range(found.parts):
        for j in range(i):
            mine, others = np.flatnonzero(found.part == i), np.flatnonzero(found.part == j)
            a, b = np.unravel_index(apart[np.ix_(mine, others)].argmin(), (len(mine), len(others)))
            pair = tuple(sorted((int(mine[a]), int(others[b]))))
            assert pair in added
            added -= {pair}
    assert not added


def test_of_equally_near_points_the_first_of_all_blocks_is_joined():
    one = np.array([100.0, 101.0])
    other = np.concatenate([[0.0], -np.arange(1.0, 400.0), [0.0]])  # more than one block
    data = Dataset.from_points(np.concatenate([one, other])[:, None])
    found = graph.connected(data, radius=1.0)
    first, second = graph.whole(data, found)
    assert found.parts == 2 and len(first) == len(found.first) + 1
    assert (first[1], second[1]) == (0, 2)  # and not the last, which lies in the same place


def test_an_edge_crosses_where_its_ends_are_of_different_groups():
    data = Dataset.from_points([[0.0], [1.0], [3.0], [9.0]])
    found = graph.connected(data, neighbours=1)
    assert graph.crossing(found, ["a", "a", "b", "b"]).tolist() == [False, True, False]
    with pytest.raises(DataError, match="3 groups for 4 points"):
        graph.crossing(found, [1, 2, 3])


def test_the_edges_that_jump_are_those_between_turns():
    points, t = spiral()
    data = Dataset.from_points(points)
    steps = []
    values = [3, 6, 7, 9, 12, 20]
    found = graph.over_neighbours(data, np.floor(t / 7), values=values, report=steps.append)
    first = {}
    for value, pairs, jumps in zip(values, found.jumping, found.curves["jumps"], strict=True):
        edges = graph.connected(data, neighbours=value)
        over = np.abs(t[edges.first] - t[edges.second]) > np.pi
        right = {*zip(edges.first[over].tolist(), edges.second[over].tolist(), strict=True)}
        assert {*map(tuple, pairs.tolist())} == right
        assert jumps == len(right)
        first = first or {"leak": value} if right else first
    assert found.leak == first["leak"] == 7 and "With 7 neighbours" in found.notes["leak"]
    # Too few neighbours leak as well: the parts of the graph are joined across the gap.
    assert found.curves["bridges"][0] > 0 and found.curves["bridges"][2] == 0
    assert [step.done for step in steps] == list(range(1, len(values) + 1))
    small = graph.over_neighbours(Dataset.from_points(points * 2.0**-9), values=values[:3])
    for here, there in zip(small.jumping, found.jumping, strict=False):
        assert np.array_equal(here, there)


@pytest.mark.filterwarnings("ignore:the number of connected components")
def test_clusters_over_neighbours_are_scikit_learns():
    points, t = spiral(200)
    data = Dataset.from_points(points)
    groups = np.where(t > 15, "outer", "inner")
    found = graph.over_neighbours(data, groups, values=[9, 2], k=4, linkage="average")
    assert found.values.tolist() == [2, 9]
    for value in (2, 9):
        edges = kneighbors_graph(points, value)
        model = AgglomerativeClustering(4, linkage="average", connectivity=edges).fit(points)
        answer = found.at(value)
        assert adjusted_rand_score(answer.labels, model.labels_) == 1.0
        place = [2, 9].index(value)
        assert found.curves["largest"][place] == answer.sizes.max()
        assert found.curves["smallest"][place] == answer.sizes.min()
        ours = found.curves["ari"][place]
        assert ours == pytest.approx(adjusted_rand_score(groups, model.labels_))
        edges = graph.connected(data, neighbours=value)
        assert found.curves["share"][place] == graph.crossing(edges, groups).mean()
        assert found.curves["parts"][place] == edges.parts


def test_without_groups_crossings_are_undefined_and_jumps_are_not():
    found = graph.over_neighbours(Dataset.from_points(spiral(150)[0]), values=[1, 5])
    assert np.isnan(found.curves["ari"]).all() and np.isfinite(found.curves["jumps"]).all()
    assert "No groups" in found.notes["crossing"]


def test_what_makes_no_graph():
    data = Dataset.from_points(np.arange(5.0)[:, None])
    with pytest.raises(ParameterError, match="5 nearest neighbours; with 5 points choose from 1"):
        graph.connected(data, neighbours=5)
    for n, said in ((2, "with 2 points there is one"), (1, "a single point has none")):
        with pytest.raises(ParameterError, match=said):
            graph.connected(Dataset.from_points(np.arange(float(n))[:, None]), neighbours=2)
    with pytest.raises(ParameterError, match="positive radius"):
        graph.connected(data)
    with pytest.raises(ParameterError, match="below 5"):
        graph.over_neighbours(data, values=[7])
    with pytest.raises(ParameterError, match="k = 6"):
        graph.over_neighbours(data, values=[2], k=6)
    with pytest.raises(UnsupportedError, match="more than 1,000,000 edges"):
        graph.connected(Dataset.from_points(np.zeros((30_000, 1))), neighbours=900)
    with pytest.raises(ParameterError, match="3 neighbours were not computed"):
        graph.over_neighbours(data, values=[2]).at(3)
