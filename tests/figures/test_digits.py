"""Small pictures stand where they are said to stand; latent maps bring the right ones along."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from clustering.axis import FittedAxis
from clustering.figures import confusion, digits, latent, training
from clustering.partition import Partition

SHAPE = (3, 2)


def pictures(n: int) -> np.ndarray:
    """Each of one shade, so that it is known wherever it lies."""
    return np.repeat(np.linspace(0.0, 1.0, n)[:, None], 6, axis=1)


def decoded(source: str) -> np.ndarray:
    content = base64.b64decode(source.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))


def test_a_mosaic_holds_every_picture_in_its_place_and_is_clear_elsewhere():
    laid = digits.mosaic(digits.tiles(pictures(5), SHAPE), 3, gap=(1, 2))
    assert laid.shape == (2 * 4, 3 * 4, 4)
    for place in range(5):
        down, right = divmod(place, 3)
        tile = laid[4 * down : 4 * down + 3, 4 * right : 4 * right + 2]
        assert (tile == [*3 * [round(255 * place / 4)], 255]).all()
    assert (laid[..., 3] > 0).sum() == 5 * 6
    assert (decoded(digits.source(laid)) == laid).all()


def test_colours_and_what_lies_beyond_0_and_1():
    made = digits.tiles(np.array([[-1.0, 0.5, 2.0]]), (1, 1, 3))
    assert made.tolist() == [[[[0, 128, 255]]]]
    red = digits.mosaic(made, 1)
    assert (decoded(digits.source(red)) == red).all()


def test_a_shelf_has_a_row_for_each_name_and_says_each_picture():
    rows = {"original": pictures(4), "<b>": pictures(4)[::-1]}
    figure = digits.shelf(rows, shape=SHAPE, heads=list("abcd"), alt="Four.")
    sheet = decoded(figure.layout.images[0].source)
    zoom = digits.SHARP // 3
    step = sheet.shape[1] / 4
    shades = [sheet[sheet.shape[0] // 2 + zoom, int(i * step + zoom)][0] for i in range(4)]
    assert shades == [255, 170, 85, 0]
    assert list(figure.layout.yaxis.ticktext) == ["original ", "&lt;b&gt; "]
    assert [len(trace.x) for trace in figure.data] == [4, 4]
    assert all(np.diff(figure.data[0].x) > 0) and figure.data[0].y[0] > figure.data[1].y[0]
    other = digits.shelf(rows, shape=SHAPE, heads=list("abcd"), alt="Four.", keep=("other",))
    assert other.layout.uirevision != figure.layout.uirevision


@pytest.mark.parametrize("n", [1, 5, 7])
def test_a_click_on_a_picture_of_a_grid_means_that_picture(n):
    figure = digits.grid(
        pictures(n), shape=SHAPE, captions=[f"p{i}" for i in range(n)], across=3, alt="Some.",
        chosen=n - 1,
    )  # fmt: skip
    words, unseen = figure.data
    for place in range(n):
        x, y = unseen.x[place], unseen.y[place]
        assert digits.pointed(x, y, shape=SHAPE, across=3, n=n) == place
        assert y - 2 < words.y[place] < y  # the words stand below their picture
    (frame,) = figure.layout.shapes
    assert (frame.x0 + frame.x1) / 2 == pytest.approx(unseen.x[n - 1])
    assert digits.pointed(-0.1, -0.1, shape=SHAPE, across=3, n=n) is None


def test_each_picture_has_its_colour_and_the_chosen_one_a_stronger_frame():
    shades = ["#ff0000", "#00ff00", "#0000ff"]
    figure = digits.grid(
        pictures(3), shape=SHAPE, captions="abc", across=2, shades=shades, chosen=1, alt="Three."
    )
    frames = [(frame.line.color, frame.line.width) for frame in figure.layout.shapes]
    assert frames == list(zip(shades, [2, 3, 2], strict=True))


def test_counts_are_those_that_were_given():
    figure = digits.counts(
        {"train": np.array([5, 0]), "test": np.array([1, 2])}, names=["a", "<i>"], member="digit"
    )
    assert [list(trace.y) for trace in figure.data] == [[5, 0], [1, 2]]
    assert figure.layout.yaxis.range[1] > 5 and figure.layout.yaxis2.range[1] > 2
    assert "train 5, 0" in figure.layout.meta["alt"]


def test_each_point_of_the_map_brings_its_own_two_pictures():
    n = 90
    rng = np.random.default_rng(0)
    flat, labels = rng.normal(size=(n, 2)), np.arange(n, dtype=np.int32) % 4 - 1
    figure = latent.latent_map(
        flat, labels, axes=("x", "y"), names=[f"<{i}>" for i in range(n)], groups=list("abc"),
        pictures=(pictures(n), pictures(n)[::-1]), shape=SHAPE, of=4 * n, what="class",
    )  # fmt: skip
    told = figure.layout.meta["pictures"]
    sheet = decoded(told["source"])
    seen = []
    for trace in figure.data:
        for x, place, text in zip(trace.x, trace.customdata, trace.text, strict=True):
            assert x == flat[place, 0] and text.startswith(f"<b>&lt;{place}&gt;")
            for which, shade in ((place, place), (place + told["n"], n - 1 - place)):
                down, right = divmod(int(which), told["across"])
                tile = sheet[3 * down : 3 * down + 3, 2 * right : 2 * right + 2]
                assert (tile[..., 0] == round(255 * shade / (n - 1))).all()
            seen.append(int(place))
    assert sorted(seen) == list(range(n))
    assert "90 of 360" in figure.layout.meta["note"]
    assert [each.text for each in figure.layout.annotations] == ["<b>a</b>", "<b>b</b>", "<b>c</b>"]
    for group, each in enumerate(figure.layout.annotations):
        assert [each.x, each.y] == np.median(flat[labels == group], axis=0).tolist()


def test_curves_end_where_training_stands_and_the_axis_reaches_to_the_goal():
    history = {"training": np.array([0.5, 0.25]), "test": np.array([0.6, np.nan])}
    figure = training.losses(history, epochs=10, levels={"mean": 0.3, "far": 9.0})
    assert list(figure.data[0].x) == [1, 2] and figure.layout.xaxis.range[1] > 10
    assert figure.layout.yaxis.range[0] == 0.0
    said = [each.text for each in figure.layout.annotations]
    assert "training 0.25" in said and "test 0.6" in said and "mean" in said and "far" not in said
    assert "After 2 epochs of 10" in figure.layout.meta["alt"]
    assert training.losses({}, epochs=3).layout.meta["alt"].endswith("nothing yet.")


def test_bars_say_their_errors_and_a_dash_where_there_is_none():
    figure = training.errors({"net": 0.01, "mean": float("nan")}, present="net", unit="error")
    (bars,) = figure.data
    assert list(bars.text) == ["–", "0.0100"] and bars.x[1] == 0.01


@pytest.mark.parametrize("accuracy", [[0.5, 0.9, 0.8], [np.nan] * 3])
def test_sizes_stand_at_their_logarithms(accuracy):
    answer = Partition([0, 0], [0, 1], "kmeans")
    curves = {"error": [0.3, 0.2, 0.1], "pca_error": [0.4, 0.3, 0.05], "accuracy": accuracy}
    axis = FittedAxis("latent", np.array([2.0, 4.0, 16.0]), (answer,) * 3,
                      {name: np.array(row) for name, row in curves.items()}, {})  # fmt: skip
    figure = training.sizes(axis, 4.0, mean_error=0.35)
    assert all(list(trace.x) == [1.0, 2.0, 4.0] for trace in figure.data)
    assert len(figure.data) == (2 if np.isnan(accuracy).all() else 3)
    lines = [(line.x0, line.y0) for line in figure.layout.shapes]
    assert lines == [(2.0, 0), (0, 0.35)]  # the present size, and the mean image on the scale
    assert len(training.sizes(axis, 4.0, mean_error=0.9).layout.shapes) == 1
    assert ("highest at 4" in figure.layout.meta["alt"]) == (len(figure.data) == 3)


def test_the_table_of_classes_shows_shares_and_says_counts():
    counts = np.array([[8, 2], [0, 5]])
    figure = confusion.table(counts, classes=["a", "b"], clusters=["a", "<b>"], member="digit")
    (map_,) = figure.data
    assert np.allclose(map_.z, [[0.8, 0.2], [0.0, 1.0]])
    assert sorted(each.text for each in figure.layout.annotations) == ["2", "5", "8"]
    assert figure.layout.yaxis.autorange == "reversed"  # the first class stands on top
    assert "13 of 15 digits" in figure.layout.meta["alt"]
