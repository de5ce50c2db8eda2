"""The sample that has no file: a million rows, drawn when they are asked for.

The function stands alone, with nothing but NumPy and pandas, so that an exported
script can hold its source and draw the same rows without this project.
"""

import numpy as np
import pandas as pd

__all__ = ["large"]


def large() -> pd.DataFrame:
    """Draw a million readings of eight sensors, in twelve states of unequal size."""
    random = np.random.default_rng(12)
    shares = np.array([20, 15, 12, 11, 10, 8, 7, 6, 5, 3, 2, 1]) / 100
    spreads = np.array([6, 4, 5, 3, 7, 4, 3, 5, 2, 4, 3, 2], dtype=float)
    middles = random.normal(50.0, 11.0, size=(12, 8))
    middles[4] = middles[1] + random.normal(0.0, 3.0, size=8)  # two that run into one another
    state = random.choice(12, size=1_000_000, p=shares)
    values = random.standard_normal((1_000_000, 8))
    values *= spreads[state, None]
    values += middles[state]
    names = ["speed", "torque", "current", "voltage", "pressure", "flow", "heat", "sound"]
    table = pd.DataFrame(values, columns=names)
    table["group"] = pd.array(list("ABCDEFGHIJKL"), dtype="str").take(state)
    return table
