"""Suggestions: what may make an event in a stream, by its gaps and the levels of its channels."""

import numpy as np

from clustering.data.sequences.causes import Cause, Change, Crossing, Gap
from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats

__all__ = ["suggest"]

CLEAR = 0.75
"""Share of a channel's variance between its low and its high values, from which on it has two."""


def suggest(stream: Stream) -> tuple[Cause, ...]:
    """Suggest what makes an event: gaps where there are any, and a channel that has two levels.

    Parameters
    ----------
    stream : Stream

    Returns
    -------
    tuple of Cause
        A `Gap` where two rows are more than five usual steps apart; a `Crossing` of the channel
        whose values fall most clearly into low and high ones, with thresholds on either side of
        the cut between them [1]_; or else a `Change`.

    Notes
    -----
    O(m log m) for each channel.

    References
    ----------
    .. [1] N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on
           Systems, Man, and Cybernetics 9(1), 1979.
    """
    found = list[Cause]()
    if len(Gap().rows(stream)):
        found.append(Gap())
    levels = [two_levels(stream.values[:, channel]) for channel in range(stream.d)]
    best = max(range(stream.d), key=lambda channel: levels[channel][0], default=0)
    share, low, at, high = levels[best]
    if share > CLEAR:
        found.append(
            Crossing(
                stream.channels[best],
                high=rounded(at + 0.3 * (high - at)),
                low=rounded(at - 0.3 * (at - low)),
            )
        )
    return tuple(found) or (Change(),)


def two_levels(
    values: Floats,
) -> tuple[float, float, float, float]:
    """Cut values in two as Otsu does: share of the variance, lower mean, cut, upper mean."""
    ordered = np.sort(values[np.isfinite(values)])
    if len(ordered) < 2 or ordered[0] == ordered[-1]:
        return 0.0, 0.0, 0.0, 0.0
    n = np.arange(1, len(ordered))
    sums = np.cumsum(ordered)
    lower, upper = sums[:-1] / n, (sums[-1] - sums[:-1]) / (len(ordered) - n)
    between = n * (len(ordered) - n) * (upper - lower) ** 2 / len(ordered) ** 2
    at = int(np.argmax(between))
    share = float(between[at] / ordered.var())
    return share, float(lower[at]), float((ordered[at] + ordered[at + 1]) / 2), float(upper[at])


def rounded(value: float) -> float:
    """Round to two digits that count."""
    return float(f"{value:.2g}")
