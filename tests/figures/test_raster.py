"""The image holds every row: counts are a plain histogram, colours those of the rows."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from clustering.figures import colors, raster
from clustering.geometry.selection import Region, Window, inside


@pytest.fixture(scope="module")
def flat() -> np.ndarray:
    rng = np.random.default_rng(3)
    return np.vstack([rng.normal(m, 1.0, size=(20_000, 2)) for m in ((0, 0), (4, 1), (1, 6))])


LABELS = np.repeat([0, 1, 2], 20_000)
SHADES = ["#018fff", "#ffaa01", "#128161"]


def painted(url: str) -> np.ndarray:
    head, _, body = url.partition(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(body))).convert("RGBA"))[::-1]


def plain(flat: np.ndarray, window: Window, shape: tuple[int, int]) -> np.ndarray:
    ends = [[window.low, window.high], [window.left, window.right]]
    return np.histogram2d(flat[:, 1], flat[:, 0], bins=shape, range=ends)[0]


@pytest.mark.parametrize("window", [None, Window(-1.0, 5.0, -2.0, 2.0), Window(3.0, 3.5, 0.0, 2.0)])
def test_counts_are_those_of_a_plain_histogram(flat, window):
    window = window or raster.whole(flat)
    seen = raster.pixels(flat, window)
    assert np.array_equal(seen.counts, plain(flat, window, seen.counts.shape))


def test_the_row_of_each_pixel_lies_in_it(flat):
    window = Window(-1.0, 5.0, -2.0, 4.0)
    seen = raster.pixels(flat, window)
    assert np.array_equal(seen.rows >= 0, seen.counts > 0)
    h, w = seen.counts.shape
    y, x = np.nonzero(seen.counts)
    there = flat[seen.rows[y, x]]
    assert (np.abs((there[:, 0] + 1) / 6 * w - x - 0.5) <= 0.5 + 1e-9).all()
    assert (np.abs((there[:, 1] + 2) / 6 * h - y - 0.5) <= 0.5 + 1e-9).all()


def test_the_row_of_a_pixel_is_any_of_its_rows_however_they_are_sorted():
    rng = np.random.default_rng(0)
    flat = rng.random((200_000, 2))
    groups = np.repeat([0, 1, 2], [100_000, 60_000, 40_000])  # group after group, all in one place
    seen = raster.pixels(flat, Window(0, 1, 0, 1), width=250, height=250)
    shares = np.bincount(groups[seen.rows[seen.rows >= 0]]) / (seen.rows >= 0).sum()
    assert np.allclose(shares, [0.5, 0.3, 0.2], atol=0.02)


def test_pixels_are_about_as_wide_as_high(flat):
    for window in (Window(0, 1, 0, 1), Window(0, 9, 0, 5), Window(0, 5, 0, 9)):
        h, w = raster.pixels(flat, window).counts.shape
        assert h <= 560 and w <= 900
        assert (window.right / w) / (window.high / h) == pytest.approx(1, rel=0.01)
    assert raster.pixels(flat, Window(0, 99, 0, 1)).counts.shape == (240, 900)


def test_every_cluster_has_its_colour_and_no_other_is_there(flat):
    seen = raster.pixels(flat, raster.whole(flat))
    picture = painted(raster.image(seen, LABELS, SHADES))
    shown = picture[picture[..., 3] > 0][:, :3]
    wanted = {tuple(bytes.fromhex(shade[1:])) for shade in SHADES}
    assert {tuple(pixel) for pixel in np.unique(shown, axis=0).tolist()} == wanted
    full = seen.counts > 0
    for cluster, shade in enumerate(SHADES):
        mine = full & (LABELS[seen.rows] == cluster)
        assert (picture[mine][:, :3] == list(bytes.fromhex(shade[1:]))).all()


def test_denser_is_more_opaque(flat):
    seen = raster.pixels(flat, raster.whole(flat), width=90, height=56)
    opacity = painted(raster.image(seen, LABELS, SHADES))[..., 3]
    full = seen.counts > 0
    order = np.argsort(seen.counts[full], kind="stable")
    assert (np.diff(opacity[full][order].astype(int)) >= 0).all()
    assert opacity.max() == 255 and (opacity[full] > 150).all()


def test_a_row_far_from_all_others_is_seen():
    dense = np.random.default_rng(0).normal(size=(50_000, 2)) * 0.01
    flat = np.vstack([dense, [[9.0, 7.0]]])
    seen = raster.pixels(flat, Window(-1, 10, -1, 8))
    picture = painted(raster.image(seen, np.repeat([0, 1], [50_000, 1]), SHADES[:2]))
    alone = (picture[..., :3] == list(bytes.fromhex(SHADES[1][1:]))).all(axis=-1)
    alone &= picture[..., 3] > 0
    assert alone.sum() == 5 and (picture[alone][:, 3] > 150).all()


def test_what_lies_outside_of_the_window_is_not_painted(flat):
    window = Window(-1.0, 0.5, 5.0, 6.5)
    seen = raster.pixels(flat, window)
    assert seen.counts.sum() == inside(flat, Region.box(window)).sum()
    away = raster.pixels(flat, Window(50, 51, 50, 51))
    assert away.counts.sum() == 0
    assert not painted(raster.image(away, LABELS, SHADES)).any()


def test_the_same_pixels_are_the_same_bytes_and_small(flat):
    first, second = (
        raster.image(raster.pixels(flat, raster.whole(flat)), LABELS, SHADES) for _ in range(2)
    )
    assert first == second and len(first) < 500_000


def test_as_many_colours_as_there_are_fit_into_one_image(flat):
    every = sorted({colors.color(number) for number in range(-1, 400)})
    assert len(every) <= 255
    seen = raster.pixels(flat, raster.whole(flat))
    picture = painted(raster.image(seen, np.arange(len(flat)) % len(every), every))
    shown = np.unique(picture[picture[..., 3] > 0][:, :3], axis=0)
    assert len(shown) == len(every)


def test_equal_points_and_a_line_of_points_are_painted():
    for flat in (np.ones((9, 2)), np.column_stack([np.arange(9.0), np.zeros(9)])):
        seen = raster.pixels(flat, raster.whole(flat))
        assert seen.counts.sum() == 9
        raster.image(seen, np.zeros(9, dtype=int), SHADES[:1])


def test_regions_are_named_by_the_row_nearest_to_their_middle(flat):
    window = Window(-2.0, 6.0, -2.0, 8.0)
    places, counts = raster.representatives(flat, window, across=8, upwards=10)
    assert counts.sum() == inside(flat, Region.box(window)).sum()
    for place, count in zip(places, counts, strict=True):
        corner = np.floor(flat[place])
        mine = np.flatnonzero((np.floor(flat) == corner).all(axis=1))
        away = np.linalg.norm(flat[mine] - corner - 0.5, axis=1)
        assert count == len(mine)
        assert np.linalg.norm(flat[place] - corner - 0.5) == pytest.approx(away.min())
    none, _ = raster.representatives(flat, Window(50, 51, 50, 51))
    assert len(none) == 0
