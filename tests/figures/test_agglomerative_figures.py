"""Graph, sizes, tables, ways and lesson of the agglomerative page: what is drawn is true."""

import numpy as np
import pytest

from clustering import agglomerative, convex, graph
from clustering.agglomerative import linkages
from clustering.data.curves import Curve
from clustering.dataset import Dataset
from clustering.figures import agglomerative_lesson, scatter, shares
from clustering.figures import convex as ways
from clustering.figures import graph as maps
from clustering.figures import linkages as tables
from clustering.geometry import projection
from clustering.lessons import agglomerative as lesson
from clustering.trees.joining import joined


@pytest.fixture(scope="module")
def spiral() -> tuple[Dataset, np.ndarray]:
    frame = Curve(n=120).frame()
    return Dataset.from_points(frame[["x", "y"]].to_numpy()), frame["group"].to_numpy()


def test_every_edge_is_drawn_once_and_red_where_it_crosses(spiral):
    data, groups = spiral
    axis = agglomerative.axis(data, neighbours=8)
    crossing = graph.crossing(axis.graph, groups)
    view = projection.view(data)
    figure = maps.clusters(data, axis.of(3), view, graph=axis.graph, crossing=crossing)
    plain, red = figure.data[:2]
    assert red.line.color == maps.JUMP
    assert red.x.size == 3 * crossing.sum() > 0
    assert plain.x.size == 3 * (~crossing).sum()
    first = axis.graph.first[crossing]
    np.testing.assert_array_equal(np.asarray(red.x)[::3], data.points[first, 0])
    assert f"{len(crossing):,} edges" in figure.layout.meta["alt"]


def test_many_edges_and_their_points_are_webgl(spiral):
    data, _ = spiral
    near = graph.connected(data, neighbours=100)
    axis = agglomerative.axis(data)
    figure = maps.clusters(data, axis.of(2), projection.view(data), graph=near)
    assert len(near.first) > maps.SVG_EDGES
    assert {trace.type for trace in figure.data} == {"scattergl"}
    assert figure.data[0].mode == "lines"


def test_all_but_lit_points_fade(spiral):
    data, _ = spiral
    answer = agglomerative.axis(data).of(4)
    lit = np.array([3, 50, 77])
    figure = maps.clusters(data, answer, projection.view(data), lit=lit)
    bright = {
        int(i)
        for trace in figure.data
        for i, opacity in zip(trace.meta["place"], trace.marker.opacity, strict=True)
        if opacity == 1.0
    }
    assert bright == set(lit.tolist())
    assert "3 points are lit" in figure.layout.meta["alt"]


def test_edges_across_the_border_of_the_map_are_left_out():
    points = np.array([[179.0, 0.0], [-179.0, 0.0], [170.0, 1.0]])
    view = projection.view(Dataset.from_points(points))
    object.__setattr__(view, "kind", "places")
    x, _ = maps.segments(view, np.array([0, 0]), np.array([1, 2]))
    assert x[:2].tolist() == [179.0, 170.0]
    assert len(x) == 3


def test_the_bar_of_sizes_holds_everybody():
    data = Dataset.from_points(np.arange(200.0)[:, None] ** 1.5)
    answer = agglomerative.axis(data).of(50)
    figure = shares.strip(answer)
    [bar] = figure.data
    assert bar.x.sum() == 200
    assert len(bar.x) == shares.MOST + 1
    assert bar.x[:-1].tolist() == sorted(answer.sizes.tolist())[:19:-1]
    np.testing.assert_array_equal(bar.base[1:], np.cumsum(bar.x)[:-1])  # side by side


def test_the_grid_shows_its_numbers_and_where_one_stands(spiral):
    data, groups = spiral
    found = linkages.grid(data, groups, k_values=[2, 3, 4])
    figure = tables.grid(found, "average", 3)
    np.testing.assert_array_equal(np.asarray(figure.data[0].z), found.values)
    [frame] = figure.layout.shapes
    row = found.linkages.index("average")
    assert frame.x0 < 3 < frame.x1
    assert frame.y0 < row < frame.y1
    assert not tables.grid(found, "average", 9).layout.shapes


