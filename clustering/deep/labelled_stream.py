"""Labelled stream: values with a class at every step, split in time and cut into windows.

A stream is split in time first; then its channels are scaled by means and deviations of the
training part; then windows are cut in each part by itself. So none reaches over the seam, and
nothing of the test part is known to the scaling.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from clustering.data.sequences.stream import Stream
from clustering.dataset import Dataset, Floats, Integers, Source, digest, frozen
from clustering.deep.labelled import LabelledWindows, both_parts, columns_of
from clustering.deep.steady import seam_of, spread, steady, too_long
from clustering.deep.supervised import whole
from clustering.deep.targets import called, check_classes, check_share, coded, spelled
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = ["LABELS", "LabelledStream", "of_stream", "windowed"]

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
