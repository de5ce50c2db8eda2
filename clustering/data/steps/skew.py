"""Skew: columns with a long tail to one side.

Incomes, counts and prices grow by factors rather than by steps: a logarithm makes equal
factors equal steps. The power transform of Yeo and Johnson finds for each column the
power that makes it most like a bell, and takes negative numbers, too.
"""

import warnings
from dataclasses import dataclass, replace

import numpy as np
from sklearn.preprocessing import PowerTransformer

from clustering.checks import LARGEST
from clustering.data.choices import Skew
from clustering.data.steps.stages import Stage, Work, begun, listed
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["Bend", "fitted"]

TITLE = "Skew"


@dataclass(frozen=True, eq=False, slots=True)
class Bend:
    """How columns of numbers are bent.

    Attributes
    ----------
    choice : {"none", "log", "yeo-johnson"}
        As in `Choices`.
    logged : tuple of int
        Coordinates without a negative value in the fitted table, which log takes.
    power : fitted PowerTransformer, or None
        ``PowerTransformer(standardize=False)`` of scikit-learn.
    """

    choice: Skew
    logged: tuple[int, ...] = ()
    power: PowerTransformer | None = None

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Bend the columns of numbers."""
        if self.choice == "none":
            return work, Stage("skew", TITLE)
        if not work.numbers:
            said = "No column of numbers is used, so none was bent."
            return work, Stage("skew", TITLE, (said,))
        if self.choice == "log":
            return self.log(work)
        before = work.seen(slice(work.numbers))
        measured = bent(self.power, work.points[:, : work.numbers])
        points = work.points.copy(order="F")
        points[:, : work.numbers] = measured
        said = (
            f"{count(work.numbers, 'column')} of numbers bent by the power transform of Yeo and "
            "Johnson; choose skew 'none' to undo this."
        )
        work = replace(work, points=points)
        return work, Stage(
            "skew", TITLE, (said,), before=before, after=work.seen(slice(work.numbers))
        )

    def log(self, work: Work) -> tuple[Work, Stage]:
        """Take ``log(1 + x)`` of the columns without negative values."""
        others = [work.columns[place] for place in range(work.numbers) if place not in self.logged]
        said = []
        places = list(self.logged)
        before = work.seen(places)
        if places:
            points = work.points.copy(order="F")
            below = int((points[:, places] < 0.0).sum())
            points[:, places] = np.log1p(np.maximum(points[:, places], 0.0))
            work = replace(work, points=points)
            said.append(
                f"log(1 + x) taken of {listed([work.columns[place] for place in places])}; "
                "choose skew 'none' to undo this."
            )
            if below:
                said.append(
                    f"{count(below, 'cell')} below 0, where the first table had none, counted "
                    "as 0; choose skew 'none' or Yeo-Johnson to undo this."
                )
        if others:
            said.append(
                f"{begun(listed(others))} left without a logarithm because "
                "of negative values; choose Yeo-Johnson, which takes them."
            )
        return work, Stage("skew", TITLE, tuple(said), before=before, after=work.seen(places))


def fitted(work: Work, choice: Skew) -> Bend:
    """Find which columns have a logarithm, or the power for each.

    Parameters
    ----------
    work : Work
        Rows with their coordinates.
    choice : Skew
        How to bend.

    Returns
    -------
    Bend

    Raises
    ------
    PreparationError
        Where the power transform has no answer in finite numbers.
    """
    measured = work.points[:, : work.numbers]
    if choice == "none" or not work.numbers:
        return Bend(choice)
    if choice == "log":
        return Bend(choice, tuple(np.flatnonzero(measured.min(axis=0) >= 0.0).tolist()))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            power = PowerTransformer(standardize=False).fit(measured)
        except (ValueError, RuntimeError, FloatingPointError, OverflowError) as error:
            raise PreparationError(NO_POWER) from error
    return Bend(choice, power=power)


NO_POWER = (
    "The power transform finds no finite numbers, because a column holds huge or nearly equal "
    "values; choose log, or leave that column out."
)


def bent(power: PowerTransformer | None, measured: Floats) -> Floats:
    """Apply a power transform, and refuse what it blows up beyond measure."""
    if power is None:
        return measured
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        points = np.asarray(power.transform(measured), dtype=np.float64)
    if not (np.abs(points) <= LARGEST).all():
        raise PreparationError(NO_POWER)
    return points
