"""Drift: nothing between draws of one kind, something when a column moves."""

import numpy as np
import pytest

from clustering.judging.drift import LARGE, drifts, stability_index


def test_the_index_is_that_of_the_formula() -> None:
    before, after = np.arange(100.0), np.concatenate([np.arange(50.0), np.arange(50.0)])
    old = (np.full(10, 10) + 0.5) / 105
    new = (np.repeat([20, 0], 5) + 0.5) / 105
    assert stability_index(before, after) == pytest.approx(((new - old) * np.log(new / old)).sum())


def test_a_value_on_a_cut_belongs_below_it() -> None:
    old = np.array([2.5, *[1.5] * 9]) / 16  # of 1 to 11, cut at 2, 3 ... 10
    new = np.array([11.5, *[0.5] * 9]) / 16
    index = stability_index(np.arange(1.0, 12.0), np.full(11, 2.0))
    assert index == pytest.approx(((new - old) * np.log(new / old)).sum())


def test_draws_of_one_kind_rarely_warn_and_a_moved_column_does() -> None:
    random = np.random.default_rng(0)
    old = random.lognormal(size=(200, 1))
    quiet = [drifts(["x"], old, random.lognormal(size=(60, 1)))[0].warned for _ in range(100)]
    assert sum(quiet) <= 12
    assert drifts(["x"], old, old * 3)[0].warned
    few = drifts(["x"], old[:10], old[10:15])[0]
    # So few say little: with ten parts, by the quantile of chi-squared with nine degrees.
    assert few.threshold == pytest.approx(16.919 * (1 / 10 + 1 / 5), rel=1e-4)
    assert few.threshold > LARGE


def test_equal_columns_are_no_division_by_zero() -> None:
    same = drifts(["x"], np.ones((5, 1)), np.ones((4, 1)))[0]
    assert abs(same.index) < 0.05 and not same.warned
