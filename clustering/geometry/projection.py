"""A flat view of points that have more than two columns.

A screen has two directions. Two columns are shown as they are; of more, either two
are chosen and the others not seen, or the points are turned so that the two
directions in which they spread most lie on the screen (principal components).

Either way something is lost: a center that is near in all columns may look far in
two. Cells that are drawn around the projected centers therefore do not hold exactly
their clusters, and how many points lie in another's cell says how far the picture
may be trusted.

Places on the globe are shown by longitude and latitude. Other distances that have no
coordinates are laid out by classical scaling: places in the plane whose straight lines are as
near to the distances as any can be. A few hundred landmarks are laid out, and every
other point is put where its distances to them say.

References
----------
W. S. Torgerson, Multidimensional scaling I, Psychometrika 17, 1952. V. de Silva, J. B.
Tenenbaum, Sparse multidimensional scaling using landmark points, 2004.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from clustering.data.steps.distances import GREAT_CIRCLE
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry.nearest import nearest
from clustering.partition import Partition

__all__ = ["Kind", "View", "foreign", "view"]

Kind = Literal["identity", "strip", "columns", "pca", "places", "distances"]
LANDMARKS = 400
BLOCK = 4_096


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """A flat view: where each point lies on the screen, and how to get there.

    Attributes
    ----------
    kind : {"identity", "strip", "columns", "pca", "places", "distances"}
        Both columns there are; the only one, along a line; two of more; the two directions
        of greatest spread; longitude and latitude; or a layout of distances.
    axes : tuple of (str, str)
        Titles of the two axes.
    points : ndarray of shape (n, 2)
        Positions; the second is 0 in a strip.
    explained : float
        Share of the variance of all columns that is seen, from 0 to 1; NaN where
        there is no variance, and for a layout of distances.
    origin : ndarray of shape (d,)
        What is subtracted first.
    basis : ndarray of shape (d, 2)
        What the differences are multiplied by; zeros for a layout of distances, in which
        no other points can be placed.
    middle : ndarray of shape (d,)
        Mean of the points, on which `lift` falls back.
    """

    kind: Kind
    axes: tuple[str, str]
    points: Floats
    explained: float
    origin: Floats
    basis: Floats
    middle: Floats

    def project(self, points: ArrayLike) -> Floats:
        """Give the positions of other points (m, d), such as centers; shape (m, 2)."""
        return (np.atleast_2d(np.asarray(points, dtype=np.float64)) - self.origin) @ self.basis

    def lift(self, flat: ArrayLike) -> Floats:
        """Give the point (m, d) behind each position (m, 2), for a center placed by hand.

        What the picture does not show is taken from the middle of the data.
        """
        places = np.asarray(flat, dtype=np.float64).reshape(-1, 2)
        return self.middle + (places - self.project(self.middle)) @ self.basis.T


def view(dataset: Dataset, *, columns: tuple[int, int] | None = None) -> View:
    """Look at points from the side where most is seen, or along two columns.

    Parameters
    ----------
    dataset : Dataset
        Coordinates of any number of columns, places on the globe, or other distances.
    columns : tuple of two int, optional
        For coordinates: places of the columns to show, across and upwards. Left out: both of two,
        the only one as a strip, and of more the first two principal components.

    Returns
    -------
    View
        Positions of the points and the rule for others.

    Raises
    ------
    ParameterError
        Where `columns` are not two different columns of the data.

    Notes
    -----
    O(n d^2 + d^3) for principal components, whose direction is fixed by making the
    largest share of each positive.

    References
    ----------
    K. Pearson, "On lines and planes of closest fit to systems of points in space",
    Philosophical Magazine 2, 1901.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0, 5], [3, 1, 5], [6, 0, 5]])
    >>> view(data).axes
    ('PC1 (96 % of variance)', 'PC2 (4 % of variance)')
    >>> view(data, columns=(2, 0)).points.tolist()
    [[5.0, 0.0], [5.0, 3.0], [5.0, 6.0]]
    """
    if dataset.metric == GREAT_CIRCLE:
        axes = ("longitude (degrees)", "latitude (degrees)")
        return seen(dataset, "places", axes, np.zeros(2), np.eye(2))
    if not dataset.metric.is_euclidean:
        return laid_out(dataset)
    origin = np.zeros(dataset.d)
    if columns is None and dataset.d > 2:
        return principal(dataset)
    if dataset.d == 1:
        return seen(dataset, "strip", (dataset.columns[0], ""), origin, np.eye(1, 2))
    across, upwards = (0, 1) if columns is None else columns
    if across == upwards or not {across, upwards} <= set(range(dataset.d)):
        raise ParameterError(
            f"A view needs two different columns from 0 to {dataset.d - 1}, not {across} and "
            f"{upwards}."
        )
    return seen(
        dataset,
        "identity" if dataset.d == 2 else "columns",
        (dataset.columns[across], dataset.columns[upwards]),
        origin,
        np.eye(dataset.d)[:, [across, upwards]],
    )


def principal(dataset: Dataset) -> View:
    """View the two directions in which the weighted points spread most."""
    origin = np.average(dataset.points, axis=0, weights=dataset.weights)
    covariance = np.cov(dataset.points.T, aweights=dataset.weights, ddof=0)
    spread, directions = np.linalg.eigh(covariance)
    basis = directions[:, [-1, -2]]
    basis = basis * np.sign(basis[np.abs(basis).argmax(axis=0), [0, 1]])
    total = spread.sum()
    shares = spread[[-1, -2]] / total if total > 0 else np.zeros(2)
    first, second = (f"PC{i} ({share:.0%} of variance)" for i, share in enumerate(shares, 1))
    axes = (first.replace("%", " %"), second.replace("%", " %"))
    return seen(dataset, "pca", axes, origin, basis)


def laid_out(dataset: Dataset) -> View:
    """Lay distances out in the plane by classical scaling of evenly taken landmarks."""
    n, points = dataset.n, dataset.points
    marks = np.unique(np.linspace(0, n - 1, min(n, LANDMARKS)).astype(np.int64))
    squared = dataset.metric.between(points[marks], points[marks]) ** 2
    mean = squared.mean(axis=0)
    inner = -0.5 * (squared - mean[:, None] - mean[None, :] + mean.mean())
    spread, directions = np.linalg.eigh(inner)
    spread, directions = spread[::-1][:2], directions[:, ::-1][:, :2]
    directions = directions * np.sign(
        directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])]
    )
    ways = np.zeros((len(marks), 2))
    far = spread > 1e-12 * max(float(np.abs(inner).max(initial=0.0)), 1e-300)
    ways[:, : len(far)][:, far] = directions[:, far] / np.sqrt(spread[far])
    flat = np.empty((n, 2))
    for first in range(0, n, BLOCK):
        block = dataset.metric.between(points[first : first + BLOCK], points[marks]) ** 2
        flat[first : first + BLOCK] = -0.5 * (block - mean) @ ways
    name = dataset.metric.name.capitalize()
    unit = f" ({dataset.metric.unit})" if dataset.metric.unit else ""
    return View(
        "distances",
        (f"{name} layout 1{unit}", f"{name} layout 2{unit}"),
        frozen(flat),
        float("nan"),
        frozen(np.zeros(dataset.d)),
        frozen(np.zeros((dataset.d, 2))),
        frozen(points.mean(axis=0)),
    )


def seen(
    dataset: Dataset,
    kind: Kind,
    axes: tuple[str, str],
    origin: Floats,
    basis: Floats,
) -> View:
    """Make the view with this basis and measure how much of the variance it shows."""
    points = (dataset.points - origin) @ basis
    total, shown = (
        np.average(
            (x - np.average(x, axis=0, weights=dataset.weights)) ** 2,
            axis=0,
            weights=dataset.weights,
        ).sum()
        for x in (dataset.points, points)
    )
    explained = float(min(shown / total, 1.0)) if total > 0 else float("nan")
    middle = np.average(dataset.points, axis=0, weights=dataset.weights)
    return View(
        kind, axes, frozen(points), explained, frozen(origin), frozen(basis), frozen(middle)
    )


def foreign(view: View, partition: Partition) -> float:
    """Give the share of points that lie in the cell of another cluster's center.

    Parameters
    ----------
    view : View
        Where the points are on the screen.
    partition : Partition
        An answer with centers for the same points.

    Returns
    -------
    float
        From 0, where the picture tells the truth, to 1; noise is in nobody's cell.

    Raises
    ------
    UnsupportedError
        Where the answer has no centers.

    Examples
    --------
    >>> from clustering import kmeans
    >>> data = Dataset.from_points([[0, 0, 0], [0, 1, 0], [0, 0, 9], [0, 1, 9]])
    >>> answer = kmeans.fit(data, k=2)
    >>> foreign(view(data, columns=(1, 2)), answer), foreign(view(data, columns=(0, 1)), answer)
    (0.0, 0.5)
    """
    if partition.centers is None:
        raise UnsupportedError("This result has no centres, and so no cells to lie in.")
    middle = view.points.mean(axis=0)
    home = nearest(view.points - middle, view.project(partition.centers) - middle)
    return float(((home != partition.labels) & (partition.labels >= 0)).mean())
