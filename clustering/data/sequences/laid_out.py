"""Laid out: what stands beside the points of series: names of columns, features, safe numbers."""

from typing import Any

import numpy as np
import pandas as pd

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.padding import PADDING
from clustering.data.sequences.series_made import Ready
from clustering.dataset import Floats

__all__ = ["columns_of", "described", "off_the_padding"]

DESCRIBED = 12
"""Channels of which the features tell mean, lowest and highest value."""


def off_the_padding(values: Floats) -> Floats:
    """Move values that are exactly the number behind the end of series, by a millionth."""
    return np.where(values == PADDING, PADDING * (1.0 - 1e-6), values)


def columns_of(channels: tuple[str, ...], steps: int) -> tuple[str, ...]:
    """Name the numbers of a point, step after step.

    Examples
    --------
    >>> columns_of(("x",), 2), columns_of(("x", "y"), 1)
    (('step 1', 'step 2'), ('x, step 1', 'y, step 1'))
    """
    before = [""] if len(channels) == 1 else [f"{name}, " for name in channels]
    return tuple(f"{each}step {step + 1}" for step in range(steps) for each in before)


def described(ready: Ready, sequences: SequenceSet) -> pd.DataFrame:
    """Describe each series in original units: steps, cause, and what its values are like."""
    said: dict[str, Any] = {"steps": np.array([len(each) for each in ready.series])}
    if sequences.causes:
        said["cause"] = [sequences.causes[place] for place in ready.at]
    whole = np.concatenate(ready.series)
    begins = np.r_[0, np.cumsum([len(each) for each in ready.series])[:-1]]
    for channel, name in enumerate(sequences.channels[:DESCRIBED]):
        values = whole[:, channel]
        said[f"{name}, mean"] = np.add.reduceat(values, begins) / said["steps"]
        said[f"{name}, lowest"] = np.minimum.reduceat(values, begins)
        said[f"{name}, highest"] = np.maximum.reduceat(values, begins)
    return pd.DataFrame(said)
