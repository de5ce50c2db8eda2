"""Small series and streams that tests make by hand."""

import numpy as np

from clustering.data.sequences import SequenceSet, Stream

__all__ = ["ragged", "series", "stream"]


def series(*lists: object, **more: object) -> SequenceSet:
    """Make a set of series of one channel, None for a missing value."""
    arrays = tuple(np.array(each, np.float64)[:, None] for each in lists)
    return SequenceSet(arrays, ("x",), **more)  # type: ignore[arg-type]


def stream(values: object, times: object = None, **more: object) -> Stream:
    """Make a stream of one channel."""
    array = np.array(values, np.float64)
    when = np.arange(len(array), dtype=np.float64) if times is None else np.asarray(times)
    return Stream(when, array[:, None], ("x",), **more)  # type: ignore[arg-type]


def ragged(n: int, *, seed: int = 0, d: int = 2, dated: bool = False) -> SequenceSet:
    """Draw series of unequal length, with a missing value here and there, and two classes."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(5, 12, n)
    values = [rng.normal(place % 3, 1 + place % 2, (length, d)) for place, length in
              enumerate(lengths)]  # fmt: skip
    for each in values[::4]:
        each[2, 0] = np.nan
    start = np.datetime64("2024-01-01", "us") if dated else 0.0
    step = np.timedelta64(60, "s") if dated else 1.0
    times = tuple(start + step * (np.arange(length) + 100 * place) for place, length in
                  enumerate(lengths))  # fmt: skip
    return SequenceSet(
        tuple(values),
        tuple("xyz"[:d]),
        times=times,
        starts=np.array([each[0] for each in times]),
        labels=np.arange(n) % 2,
        classes=("a", "b"),
        names=tuple(f"s{place}" for place in range(n)),
    )
