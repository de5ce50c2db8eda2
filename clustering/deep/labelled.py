"""Labelled: windows of a stream, or whole series, with a class each, split before anything is fitted.

A stream is split in time first; then its channels are scaled by the means and deviations of the
training part; then windows are cut in each part by itself, so that none reaches over the seam and
nothing of the test part is known when the scaling is fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Dataset, Floats, Integers

__all__ = ["LABELS", "LabelledStream", "LabelledWindows"]

LABELS = ("last", "first", "most")
"""Which of its steps gives a window its label: its last, its first, or the most frequent."""


@dataclass(frozen=True, eq=False, slots=True)
class LabelledStream:
    """A stream with a class at every step, before it is split.

    Attributes
    ----------
    values : ndarray of shape (m, D), float64
        The features, in original units; nothing is missing.
    codes : ndarray of shape (m,), int64
        The class of each step.
    classes, channels : tuple of str
        What they are called.
    rows : ndarray of shape (m,), int64
        Place of each step in the user's own stream.
    target : str
        Column that the classes are from.
    changes : tuple of str
        What was done to it, as sentences.
    key : str
        Digest of the content.
    """

    values: Floats
    codes: Integers
    classes: tuple[str, ...]
    channels: tuple[str, ...]
    rows: Integers
    target: str
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    @property
    def n(self) -> int:
        """Steps of the stream."""
        return len(self.values)


@dataclass(frozen=True, eq=False, slots=True)
class LabelledWindows:
    """Windows or whole series with a class each, in a training and a test part: a ground.

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
        What was taken off and divided by, of the training part; zeros and ones where the points
        came prepared.
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
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    @property
    def n(self) -> int:
        """Windows or series to learn from."""
        return self.train.n


def of_stream(stream: Any, target: str, *, features: Sequence[str] | None = None) -> LabelledStream:
    """Take features and a target column out of a Stream (`data.sequences.Stream`).

    `target` is one of ``stream.others`` or a channel with few different values; `features` are
    channels, all of them (without the target) when left out.
    """
    raise NotImplementedError


def windowed(
    stream: LabelledStream,
    *,
    window: int = 10,
    stride: int = 1,
    share: float = 0.8,
    label: str = "last",
) -> LabelledWindows:
    """Split in time, scale on the training part, cut windows after."""
    raise NotImplementedError


def of_series(
    sequences: Any, *, share: float = 0.8, by: str = "series", scaling: str = "all", seed: int = 0
) -> LabelledWindows:
    """Split a SequenceSet with labels and prepare it.

    `by` is ``"series"`` (drawn, each class in its share) or ``"own"`` (as the file says);
    `scaling` is ``"all"``, ``"series"`` or ``"none"``.
    """
    raise NotImplementedError


def prepared(
    train: Dataset,
    labels: ArrayLike,
    test: Dataset,
    test_labels: ArrayLike,
    *,
    classes: Sequence[str],
    shape: tuple[int, ...],
) -> LabelledWindows:
    """Take what was split and prepared elsewhere (`data.sequences.fit`)."""
    raise NotImplementedError


Mask = NDArray[Any]
