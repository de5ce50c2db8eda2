"""Samples: series and streams that the project draws, classes known."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from clustering.data import image_sets
from clustering.data.sequences.arrays import of_images
from clustering.data.sequences.kept import Layout, SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats, Integers
from clustering.errors import DataError
from sample_data.machine import machine_log
from sample_data.sequences import EVENTS, LOADS, load_curves, sensor_events
from sample_data.streams import month_series, weather

__all__ = ["SAMPLES", "sample"]

SAMPLES: Mapping[str, str] = {
    "sensor-events": "Five kinds of events of a sensor",
    "load-curves": "Loads of four kinds of customers, a day each",
    "machine-log": "A machine's log with pauses and events",
    "digits": "1,797 handwritten digits, their rows as steps",
    "month-series": "Sales of 144 months, with trend and season",
    "weather": "Four years of weather with the kind of each day",
}
"""Title of each sample by its id."""


def sample(id: str) -> SequenceSet | Stream:
    """Give a sample of series, or a stream.

    Parameters
    ----------
    id : str
        One of `SAMPLES`.

    Returns
    -------
    SequenceSet or Stream

    Raises
    ------
    DataError
        Where there is no such sample.

    Examples
    --------
    >>> events = sample("sensor-events")
    >>> events.n, events.classes
    (80, ('ramp', 'spike', 'oscillation', 'step', 'drift'))
    """
    if id not in SAMPLES:
        shown = " ".join(id.split())[:80]
        raise DataError(f"There are no sample series called '{shown}'; choose from the list.")
    return _made(id)


@cache
def _made(id: str) -> SequenceSet | Stream:
    """Make a sample once."""
    if id == "sensor-events":
        return labelled(id, sensor_events, EVENTS, "signal")
    if id == "load-curves":
        return labelled(id, load_curves, LOADS, "load (kW)")
    if id == "machine-log":
        return streamed(id, machine_log(), label="kind")
    if id == "digits":
        return of_images(image_sets.sample("digits"), most=None)
    if id == "month-series":
        return streamed(id, month_series())
    return streamed(id, weather(), label="weather")


def labelled(
    id: str,
    draw: Callable[[], tuple[list[Floats], Integers]],
    classes: tuple[str, ...],
    channel: str,
) -> SequenceSet:
    """Make a set of drawn series."""
    series, labels = draw()
    return SequenceSet(
        tuple(series),
        (channel,),
        labels=labels,
        classes=classes,
        name=SAMPLES[id],
        notes=("These series are drawn by code, so their classes are known.",),
    )


def streamed(id: str, frame: pd.DataFrame, *, label: str = "") -> Stream:
    """Make a stream of a drawn table whose first column is the time."""
    numbers = [name for name in frame.columns[1:] if frame[name].dtype.kind in "if"]
    return Stream(
        frame.iloc[:, 0].to_numpy(),
        frame[numbers].to_numpy(np.float64),
        tuple(numbers),
        others=frame.drop(columns=[frame.columns[0], *numbers]),
        label=label,
        name=SAMPLES[id],
        notes=("This stream is drawn by code, so what happens in it is known.",),
        layout=Layout("made", time=(str(frame.columns[0]),), values=tuple(numbers), label=label),
    )
