"""Labelled: windows of a stream, or whole series, with a class each, in two parts.

A stream is split in time first; then its channels are scaled by means and deviations of the
training part; then windows are cut in each part by itself. So none reaches over the seam, and
nothing of the test part is known to the scaling.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from clustering.data.sequences.stream import Stream
from clustering.dataset import Dataset, Floats, Integers, Source, digest, frozen
from clustering.deep.steady import seam_of, spread, steady, too_long
from clustering.deep.supervised import whole
from clustering.deep.targets import called, check_classes, check_share, coded, spelled
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = [
    "LABELS",
    "LabelledStream",
    "LabelledWindows",
    "both_parts",
    "columns_of",
    "of_stream",
    "prepared",
    "windowed",
]

LABELS = {
    "last": "its last step",
    "first": "its first step",
    "most": "the class that most of its steps have",
}
"""What gives a window its label."""


@dataclass(frozen=True, eq=False, slots=True)
class LabelledStream:
    """A stream with a class at every step, before it is split.

    Attributes
    ----------
    values : ndarray of shape (m, D), float64
        The features, in original units; nothing is missing.
    codes : ndarray of shape (m,), int64
        The class of each step; -1 where it is not known.
    classes, channels : tuple of str
        What they are called.
    rows : ndarray of shape (m,), int64
        Place of each step in the user's own stream.
    target : str
        Column that the classes are from.
    name : str
        Of the stream.
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
    name: str = "stream"
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        for name in ("values", "codes", "rows"):
            assign(self, name, frozen(getattr(self, name)))
        names = (self.classes, self.channels, self.target)
        assign(self, "key", digest(self.values, self.codes, self.rows, names))

    @property
    def n(self) -> int:
        """Steps of the stream."""
        return len(self.values)


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


def of_stream(
    stream: Stream, target: str, *, features: Sequence[str] | None = None
) -> LabelledStream:
    """Take features and a target column out of a stream.

    Parameters
    ----------
    stream : Stream
        As it was read.
    target : str
        Column of classes: one of ``stream.others``, or a channel with few different values.
    features : sequence of str, optional
        Columns that are read; all channels but the target when left out.

    Returns
    -------
    LabelledStream
        Missing values filled from the past; a step without a class keeps -1.

    Raises
    ------
    DataError
        Where the target has a single class or too many, or there are no features.

    Examples
    --------
    >>> import pandas as pd
    >>> stream = Stream([0.0, 1.0], [[1.0], [2.0]], ("x",), pd.DataFrame({"kind": ["a", "b"]}))
    >>> of_stream(stream, "kind").classes
    ('a', 'b')
    """
    names = stream.channels if features is None else tuple(features)
    names = tuple(name for name in names if name != target)
    found = steady(stream, channels=names)
    cells = stream.column(target).iloc[found.rows]
    texts = cells.map(called, na_action="ignore")
    codes, classes = coded(texts)
    check_classes(target, classes)
    changes = [*found.changes, *spelled(classes)]
    unknown = int((codes < 0).sum())
    if unknown:
        changes.append(f"{count(unknown, 'row')} without a class: no window takes its label there.")
    return LabelledStream(
        found.values, codes, classes, found.channels, found.rows, target,
        stream.name, tuple(changes),
    )  # fmt: skip


def windowed(
    stream: LabelledStream,
    *,
    window: int = 10,
    stride: int = 1,
    share: float = 0.8,
    label: str = "last",
) -> LabelledWindows:
    """Split in time, scale on the training part, and cut windows after.

    Parameters
    ----------
    stream : LabelledStream
        What `of_stream` gave.
    window, stride : int
        Steps of a window, and from one to the next.
    share : float
        Of the steps that are the training part, which comes first.
    label : {"last", "first", "most"}
        What gives a window its label.

    Returns
    -------
    LabelledWindows
        No window reaches over the seam.

    Raises
    ------
    DataError
        Where a part is shorter than a window, or the training part has a single class.
    ParameterError
        Where an argument makes no sense.
    """
    if label not in LABELS:
        raise ParameterError(f"No label '{label}'; choose one of {', '.join(LABELS)}.")
    check_share(share)
    whole("window", window, most=10_000)
    whole("stride", stride, most=10_000)
    seam = seam_of(stream.n, share)
    for part, steps in (("training", seam), ("test", stream.n - seam)):
        if steps < window:
            raise too_long(window, f"the {part} part, which has {steps:,}")
    middle, scale = spread(stream.values[:seam])
    scaled = (stream.values - middle) / scale
    train, train_labels = _cut(stream, scaled, 0, seam, window, stride, label)
    test, test_labels = _cut(stream, scaled, seam, stream.n, window, stride, label)
    changes = [
        *stream.changes,
        f"Split in time: the first {seam:,} of {stream.n:,} steps are the training part.",
        "Scaled by means and deviations of the training part alone.",
        f"Windows of {window:,} steps were cut in each part by itself; the label of a window is "
        f"that of {LABELS[label]}.",
    ]
    how = {
        "kind": "stream", "window": window, "stride": stride, "seam": seam, "label": label,
        "target": stream.target, "channels": stream.channels,
    }  # fmt: skip
    shape = (window, scaled.shape[1])
    return both_parts(
        train, train_labels, test, test_labels, stream.classes, shape, middle, scale, how, changes
    )


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


def _cut(
    stream: LabelledStream, scaled: Floats, begin: int, end: int, window: int, stride: int,
    label: str,
) -> tuple[Dataset, Integers]:  # fmt: skip
    """Cut the windows of one part and label them."""
    starts = np.arange(begin, end - window + 1, stride)
    places = starts[:, None] + np.arange(window)
    codes = stream.codes[places]
    if label == "most":
        counts = np.stack([(codes == each).sum(axis=1) for each in range(len(stream.classes))])
        labels = np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), -1)
    else:
        labels = codes[:, -1 if label == "last" else 0]
    known = labels >= 0
    if not known.any():
        raise DataError("No window of one part has a class; choose another target or share.")
    places, channels = places[known], stream.channels
    columns = columns_of(channels, window)
    points = scaled[places].reshape(len(places), -1)
    rows = stream.rows[places[:, -1]]
    data = Dataset(points, columns, rows, Source(stream.name, "window"))
    return data, labels[known].astype(np.int64)


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
