"""Series whose classes are known, drawn by code: events of a sensor, and loads of a day."""

import numpy as np

from clustering.dataset import Floats, Integers

__all__ = ["EVENTS", "LOADS", "load_curves", "sensor_events"]

EVENTS = ("ramp", "spike", "oscillation", "step", "drift")
"""Kinds of events of a sensor."""

LOADS = ("household", "office", "night storage", "shop")
"""Who draws the power of a day."""

EACH = 16  # events of each kind
DAYS = 30  # days of each kind of customer
SHORTEST, LONGEST = 24, 40
NOISE = 0.06


def sensor_events() -> tuple[list[Floats], Integers]:
    """Draw eighty events of unequal length.

    Returns
    -------
    series : list of ndarrays of shape (T_i, 1)
        A ramp climbs evenly, a spike is a short peak, an oscillation swings, a step jumps and
        stays, a drift sinks and slowly comes back; each begins near 0.
    labels : ndarray of shape (80,)
        Place in `EVENTS`.

    Examples
    --------
    >>> series, labels = sensor_events()
    >>> len(series), min(map(len, series)), max(map(len, series)), labels[:5].tolist()
    (80, 25, 40, [0, 1, 2, 3, 4])
    """
    rng = np.random.default_rng(9)
    series, labels = [], np.tile(np.arange(len(EVENTS)), EACH)
    for label in labels:
        steps = int(rng.integers(SHORTEST, LONGEST + 1))
        clean = event(EVENTS[label], np.linspace(0.0, 1.0, steps), rng)
        series.append((clean + rng.normal(0.0, NOISE, steps))[:, None].round(3))
    return series, labels


def event(kind: str, t: Floats, rng: np.random.Generator) -> Floats:
    """Draw one event over t from 0 to 1, of a size and at a place that vary a little."""
    size, place = rng.uniform(0.85, 1.15), rng.uniform(0.35, 0.55)
    if kind == "ramp":
        return size * 2.0 * np.clip((t - 0.1) / 0.8, 0.0, 1.0)
    if kind == "spike":
        return size * 3.0 * np.exp(-0.5 * ((t - place) / 0.05) ** 2)
    if kind == "oscillation":
        turns = rng.uniform(3.2, 3.8)
        return size * 1.3 * np.sin(2.0 * np.pi * turns * t) * np.minimum(1.0, 8.0 * t)
    if kind == "step":
        return size * 2.0 / (1.0 + np.exp(-(t - place) / 0.012))
    return -size * 1.8 * np.sin(np.pi * t**0.8)


def load_curves() -> tuple[list[Floats], Integers]:
    """Draw the loads of a hundred and twenty days, a value for each hour.

    Returns
    -------
    series : list of ndarrays of shape (24, 1)
        Kilowatts at each hour of a day.
    labels : ndarray of shape (120,)
        Place in `LOADS`.

    Examples
    --------
    >>> series, labels = load_curves()
    >>> len(series), series[0].shape, np.bincount(labels).tolist()
    (120, (24, 1), [30, 30, 30, 30])
    """
    rng = np.random.default_rng(24)
    hours = np.arange(24.0)
    series, labels = [], np.tile(np.arange(len(LOADS)), DAYS)
    for label in labels:
        level, late = rng.uniform(0.8, 1.25), rng.normal(0.0, 0.6)
        clean = level * demand(LOADS[label], hours - late)
        series.append(np.maximum(clean + rng.normal(0.0, 0.12, 24), 0.05)[:, None].round(2))
    return series, labels


def demand(kind: str, hours: Floats) -> Floats:
    """Give the mean load of a kind of customer at each hour, in kilowatts."""

    def around(hour: float, width: float) -> Floats:
        apart = (hours - hour + 12.0) % 24.0 - 12.0
        return np.asarray(np.exp(-0.5 * (apart / width) ** 2))

    def between(first: float, last: float) -> Floats:
        return np.asarray(
            1.0 / (1.0 + np.exp(-(hours - first) * 2.0)) / (1.0 + np.exp((hours - last) * 2.0))
        )

    if kind == "household":
        return 0.4 + 0.9 * around(7.5, 1.3) + 1.8 * around(19.5, 2.0)
    if kind == "office":
        return 0.5 + 2.2 * between(8.0, 17.5)
    if kind == "night storage":
        return 0.4 + 2.4 * around(2.5, 2.3)
    return 0.6 + 1.4 * between(10.0, 20.0) + 0.8 * around(18.0, 1.2)
