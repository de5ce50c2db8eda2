"""Series of unequal length, brought to one length.

A straight line is drawn between the steps of each series, and read at places that are evenly
spaced between its first and its last: so a slow and a quick series of one shape become equal,
and any method that takes coordinates takes the result. How long a series was is no longer
seen; where that matters, choose dynamic time warping.
"""

from dataclasses import replace

import numpy as np

from clustering.checks import is_whole, shown
from clustering.data.sequences.padding import lengths, series_of
from clustering.dataset import EUCLIDEAN, Dataset, Floats
from clustering.errors import ParameterError
from clustering.series.checks import check_shape
from clustering.words import count

__all__ = ["resampled", "said", "stretched"]


def resampled(dataset: Dataset, *, shape: tuple[int, ...], steps: int | None = None) -> Dataset:
    """Give series of one length, as coordinates.

    Parameters
    ----------
    dataset : Dataset
        Series, padded or not.
    shape : tuple of int
        (T, D), as they are laid out.
    steps : int, optional
        Their new length, from 1; T when left out.

    Returns
    -------
    Dataset
        Points of `steps` * D numbers with euclidean distances; its last sentence of `changes`
        says what was done. The same Dataset where there is nothing to do.

    Raises
    ------
    ParameterError
        Where `steps` is no length.
    UnsupportedError
        Where the points are no series of that shape.

    Examples
    --------
    >>> from clustering.data.sequences.padding import padded
    >>> from clustering.data.sequences.warping import warping
    >>> series = [np.array([[0.0], [1.0], [2.0]]), np.array([[0.0], [2.0]])]
    >>> data = Dataset.from_points(padded(series), metric=warping((3, 1)))
    >>> equal = resampled(data, shape=(3, 1))
    >>> equal.points.tolist(), equal.metric.name
    ([[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]], 'euclidean')
    """
    check_shape(dataset, shape)
    steps = int(shape[0]) if steps is None else steps
    if not is_whole(steps) or steps < 1:
        raise ParameterError(f"steps = {shown(steps)}; choose a whole number from 1.")
    sentence = said(dataset, shape=shape, steps=int(steps))
    if not sentence and dataset.metric.is_euclidean:
        return dataset
    rows = [stretched(each, int(steps)) for each in series_of(dataset.points, shape)]
    channels = [name.rpartition("step 1")[0] for name in dataset.columns[: shape[1]]]
    return replace(
        dataset,
        points=np.stack(rows).reshape(dataset.n, -1),
        columns=tuple(f"{each}step {t + 1}" for t in range(int(steps)) for each in channels),
        metric=EUCLIDEAN,
        changes=(*dataset.changes, *([sentence] if sentence else [])),
    )


def said(dataset: Dataset, *, shape: tuple[int, ...], steps: int | None = None) -> str:
    """Say how many series are brought to one length; empty where all have it.

    Examples
    --------
    >>> from clustering.data.sequences.padding import padded
    >>> data = Dataset.from_points(padded([np.ones((3, 1)), np.ones((2, 1))]))
    >>> said(data, shape=(3, 1))
    '1 series of another length was brought to 3 steps by straight lines between its steps.'
    """
    steps = int(shape[0]) if steps is None else steps
    other = int((lengths(dataset.points, shape) != steps).sum())
    if not other:
        return ""
    one = other == 1
    return (
        f"{other:,} series of another length {'was' if one else 'were'} brought to "
        f"{count(steps, 'step')} by straight lines between {'its' if one else 'their'} steps."
    )


def stretched(series: Floats, steps: int) -> Floats:
    """Read a series (T_i, D) at `steps` evenly spaced places, shape (steps, D).

    Examples
    --------
    >>> stretched(np.array([[0.0], [4.0]]), 5).ravel().tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    if len(series) == steps:
        return series
    old, new = np.linspace(0.0, 1.0, len(series)), np.linspace(0.0, 1.0, steps)
    return np.column_stack([np.interp(new, old, channel) for channel in series.T])
