"""Series in panels, the lines of a latent map, arrivals as frames, a walk through a cell."""

import base64

import numpy as np
import pytest

from clustering.figures import arrivals, series, series_map
from clustering.figures.arrivals import Event
from clustering.figures.lstm_lesson import walk_of
from clustering.figures.series import Panel
from clustering.lessons import lstm_cell
from clustering.lessons.lstm_cell import Cell

RAMP, SHORT = np.arange(4.0), np.array([5.0, 6.0])


def drawn(figure, axis):
    """The traces of a panel."""
    return [trace for trace in figure.data if (trace.yaxis or "y") == axis]


def test_a_panel_holds_its_members_its_band_and_its_centre():
    two = [
        Panel("first · 2", "#018fff", [RAMP, SHORT], ["<a>", "b"], RAMP, RAMP - 1, RAMP + 1),
        Panel("second · 0", "#ffaa01", []),
    ]
    figure = series.panels(two, alt="told", x="step", y="load")
    band, lines, center = drawn(figure, "y")
    assert list(band.y) == [1, 2, 3, 4, 2, 1, 0, -1]
    assert np.array_equal(lines.y, [0, 1, 2, 3, np.nan, 5, 6, np.nan], equal_nan=True)
    assert np.array_equal(lines.x, [1, 2, 3, 4, np.nan, 1, 2, np.nan], equal_nan=True)
    assert list(lines.text) == ["&lt;a&gt;"] * 5 + ["b"] * 3
    assert list(center.y) == list(RAMP) and center.meta == {"line": "ink"}
    assert not drawn(figure, "y2")
    assert figure.layout.yaxis2.matches == "y" and figure.layout.xaxis2.matches == "x"
    assert figure.layout.xaxis.domain[1] <= figure.layout.xaxis2.domain[0]
    assert figure.layout.meta["alt"] == "told"


def test_panels_and_members_beyond_what_is_seen_are_left_out_and_it_is_said():
    many = [Panel(f"{i}", "#018fff", [RAMP] * 100) for i in range(20)]
    figure = series.panels(many, alt="")
    assert np.isnan(drawn(figure, "y")[0].y).sum() == series.MEMBERS
    assert len(figure.data) == series.MOST
    assert figure.layout.meta["note"] == (
        "The first 16 of 20 are drawn. At most 24 lines of a panel are drawn, evenly chosen."
    )
    few = series.panels([Panel("few", "#018fff", [RAMP] * series.MEMBERS)], alt="")
    assert not few.layout.meta["note"]


@pytest.mark.parametrize(
    ("title", "there"),
    [
        ("cluster 1 · 12", "cluster 1 · 12"),
        ("what the belt does when it slips · 7", "what the belt d… · 7"),
        ("=cmd|calc of a machine: 0.123", "=cmd|calc of…: 0.123"),
        ("a name without a number", "a name without a nu…"),
    ],
)
def test_a_long_title_ends_before_the_next_panel_and_keeps_its_number(title, there):
    figure = series.panels([Panel(title, "#018fff", [RAMP])] * 3, alt="")
    said = figure.layout.annotations[1].text
    assert said.endswith(f"<b>{there}</b>") and len(there) <= 20


@pytest.mark.parametrize("line", [[], [np.nan, np.nan], [1.0]])
def test_lines_without_an_extent_are_drawn_all_the_same(line):
    figure = series.panels([Panel("odd", "#018fff", [np.array(line)])], alt="")
    low, high = figure.layout.yaxis.range
    assert np.isfinite([low, high]).all() and low < high


def test_the_line_beside_the_pointer_ends_where_the_series_does():
    told = series_map.lines_of([[RAMP, SHORT], [RAMP[::-1], SHORT]])
    found = np.frombuffer(base64.b64decode(told["bytes"]), np.uint8).reshape(2, 2, told["steps"])
    assert found[0].tolist() == [[0, 83, 167, 250], [250, 167, 83, 0]]
    assert found[1].tolist() == [[0, 250, 255, 255]] * 2
    flat = series_map.lines_of([[np.full(3, 7.0)], [np.full(3, np.nan)]])
    assert list(base64.b64decode(flat["bytes"])) == [0, 0, 0, 255, 255, 255]


