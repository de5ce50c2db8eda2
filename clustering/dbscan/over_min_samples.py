"""The atlas: what DBSCAN says at every epsilon and many min_samples at once.

Epsilon is searched, min_samples is usually just taken to be 5. Whether that matters is seen on
a map with both as its axes: where the number of clusters is one colour over a wide area, it
does not. Every row of the map is an axis of its own, with its own spanning tree, and its cells
are exact; the neighbours are looked for once, for the largest min_samples.
"""

from dataclasses import dataclass

import numpy as np

from clustering.checks import shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.dbscan.checks import check, is_count
from clustering.dbscan.epsilons import grown
from clustering.dbscan.events import Events, counted, events, touching, widest
from clustering.errors import ParameterError
from clustering.geometry.neighbourhood import fewer, neighbourhood
from clustering.progress import Report, part, silent
from clustering.words import count

__all__ = ["LADDER", "Atlas", "atlas"]

LADDER = (2, 3, 4, 5, 7, 10, 14, 20, 28, 40)
"""Values of min_samples, each about 1.4 times the one before."""
CELLS = 80
LOST, TOGETHER = 0.9, 0.99
"""The map begins where fewer points are noise, and ends where more are in one cluster."""


@dataclass(frozen=True, eq=False, slots=True)
class Atlas:
    """A map of epsilon and min_samples; r rows and c columns.

    Attributes
    ----------
    min_samples : ndarray of shape (r,), int64
        Ascending.
    eps : ndarray of shape (c,)
        Ascending, in equal steps of the logarithm.
    clusters, large : ndarray of shape (r, c)
        Number of clusters, and of large ones, at exactly this epsilon.
    noise, largest : ndarray of shape (r, c)
        Share of the points that is noise, and that is core in the largest cluster.
    low, high : ndarray of shape (r,)
        Where the widest plateau of each row begins and ends; NaN where a row has none.
    plateau : ndarray of shape (r,)
        Number of large clusters on it, as `EpsilonAxis.plateaus` counts them; NaN for none.
    """

    min_samples: Integers
    eps: Floats
    clusters: Floats
    large: Floats
    noise: Floats
    largest: Floats
    low: Floats
    high: Floats
    plateau: Floats


def atlas(
    dataset: Dataset,
    *,
    min_samples: tuple[int, ...] = LADDER,
    cells: int = CELLS,
    report: Report = silent,
) -> Atlas:
    """Map DBSCAN over epsilon and min_samples.

    Parameters
    ----------
    dataset : Dataset
        As for `clustering.dbscan.axis`.
    min_samples : tuple of int
        Rows of the map; those that are more than there are points are left out.
    cells : int
        Columns of the map, from 2 to 1,000.
    report : callable
        Told while neighbours are looked for, and after each row.

    Returns
    -------
    Atlas
        Its epsilons reach from where a tenth of the points is no longer noise in the lowest
        row to where 99 % are in one cluster in every row.

    Raises
    ------
    ParameterError
        Where a min_samples is no whole number from 1, none is left, or `cells` is none.
    UnsupportedError, DataError
        As `clustering.dbscan.axis` does.

    Notes
    -----
    About as long as one axis for each row; memory as for the largest min_samples.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0], [10.0], [11.0]])
    >>> found = atlas(data, min_samples=(2, 3, 9), cells=4)
    >>> found.min_samples.tolist(), found.eps.round(2).tolist()
    ([2, 3], [1.0, 1.91, 3.66, 7.0])
    >>> found.clusters.tolist(), found.low.tolist(), found.high.tolist()
    ([[2.0, 2.0, 2.0, 1.0], [2.0, 2.0, 2.0, 1.0]], [1.0, 2.0], [7.0, 7.0])
    """
    if not is_count(cells, 2) or cells > 1000:
        raise ParameterError(f"cells = {shown(cells)}; choose a whole number from 2 to 1,000.")
    for each in min_samples:
        if not is_count(each):
            raise ParameterError(f"min_samples = {shown(each)}; choose a whole number from 1.")
    total = dataset.mass.sum()
    rows = sorted({int(each) for each in min_samples if each <= total})
    if not rows:
        raise ParameterError(
            f"Every min_samples is more than the {count(int(total), 'point')}; choose smaller ones."
        )
    check(dataset, rows[-1])

    share = 100 / (len(rows) + 1)
    most = neighbourhood(dataset, rows[-1], report=part(report, 0, share))
    found: list[Events] = []
    plateaus = np.full((len(rows), 3), np.nan)
    for row, each in enumerate(rows):
        near = fewer(dataset, most, each)
        tree = grown(dataset, near, report=part(report, (row + 1) * share, (row + 2) * share))
        here = events(dataset, near, touching(near), tree)
        found.append(here)
        values = here.values
        curves = here.curves(values)
        for low, high in widest(values, curves)[:1]:
            plateaus[row] = low, high, curves[counted(curves)][np.searchsorted(values, low)]
    eps = _epsilons(found, int(cells))
    tables = [each.curves(eps) for each in found]
    return Atlas(
        min_samples=frozen(rows, np.int64),
        eps=frozen(eps),
        clusters=frozen([table["clusters"] for table in tables]),
        large=frozen([table["large"] for table in tables]),
        noise=frozen([table["noise"] / dataset.n for table in tables]),
        largest=frozen([table["largest"] for table in tables]),
        low=frozen(plateaus[:, 0]),
        high=frozen(plateaus[:, 1]),
        plateau=frozen(plateaus[:, 2]),
    )


def _epsilons(found: list[Events], cells: int) -> Floats:
    """Choose epsilons that show where something happens in any row."""
    n = len(found[0].core)
    reached = found[0].reached[found[0].reached > 0]
    low = float(reached[int((1 - LOST) * len(reached))]) if len(reached) else 0.0
    high = 0.0
    for each in found:
        enough = np.append(each.biggest[1:] >= TOGETHER * n, True)
        last = min(int(enough.argmax()), len(each.joined) - 1)
        high = max(high, float(each.core[-1]) if last < 0 else float(each.joined[last]))
    low = low or high or 1.0
    high = max(high, 2 * low)
    eps: Floats = np.geomspace(low, high, cells)
    eps[0], eps[-1] = low, high
    return eps
