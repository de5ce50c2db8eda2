"""Figures of pictures show what was measured: where one stands, where it is worst, who is moved."""

import numpy as np
import pytest

from clustering import pictures
from clustering.data.pictures import sample
from clustering.dataset import Dataset
from clustering.figures import picture_errors, picture_lesson
from clustering.figures import pictures as drawing
from clustering.geometry import projection
from clustering.lessons import quantization as lesson


@pytest.fixture(scope="module")
def poster():
    vectors = pictures.vectors(sample("flat_colours"))
    return vectors, pictures.ladder(vectors)


def test_the_ladder_marks_where_one_stands_and_leaves_out_what_is_infinite(poster):
    _, axis = poster
    figure = drawing.ladder(
        axis, 4, psnr=21.5, ssim=0.9, size=1500, stored=1800, goal=("psnr", 30.0)
    )
    assert np.isinf(axis.curves["psnr"][-1])
    curve, mark = figure.data[0], figure.data[1]
    assert len(curve.x) == len(axis.values) - 1
    assert np.allclose(curve.x, np.log2(axis.values[:-1]))
    assert (mark.x[0], mark.y[0]) == (2.0, 21.5)
    sizes = next(trace for trace in figure.data if trace.yaxis == "y2" and "line" in trace.mode)
    assert np.allclose(sizes.y, axis.curves["bytes"] / 1000)
    lines = {shape.y0 for shape in figure.layout.shapes if shape.xref == "x domain"}
    assert 30.0 in lines
    assert figure.layout.yaxis2.range[0] == 0.0
    assert "until nothing is lost" in figure.layout.meta["alt"]


def test_one_level_alone_can_be_drawn():
    vectors = pictures.vectors(sample("flat_colours"), kind="grey")
    one = Dataset.from_points([[7.0]], weights=[9.0])
    assert len(lesson.rounding(one, k=4)) == 1
    axis = pictures.ladder(vectors)
    figure = drawing.ladder(axis, 8, psnr=np.inf, ssim=1.0, size=900)
    assert figure.data[1].x == (None,)


@pytest.mark.parametrize("shape", [(1, 1), (7, 90), (64, 33), (801, 1203)])
def test_areas_cover_the_picture_and_their_shares_are_those_of_the_errors(shape):
    error = np.random.default_rng(0).exponential(size=shape).astype(np.float32)
    found = picture_errors.areas(error, most=10_000)
    seen = np.zeros(shape, dtype=int)
    for area in found:
        part = error[area.top : area.bottom, area.left : area.right].astype(float)
        seen[area.top : area.bottom, area.left : area.right] += 1
        assert area.error == pytest.approx(np.sqrt((part**2).mean()))
        assert area.share == pytest.approx((part**2).sum() / (error.astype(float) ** 2).sum())
    assert (seen == 1).all()
    assert np.all(np.diff([area.error for area in found]) <= 1e-12)
    figure = picture_errors.errors(error, found[:3])
    cells = np.asarray(figure.data[0].z)
    assert max(cells.shape) <= picture_errors.SIDE
    if cells.shape == shape:
        assert np.array_equal(cells, error)


def test_a_picture_without_errors_has_no_worst_area():
    error = np.zeros((40, 50), dtype=np.float32)
    assert picture_errors.areas(error) == ()
    assert "from 0 to 0" in picture_errors.errors(error, ()).layout.meta["alt"]


def test_the_line_shows_every_step():
    grey = pictures.vectors(sample("flat_colours"), kind="grey").dataset
    steps = lesson.rounding(grey, k=3)
    figure = picture_lesson.line(grey, steps)
    assert len(figure.frames) == len(steps)
    assert np.asarray(figure.data[0].y).sum() == grey.mass.sum()
    for frame, step in zip(figure.frames, steps, strict=True):
        assert np.array_equal(frame.data[1].x, step.levels)
        assert frame.layout.meta["words"] == step.words
        assert set(np.unique(frame.data[2].z[0])) <= set(step.levels)


def test_the_cloud_ends_at_the_palette(poster):
    vectors, _ = poster
    found = pictures.quantize(vectors, k=4)
    data, centers = vectors.dataset, found.partition.centers
    few = picture_lesson.some(data)
    assert np.array_equal(few, np.arange(data.n))
    figure = picture_lesson.cloud(
        data.points, vectors.picture.pixels.reshape(-1, 3)[data.rows],
        found.partition.labels.astype(np.int64), found.palette, centers, axes=data.columns,
        words=lesson.cells(data, found.partition),
    )  # fmt: skip
    last = figure.frames[-1].data[0]
    ends = np.column_stack([last.x, last.y, last.z])
    assert np.allclose(ends, centers[found.partition.labels])
    named = [f"#{bytes(row).hex()}" for row in found.palette]
    assert list(last.marker.color) == [named[label] for label in found.partition.labels]


def test_some_colours_are_drawn_once_each_and_the_heavy_ones_are_among_them():
    rng = np.random.default_rng(2)
    weights = np.ones(5_000)
    weights[17] = 1e9
    data = Dataset.from_points(rng.normal(size=(5_000, 3)), weights=weights)
    few = picture_lesson.some(data, most=300)
    assert len(few) == 300 == len(np.unique(few)) and 17 in few
    assert np.array_equal(few, picture_lesson.some(data, most=300))


def test_splits_are_drawn_in_the_colours_of_their_codewords(poster):
    vectors, _ = poster
    told = lesson.splits(vectors.dataset, k=4)
    view = projection.view(vectors.dataset)
    shades = [np.rint(m.centers).clip(0, 255).astype(np.uint8) for m in told.moments]
    figure = picture_lesson.splits(vectors.dataset, told, view, shades)
    assert len(figure.frames) == len(told.moments)
    discs = figure.frames[-1].data[3]
    assert np.allclose(np.column_stack([discs.x, discs.y]), view.project(told.moments[-1].centers))
    assert list(discs.marker.color) == [f"#{bytes(row).hex()}" for row in shades[-1]]


def test_methods_stand_at_their_bytes_and_decibels():
    found = {"a": (30.0, 2000.0), "b": (28.0, 1500.0), "c": (np.inf, 100.0)}
    figure = drawing.methods(found, "b", k=4)
    assert [(trace.x[0], trace.y[0]) for trace in figure.data] == [(2.0, 30.0), (1.5, 28.0)]
    assert figure.data[1].marker.size > figure.data[0].marker.size
