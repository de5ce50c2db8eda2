r"""DBSCAN: clusters are where points are dense, for every epsilon at once.

A point is *core* where at least `min_samples` points, itself included, lie within eps of it.
Core points within eps of one another are of one cluster. A point that is not core but lies
within eps of one is a *border* point of its cluster; all others are *noise*.

scikit-learn computes this for one eps. Here it is computed for all: each point has a distance
from which on it is core, each pair of core points one from which on they reach each other, and
of these pairs only the edges of a minimum spanning tree matter (`trees.spanning`). As eps
grows, points become core and edges join them:

.. math:: \text{clusters}(\varepsilon) = \#\{\text{core} \le \varepsilon\}
          - \#\{\text{edges} \le \varepsilon\} .

Where a border point lies within eps of core points of several clusters, it belongs to the one
that was found first, which is the one whose first core point stands first in the data; that is
how scikit-learn's labels come about, and so these are equal to them, numbers and all. (At an
eps that *is* a distance between two points, to the last digit, scikit-learn's own algorithms
disagree with one another; here such points are within eps.)

References
----------
M. Ester, H.-P. Kriegel, J. Sander, X. Xu, A density-based algorithm for discovering clusters in
large spatial databases with noise, KDD 1996. E. Schubert et al., DBSCAN revisited, revisited,
ACM TODS 42, 2017.
"""

from clustering.dataset import Dataset
from clustering.dbscan.border import Within
from clustering.dbscan.cost import Estimate, estimate
from clustering.dbscan.epsilons import EpsilonAxis, axis
from clustering.dbscan.in_python import in_python
from clustering.dbscan.k_distances import Knee, knee
from clustering.dbscan.over_min_samples import Atlas, atlas
from clustering.dbscan.scored import Grid, grid
from clustering.dbscan.sights import Plateau, Sights, rounded, sights
from clustering.geometry.metrics import measured
from clustering.partition import Partition

__all__ = [
    "Atlas",
    "EpsilonAxis",
    "Estimate",
    "Grid",
    "Knee",
    "Plateau",
    "Sights",
    "Within",
    "atlas",
    "axis",
    "estimate",
    "fit",
    "grid",
    "in_python",
    "knee",
    "rounded",
    "sights",
]


def fit(
    dataset: Dataset, *, eps: float, min_samples: int = 5, metric: str | None = None
) -> Partition:
    """Give the clusters at one epsilon.

    Parameters
    ----------
    dataset, min_samples
        As for `axis`.
    eps : float
        How near is near, in the unit of the metric.
    metric : str, optional
        How coordinates are measured, as in `geometry.metrics.measured`; left out, as the
        data say.

    Returns
    -------
    Partition
        As `EpsilonAxis.at` gives it.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `axis` and `EpsilonAxis.at` do.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0]])
    >>> fit(data, eps=1.0, min_samples=3).labels.tolist()
    [0, 0, 0, -1]
    """
    data = dataset if metric is None else measured(dataset, metric)
    return axis(data, min_samples=min_samples).at(eps)
