"""Forecasts that repeat what was: the last value, or the last period."""

import time

import numpy as np
from numpy.typing import ArrayLike

from clustering.supervised.baselines import (
    LEVEL,
    Baseline,
    check_ahead,
    check_parts,
    check_period,
    checked,
    period_of,
    rmse,
)
from clustering.words import count

__all__ = ["naive", "seasonal_naive"]


def naive(values: ArrayLike, *, n_train: int, steps: int = 0, level: float = LEVEL) -> Baseline:
    """Predict that the next value is the last one.

    Parameters
    ----------
    values : array_like of shape (n,)
        The series, without gaps.
    n_train : int
        Steps of the training part.
    steps : int
        How far to go ahead of the end.
    level : float
        Share of the true values that the interval is to hold.

    Returns
    -------
    Baseline
        Intervals are the quantiles of the errors of the training part, as many steps ahead.

    Raises
    ------
    DataError
        Where values are missing, or the training part has fewer than two.
    ParameterError
        Where `steps` or `level` make no sense.

    Examples
    --------
    >>> found = naive([1.0, 2.0, 4.0, 7.0], n_train=3)
    >>> found.predicted.tolist(), found.rmse_test
    ([nan, 1.0, 2.0, 4.0], 3.0)
    """
    return _repeated("naive", values, 1, n_train=n_train, steps=steps, level=level)


def seasonal_naive(
    values: ArrayLike,
    *,
    n_train: int,
    period: int | None = None,
    steps: int = 0,
    level: float = LEVEL,
) -> Baseline:
    """Predict that the next value is that of one period before.

    Parameters
    ----------
    values, n_train, steps, level
        As for `naive`.
    period : int, optional
        In steps; found in the training part by `period_of` where left out.

    Returns
    -------
    Baseline
        Equal to `naive` where there is no period, which the note says.

    Raises
    ------
    DataError
        As `naive` does.
    ParameterError
        Where the period is none, or as long as the training part; as `naive` does.

    Examples
    --------
    >>> found = seasonal_naive([1.0, 5.0, 2.0, 6.0, 3.0, 7.0], n_train=4, period=2, steps=3)
    >>> found.test.tolist(), found.ahead.tolist()
    ([2.0, 6.0], [3.0, 7.0, 3.0])
    """
    true = checked(values)
    sought = period is None
    check_parts(true, n_train)
    period = period_of(true[:n_train]) if period is None else period
    check_period(period, n_train)
    found = "found" if sought else "given"
    said = f"Its period is {count(int(period), 'step')}, {found} for the training part. "
    if period == 1:
        said = "No period stands out in the training part, so that it is the naive forecast. "
    return _repeated(
        "seasonal naive", true, int(period), n_train=n_train, steps=steps, level=level, said=said
    )


def _repeated(
    name: str,
    values: ArrayLike,
    period: int,
    *,
    n_train: int,
    steps: int,
    level: float,
    said: str = "",
) -> Baseline:
    """Repeat the last period, one step ahead and beyond the end."""
    began = time.perf_counter()
    true = checked(values)
    check_parts(true, n_train)
    check_ahead(steps, level)
    predicted = np.full(len(true), np.nan)
    predicted[period:] = true[:-period]
    back = [period - 1 - step % period for step in range(steps)]
    ahead = np.array([true[-1 - each] for each in back])
    cycles = np.arange(steps) // period + 1
    low, high = np.empty(steps), np.empty(steps)
    widened = False
    for step, cycle in enumerate(cycles):
        lag = int(cycle) * period
        # Too few errors so far ahead: those of one cycle, spread as a random walk spreads.
        few = n_train - lag < 10
        widened |= few
        lag = period if few else lag
        errors = true[lag:n_train] - true[: n_train - lag]
        errors = errors * np.sqrt(cycle) if few else errors
        low[step], high[step] = ahead[step] + np.quantile(
            errors, [(1 - level) / 2, (1 + level) / 2]
        )
    note = f"{said}Intervals hold the middle {level:.0%} of the errors of the training part."
    if widened:
        note += " Where it is too short for that, they widen with the root of the cycles ahead."
    return Baseline(
        name=name,
        predicted=predicted,
        n_train=n_train,
        rmse_train=rmse(true[:n_train], predicted[:n_train]),
        rmse_test=rmse(true[n_train:], predicted[n_train:]),
        ahead=ahead,
        low=low,
        high=high,
        level=level,
        seconds=time.perf_counter() - began,
        note=note,
        parameters=(("period", period),),
    )
