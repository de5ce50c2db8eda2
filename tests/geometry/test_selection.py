"""A region holds the points that a plain even-odd rule puts into it, on an image too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.figures import raster
from clustering.geometry.selection import Region, Window, inside

HEXAGON = Region((2, 1, -1, -2, -1, 1), (0, 2, 2, 0, -2, -2))
HOOK = Region((0, 4, 4, 1, 1, 4, 4, 0), (0, 0, 1, 1, 3, 3, 4, 4))
STAR = Region(  # five strokes, which cross: its middle is outside by the even-odd rule
    tuple(3 * np.cos(0.8 * np.pi * np.arange(5))), tuple(3 * np.sin(0.8 * np.pi * np.arange(5)))
)
BOWTIE = Region((0, 2, 2, 0), (0, 2, 0, 2))


def even_odd(flat: np.ndarray, region: Region) -> np.ndarray:
    """Count how often a ray to the right crosses the line, one edge after the other."""
    x, y = flat[:, 0], flat[:, 1]
    odd = np.zeros(len(flat), dtype=bool)
    corners = list(zip(region.x, region.y, strict=True))
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        if ay == by:
            continue
        spans = (ay > y) != (by > y)
        odd ^= spans & (x < ax + (y - ay) / (by - ay) * (bx - ax))
    return odd


def on_line(flat: np.ndarray, region: Region, reach: float = 1e-9) -> np.ndarray:
    """Mark the points on the line itself, which belong to the region."""
    corners = np.column_stack([region.x, region.y]).astype(float)
    near = np.zeros(len(flat), dtype=bool)
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = b - a
        length = along @ along
        share = np.clip((flat - a) @ along / length, 0, 1) if length else np.zeros(len(flat))
        near |= np.linalg.norm(flat - a - share[:, None] * along, axis=1) <= reach
    return near


@pytest.mark.parametrize("region", [HEXAGON, HOOK, STAR, BOWTIE], ids=["hull", "hook", "star", "x"])
def test_a_region_holds_what_the_even_odd_rule_says(region):
    flat = np.random.default_rng(0).uniform(-4, 5, size=(20_000, 2))
    found = inside(flat, region)
    assert np.array_equal(found, even_odd(flat, region)) and 0 < found.sum() < len(flat)


def test_the_middle_of_a_star_is_outside():
    assert not inside(np.zeros((1, 2)), STAR)[0]


def test_a_box_holds_its_border_too():
    window = Window(-1.0, 2.0, 0.0, 1.0)
    flat = np.array([[-1, 0], [2, 1], [0, 0.5], [2.0001, 0.5], [0, -0.0001], [0, 1]])
    assert inside(flat, Region.box(window)).tolist() == [True, True, True, False, False, True]


def test_less_than_a_triangle_holds_nothing():
    flat = np.zeros((3, 2))
    for corners in ((), (0.0,), (0.0, 1.0)):
        assert not inside(flat, Region(corners, corners)).any()


whole = st.integers(-6, 6)


@given(st.lists(st.tuples(whole, whole), min_size=3, max_size=9, unique=True))
def test_any_lasso_holds_what_the_even_odd_rule_says(corners):
    region = Region(tuple(x for x, _ in corners), tuple(y for _, y in corners))
    grid = np.stack(np.meshgrid(np.arange(-7, 8, 0.5), np.arange(-7, 8, 0.5)), -1).reshape(-1, 2)
    flat = grid + 0.137 * np.array([1.0, np.sqrt(2)])
    clear = ~on_line(flat, region)
    assert np.array_equal(inside(flat, region)[clear], even_odd(flat, region)[clear])


def test_a_selection_on_an_image_is_that_of_the_points_behind_it():
    flat = np.random.default_rng(1).normal(size=(60_000, 2))
    seen = raster.pixels(flat, raster.whole(flat))
    window = seen.window
    h, w = seen.counts.shape
    edges_x = np.linspace(window.left, window.right, w + 1)
    edges_y = np.linspace(window.low, window.high, h + 1)
    box = Window(edges_x[w // 4], edges_x[w // 2], edges_y[h // 3], edges_y[h // 2])
    found = inside(flat, Region.box(box))
    assert np.array_equal(found, even_odd(flat, Region.box(box)))
    assert found.sum() == seen.counts[h // 3 : h // 2, w // 4 : w // 2].sum()
    assert np.array_equal(inside(flat, STAR), even_odd(flat, STAR))
