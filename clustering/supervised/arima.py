r"""ARIMA: the next value from the last ones and the last errors, of differences of the series.

.. math:: \phi(B)\, \Phi(B^s)\, (1 - B)^d (1 - B^s)^D y_t = \theta(B)\, \Theta(B^s)\, e_t + c,

with B the step back and s the period. How often differences are taken follows from the strength
of the season and from a test for a level that wanders (KPSS); the other orders are sought step
by step on the training part, and those of the smallest AIC are kept, as in [1]_. A period that is
too long for seasonal orders enters as two waves with their first overtones. statsmodels fits.

References
----------
.. [1] R. J. Hyndman, Y. Khandakar, "Automatic Time Series Forecasting: The forecast Package
       for R", Journal of Statistical Software 27(3), 2008.
"""

import time
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats
from clustering.errors import DataError
from clustering.progress import Report, Step, silent
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
from clustering.threads import controller
from clustering.words import count

__all__ = ["Orders", "arima"]

LONGEST = 24
"""Longest period of seasonal orders: the time of a fit grows with its cube."""
STRONG = 0.64
"""Share of the season in what moves beside the trend from which its differences are taken."""
TURNS = 60
"""Turns of a fit, after which it ends, done or not."""
TRIES = 24
"""Orders that are tried at most."""
SEARCHED = 1_000
"""Last steps of the training part on which orders are sought; coefficients are of all steps."""
MOST = {"p": 3, "q": 3, "P": 1, "Q": 1}


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a model.

    Attributes
    ----------
    p, q, P, Q : int
        How many values and errors it looks back, by the step and by the period.
    d, D : int
        How often differences are taken, by the step and by the period.
    s : int
        The period of `P`, `D` and `Q`; 0 where there is none.

    Examples
    --------
    >>> str(Orders(1, 1, 0, 1, 1, 1, 12)), str(Orders(2, 1))
    ('ARIMA(1, 1, 1)(0, 1, 1, 12)', 'ARIMA(2, 0, 1)')
    """

    p: int
    q: int
    P: int = 0
    Q: int = 0
    d: int = 0
    D: int = 0
    s: int = 0

    def __str__(self) -> str:
        """Write them as the literature does."""
        season = f"({self.P}, {self.D}, {self.Q}, {self.s})" if self.s else ""
        return f"ARIMA({self.p}, {self.d}, {self.q}){season}"


def arima(
    values: ArrayLike,
    *,
    n_train: int,
    period: int | None = None,
    steps: int = 0,
    level: float = LEVEL,
    report: Report = silent,
) -> Baseline:
    """Fit ARIMA on the training part, and look one step ahead over the whole series.

    Parameters
    ----------
    values : array_like of shape (n,)
        The series, without gaps.
    n_train : int
        Steps of the training part: orders and coefficients are learned there, and kept.
    period : int, optional
        In steps, 1 for none; found in the training part by `period_of` where left out.
    steps : int
        How far to go ahead of the end.
    level : float
        Share of the true values that the interval is to hold.
    report : callable
        Told after each fit; what it raises ends the work.

    Returns
    -------
    Baseline
        The note names the orders, and says where no fit converged. Intervals are normal, from
        the errors of the training part. Where this never changes, its value is repeated.

    Raises
    ------
    DataError
        Where values are missing, the training part has fewer than two, or no model fits.
    ParameterError
        Where the period is none, or as long as the training part; `steps` or `level` make no
        sense.

    Notes
    -----
    Up to `TRIES` fits.
    """
    from statsmodels.tsa.statespace import sarimax  # noqa: F401  (it sets filters of its own)

    began = time.perf_counter()
    true = checked(values)
    check_parts(true, n_train)
    check_ahead(steps, level)
    period = period_of(true[:n_train]) if period is None else period
    check_period(period, n_train)
    if np.ptp(true[:n_train]) <= 1e-12 * np.abs(true[:n_train]).max():
        return _level(true, n_train, steps, level, began)
    middle, spread = float(true[:n_train].mean()), float(true[:n_train].std())
    scaled = (true - middle) / spread
    waves = _waves(len(true) + steps, period if period > LONGEST else 1)
    with warnings.catch_warnings(), controller().limit(limits=1):
        warnings.simplefilter("ignore")  # what does not converge is said in the note
        end = slice(max(n_train - SEARCHED, 0), n_train)
        orders, fitted, tried = _sought(scaled[end], period, waves[end], report)
        if n_train > SEARCHED:
            whole_aic, again = _fitted(scaled[:n_train], orders, waves[:n_train])
            fitted = again if np.isfinite(whole_aic) else fitted
        whole = _model(scaled, orders, waves[: len(true)]).filter(fitted.params)
        predicted = np.asarray(whole.predict(0, len(true) - 1)) * spread + middle
        ahead, low, high = _ahead(whole, steps, waves[len(true) :], level)
    predicted[: orders.d + orders.D * orders.s] = np.nan
    return Baseline(
        name="ARIMA",
        predicted=predicted,
        n_train=n_train,
        rmse_train=rmse(true[:n_train], predicted[:n_train]),
        rmse_test=rmse(true[n_train:], predicted[n_train:]),
        ahead=ahead * spread + middle,
        low=low * spread + middle,
        high=high * spread + middle,
        level=level,
        seconds=time.perf_counter() - began,
        note=_said(orders, tried, period, fitted, n_train),
        parameters=(("orders", str(orders)), ("period", period)),
    )


def _level(values: Floats, n_train: int, steps: int, level: float, began: float) -> Baseline:
    """Repeat the value of a training part that never changes: there is nothing to fit."""
    orders = Orders(0, 0)
    predicted = np.full(len(values), values[0])
    ahead = np.full(steps, values[0])
    return Baseline(
        name="ARIMA",
        predicted=predicted,
        n_train=n_train,
        rmse_train=rmse(values[:n_train], predicted[:n_train]),
        rmse_test=rmse(values[n_train:], predicted[n_train:]),
        ahead=ahead,
        low=ahead,
        high=ahead,
        level=level,
        seconds=time.perf_counter() - began,
        note=f"{orders}: the training part never changes, so its value is repeated, and intervals "
        "have no width.",
        parameters=(("orders", str(orders)), ("period", 1)),
    )


def _sought(values: Floats, period: int, waves: Floats, report: Report) -> tuple[Orders, Any, int]:
    """Walk from orders to better neighbours until none is better."""
    base = _differences(values, period)
    seasonal = base.s > 0
    first = [
        _with(base, p=p, q=q, P=int(seasonal and p > 0), Q=int(seasonal and q > 0))
        for p, q in ((2, 2), (0, 0), (1, 0), (0, 1))
    ]
    found: dict[Orders, tuple[float, Any]] = {}
    waiting, best = list(first), None
    while waiting and len(found) < TRIES:
        each = waiting.pop(0)
        if each not in found:
            found[each] = _fitted(values, each, waves)
            report(Step(len(found), TRIES, str(each)))
        if not waiting:
            now = min(found, key=lambda orders: found[orders][0])
            if now != best:
                best = now
                waiting = [near for near in _neighbours(now) if near not in found]
    best = min(found, key=lambda orders: found[orders][0])
    if found[best][1] is None:
        raise DataError("No ARIMA model could be fitted to the training part; it is too short.")
    report(Step(TRIES, TRIES, f"{best} is kept"))
    return best, found[best][1], len(found)


def _fitted(values: Floats, orders: Orders, waves: Floats) -> tuple[float, Any]:
    """Fit one model; its AIC is infinite where that fails, and large where it does not converge."""
    try:
        # Differences taken beforehand leave the filter a few states in place of dozens.
        fitted = _model(values, orders, waves, simple_differencing=True).fit(
            disp=False, maxiter=TURNS, cov_type="none"
        )
    except (ValueError, np.linalg.LinAlgError):
        return np.inf, None
    aic = float(fitted.aic) + (0.0 if fitted.mle_retvals["converged"] else 1e6)
    return (aic if np.isfinite(aic) else np.inf), fitted


def _model(values: Floats, orders: Orders, waves: Floats, **how: bool) -> Any:
    """Write a model as statsmodels takes it."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    return SARIMAX(
        values,
        exog=waves if waves.size else None,
        order=(orders.p, orders.d, orders.q),
        seasonal_order=(orders.P, orders.D, orders.Q, orders.s),
        trend="c" if orders.d + orders.D < 2 else "n",
        **how,
    )


