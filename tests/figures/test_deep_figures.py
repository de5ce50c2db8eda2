"""The figures of deep clustering: what they draw follows from what they are given."""

import numpy as np
import pytest

from clustering.dataset import Dataset
from clustering.deep.rows import Row
from clustering.figures import colors, deep_lessons
from clustering.figures import deep as figures
from clustering.lessons import penalty, softmax
from clustering.partition import Partition

NAN = float("nan")
RAW = Row("k-means on the columns", {"accuracy": (0.5, 0.7), "silhouette_latent": (NAN, NAN)})
DEEP = Row("IDEC", {"accuracy": (0.9,), "silhouette_latent": (0.8,)})


def test_bars_reach_to_the_mean_with_the_spread_and_a_dot_a_seed():
    figure = figures.bars([RAW, DEEP], "accuracy", deep=["IDEC"])
    bar, lines, dots = figure.data
    assert list(bar.x) == pytest.approx([0.6, 0.9])
    assert list(lines.x) == pytest.approx([0.6]), "one seed has no spread"
    assert list(lines.error_x.array) == pytest.approx([np.std([0.5, 0.7], ddof=1)])
    assert sorted(dots.x) == [0.5, 0.7], "one seed needs no dot"
    assert bar.orientation == "h" and figure.layout.yaxis.autorange == "reversed"
    assert bar.marker.color[1] == colors.translucent(colors.CHOSEN[0], 0.5) != bar.marker.color[0]
    assert "k-means on the columns: 0.600 ± 0.141 over 2 seeds" in figure.layout.meta["alt"]


def test_a_way_without_a_figure_says_so():
    figure = figures.bars([RAW, DEEP], "silhouette_latent")
    assert [note.text for note in figure.layout.annotations] == ["not defined here", "0.800"]
    assert "k-means on the columns: undefined" in figure.layout.meta["alt"]


def test_a_replay_has_a_frame_a_time_with_one_scale_and_opens_on_the_last():
    data = Dataset.from_points(np.arange(8.0).reshape(4, 2), name="<b>four</b>")
    planes = np.stack([np.full((3, 2), -3.0), [[0.0, 0.0], [4.0, 0.0], [0.0, 2.0]]])
    labels = np.array([[0, 0, 0], [0, 1, 1]])
    figure = figures.replay(
        data, np.array([0, 1, 3]), planes, labels, ["before", "after"], axes=("a", "b"),
        numbers=np.array([1, 0]),
    )  # fmt: skip
    assert [frame.layout.meta["words"] for frame in figure.frames] == ["before", "after"]
    assert figure.layout.meta["step"] == 1
    np.testing.assert_allclose(figure.data[0].x, [0, 4, 0])
    assert list(figure.frames[0].data[0].marker.color) == [1, 1, 1]
    shades = [shade for _, shade in figure.data[0].marker.colorscale]
    assert shades.index(colors.color(1)) < shades.index(colors.color(0)), "clusters keep theirs"
    low, high = figure.layout.xaxis.range
    assert low < -3 and high > 4
    assert "3 of 4 points drawn" in figure.layout.meta["note"]
    assert "<b>" not in figure.layout.meta["alt"]


def test_a_latent_space_of_one_number_is_a_strip():
    data = Dataset.from_points(np.arange(3.0)[:, None])
    planes = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]])
    figure = figures.replay(data, np.arange(3), planes, np.zeros((1, 3), int), ["now"], axes="ab")
    assert figure.layout.yaxis.scaleanchor is None


def test_sureness_counts_every_point_once_by_its_largest_share():
    membership = np.array([[0.9, 0.1, 0.0], [0.3, 0.45, 0.25], [0.1, 0.8, 0.1]])
    partition = Partition([0, 1, 1], range(3), "by hand", membership=membership)
    figure = figures.sureness(partition, numbers=np.array([1, 0]))
    assert [bar.marker.color for bar in figure.data] == [colors.color(1), colors.color(0)]
    assert [int(np.sum(bar.y)) for bar in figure.data] == [1, 2]
    filled = [bar.x[int(np.argmax(bar.y))] for bar in figure.data]
    assert filled[0] == pytest.approx(0.925)
    assert "median is 0.800, and 33 % have none above" in figure.layout.meta["alt"]


def test_lessons_draw_what_they_are_told():
    groups = np.repeat([0, 1], 20)
    points = np.random.default_rng(0).normal(size=(40, 2)) + 6.0 * groups[:, None]
    data = Dataset.from_points(points)
    found = softmax.endings(data, groups=groups, k=2)
    names = [trace.name for trace in deep_lessons.ends(found, groups).data]
    assert names == ["the points", "two linear units", "two units with a softmax", None]
    falling = deep_lessons.errors(found)
    assert falling.layout.yaxis.type == "log" and falling.layout.shapes[0].y0 == found.floor
    assert (falling.data[0].x[0], falling.data[0].x[-1]) == (1, len(found.softmax.errors))
    ways = penalty.ways(data, partition=Partition(groups, range(40), "known"))
    drawn = deep_lessons.pulled(ways)
    assert [trace.y[-1] for trace in drawn.data] == [way.apart[-1] for way in ways]
    names = [trace.name for trace in drawn.data]
    assert names == ["λ = 0", "λ = 0.1", "λ = −0.1", "bounded reward"]
