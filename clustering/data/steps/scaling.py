"""Scaling: which say each column gets in a distance.

A distance adds up squared differences, so a column in small units (grams where another
is in kilometres) drowns the others. Each scaler of scikit-learn sets one thing equal:
the standard deviation, the range, or the interquartile range, which a few wild values
cannot stretch. What to set equal is a decision, not a formality; where all columns have
one unit, such as money, no scaling may well be the right one.

Columns of 0 and 1 stay as they are: scaled, the rarest word would be the farthest from
all others. The three coordinates on the globe are divided by one number, or it would be
a globe no more.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from clustering.checks import LARGEST
from clustering.data.choices import Scaling
from clustering.data.steps.stages import Stage, Work
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import amount, count

__all__ = ["SCALED", "SCALERS", "UNITS", "Scaled", "Scaler", "fitted", "scaled"]

Scaler: TypeAlias = StandardScaler | MinMaxScaler | RobustScaler
SCALERS = {"standard": StandardScaler, "min-max": MinMaxScaler, "robust": RobustScaler}
UNITS = {"standard": "standardised", "min-max": "from 0 to 1", "robust": "robustly scaled"}
SCALED = {
    "standard": "scaled to mean 0 and standard deviation 1",
    "min-max": "scaled to run from 0 to 1",
    "robust": "scaled to median 0 and interquartile range 1",
}
TITLE = "Scaling"


@dataclass(frozen=True, eq=False, slots=True)
class Scaled:
    """How coordinates are scaled.

    Attributes
    ----------
    choice : {"none", "standard", "min-max", "robust"}
        As in `Choices`.
    scaler : fitted scaler of scikit-learn, or None
        Of the coordinates that are scaled one by one.
    globe : ndarray of shape (4,), or None
        Middle of the places on the globe and the number that they are divided by.
    """

    choice: Scaling
    scaler: Scaler | None = None
    globe: Floats | None = None

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Scale the coordinates."""
        if self.choice == "none":
            return work, Stage("scaling", TITLE)
        size, d = work.scalable, work.points.shape[1]
        three = d if self.globe is None else d - 3
        said = []
        places = [*range(size), *range(three, d)]
        before = work.seen(places)
        points = work.points.copy(order="F")
        names = list(work.columns)
        if self.scaler is not None:
            points[:, :size] = scaled(self.scaler, work.points[:, :size])
            names[:size] = [f"{name} ({UNITS[self.choice]})" for name in names[:size]]
            said.append(
                f"{count(size, 'column')} {SCALED[self.choice]}; "
                "choose scaling 'none' for the original units."
            )
        if self.globe is not None:
            points[:, three:] = (points[:, three:] - self.globe[:3]) / self.globe[3]
            names[three:] = ["x (scaled)", "y (scaled)", "z (scaled)"]
            said.append(
                "The three coordinates on the globe divided by one number, "
                f"{amount(self.globe[3])} km, so that it keeps its shape and counts as one column; "
                "choose scaling 'none' for kilometres."
            )
        if size < three and said:
            kept = count(three - size, "other coordinate")
            said.append(f"{kept} left without scaling, which would distort them.")
        work = replace(work, points=points, columns=tuple(names))
        return work, Stage("scaling", TITLE, tuple(said), before=before, after=work.seen(places))


def fitted(work: Work, choice: Scaling, *, sphere: bool) -> Scaled:
    """Fit one of scikit-learn's scalers.

    Parameters
    ----------
    work : Work
        Rows with their coordinates.
    choice : Scaling
        Which scaler.
    sphere : bool
        True where the last three coordinates are places on the globe.

    Returns
    -------
    Scaled
    """
    if choice == "none":
        return Scaled(choice)
    scaler, globe = None, None
    if work.scalable:
        with np.errstate(all="ignore"):
            scaler = SCALERS[choice]().fit(work.points[:, : work.scalable])
    if sphere:
        xyz = work.points[:, -3:]
        spread = float(np.sqrt(xyz.var(axis=0).sum()))
        globe = np.append(xyz.mean(axis=0), spread if spread > 0.0 else 1.0)
    return Scaled(choice, scaler, globe)


def scaled(scaler: Scaler, cells: Floats) -> Floats:
    """Apply a scaler and refuse what it blows up beyond measure.

    Parameters
    ----------
    scaler : fitted scaler of scikit-learn
        Fitted on d columns.
    cells : ndarray of shape (m, d)
        Finite numbers.

    Returns
    -------
    ndarray of shape (m, d)
        Scaled numbers.

    Raises
    ------
    PreparationError
        Where a scaled number is beyond `LARGEST`.
    """
    with np.errstate(all="ignore"):
        points = np.asarray(scaler.transform(cells), dtype=np.float64)
    if not (np.abs(points) <= LARGEST).all():
        raise PreparationError(
            "Scaling makes numbers too large for distances, because a column hardly varies "
            "around huge values; choose another scaling."
        )
    return points
