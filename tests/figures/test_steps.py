"""Steps are drawn whole: nothing that an axis says is lost between two pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.axis import FittedAxis
from clustering.figures import steps


@given(st.integers(1, 30_000), st.integers(0, 99))
def test_every_pixel_keeps_its_extremes(m, seed):
    random = np.random.default_rng(seed)
    values = np.cumsum(random.exponential(size=m)) + 1e-9
    curve = random.integers(0, 9, m).astype(float)
    low, high = values[0], values[-1] * 1.01
    kept = steps.thinned(values, curve, low, high)
    assert (np.diff(kept) > 0).all() and kept[0] == 0
    assert len(kept) <= 4 * steps.COLUMNS
    column = np.floor(np.log(values / low) / np.log(high / low) * steps.COLUMNS)
    for chosen in np.unique(column)[:: max(1, m // 500)]:
        inside = curve[column == chosen]
        shown = curve[kept][column[kept] == chosen]
        assert (shown.min(), shown.max()) == (inside.min(), inside.max())
        assert shown[-1] == inside[-1]


def test_a_window_begins_with_the_step_on_which_it_lies():
    values, curve = np.array([1.0, 2.0, 4.0, 8.0]), np.array([9.0, 3.0, 2.0, 1.0])
    assert steps.thinned(values, curve, 3.0, 5.0).tolist() == [1, 2]
    assert steps.thinned(values, curve, 0.1, 0.2).tolist() == [0]


def axis(counts):
    values = np.arange(1.0, len(counts) + 1)
    curves = {"clusters": np.array(counts, float), "noise": np.arange(len(counts), 0.0, -1)}
    return FittedAxis("eps", values, (), curves, {})


@pytest.mark.parametrize("counts", [[0.0], [3, 2, 1], [5000, 300, 2, 1]])
def test_a_staircase_says_what_it_shows(counts):
    figure = steps.staircase(
        axis(counts), 1.5, window=(0.5, len(counts) + 1.0), right="noise", right_of=len(counts),
        plateaus=[(1.0, 2.0)], here=(1.0, 2.0), marks={"knee <b>": 2.0}, title="eps (km)",
    )  # fmt: skip
    share, clusters = figure.data
    assert share.yaxis == "y2" and figure.layout.yaxis2.range == (0, 122)
    assert clusters.y.tolist() == counts and clusters.line.shape == "hv"
    assert share.y[0] == 100.0
    assert figure.layout.xaxis.type == "log"
    assert f"{counts[0]:,.0f} at the present value 1.5" in figure.layout.meta["alt"]
    assert "1 to 2" in figure.layout.meta["alt"]
    assert not any("<b>" in (note.text or "") for note in figure.layout.annotations)
    low, high = figure.layout.yaxis.range
    scale = np.log10 if figure.layout.yaxis.type == "log" else float
    assert low <= scale(max(counts[-1], 1e-9)) + 1e-9 or counts == [0.0]
    assert high >= scale(max(counts)) if max(counts) else True


def test_a_second_curve_has_room_and_the_first_plateau_is_the_strongest():
    both = axis([3, 2, 1])
    both.curves["large"] = np.array([1.0, 1.0, 1.0])
    figure = steps.staircase(
        both, 1.5, window=(1.0, 3.0), left="large", beside="clusters",
        plateaus=[(1.0, 2.0), (2.0, 3.0)],
    )  # fmt: skip
    thin, bold = figure.data
    assert thin.y.tolist() == [3, 2, 1] and bold.y.tolist() == [1, 1, 1]
    assert thin.line.width < bold.line.width
    assert figure.layout.yaxis.range[1] > 3
    first, second = (
        float(shape.fillcolor.split(",")[-1][:-1]) for shape in figure.layout.shapes[:2]
    )
    assert first > second