def test_points_of_the_latent_map_know_their_series():
    figure = series_map.latent_map(
        np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]), np.array([0, 1, 1], np.int32),
        axes=("PC1", "PC2"), names=["a", "b", "c"], groups=["calm", "storm"],
        lines=[[RAMP, RAMP, SHORT]], of=3,
    )  # fmt: skip
    assert {int(i) for trace in figure.data for i in trace.customdata} == {0, 1, 2}
    assert figure.layout.meta["lines"]["n"] == 3
    assert figure.layout.meta["alt"] == (
        "3 series over PC1 and PC2, coloured by cluster: calm 1, storm 2."
    )


# ---- arrivals -----------------------------------------------------------------------------------
def event(at, *, strange=False, words=""):
    times = np.array(["2024-01-01"], "datetime64[us]") + np.arange(at, at + 3) * np.timedelta64(
        1, "s"
    )
    return Event(times, np.arange(3.0), "#018fff", f"event at {at}", strange, words)


TIMES = np.datetime64("2024-01-01", "us") + np.arange(30) * np.timedelta64(1, "s")


def test_each_frame_lets_one_more_event_arrive():
    later = [event(10, words="one"), event(20, strange=True, words="two")]
    figure = arrivals.stream(TIMES, np.arange(30.0), [event(2)], later, before="none yet")
    assert [frame.layout.meta["words"] for frame in figure.frames] == ["none yet", "one", "two"]
    assert figure.layout.meta["step"] == 2
    seen = [[bool(trace.visible) for trace in frame.data[:2]] for frame in figure.frames]
    assert seen == [[False, False], [True, False], [True, True]]
    assert [list(frame.data[2].marker.opacity) for frame in figure.frames] == [
        [1, 0, 0], [1, 1, 0], [1, 1, 1],
    ]  # fmt: skip
    assert [figure.data[place].text[0] for place in figure.frames[0].traces[:2]] == [
        "event at 10", "event at 20",
    ]  # fmt: skip
    marks = figure.data[-1].marker
    assert list(marks.symbol) == ["square", "square", "x"] and marks.color[2] == arrivals.ALARM
    assert figure.layout.xaxis.type == "date"
    assert "2 later ones, of which 1 look like no cluster" in figure.layout.meta["alt"]


def test_a_stream_without_arrivals_has_no_player():
    figure = arrivals.stream(np.arange(30.0), np.arange(30.0), [event(2)], [], before="")
    assert not figure.frames and figure.layout.xaxis.type == "linear"


def test_a_long_stream_keeps_its_highest_and_its_lowest_value():
    values = np.zeros(50_000)
    values[[7, 41_234]] = 9.0, -9.0
    figure = arrivals.stream(np.arange(50_000.0), values, [], [], before="")
    line = figure.data[0]
    assert len(line.y) < 5_000 and {9.0, -9.0} <= set(line.y)
    assert figure.layout.yaxis.range[0] < -9.0 < 9.0 < figure.layout.yaxis.range[1]


# ---- a cell -------------------------------------------------------------------------------------
def test_a_walk_through_a_cell_has_a_frame_for_each_step():
    hand = lstm_cell.HAND["count"]
    walk = lstm_cell.steps(hand.series, hand.cell.kernel, hand.cell.recurrent, hand.cell.bias)
    figure = walk_of(walk, unit=0, channels=hand.channels)
    lines = {trace.name: trace.y for trace in figure.data if trace.name}
    assert np.allclose(lines["cell state"], [0, 1, 1, 2, 2, 2, 3, 3], atol=0.01)
    assert np.array_equal(lines["forget gate"], walk.forget_gate[:, 0])
    assert [frame.data[0].x[0] for frame in figure.frames] == list(range(1, 9))
    assert figure.frames[1].layout.meta["words"] == lstm_cell.sentence(walk, step=1)
    assert figure.layout.xaxis.range == (0.5, 8.5) and not figure.layout.meta["note"]


def test_channels_that_are_not_drawn_are_told_and_the_others_told_apart():
    cell = Cell(np.zeros((5, 4)), np.zeros((1, 4)), np.zeros(4))
    walk = lstm_cell.steps(np.ones((3, 5)), cell.kernel, cell.recurrent, cell.bias)
    figure = walk_of(walk, unit=0, channels=list("abcde"))
    assert figure.layout.meta["note"].startswith("The first 4 of 5 channels")
    legend = figure.layout.annotations[0].text
    assert "e" not in [trace.name for trace in figure.data]
    assert all(each in legend for each in ("■", "– –", "· · ·", "– · –"))
