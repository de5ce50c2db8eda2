"""Forecasts stand at their own steps; what was predicted stands beside what is true."""

import numpy as np

from clustering.figures import forecast, forecast_lessons, reports, windows


def test_each_prediction_stands_at_the_step_that_it_is_for():
    times = np.datetime64("1949-01", "M") + np.arange(8)
    times = times.astype("datetime64[us]")
    values = np.arange(8.0)
    train, test = np.full(8, np.nan), np.full(8, np.nan)
    train[2:5], test[5:] = values[2:5], values[5:]
    ahead = forecast.Ahead(
        times[-1] + np.array([31, 59]) * np.timedelta64(86_400_000_000, "us"),
        np.array([8.0, 9.0]), np.array([7.0, 7.5]), np.array([9.0, 10.5]), 0.8,
    )  # fmt: skip
    figure = forecast.lines(times, values, train=train, test=test, seam=5, ahead=ahead)
    by_name = {trace.name: trace for trace in figure.data}
    for name in ("train prediction", "test prediction"):
        line = by_name[name]
        known = np.isfinite(np.array(line.y, dtype=float))
        assert np.array_equal(np.array(line.x)[known], times[np.array(line.y)[known].astype(int)])
    assert list(by_name["ahead"].y) == [7.0, 8.0, 9.0]  # joined to the last that is known
    assert list(by_name["80 % interval"].y) == [9.0, 10.5, 7.5, 7.0]
    assert figure.layout.shapes[0].x0.startswith("1949-06-01")
    assert "3 of the training part and 3 of the test part" in figure.layout.meta["alt"]
    assert "begins at step 6" in figure.layout.meta["alt"]


def test_a_long_series_keeps_its_extremes_and_says_that_it_is_thinned():
    values = np.zeros(forecast.MOST + 9)
    values[77], values[78] = 50.0, -50.0
    nothing = np.full(len(values), np.nan)
    figure = forecast.lines(
        np.arange(len(values)), values, train=nothing, test=nothing, seam=0
    )  # fmt: skip
    (line,) = figure.data
    assert len(line.y) <= forecast.MOST and {50.0, -50.0} <= set(line.y)
    assert f"of {len(values):,} steps" in figure.layout.meta["note"]
    assert not figure.layout.shapes


def test_the_seam_tells_what_one_step_off_costs():
    values = np.arange(20.0)
    right, wrong = np.full(20, np.nan), np.full(20, np.nan)
    right[10:] = values[10:]
    wrong[11:] = values[10:-1]
    figure = forecast_lessons.seam(np.arange(20), values, right=right, wrong=wrong, at=10)
    assert "at its place has an RMSE of 0" in figure.layout.meta["alt"]
    assert "one step off it has 1." in figure.layout.meta["alt"]


def test_a_window_leads_to_the_step_behind_it():
    values = np.arange(30.0)
    figure = forecast_lessons.window(np.arange(30), values, start=10, steps=4, predicted=13.5)
    by_name = {trace.name: trace for trace in figure.data}
    assert list(by_name["window of 4"].x) == [10, 11, 12, 13]
    assert (list(by_name["what came"].x), list(by_name["what came"].y)) == ([14], [14.0])
    assert list(by_name["prediction"].y) == [13.5]


def test_the_confusion_matrix_has_true_classes_in_rows_and_writes_all_counts():
    counts = np.array([[3, 1], [0, 6]])
    figure = reports.confusion(counts, classes=["<sun>", "rain"], member="window")
    assert np.array_equal(np.array(figure.data[0].z), [[0.75, 0.25], [0.0, 1.0]])
    written = {(each.x, each.y): each.text for each in figure.layout.annotations}
    assert written == {(0, 0): "3", (1, 0): "1", (0, 1): "0", (1, 1): "6"}
    assert list(figure.layout.xaxis.ticktext) == ["&lt;sun&gt;", "rain"]
    assert "9 of 10 windows" in figure.layout.meta["alt"]


def test_classes_over_time_stand_below_one_another():
    figure = windows.strip(
        np.arange(3.0), np.array([0, 1, 1]), np.array([0, 0, 1]), classes=["a", "b"]
    )  # fmt: skip
    assert np.array_equal(np.array(figure.data[0].z), [[0, 0, 1], [0, 1, 1]])
    assert list(figure.layout.yaxis.ticktext) == ["predicted ", "true "]
    assert "1 of them predicted as another class" in figure.layout.meta["alt"]


def test_lengths_say_how_many_texts_are_cut():
    found = np.array([1, 2, 2, 3, 9])
    figure = reports.lengths(found, kept=3)
    assert sum(sum(trace.y) for trace in figure.data) == len(found)
    assert sum(next(each for each in figure.data if each.name == "cut").y) == 1
    assert "1 are longer than 3" in figure.layout.meta["alt"]
    assert figure.layout.meta["alt"].startswith("5 texts of 1 to 9 words, half of them up to 2")


def test_probabilities_are_bars_the_first_class_on_top():
    figure = reports.probabilities(np.array([0.25, 0.75]), classes=["bad", "good"])
    (bars,) = figure.data
    assert list(bars.y) == ["good ", "bad "] and list(bars.text) == [
        "75.0\N{NO-BREAK SPACE}%",
        "25.0\N{NO-BREAK SPACE}%",
    ]
    assert bars.marker.color[0] != bars.marker.color[1]
    assert "bad 25%, good 75%" in figure.layout.meta["alt"]
