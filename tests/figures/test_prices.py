"""Prices from one hundred on, windows of drift, and the curve over preferences."""

import numpy as np
import pandas as pd

from clustering import affinity
from clustering.dataset import Dataset
from clustering.figures import preference, prices


def test_every_price_begins_at_a_hundred_and_the_exemplar_is_the_strong_line():
    days = pd.date_range("2005-01-03", periods=4)
    close = pd.DataFrame({"A": [10.0, 11, 12, 9], "B": [np.nan, 50, 55, 60]}, days)
    figure = prices.group(close, 1, names=["Ada & Co", "Bell"])
    first, last = figure.data
    assert (first.name, last.name) == ("Ada &amp; Co", "Bell")
    assert list(first.y) == [100.0, 110.0, 120.0, 90.0]
    assert np.allclose(list(last.y)[1:], [100.0, 110.0, 120.0]) and np.isnan(last.y[0])
    assert last.line.width > first.line.width
    assert "Bell 120" in figure.layout.meta["alt"]


def test_drift_marks_who_is_elsewhere_and_orders_by_the_whole():
    shades = np.array([[0, 0], [1, 0], [1, 1]])
    figure = prices.drift(
        shades, home=np.array([0, 1, 1]), names=["a", "b", "c"],
        windows=[("2004-01-02", "2004-12-30"), ("2005-01-03", "2005-12-30")],
    )  # fmt: skip
    heat, dots = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["c", "b", "a"]  # the first on top
    assert np.array_equal(np.array(heat.z), [[1, 1], [1, 0], [0, 0]])
    assert (list(dots.x), list(dots.y)) == ([1], [1])
    assert "1 cell where" in figure.layout.meta["alt"]


def test_what_did_not_converge_is_crossed_on_the_curve_and_told():
    data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [12.0]])
    axis = affinity.axis(data)
    lost = np.zeros(len(axis.values), dtype=bool)
    lost[[2, 5]] = True
    curves = {**axis.curves, "converged": np.where(lost, 0.0, 1.0)}
    told = type(axis)(axis.parameter, axis.values, axis.partitions, curves, axis.notes)
    figure = preference.curve(told, float(axis.values[1]), median=float(axis.values[3]))
    crosses = next(trace for trace in figure.data if trace.marker.symbol == "x")
    assert np.array_equal(crosses.x, axis.values[lost])
    assert figure.layout.meta["alt"].endswith(f"2 of {len(lost)} did not converge.")
