"""Cells are convex, fill the box, and hold just the points nearest to their center."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.errors import ParameterError
from clustering.geometry import voronoi


def area(polygon: np.ndarray) -> float:
    x, y = (polygon - polygon.mean(axis=0)).T if len(polygon) else polygon.T
    return 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def inside(polygon: np.ndarray, points: np.ndarray, slack: float) -> np.ndarray:
    """Whether each point is left of every edge, or beyond it by no more than `slack`."""
    if not len(polygon):
        return np.zeros(len(points), dtype=bool)
    edges = np.roll(polygon, -1, axis=0) - polygon
    lengths = np.hypot(*edges.T)
    to = points[:, None] - polygon
    crosses = edges[:, 0] * to[..., 1] - edges[:, 1] * to[..., 0]
    return (crosses >= -slack * lengths).all(axis=1)


@st.composite
def scenes(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k = draw(st.integers(1, 30))
    centers = {
        "anywhere": lambda: rng.random((k, 2)),
        "outside": lambda: rng.normal(0.5, 5.0, (k, 2)),
        "lattice": lambda: rng.integers(0, 4, (k, 2)) / 3,
        "on a line": lambda: np.column_stack([rng.random(k), np.full(k, 0.5)]),
        "slanted": lambda: np.outer(rng.random(k), [1.0, 0.3]),
        "one place": lambda: np.tile(rng.random(2), (k, 1)),
        "close": lambda: 0.5 + 1e-7 * rng.random((k, 2)),
    }[
        draw(
            st.sampled_from(
                ["anywhere", "outside", "lattice", "on a line", "slanted", "one place", "close"]
            )
        )
    ]()
    size = 10.0 ** draw(st.integers(-4, 5)) * np.array(
        [1.0, draw(st.sampled_from([1.0, 0.1, 7.0]))]
    )
    corner = size * draw(st.sampled_from([0.0, -0.5, 100.0]))
    return corner + centers * size, corner, corner + size, rng


@settings(deadline=None, max_examples=200)
@given(scenes())
def test_cells_fill_the_box_and_do_not_overlap(scene):
    centers, low, high, _ = scene
    cells = voronoi.cells(centers, low=low, high=high)
    assert len(cells) == len(centers)
    assert sum(area(cell) for cell in cells) == pytest.approx(np.prod(high - low), rel=1e-6)
    for cell in cells:
        assert cell.shape == (len(cell), 2)
        assert len(cell) != 1 and len(cell) != 2
        slack = 1e-9 * (high - low)
        assert ((cell >= low - slack) & (cell <= high + slack)).all()


@settings(deadline=None, max_examples=200)
@given(scenes())
def test_a_point_lies_in_the_cell_of_its_nearest_center(scene):
    centers, low, high, rng = scene
    points = rng.uniform(low, high, size=(200, 2))
    nearest = ((points[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    slack = 1e-8 * np.abs(high - low).max()
    for center, cell in enumerate(voronoi.cells(centers, low=low, high=high)):
        own = points[nearest == center]
        # A center within rounding of another one has its cell within rounding, too.
        twins = (np.hypot(*(centers - centers[center]).T) <= 1e-6 * np.abs(high - low).max()).sum()
        if twins == 1:
            assert inside(cell, own, slack).all()


@settings(deadline=None, max_examples=200)
@given(scenes())
def test_cells_are_convex_and_counter_clockwise(scene):
    centers, low, high, _ = scene
    for cell in voronoi.cells(centers, low=low, high=high):
        edges = np.roll(cell, -1, axis=0) - cell
        turns = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
        assert (turns >= -1e-9 * np.prod(high - low)).all()
        assert area(cell) >= 0


def test_one_center_has_the_whole_box():
    (cell,) = voronoi.cells([[50.0, -3.0]], low=[0, 0], high=[2, 1])
    assert cell.tolist() == [[0, 0], [2, 0], [2, 1], [0, 1]]


def test_two_centers_share_along_the_line_halfway():
    left, right = voronoi.cells([[0.0, 0.0], [2.0, 2.0]], low=[0, 0], high=[2, 2])
    assert {tuple(corner) for corner in left} == {(0, 0), (2, 0), (0, 2)}
    assert {tuple(corner) for corner in right} == {(2, 0), (2, 2), (0, 2)}


def test_of_centers_in_one_place_the_first_has_the_cell():
    first, second, other = voronoi.cells([[1, 1], [1, 1], [3, 1]], low=[0, 0], high=[4, 2])
    assert area(first) == area(other) == 4
    assert second.shape == (0, 2)


def test_a_cell_that_does_not_reach_the_view_is_empty():
    near, far = voronoi.cells([[1, 1], [100, 1]], low=[0, 0], high=[2, 2])
    assert area(near) == 4
    assert far.shape == (0, 2)


def test_no_centers_have_no_cells():
    assert voronoi.cells(np.empty((0, 2)), low=[0, 0], high=[1, 1]) == ()


@pytest.mark.parametrize(
    ("centers", "low", "high"),
    [
        ([[0.0]], [0, 0], [1, 1]),
        ([[0.0, np.nan]], [0, 0], [1, 1]),
        ([[0.0, 0.0]], [0, 0], [0, 1]),
        ([[0.0, 0.0]], [0, 0], [np.inf, 1]),
        ([[0.0, 0.0]], [0], [1]),
    ],
)
def test_what_is_no_plane_or_no_box_is_refused(centers, low, high):
    with pytest.raises(ParameterError, match=r"\.$"):
        voronoi.cells(centers, low=low, high=high)
