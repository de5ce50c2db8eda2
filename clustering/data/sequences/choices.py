"""Choices: what is to be done to series before they are points, as one small value."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from clustering.data.sequences.cleaning import Duplicates, Missing
from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.data.sequences.trends import Trend
from clustering.errors import ParameterError

__all__ = ["Choices", "Scaling", "suggest"]

Scaling = Literal["series", "all", "none"]

WINDOW = 10
"""Steps of a window where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What preparation does, in the order in which it does it.

    Attributes
    ----------
    duplicates : {"mean", "first", "last"}
        Which value counts where a time stands several times.
    most_missing : float
        Share of its values that a series may lack; one that lacks more is left out.
    step : float or None
        Time from one step to the next to which series are brought, in seconds where times are
        date-times, in steps where there are no times; None leaves them as they are.
    missing : {"drop", "interpolate", "forward", "mean"}
        Steps with a missing value are left out, or it is filled by a straight line, by the value
        before, or by the mean of the training part.
    trend : {"keep", "linear", "stl"}
        What is taken out of each series: nothing, a straight line, or trend and season by STL.
    period : int
        Steps of a season, for STL.
    scaling : {"series", "all", "none"}
        Each series has mean 0 and standard deviation 1; or all of the training part together
        have, channel by channel; or values stay as they are.
    window, stride : int
        Steps of a window that is cut out of a stream, and from one window's begin to the next.

    Raises
    ------
    ParameterError
        Where a choice makes no sense.

    Examples
    --------
    >>> Choices(scaling="series").missing
    'interpolate'
    >>> Choices(window=0)
    Traceback (most recent call last):
    ...
    clustering.errors.ParameterError: A window of 0 steps holds nothing; choose 1 or more.
    """

    duplicates: Duplicates = "mean"
    most_missing: float = 0.5
    step: float | None = None
    missing: Missing = "interpolate"
    trend: Trend = "keep"
    period: int = 0
    scaling: Scaling = "all"
    window: int = WINDOW
    stride: int = 1

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        for name, kinds in (
            ("duplicates", Duplicates), ("missing", Missing), ("trend", Trend), ("scaling", Scaling)
        ):  # fmt: skip
            if getattr(self, name) not in get_args(kinds):
                raise ParameterError(
                    f"The choice of {name} is one of {', '.join(get_args(kinds))}."
                )
        if not 0 <= self.most_missing <= 1:
            raise ParameterError("The share of missing values is between 0 and 1.")
        if self.step is not None and not (np.isfinite(self.step) and self.step > 0):
            raise ParameterError("The time from one step to the next is a number above zero.")
        if self.trend == "stl" and self.period < 2:
            raise ParameterError(
                f"A season of {self.period:,} steps is none; say how many steps it takes for STL."
            )
        if self.window < 1:
            raise ParameterError(
                f"A window of {self.window:,} steps holds nothing; choose 1 or more."
            )
        if self.stride < 1:
            raise ParameterError(f"A stride of {self.stride:,} never gets on; choose 1 or more.")


def suggest(brought: SequenceSet | Stream) -> Choices:
    """Suggest how series are prepared.

    Parameters
    ----------
    brought : SequenceSet or Stream

    Returns
    -------
    Choices
        No scaling where every series has mean 0 and standard deviation 1 already, as those of
        the UCR archive do; else all of them on one scale, so that levels still count.

    Notes
    -----
    O(number of values).
    """
    if isinstance(brought, Stream):
        return Choices(window=max(1, min(WINDOW, brought.m // 2)))
    even = all(
        np.isfinite(each).all()
        and np.allclose(each.mean(axis=0), 0.0, atol=0.01)
        and np.allclose(each.std(axis=0), 1.0, atol=0.05)
        for each in brought.series
    )
    return Choices(scaling="none" if even else "all")