def _differences(values: Floats, period: int) -> Orders:
    """Settle how often differences are taken: by the season's strength, then by KPSS."""
    from statsmodels.tsa.seasonal import STL
    from statsmodels.tsa.stattools import kpss

    seasonal = 1 < period <= LONGEST and len(values) >= 2 * period + 10
    twice = 0
    if seasonal:
        parts = STL(values, period=period).fit()
        rest, both = np.var(parts.resid), np.var(parts.resid + parts.seasonal)
        twice = int(both > 0 and 1 - rest / both >= STRONG)
    left = values[period:] - values[:-period] if twice else values
    once = 0
    while once < 2 and len(left) > 12 and left.std() > 1e-9:
        if kpss(left, nlags="auto")[1] >= 0.05:
            break
        left, once = np.diff(left), once + 1
    return Orders(0, 0, d=once, D=twice, s=period if seasonal else 0)


def _neighbours(orders: Orders) -> list[Orders]:
    """Give the orders that differ by one in one place, or in p and q alike."""
    names = ["p", "q"] + (["P", "Q"] if orders.s else [])
    found = []
    for by in (1, -1):
        found += [_with(orders, **{name: getattr(orders, name) + by}) for name in names]
        found.append(_with(orders, p=orders.p + by, q=orders.q + by))
    limits = MOST.items()
    return [each for each in found if all(0 <= getattr(each, a) <= most for a, most in limits)]


def _with(orders: Orders, **other: int) -> Orders:
    """Change some orders."""
    return replace(orders, **other)


def _waves(n: int, period: int) -> Floats:
    """Give two waves with their overtones, shape (n, 4); of no period none, shape (n, 0)."""
    if period <= 1:
        return np.empty((n, 0))
    turn = 2 * np.pi * np.arange(n)[:, None] * np.array([1.0, 2.0]) / period
    return np.hstack([np.sin(turn), np.cos(turn)])


def _ahead(fitted: Any, steps: int, waves: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Go ahead of the end, with intervals."""
    if not steps:
        return np.empty(0), np.empty(0), np.empty(0)
    found = fitted.get_forecast(steps, exog=waves if waves.size else None)
    limits = np.asarray(found.conf_int(alpha=1 - level))
    return np.asarray(found.predicted_mean), limits[:, 0], limits[:, 1]


def _said(orders: Orders, tried: int, period: int, fitted: Any, n_train: int) -> str:
    """Say what was fitted, and how far it can be trusted."""
    where = f"the last {SEARCHED:,} steps of " if n_train > SEARCHED else ""
    said = f"{orders}, the smallest AIC of {count(tried, 'model')} on {where}the training part."
    if period > LONGEST:
        said += f" The period of {count(period, 'step')} enters as two waves."
    if not fitted.mle_retvals["converged"]:
        said += f" No fit converged in {TURNS} turns; this is where it stood."
    return f"{said} Intervals are normal, from the errors of the training part."
