"""Outliers: single cells or rows far from all others.

A mean follows what is far away, and k-means gives three wild rows a cluster of their
own. Clipping keeps the row and takes the edge off its cell; the rule of one and a half
interquartile ranges and the isolation forest leave the row out. Whether it was an error
or the most interesting row of all, only a look at it tells.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

from clustering.data.choices import Outliers
from clustering.data.steps.stages import Stage, Step, Work, listed
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["Bounds", "Forest", "fitted"]

TITLE = "Outliers"
Mask = NDArray[np.bool_]
QUANTILES = (0.01, 0.99)
LARGEST = 1e38
SHARE = 0.05  # of the rows, which the forest leaves out
REACH = 1.5  # interquartile ranges beyond the quartiles
KEEP = "choose to keep outliers to undo this."


@dataclass(frozen=True, eq=False, slots=True)
class Bounds:
    """Between which values each column of numbers lies.

    Attributes
    ----------
    choice : {"keep", "clip", "iqr"}
        Clip cells beyond, or leave their rows out.
    low, high : ndarray of shape (numbers,)
        The bounds.
    """

    choice: Outliers
    low: Floats
    high: Floats

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Clip cells, or leave rows out."""
        if self.choice == "keep":
            return work, Stage("outliers", TITLE)
        if not work.numbers:
            said = "No column of numbers is used, so no outlier was looked for."
            return work, Stage("outliers", TITLE, (said,))
        measured = work.points[:, : work.numbers]
        wild = (measured < self.low) | (measured > self.high)
        places = np.flatnonzero(wild.any(axis=0)).tolist()
        if not places:
            return work, Stage("outliers", TITLE, ("No outlier was found.",))
        names = [work.columns[place] for place in places]
        before = work.seen(places)
        if self.choice == "clip":
            points = work.points.copy(order="F")
            np.clip(measured, self.low, self.high, out=points[:, : work.numbers])
            work = replace(work, points=points)
            said = (
                f"{count(int(wild.sum()), 'cell')} in {listed(names)} beyond the quantiles of 1 "
                f"and 99 % set to these; {KEEP}"
            )
            return work, Stage("outliers", TITLE, (said,), before=before, after=work.seen(places))
        kept = np.asarray(~wild.any(axis=1))
        said = (
            f"{int((~kept).sum()):,} of {count(len(kept), 'row')} left out, beyond {REACH} "
            f"interquartile ranges from the quartiles in {listed(names)}; {KEEP}"
        )
        return left_out(work, kept, said, places)


@dataclass(frozen=True, eq=False, slots=True)
class Forest:
    """An isolation forest: rows that few random cuts set apart are outliers.

    Attributes
    ----------
    model : fitted IsolationForest
        ``IsolationForest(contamination=0.05, random_state=seed)``: how many are
        outliers is not found out, but set.

    References
    ----------
    Liu, F. T., Ting, K. M. and Zhou, Z.-H. "Isolation forest", ICDM 2008, pp. 413-422.
    """

    model: IsolationForest

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Leave rows out."""
        check(work)
        kept = self.model.predict(work.points) == 1
        if kept.all():
            return work, Stage("outliers", TITLE, ("The isolation forest found no outlier.",))
        said = (
            f"{int((~kept).sum()):,} of {count(len(kept), 'row')} left out, the {SHARE:.0%} that "
            f"an isolation forest sets apart most easily; {KEEP}"
        )
        return left_out(work, kept, said, list(range(work.points.shape[1])))


def check(work: Work) -> None:
    """Refuse numbers that the forest, which computes in single precision, cannot hold."""
    largest = np.abs(work.points).max(axis=0)
    if largest.max() > LARGEST:
        name = work.columns[int(largest.argmax())]
        raise PreparationError(
            f"Column '{name[:40]}' holds values up to {largest.max():.3g}, too large for an "
            "isolation forest; choose another rule for outliers, or leave the column out."
        )


def left_out(work: Work, kept: Mask, said: str, places: list[int]) -> tuple[Work, Stage]:
    """Leave rows out, and say so."""
    if not kept.any():
        raise PreparationError(f"All {len(kept):,} rows are taken for outliers; {KEEP}")
    before = work.seen(places)
    work = work.keep(kept, "outlier")
    dropped = int((~kept).sum())
    return work, Stage(
        "outliers", TITLE, (said,), dropped=dropped, before=before, after=work.seen(places)
    )


def fitted(work: Work, choice: Outliers, seed: int) -> Step:
    """Find out from these rows what is far away.

    Parameters
    ----------
    work : Work
        Rows with their coordinates.
    choice : Outliers
        The rule.
    seed : int
        Of the forest.

    Returns
    -------
    Bounds or Forest
        Bounds are of the measured numbers alone. Where half of a column is one and the
        same value, so that its quartiles are equal, the rule of interquartile ranges
        would take all else for outliers; such a column has no bounds.
    """
    if choice == "forest":
        check(work)
        return Forest(IsolationForest(contamination=SHARE, random_state=seed).fit(work.points))
    measured = work.points[:, : work.numbers]
    empty = np.empty(0)
    if choice == "keep" or not work.numbers:
        return Bounds(choice, empty, empty)
    if choice == "clip":
        low, high = np.quantile(measured, QUANTILES, axis=0)
        return Bounds(choice, low, high)
    first, third = np.quantile(measured, [0.25, 0.75], axis=0)
    reach = np.where(third > first, REACH * (third - first), np.inf)
    return Bounds(choice, first - reach, third + reach)
