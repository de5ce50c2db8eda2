"""Labelled: windows of a stream, or whole series, with a class each, in two parts.

`labelled_stream` makes them of a stream, `labelled_series` of many series, `prepared` takes
what was split and prepared elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, Integers, digest, frozen
from clustering.deep.targets import check_classes
from clustering.errors import DataError

__all__ = ["LabelledWindows", "both_parts", "columns_of", "prepared"]


@dataclass(frozen=True, eq=False, slots=True)
class LabelledWindows:
    """Windows or whole series with a class each, in a training and a test part.

    Attributes
    ----------
    train, test : Dataset
        Prepared points (n, T * D), padded where series are shorter; ``rows`` is the place of a
        window's last step in the stream, or of a series in its set.
    train_labels, test_labels : ndarray of shape (n,), int64
        Classes, from 0.
    classes : tuple of str
        What they are called.
    shape : tuple of int
        (T, D).
    middle, scale : ndarray of shape (D,)
        What was taken off each channel and what it was divided by, from the training part;
        zeros and ones where the points came prepared.
    how : mapping of str to value
        What cut and split them, for scripts; empty where they came prepared.
    changes : tuple of str
        What was done, as sentences.
    key : str
        Digest of the content.
    """

    train: Dataset
    train_labels: Integers
    test: Dataset
    test_labels: Integers
    classes: tuple[str, ...]
    shape: tuple[int, int]
    middle: Floats
    scale: Floats
    how: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        for name in ("train_labels", "test_labels"):
            assign(self, name, frozen(getattr(self, name), np.int64))
        for name in ("middle", "scale"):
            assign(self, name, frozen(getattr(self, name), np.float64))
        parts = (self.train.key, self.train_labels, self.test.key, self.test_labels)
        assign(self, "key", digest(*parts, self.classes, self.shape))

    @property
    def n(self) -> int:
        """Windows or series to learn from."""
        return self.train.n


def prepared(
    train: Dataset,
    labels: ArrayLike,
    test: Dataset,
    test_labels: ArrayLike,
    *,
    classes: Sequence[str],
    shape: tuple[int, ...],
) -> LabelledWindows:
    """Take what was split and prepared elsewhere.

    Parameters
    ----------
    train, test : Dataset
        Points (n, T * D), prepared by what was fitted on the training part.
    labels, test_labels : array_like of int
        Classes from 0; what has -1 is left out.
    classes : sequence of str
        What they are called.
    shape : tuple of int
        (T, D).

    Returns
    -------
    LabelledWindows

    Raises
    ------
    DataError
        Where there is a single class, or too many.
    """
    steps, channels = shape
    first, learned = _known(train, labels)
    second, tested = _known(test, test_labels)
    check_classes("label", tuple(classes))
    names = tuple(classes)
    still = np.zeros(channels), np.ones(channels)
    return both_parts(first, learned, second, tested, names, (steps, channels), *still, {}, [])


def _known(data: Dataset, labels: ArrayLike) -> tuple[Dataset, Integers]:
    """Leave out what has no label."""
    codes = np.asarray(labels, dtype=np.int64)
    if len(codes) != data.n:
        raise DataError(f"{data.n:,} series, but {len(codes):,} labels.")
    known = np.flatnonzero(codes >= 0)
    if not len(known):
        raise DataError("One part has no labels; both need some to learn from and to test.")
    return (data if len(known) == data.n else _some(data, known)), codes[known]


def _some(data: Dataset, places: Integers) -> Dataset:
    """Give some rows of a Dataset."""
    names = data.source.names
    return replace(
        data,
        points=data.points[places],
        rows=data.rows[places],
        features=None if data.features is None else data.features.iloc[places],
        weights=None if data.weights is None else data.weights[places],
        source=replace(data.source, names=tuple(names[i] for i in places) if names else ()),
    )


def columns_of(channels: Sequence[str], steps: int) -> tuple[str, ...]:
    """Name the coordinates of a point, step after step."""
    alone = len(channels) == 1
    return tuple(
        f"step {step}" if alone else f"{name}, step {step}"
        for step in range(1, steps + 1)
        for name in channels
    )


def both_parts(
    train: Dataset, train_labels: Integers, test: Dataset, test_labels: Integers,
    classes: tuple[str, ...], shape: tuple[int, int], middle: Floats, scale: Floats,
    how: Mapping[str, object], changes: Sequence[str],
) -> LabelledWindows:  # fmt: skip
    """Put the parts together and say which classes cannot be learned."""
    seen = set(train_labels.tolist())
    if len(seen) < 2:
        raise DataError(
            f"The training part has a single class, '{classes[next(iter(seen))][:80]}'; choose a "
            "larger share for it, or another target."
        )
    said = list(changes)
    new = [classes[each][:40] for each in sorted(set(test_labels.tolist()) - seen)]
    if new:
        said.append(f"Only the test part has {', '.join(new)}: what was never seen cannot be told.")
    return LabelledWindows(
        train, train_labels, test, test_labels, classes, shape, middle, scale, how, tuple(said)
    )
