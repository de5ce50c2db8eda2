r"""HDBSCAN: the clusters that live longest, from the merge tree that DBSCAN has.

DBSCAN cuts its tree at one epsilon. HDBSCAN takes each cluster at the epsilons at which it is
worth being one. As epsilon falls, a cluster falls apart again and again. Where two or more of the
parts have at least `min_cluster_size` points it *splits*, and these are new clusters; else it only
becomes smaller, and the points of the small parts leave it. What is left is the *condensed tree*,
which is small enough to be looked at.

A cluster's *stability* is how long its points stay, in units of density, lambda = 1 / eps:

.. math:: S(C) = \sum_{x \in C} \lambda_{\text{leaves}}(x) - \lambda_{\text{born}}(C) .

From the leaves up, a cluster is chosen where it is at least as stable as the best clusters
below it together (*excess of mass*). All points at once are never chosen as a cluster.

A point that becomes core may join two clusters in that moment, so that several merges are at one
epsilon. Other implementations undo these one by one, and to which cluster such a point belongs
hangs on the order of the rows. Here all merges at one epsilon are undone together: the parts are
DBSCAN's clusters just below it, and the point leaves before either of them is born.

References
----------
R. Campello, D. Moulavi, J. Sander, Density-based clustering based on hierarchical density
estimates, PAKDD 2013. L. McInnes, J. Healy, Accelerated hierarchical density clustering, ICDMW
2017.
"""

from clustering.dbscan.epsilons import EpsilonAxis
from clustering.hdbscan.condensed import Condensed, condensed
from clustering.partition import Partition

__all__ = ["Condensed", "chosen", "condensed", "fit"]

NO_RULE = (
    "HDBSCAN's clusters live at different epsilons, so that it has no rule for new points; take "
    "DBSCAN at an epsilon at which the cluster lives, or cluster all points together."
)


def fit(axis: EpsilonAxis, *, min_cluster_size: int = 5) -> Partition:
    """Give the clusters that HDBSCAN chooses.

    Parameters
    ----------
    axis, min_cluster_size
        As for `condensed`.

    Returns
    -------
    Partition
        Numbered by the first member. Facts: ``noise`` (points) and ``membership``, the mean
        of `Condensed.membership` over the points that are not noise.

    Raises
    ------
    ParameterError
        As `condensed` does.

    Notes
    -----
    The labels of ``sklearn.cluster.HDBSCAN(min_cluster_size, min_samples)``, up to numbering,
    where no two merges are at one distance; else nearly so, and the same in any order of the rows.

    Examples
    --------
    >>> from clustering import dbscan
    >>> from clustering.dataset import Dataset
    >>> data = Dataset.from_points([[0.0], [1.0], [2.1], [10.0], [11.0], [12.1], [40.0]])
    >>> fit(dbscan.axis(data, min_samples=2), min_cluster_size=3).labels.tolist()
    [0, 0, 0, 1, 1, 1, -1]
    """
    return chosen(axis, condensed(axis, min_cluster_size))


def chosen(axis: EpsilonAxis, tree: Condensed) -> Partition:
    """Give the clusters that were chosen in a condensed tree, as `fit` does.

    Parameters
    ----------
    axis : EpsilonAxis
        What was condensed.
    tree : Condensed
        Its condensed tree.

    Returns
    -------
    Partition
        As `fit` gives it.
    """
    inside = tree.labels >= 0
    return Partition(
        labels=tree.labels,
        rows=axis.dataset.rows,
        method="hdbscan",
        parameters={"min_cluster_size": tree.min_cluster_size, "min_samples": axis.min_samples},
        facts={
            "noise": float((~inside).sum()),
            "membership": float(tree.membership[inside].mean()) if inside.any() else 0.0,
        },
        assigner=NO_RULE,
    )
