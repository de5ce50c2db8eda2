"""A condensed dendrogram shows the top of the tree, and a line across it meets the clusters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy

from clustering.errors import ParameterError
from clustering.trees.branches import dendrogram, nearest
from clustering.trees.merge_tree import grow


def tree(seed=0, n=200):
    merges = hierarchy.linkage(np.random.default_rng(seed).normal(size=(n, 2)), "average")
    return grow(merges[:, :2], merges[:, 2]), merges


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 999), n=st.integers(2, 60), leaves=st.integers(2, 70), data=st.data())
def test_ends_and_merges_are_those_of_the_tree(seed, n, leaves, data):
    grown, merges = tree(seed, n)
    k = data.draw(st.integers(1, n))
    drawn = dendrogram(grown, merges=n - k, leaves=leaves)
    labels = grown.cut(n - k)
    count = min(leaves, n)
    assert drawn.end_x.tolist() == list(range(count)) and drawn.end_sizes.sum() == n
    members = [grown.members(int(node)) for node in drawn.end_nodes]
    assert sorted(np.concatenate(members)) == list(range(n))
    for inside, size, cluster in zip(members, drawn.end_sizes, drawn.end_clusters, strict=True):
        assert len(inside) == size
        held = set(labels[inside].tolist())
        assert cluster == (held.pop() if len(held) == 1 else -1)
    assert np.allclose(np.sort(drawn.high), merges[n - count :, 2])
    # Every merge stands in the middle above its two branches, and no lines cross.
    at = dict(zip(drawn.end_nodes.tolist(), drawn.end_x, strict=True))
    top = dict(zip(drawn.end_nodes.tolist(), drawn.end_height, strict=True))
    for node, pair, x, low, high, cluster in zip(
        drawn.nodes.tolist(), drawn.joined.tolist(), drawn.x, drawn.low, drawn.high,
        drawn.clusters, strict=True,
    ):  # fmt: skip
        assert x.tolist() == [at[pair[0]], at[pair[1]]] and x[0] < x[1]
        assert low.tolist() == [top[pair[0]], top[pair[1]]] and (low <= high).all()
        at[node], top[node] = x.mean(), high
        held = set(labels[grown.members(node)].tolist())
        assert cluster == (held.pop() if len(held) == 1 else -1)
    assert {*drawn.joined.ravel().tolist()} | {2 * n - 2} == {*at}
    assert bool(drawn.said) == (count < n) and ("several share" in drawn.said) == (k > count)


def test_a_line_at_the_height_of_the_cut_meets_its_clusters():
    grown, _ = tree()
    for k in (2, 3, 7, 40):
        drawn = dendrogram(grown, merges=200 - k, leaves=60)
        met = ((drawn.low < drawn.height) & (drawn.height < drawn.high[:, None])).sum()
        assert met == k == drawn.k
        assert {*drawn.end_clusters.tolist()} == set(range(k))
    assert dendrogram(grown, merges=199).height > grown.levels[-1]


def test_a_click_on_a_line_means_its_branch():
    grown, _ = tree(3)
    drawn = dendrogram(grown, merges=195, leaves=30)
    for node, (x, high) in enumerate(zip(drawn.x, drawn.high, strict=True)):
        assert nearest(drawn, float(x.mean() + 0.2 * np.ptp(x)), float(high)) == drawn.nodes[node]
        for side in (0, 1):
            child = int(drawn.joined[node, side])
            middle = (drawn.low[node, side] + high) / 2
            assert nearest(drawn, float(x[side]), float(middle)) == child
    for x, end in zip(drawn.end_x, drawn.end_nodes, strict=True):
        assert nearest(drawn, float(x), -0.1) == end


def test_what_a_click_means_hangs_on_no_unit():
    grown, merges = tree(4, 30)
    small = dendrogram(grow(merges[:, :2], merges[:, 2]), merges=25)
    large = dendrogram(grow(merges[:, :2], merges[:, 2] * 1e4), merges=25)
    for x, y in np.random.default_rng(0).random((60, 2)) * [30, small.top]:
        assert nearest(small, x, y) == nearest(large, x, y * 1e4)


def test_one_and_two_leaves():
    alone = dendrogram(grow(np.empty((0, 2)), []), merges=0)
    assert alone.end_sizes.tolist() == [1] and alone.top == 0.0 and nearest(alone, 3, 4) == 0
    both = dendrogram(grow([[0, 1]], [2.0]), merges=0)
    assert both.x.tolist() == [[0.0, 1.0]] and both.height == 1.0 and both.clusters.tolist() == [-1]


def test_a_hundred_thousand_leaves_of_a_chain():
    n = 100_000
    children = np.column_stack([np.r_[0, np.arange(n, 2 * n - 2)], np.arange(1, n)])
    drawn = dendrogram(grow(children, np.arange(1.0, n)), merges=n - 5, leaves=50)
    assert sorted(drawn.end_sizes.tolist())[-1] == n - 49 and len(drawn.high) == 49


@pytest.mark.parametrize(
    ("options", "message"),
    [({"merges": 200}, "200 merges"), ({"merges": 3, "leaves": 1}, "1 ends")],
)
def test_numbers_out_of_range(options, message):
    with pytest.raises(ParameterError, match=message):
        dendrogram(tree()[0], **options)
