"""The merge tree against scipy's: cuts by number and by height, and chains of any length."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy

from clustering.dataset import Floats
from clustering.errors import DataError
from clustering.partition import Labels
from clustering.trees.merge_tree import MergeTree, grow, plateaus


def first_come(labels: Labels) -> list[int]:
    """Number clusters by their first member."""
    names: dict[int, int] = {}
    return [names.setdefault(int(each), len(names)) for each in labels]


@st.composite
def linkages(draw: st.DrawFn) -> Floats:
    rng = np.random.default_rng(draw(st.integers(0, 10**9)))
    points = rng.normal(size=(draw(st.integers(2, 80)), 2))
    method = draw(st.sampled_from(["ward", "complete", "average", "single"]))
    return np.asarray(hierarchy.linkage(points, method))


def made(linkage: Floats) -> MergeTree:
    return grow(linkage[:, :2].astype(int), linkage[:, 2])


@settings(max_examples=40)
@given(linkages(), st.integers(0, 99))
def test_cuts_are_scipys(linkage: Floats, seed: int) -> None:
    tree, n = made(linkage), len(linkage) + 1
    rng = np.random.default_rng(seed)
    for k in rng.integers(1, n + 1, 4):
        theirs = hierarchy.fcluster(linkage, k, "maxclust")
        assert tree.cut(n - int(k)).tolist() == first_come(theirs)
    for height in [*rng.choice(linkage[:, 2], 2), *rng.uniform(0, linkage[-1, 2] * 1.1, 3)]:
        theirs = hierarchy.fcluster(linkage, height, "distance")
        assert tree.cut(int(tree.merges(height))).tolist() == first_come(theirs)


@settings(max_examples=30)
@given(linkages())
def test_every_cluster_is_a_run_of_the_order(linkage: Floats) -> None:
    tree, n = made(linkage), len(linkage) + 1
    assert sorted(tree.order.tolist()) == list(range(n))
    nodes = hierarchy.to_tree(linkage, rd=True)[1]
    for node in range(n - 1):
        under = nodes[n + node].pre_order()
        assert sorted(tree.members(n + node).tolist()) == sorted(under)
        assert tree.sizes[node] == len(under)
    assert tree.members(0).tolist() == [0]


@settings(max_examples=30)
@given(linkages(), st.integers(0, 99))
def test_roots_are_the_clusters_of_a_cut(linkage: Floats, seed: int) -> None:
    tree, n = made(linkage), len(linkage) + 1
    merges = int(np.random.default_rng(seed).integers(0, n))
    roots, labels = tree.roots(merges), tree.cut(merges)
    assert len(roots) == n - merges
    lined = np.concatenate([tree.members(int(node)) for node in roots])
    assert sorted(lined.tolist()) == list(range(n))
    for node in roots:
        assert len(set(labels[tree.members(int(node))].tolist())) == 1


def test_a_chain_of_any_length_is_a_tree_like_any_other() -> None:
    n = 50_000
    children = np.column_stack([np.r_[0, np.arange(n, 2 * n - 2)], np.arange(1, n)])
    tree = grow(children, np.arange(1.0, n))
    assert tree.cut(n - 1).max() == 0 and tree.cut(0).tolist() == list(range(n))
    assert tree.cut(6_000).max() == n - 6_001
    assert pickle.loads(pickle.dumps(tree)).cut(10).tolist() == tree.cut(10).tolist()


def test_heights_that_fall_are_cut_before_the_first_that_is_higher() -> None:
    tree = grow([[0, 1], [2, 3], [4, 5]], [2.0, 1.0, 3.0])
    assert tree.merges([0.5, 1.5, 2.0, 3.0]).tolist() == [0, 0, 2, 3]
    assert tree.cut(int(tree.merges(2.5))).tolist() == [0, 0, 1, 1]


def test_one_leaf_is_a_tree() -> None:
    tree = grow(np.empty((0, 2)), [])
    assert (tree.n, tree.cut(0).tolist(), tree.roots(0).tolist()) == (1, [0], [0])
    assert tree.members(0).tolist() == [0] and int(tree.merges(5.0)) == 0


@pytest.mark.parametrize(
    "children", [[[0, 1], [0, 2]], [[0, 4], [1, 2]], [[0, 1], [2, 5]], [[0, 1], [2, 2]]]
)
def test_what_is_no_tree_is_refused(children: list[list[int]]) -> None:
    with pytest.raises(DataError, match="no merges of one tree"):
        grow(children, [1.0, 2.0])


def test_plateaus_are_measured_by_their_ratio() -> None:
    values = np.array([1.0, 2.0, 3.0, 5.0, 6.0, 60.0, 61.0])
    clusters = np.array([5.0, 5.0, 4.0, 4.0, 2.0, 3.0, 1.0])
    assert plateaus(values, clusters) == ((6.0, 60.0), (1.0, 3.0), (3.0, 6.0), (60.0, 61.0))
    allowed = values > 2.5
    assert plateaus(values, clusters, allowed=allowed)[1:] == ((3.0, 6.0), (60.0, 61.0))
    assert plateaus(values, np.ones(7)) == ()
    assert plateaus(values, np.full(7, 2.0)) == ()  # it never ends, and so nobody knows how wide


def test_distances_that_differ_by_rounding_alone_make_no_plateau() -> None:
    values = np.array([1.0, 1.0 + 3e-16, 1.0 + 9e-16, 2.0, 3.0])
    found = plateaus(values, np.array([5.0, 4.0, 3.0, 2.0, 1.0]))
    assert found == ((values[2], 2.0), (2.0, 3.0))
    assert plateaus(values[:3], np.array([3.0, 2.0, 1.0])) == ()
