"""Forecasts without a network: what a forecasting network must beat.

Each looks *one step ahead*: the value of a step is predicted from all true values before it, and
what was learned comes from the training part alone. *Ahead* of the end there are no true values
any more, and intervals grow.

`naive` and `seasonal_naive` repeat, `arima` fits; `compared` does all three.
"""

from collections.abc import Callable, Sequence

from numpy.typing import ArrayLike

from clustering.progress import Report, silent
from clustering.supervised.arima import arima
from clustering.supervised.baselines import (
    LEVEL,
    Baseline,
    check_parts,
    checked,
    period_of,
    rmse,
)
from clustering.supervised.repeated import naive, seasonal_naive

__all__ = ["Baseline", "arima", "compared", "naive", "period_of", "rmse", "seasonal_naive"]


def compared(
    values: ArrayLike,
    *,
    n_train: int,
    period: int | None = None,
    steps: int = 0,
    level: float = LEVEL,
    ways: Sequence[str] = ("naive", "seasonal naive", "ARIMA"),
    report: Report = silent,
) -> tuple[Baseline, ...]:
    """Forecast a series in every plain way.

    Parameters
    ----------
    values, n_train, period, steps, level
        As for `seasonal_naive`.
    ways : sequence of str
        Some of ``"naive"``, ``"seasonal naive"`` and ``"ARIMA"``, which takes seconds.
    report : callable
        Told while orders of ARIMA are tried; what it raises ends the work.

    Returns
    -------
    tuple of Baseline
        In the order of `ways`.

    Raises
    ------
    DataError, ParameterError
        As `seasonal_naive` does.
    """
    true = checked(values)
    check_parts(true, n_train)
    season = period_of(true[:n_train]) if period is None else period
    known: dict[str, Callable[[], Baseline]] = {
        "naive": lambda: naive(true, n_train=n_train, steps=steps, level=level),
        "seasonal naive": lambda: seasonal_naive(
            true, n_train=n_train, period=period, steps=steps, level=level
        ),
        "ARIMA": lambda: arima(
            true,
            n_train=n_train,
            period=season,
            steps=steps,
            level=level,
            report=report,
        ),
    }
    return tuple(known[way]() for way in ways)
