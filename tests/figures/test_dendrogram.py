"""The dendrogram: what is drawn is the tree, also of a chain of thousands, and what is lit."""

import numpy as np
import pytest

from clustering import agglomerative
from clustering.dataset import Dataset
from clustering.figures import colors
from clustering.figures.dendrogram import dendrogram, under
from clustering.trees.branches import dendrogram as laid_out
from clustering.trees.merge_tree import grow


def segments(figure, shade: str) -> set[tuple[float, float, float, float]]:
    """The straight lines that are drawn in one colour."""
    found = set()
    for trace in figure.data:
        if trace.mode == "lines" and trace.line.color == shade:
            ends = np.column_stack([trace.x, trace.y]).reshape(-1, 3, 2)[:, :2]
            found |= {tuple(map(float, pair.ravel())) for pair in ends}
    return found


def test_lines_are_the_merges_in_the_colours_of_their_clusters():
    tree = grow([[0, 1], [2, 3], [4, 5]], [1.0, 2.0, 9.0])
    figure = dendrogram(laid_out(tree, merges=2), numbers=np.array([4, 1]))
    first, second = segments(figure, colors.color(4)), segments(figure, colors.color(1))
    assert first == {(0, 1, 0, 0), (1, 1, 1, 0), (0, 1, 1, 1), (0.5, 9, 0.5, 1)}
    assert second == {(2, 2, 2, 0), (3, 2, 3, 0), (2, 2, 3, 2), (2.5, 9, 2.5, 2)}
    assert (0.5, 9, 2.5, 9) in segments(figure, "#7f8793")
    [cut] = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert 2.0 < cut.y0 == cut.y1 < 9.0
    assert "gives 2 clusters" in figure.layout.meta["alt"]


def test_a_chain_of_six_thousand_leaves_draws():
    n = 6_000
    children = np.column_stack([np.r_[0, np.arange(n, 2 * n - 2)], np.arange(1, n)])
    tree = grow(children, np.linspace(50.0, 60.0, n - 1))
    branches = laid_out(tree, merges=n - 3, leaves=60)
    figure = dendrogram(branches)
    assert sum(branches.end_sizes) == n
    assert len(figure.data) < 10
    assert sum(trace.x.size for trace in figure.data) < 2_000
    low, high = figure.layout.yaxis.range
    assert 55 < low < branches.high.min()  # the empty ground below is not drawn
    assert high > 60
    whole = dendrogram(laid_out(tree, merges=0, leaves=5_000))
    assert len(whole.data) < 300
    assert "5,000 branches of 6,000 rows" in whole.layout.xaxis.title.text


def test_a_lit_branch_is_marked_with_all_below_it():
    rng = np.random.default_rng(0)
    axis = agglomerative.axis(Dataset.from_points(rng.normal(size=(40, 2))))
    branches = laid_out(axis.tree, merges=37, leaves=40)
    node = int(branches.nodes[-2])
    mine = under(branches, node)
    leaves = {each for each in mine if each < 40}
    assert leaves == set(axis.tree.members(node).tolist())
    marked = dendrogram(branches, lit=node).data[0]
    assert marked.line.width > 4
    x = marked.x[np.isfinite(marked.x)]
    places = np.flatnonzero(np.isin(branches.end_nodes, list(leaves)))
    assert x.min() == places.min()
    assert x.max() == places.max()


@pytest.mark.parametrize("points", [[[0.0]], [[1.0], [1.0], [1.0]], [[0.0], [5.0]]])
def test_small_and_equal_data_draw(points):
    tree = agglomerative.axis(Dataset.from_points(points), linkage="single").tree
    for merges in range(len(points)):
        figure = dendrogram(laid_out(tree, merges=merges))
        low, high = figure.layout.yaxis.range
        assert high > low
