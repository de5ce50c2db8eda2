"""Preparation: fitted on the training part alone, then applied to any series.

What it learns from the training part is little: the mean that stands for missing values, the
mean and standard deviation of each channel, and how many steps a row has room for. All else
happens within each series. So the test part can change as it likes, and neither the points of
the training part nor any scale changes by a bit.
"""

from dataclasses import dataclass

import numpy as np

from clustering.data.sequences.choices import Choices, suggest
from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.laid_out import columns_of, described, off_the_padding
from clustering.data.sequences.padding import as_steps, kept, lengths, padded
from clustering.data.sequences.series_made import Ready, complete, spaced
from clustering.data.sequences.trends import course
from clustering.data.sequences.warping import warping
from clustering.dataset import EUCLIDEAN, Dataset, Floats, Source, frozen
from clustering.errors import PreparationError, UnsupportedError
from clustering.words import amount

__all__ = ["Choices", "Preparation", "fit", "suggest"]

TINY = 1e-12
"""Standard deviation, as a share of the largest value, below which values are all the same."""


@dataclass(frozen=True, eq=False, slots=True)
class Preparation:
    """How series become points, as learnt from the training part.

    Attributes
    ----------
    choices : Choices
    channels : tuple of D str
    shape : (T, D)
        Steps and channels of a point.
    center, scale : ndarrays of shape (D,)
        What is subtracted from every value and what it is divided by; 0 and 1 where each series
        is scaled by itself, or none is.
    fill : ndarray of shape (D,)
        Mean of the known values of the training part.
    changes : tuple of str
        A sentence for what was learnt.
    """

    choices: Choices
    channels: tuple[str, ...]
    shape: tuple[int, int]
    center: Floats
    scale: Floats
    fill: Floats
    changes: tuple[str, ...] = ()

    def apply(self, sequences: SequenceSet, *, steps: int | None = None) -> Dataset:
        """Make points of series.

        Parameters
        ----------
        sequences : SequenceSet
            Of the same channels; the training part itself, a test part, or new ones.
        steps : int, optional
            Steps that a row has room for, at least those of the longest; ``shape[0]`` when left
            out.

        Returns
        -------
        Dataset
            Points (n, T * D), `PADDING` behind the end of shorter series. Distances are euclidean
            where all are of one length, by dynamic time warping where one is padded. ``rows`` are
            the ``places`` of the series, ``features`` tell length, mean, lowest and highest value
            in original units.

        Raises
        ------
        PreparationError
            Where nothing is left, or channels differ from those of the training part.
        DataError
            Where a series has more steps than there is room for.

        Notes
        -----
        O(number of values), and STL's own time.
        """
        self._fits(sequences)
        ready = complete(spaced(sequences, self.choices), sequences, self.choices, fill=self.fill)
        made = [self._made(each, ready, place, sequences)[0]
                for place, each in enumerate(ready.series)]  # fmt: skip
        room = self.shape[0] if steps is None else steps
        points = padded([off_the_padding(each) for each in made], steps=room)
        shape = (room, self.shape[1])
        even = bool((lengths(points, shape) == room).all())
        at = ready.at
        names = tuple(sequences.names[place] for place in at) if sequences.names else ()
        return Dataset(
            points,
            columns_of(self.channels, room),
            sequences.places[at],
            Source(sequences.name, sequences.member, names),
            features=described(ready, sequences),
            metric=EUCLIDEAN if even else warping(shape),
            changes=(*ready.notes, *self.changes),
            left_out=ready.left_out,
        )

    def back(
        self, points: Floats, *, sequences: SequenceSet | None = None, rows: object = None
    ) -> Floats:
        """Give points in original units.

        Parameters
        ----------
        points : ndarray of shape (n, T * D)
            As `apply` gives them, or as a network rebuilds them.
        sequences : SequenceSet, optional
            What was applied; needed where each series was scaled by itself or lost its trend.
        rows : ndarray of shape (n,), optional
            The Dataset's ``rows`` of these points; those of all when left out.

        Returns
        -------
        ndarray of shape (n, T, D)
            NaN behind the end of each series.

        Raises
        ------
        UnsupportedError
            Where `sequences` is needed and not given.
        """
        shape = (points.shape[1] // self.shape[1], self.shape[1])
        values = np.where(kept(points, shape)[:, :, None], as_steps(points, shape), np.nan)
        if self.choices.scaling != "series" and self.choices.trend == "keep":
            return np.asarray(values * self.scale + self.center)
        if sequences is None:
            raise UnsupportedError(
                "Each series was prepared by itself, so its own level is needed to lead it back."
            )
        ready = complete(spaced(sequences, self.choices), sequences, self.choices, fill=self.fill)
        known = {int(sequences.places[at]): place for place, at in enumerate(ready.at)}
        every = range(len(ready.at))
        whole = every if rows is None else [known[row] for row in np.asarray(rows).tolist()]
        for value, place in zip(values, whole, strict=True):
            _, taken, center, scale = self._made(ready.series[place], ready, place, sequences)
            end = min(len(taken), shape[0])
            value *= scale
            value += center
            value[:end] += taken[:end]
        return values

    def _made(
        self, values: Floats, ready: Ready, place: int, sequences: SequenceSet
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Take the trend out of one series and scale it; give what was taken out, too."""
        called = f"'{sequences.name_of(int(ready.at[place]))}'"
        taken = course(values, trend=self.choices.trend, period=self.choices.period, called=called)
        rest = values if self.choices.trend == "keep" else values - taken
        center, scale = self.center, self.scale
        if self.choices.scaling == "series":
            center, scale = moments(rest, largest=np.abs(values).max(axis=0))
        return (rest - center) / scale, taken, center, scale

    def _fits(self, sequences: SequenceSet) -> None:
        """Refuse series of other channels."""
        if sequences.d != len(self.channels):
            raise PreparationError(
                f"These series have {sequences.d:,} channels, and the training part has "
                f"{len(self.channels):,}; bring the same ones."
            )


def fit(
    sequences: SequenceSet, choices: Choices | None = None, *, beside: SequenceSet | None = None
) -> Preparation:
    """Learn from the training part what makes series points.

    Parameters
    ----------
    sequences : SequenceSet
        The training part, and nothing else.
    choices : Choices, optional
        What is to be done; `suggest` when left out.
    beside : SequenceSet, optional
        Series that will be applied later: a row gets room for them, too. Nothing of them is
        looked at but how long they are and where they lack values.

    Returns
    -------
    Preparation

    Raises
    ------
    PreparationError
        Where fewer than two series are left.

    Examples
    --------
    >>> both = SequenceSet(([[1.0], [3.0]], [[5.0]] * 3), ("x",))
    >>> fitted = fit(both, Choices(scaling="none"))
    >>> data = fitted.apply(both)
    >>> fitted.shape, data.metric.name, data.columns
    ((3, 1), 'dynamic time warping', ('step 1', 'step 2', 'step 3'))
    """
    choices = suggest(sequences) if choices is None else choices
    if sequences.n < 2:
        raise PreparationError(
            f"There is only one {sequences.member}, and it takes two to compare; bring more, or "
            "cut a long one into windows."
        )
    ready = spaced(sequences, choices)
    stacked = np.concatenate(ready.series)
    known = (~np.isnan(stacked)).sum(axis=0)
    fill = np.nansum(stacked, axis=0) / np.where(known, known, np.nan)
    ready = complete(ready, sequences, choices, fill=fill)
    if len(ready.series) < 2:
        raise PreparationError(
            f"Only one {sequences.member} is left, and it takes two to compare: "
            + " ".join(ready.notes)
        )
    d = sequences.d
    plain = Preparation(choices, sequences.channels, (0, d), np.zeros(d), np.ones(d), frozen(fill))
    rest = [
        plain._made(each, ready, place, sequences)[0] for place, each in enumerate(ready.series)
    ]
    center, scale = (
        moments(np.concatenate(rest), largest=np.abs(np.concatenate(ready.series)).max(axis=0))
        if choices.scaling == "all"
        else (np.zeros(d), np.ones(d))
    )
    longest = max(len(each) for each in rest)
    if beside is not None:
        series = spaced(beside, choices).series
        if choices.missing == "drop":
            series = tuple(each[~np.isnan(each).any(axis=1)] for each in series)
        longest = max(longest, *map(len, series))
    return Preparation(
        choices, sequences.channels, (longest, d), frozen(center), frozen(scale), frozen(fill),
        told(choices, sequences, center, scale),
    )  # fmt: skip


def moments(values: Floats, *, largest: Floats) -> tuple[Floats, Floats]:
    """Give mean and standard deviation of each channel, 1 for what is all the same.

    What a trend has left of `largest` values by rounding is all the same, too.
    """
    center, scale = values.mean(axis=0), values.std(axis=0)
    return center, np.where(scale > TINY * np.maximum(largest, TINY), scale, 1.0)


def told(
    choices: Choices, sequences: SequenceSet, center: Floats, scale: Floats
) -> tuple[str, ...]:
    """Say what was done to values, each with the choice that undoes it."""
    notes = []
    if choices.trend == "linear":
        notes.append("A straight line was taken out of each series; choose to keep the trend.")
    if choices.trend == "stl":
        notes.append(
            f"Trend and a season of {choices.period:,} steps were taken out of each series by STL; "
            "choose to keep them."
        )
    if choices.scaling == "series":
        notes.append(
            "Each series was brought to mean 0 and standard deviation 1, so that its shape alone "
            "counts; choose one scale for all to keep levels."
        )
    if choices.scaling == "all":
        few = ", ".join(
            f"{name[:40]} {amount(float(mean))} and {amount(float(spread))}"
            for name, mean, spread in list(zip(sequences.channels, center, scale, strict=True))[:4]
        )
        more = ", ..." if sequences.d > 4 else ""
        notes.append(
            f"Values were standardised by mean and standard deviation of the training part: {few}"
            f"{more}."
        )
    return tuple(notes)
