"""What becomes of windows that are cut, or drawn, after shuffling: by the nearest window."""

from dataclasses import dataclass

import numpy as np

from clustering.dataset import Floats, Integers
from clustering.deep.labelled_stream import LabelledStream

__all__ = ["Ways", "ways"]

MOST = 1_500
"""Windows that are compared; of more, the first ones."""


@dataclass(frozen=True, eq=False, slots=True)
class Ways:
    """Accuracy of the nearest training window, by how windows came about.

    Attributes
    ----------
    in_time : float
        Split in time, windows cut after.
    drawn : float
        Windows cut first, and drawn at random into the two parts.
    rows_shuffled : float
        Rows shuffled, windows cut after.
    shared : float
        Share of the test windows that share a row with a training window, where drawn.
    n : int
        Windows.
    """

    in_time: float
    drawn: float
    rows_shuffled: float
    shared: float
    n: int


def ways(stream: LabelledStream, *, window: int, share: float, seed: int = 0) -> Ways:
    """Classify windows by the nearest training window, three times.

    Parameters
    ----------
    stream : LabelledStream
        A class at every step.
    window : int
        Steps.
    share : float
        Of the training part.
    seed : int
        Of the draw.

    Returns
    -------
    Ways

    Notes
    -----
    The distance is Euclidean over columns of mean 0 and spread 1. O(n^2 T D).
    """
    rng = np.random.default_rng(seed)
    m = min(stream.n, MOST + window - 1)
    spread = stream.values[:m].std(axis=0)
    values = (stream.values[:m] - stream.values[:m].mean(axis=0)) / np.where(spread > 0, spread, 1)
    codes, order = stream.codes[:m], rng.permutation(m)
    starts = np.arange(m - window + 1)
    seam = round(share * m)
    before, behind = starts[starts + window <= seam], starts[starts >= seam]
    mixed = rng.permutation(starts)
    cut = round(share * len(mixed))
    first, rest = np.sort(mixed[:cut]), mixed[cut:]
    near = np.abs(rest[:, None] - first[None, :]).min(axis=1) if len(first) else np.full(1, window)
    return Ways(
        in_time=_nearest(values, codes, before, behind, window),
        drawn=_nearest(values, codes, first, rest, window),
        rows_shuffled=_nearest(values[order], codes[order], before, behind, window),
        shared=float((near < window).mean()),
        n=len(starts),
    )


def _nearest(
    values: Floats, codes: Integers, train: Integers, test: Integers, window: int
) -> float:
    """Give the share of test windows whose nearest training window ends in the same class."""
    inside = np.arange(window)
    sets = []
    for starts in (train, test):
        known = starts[codes[starts + window - 1] >= 0]
        sets.append((values[known[:, None] + inside].reshape(len(known), -1), known + window - 1))
    (a, a_end), (b, b_end) = sets
    if not len(a_end) or not len(b_end):
        return float("nan")
    apart = (b**2).sum(1)[:, None] + (a**2).sum(1)[None, :] - 2 * b @ a.T
    return float((codes[a_end[apart.argmin(axis=1)]] == codes[b_end]).mean())
