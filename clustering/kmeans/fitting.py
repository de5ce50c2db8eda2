"""One k-means fit: scikit-learn's, as a Partition."""

import warnings

from clustering.checks import check_coordinates, check_k, check_run
from clustering.dataset import Dataset, frozen
from clustering.geometry.nearest import NearestCenter
from clustering.kmeans.checks import Init, check_init
from clustering.partition import Partition
from clustering.threads import threads

__all__ = ["fit", "fit_checked"]


def fit(
    dataset: Dataset,
    *,
    k: int,
    init: Init = "k-means++",
    n_init: int = 10,
    max_iter: int = 300,
    tol: float = 1e-4,
    seed: int = 0,
) -> Partition:
    """Part the points into `k` clusters, each around the mean of its points.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    init : {"k-means++", "random"} or array_like of shape (k, d)
        How starting centers are drawn, or the centers themselves.
    n_init : int
        Number of starts, of which the one with least inertia is kept; centers
        that are given are one start, whatever `n_init` says.
    max_iter : int
        Iterations of one start after which it is ended.
    tol : float
        A run ends when the squared shift of all centers is at most `tol` times the
        mean variance of the columns.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    Partition
        Labels in scikit-learn's own numbering; ``facts`` are ``inertia`` (weighted
        sum of squared distances to the own center, in squared units of the points)
        and ``iterations`` of the kept start; ``converged`` is False where it was
        ended by `max_iter`. A cluster may hold no point where the start was poor:
        its size is then 0.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct points, or an argument makes
        no sense.
    UnsupportedError
        Where the distances are not euclidean.
    DataError
        Where values are too large to be squared.

    Notes
    -----
    O(n_init * iterations * n k d). The labels are exactly those of
    ``sklearn.cluster.KMeans(k, init=init, n_init=n_init, max_iter=max_iter, tol=tol,
    random_state=seed).fit(points, sample_weight=weights)``. Where a cluster was empty
    in the last turn, these need not be the nearest of the centers any more.

    References
    ----------
    S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on
    Information Theory 28, 1982.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [0, 1], [9, 9], [9, 8], [9, 7]])
    >>> answer = fit(data, k=2)
    >>> sorted(answer.sizes.tolist()), round(answer.facts["inertia"], 6)
    ([2, 3], 2.5)
    >>> fit(data, k=6)
    Traceback (most recent call last):
    ...
    clustering.errors.ParameterError: k = 6 is more than the 5 distinct points; choose k <= 5.
    """
    check_coordinates(dataset, "k-means")
    check_k(dataset, k)
    check_run(n_init=n_init, max_iter=max_iter, tol=tol, seed=seed)
    return fit_checked(
        dataset, k=int(k), init=init, n_init=n_init, max_iter=max_iter, tol=tol, seed=seed
    )


def fit_checked(
    dataset: Dataset, *, k: int, init: Init, n_init: int, max_iter: int, tol: float, seed: int
) -> Partition:
    """Fit as `fit` does, after its checks of data, `k` and numbers."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    start = check_init(dataset, init, k=k)
    if not isinstance(start, str):
        n_init, init = 1, tuple(map(tuple, start.tolist()))
    model = KMeans(
        k,
        init=start,
        n_init=n_init,
        max_iter=max_iter,
        tol=tol,
        random_state=seed,
        algorithm="lloyd",
    )
    with warnings.catch_warnings(), threads(dataset.n):
        # An empty cluster is said by its size, 0, to everyone who looks at the answer.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(dataset.points, sample_weight=dataset.weights)
    centers = frozen(model.cluster_centers_)
    return Partition(
        labels=model.labels_,
        rows=dataset.rows,
        method="kmeans",
        parameters={
            "k": k,
            "init": init,
            "n_init": n_init,
            "max_iter": max_iter,
            "tol": tol,
            "seed": seed,
        },
        facts={"inertia": float(model.inertia_), "iterations": int(model.n_iter_)},
        centers=centers,
        converged=bool(model.n_iter_ < max_iter),
        assigner=NearestCenter(centers, frozen(dataset.points.mean(axis=0))),
    )
