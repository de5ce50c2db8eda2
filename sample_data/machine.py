"""A machine's log: what it draws and how it shakes, with the nights missing and events in it.

The machine sends a row every ten seconds while it is on; while it is off there is nothing, so
that every start follows a gap in time. Three kinds of events recur. Late in the log stands a
fourth, once, that is like none of them.
"""

import numpy as np
import pandas as pd

from clustering.dataset import Floats

__all__ = ["HIGH", "KINDS", "LOW", "ODD", "machine_log"]

KINDS = ("start-up", "jam", "chatter")
"""Kinds of events that recur."""

ODD = "slipping belt"
"""The kind that happens once, in the last run but two."""

HIGH, LOW = 80.0, 60.0
"""Load in kilowatts at which an event begins, and below which it is over."""

RUNS = 30
STEP = 10  # seconds from a row to the next
NORMAL, QUIET = 40.0, 1.2  # load in kW and vibration in mm/s while all is well


def machine_log() -> pd.DataFrame:
    """Draw the log of thirty runs of a machine.

    Returns
    -------
    pandas.DataFrame
        ``time``; ``load`` in kW; ``vibration`` in mm/s; ``state``, which the machine writes
        itself: "start" in its first row after a pause, "overload" above 80 kW, else empty;
        and ``kind``, what an engineer found out afterwards, empty where nothing happened.

    Examples
    --------
    >>> log = machine_log()
    >>> sorted(set(log["kind"])), int((log["time"].diff() > "10min").sum())
    (['', 'chatter', 'jam', 'slipping belt', 'start-up'], 29)
    """
    rng = np.random.default_rng(17)
    runs, now = [], pd.Timestamp("2024-03-04 06:00:00")
    for run in range(RUNS):
        frame = one_run(rng, odd=run == RUNS - 3)
        frame.insert(0, "time", pd.date_range(now, periods=len(frame), freq=f"{STEP}s"))
        runs.append(frame)
        now = frame["time"].iloc[-1] + pd.Timedelta(seconds=STEP * int(rng.integers(120, 900)))
    return pd.concat(runs, ignore_index=True)


def one_run(rng: np.random.Generator, *, odd: bool) -> pd.DataFrame:
    """Draw one run: a start, then a jam and chatter in either order; and the odd one, once."""
    kinds = ["jam", "chatter"] if rng.random() < 0.5 else ["chatter", "jam"]
    pieces = [*start(rng), *calm(rng)]
    for kind in [*kinds, *([ODD] if odd else [])]:
        pieces += [*{"jam": jam, "chatter": chatter, ODD: slip}[kind](rng), *calm(rng)]
    parts = [
        pd.DataFrame({"load": load, "vibration": shaking, "kind": kind})
        for kind, load, shaking in pieces
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame["load"] = (frame["load"] + rng.normal(0.0, 1.0, len(frame))).clip(lower=0.0).round(1)
    frame["vibration"] = (frame["vibration"] + rng.normal(0.0, 0.08, len(frame))).clip(lower=0.02)
    frame["vibration"] = frame["vibration"].round(2)
    state = np.where(frame["load"] >= HIGH, "overload", "")
    state[0] = "start"
    frame.insert(2, "state", state)
    return frame


Piece = tuple[str, Floats, Floats]


def calm(rng: np.random.Generator) -> list[Piece]:
    """Draw a stretch in which nothing happens."""
    steps = int(rng.integers(25, 45))
    return [("", np.full(steps, NORMAL), np.full(steps, QUIET))]


def start(rng: np.random.Generator) -> list[Piece]:
    """Draw a start: the load climbs from nothing and settles, the shaking dies away."""
    steps = int(rng.integers(20, 27))
    t = np.arange(steps) / steps
    pace = rng.uniform(4.0, 6.0)
    load = NORMAL * (1.0 - np.exp(-pace * t)) + 14.0 * np.exp(-0.5 * ((t - 0.45) / 0.12) ** 2)
    return [(KINDS[0], load, QUIET + rng.uniform(3.0, 4.0) * np.exp(-5.0 * t))]


def jam(rng: np.random.Generator) -> list[Piece]:
    """Draw a jam: the load jumps, stays high and falls back, while the machine hardly shakes."""
    held = int(rng.integers(10, 22))
    fall = np.linspace(1.0, 0.0, 5)
    load = np.r_[np.full(held, rng.uniform(96.0, 106.0)), NORMAL + 40.0 * fall]
    return [(KINDS[1], load, np.r_[np.full(held, 0.4), QUIET - 0.8 * fall])]


def chatter(rng: np.random.Generator) -> list[Piece]:
    """Draw chatter: the load swings about the upper threshold and the machine shakes with it."""
    steps = int(rng.integers(18, 31))
    t = np.arange(steps)
    swing = np.sin(2.0 * np.pi * t / rng.uniform(4.5, 5.5) + 0.9)
    load = 82.0 + rng.uniform(13.0, 16.0) * swing
    return [(KINDS[2], load, QUIET + 1.6 + 1.3 * swing)]


def slip(rng: np.random.Generator) -> list[Piece]:
    """Draw a slipping belt: the load builds up slowly and drops, and shaking grows throughout."""
    steps = 34
    t = np.arange(steps) / (steps - 1)
    load = np.r_[84.0 + 55.0 * t**2, np.full(6, 12.0)]
    return [(ODD, load, np.r_[QUIET + 7.0 * t, np.full(6, 0.3)])]
