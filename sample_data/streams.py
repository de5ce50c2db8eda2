"""Streams over years, drawn by code: sales of a month, and the weather of a day with its kind."""

import numpy as np
import pandas as pd

__all__ = ["month_series", "weather"]

YEARS = 12
DAYS = 1461  # four years


def month_series() -> pd.DataFrame:
    """Draw the sales of 144 months: a trend, and a season that grows with it.

    Returns
    -------
    pandas.DataFrame
        ``month`` and ``sales``.

    Examples
    --------
    >>> frame = month_series()
    >>> len(frame), str(frame["month"].iloc[-1])[:7]
    (144, '2023-12')
    """
    rng = np.random.default_rng(12)
    months = pd.date_range("2012-01-01", periods=12 * YEARS, freq="MS")
    t = np.arange(len(months))
    season = 0.16 * np.sin(2.0 * np.pi * (t - 3) / 12.0) + 0.12 * (months.month == 12)
    sales = 100.0 * np.exp(0.009 * t + season + rng.normal(0.0, 0.02, len(t)))
    return pd.DataFrame({"month": months, "sales": sales.round(1)})


def weather() -> pd.DataFrame:
    """Draw four years of weather at an invented place, with the kind of each day.

    Returns
    -------
    pandas.DataFrame
        ``day``; ``warmest`` and ``coldest`` in degrees Celsius, ``rainfall`` in mm, ``wind`` in
        m/s; and ``weather``: "sun", "rain", "fog" or "snow", which hang together from day to day.

    Examples
    --------
    >>> sorted(set(weather()["weather"]))
    ['fog', 'rain', 'snow', 'sun']
    """
    rng = np.random.default_rng(31)
    days = pd.date_range("2020-01-01", periods=DAYS, freq="D")
    season = -np.cos(2.0 * np.pi * (days.day_of_year.to_numpy() - 15) / 365.25)
    wet, warmth = np.zeros(DAYS), np.zeros(DAYS)
    for day in range(1, DAYS):
        wet[day] = 0.7 * wet[day - 1] + rng.normal(0.0, 1.0)
        warmth[day] = 0.75 * warmth[day - 1] + rng.normal(0.0, 1.6)
    mean = 9.0 + 9.0 * season + warmth
    rains = wet - 0.3 * season > 0.7
    calm = (wet < -0.6) & (season < 0.4) & (rng.random(DAYS) < 0.5)
    kind = np.where(rains & (mean < 1.5), "snow", np.where(rains, "rain", "sun"))
    kind = np.where(~rains & calm, "fog", kind)
    rainfall = np.where(rains, rng.gamma(1.6, 4.0, DAYS), 0.0)
    span = np.where(kind == "sun", 5.5, 3.0) + 0.8 * rng.random(DAYS)
    wind = rng.gamma(4.0, 0.7, DAYS) + 1.5 * rains - 1.2 * (kind == "fog")
    return pd.DataFrame(
        {
            "day": days,
            "warmest": (mean + span).round(1),
            "coldest": (mean - span).round(1),
            "rainfall": rainfall.round(1),
            "wind": np.maximum(wind, 0.1).round(1),
            "weather": kind,
        }
    )