def test_curves_over_neighbours_are_those_that_were_computed(spiral):
    data, groups = spiral
    found = graph.over_neighbours(data, groups, values=[1, 4, 9, 20], k=3)
    figure = tables.neighbours(found, 9)
    drawn = [np.asarray(trace.customdata) for trace in figure.data]
    for name, curve in zip(("crossing", "jumps", "parts", "ari"), drawn, strict=True):
        np.testing.assert_array_equal(curve, found.curves[name])
    assert f"jumps with {found.leak}" in figure.layout.meta["alt"]
    unknown = tables.neighbours(graph.over_neighbours(data, values=[1, 9], k=3), 9)
    assert unknown.layout.yaxis3.title.text == "largest"


def test_ways_begin_at_the_points_and_end_in_the_middle():
    rng = np.random.default_rng(1)
    data = Dataset.from_points(np.vstack([rng.normal(size=(8, 2)), 9 + rng.normal(size=(8, 2))]))
    path = convex.path(data, neighbours=3)
    value = path.of(2).facts["lambda"]
    figure = ways.way(path, projection.view(data), path.at(value), value)
    x = np.asarray(figure.data[0].x).reshape(data.n, -1)
    np.testing.assert_allclose(x[:, 0], data.points[:, 0])
    np.testing.assert_allclose(x[:, -2], data.points[:, 0].mean(), atol=1e-6)
    assert np.isnan(x[:, -1]).all()
    assert figure.data[-1].marker.symbol == "diamond"
    assert len(figure.data[-1].x) == 2


@pytest.mark.parametrize("linkage", ["ward", "single"])
def test_the_lesson_draws_each_merge_before_it_is_made(spiral, linkage):
    data, _ = spiral
    told = lesson.tell(agglomerative.axis(data, linkage=linkage, neighbours=6), last=5)
    figure = agglomerative_lesson.lesson(told, projection.view(data))
    assert len(figure.frames) == 5
    for frame, merge in zip(figure.frames, told.merges, strict=True):
        assert frame.layout.meta["words"] == merge.text
        np.testing.assert_array_equal(frame.data[1].marker.color, merge.before)
        bright = np.flatnonzero(np.asarray(frame.data[1].marker.opacity) == 1.0)
        both = np.concatenate([merge.left_points, merge.right_points])
        np.testing.assert_array_equal(bright, np.sort(both))
        if merge.decided is not None:
            ends = data.points[list(merge.decided)]
            np.testing.assert_allclose(np.column_stack([frame.data[2].x, frame.data[2].y]), ends)


def test_whoever_joins_last_has_the_height_of_its_cluster():
    rng = np.random.default_rng(2)
    tree = agglomerative.axis(Dataset.from_points(rng.normal(size=(60, 2)))).tree
    for k in (1, 3, 10):
        heights, labels = joined(tree, 60 - k), tree.cut(60 - k)
        for cluster in range(k):
            mine = labels == cluster
            if mine.sum() == 1:
                assert np.isnan(heights[mine]).all()
                continue
            top = max(
                level
                for level, node in zip(tree.levels[: 60 - k], range(60, 120 - k), strict=True)
                if labels[tree.members(node)[0]] == cluster
            )
            assert heights[mine].max() == top
            # A smaller part joins at most with half of its cluster.
            assert (heights[mine] == top).sum() <= max(mine.sum() / 2, 2)


def test_a_thousand_clusters_are_no_thousand_traces():
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(3_500, 2)))
    answer = agglomerative.axis(data).of(1_000)
    figure = maps.clusters(data, answer, projection.view(data))
    assert len(figure.data) < 4 * scatter.MOST_TRACES
