r"""Gaussian mixture: clusters as clouds, each with a width and a direction of its own.

The points are taken as drawn from k normal distributions, the j-th with share
:math:`\pi_j`, mean :math:`\mu_j` and covariance :math:`\Sigma_j`:

.. math:: p(x) = \sum_j \pi_j \, \mathcal{N}(x; \mu_j, \Sigma_j) .

Expectation-maximisation finds them in turns: given the clouds, each point gets a share
in every one (its `membership`); given these shares, each cloud gets its weighted mean and
covariance. The likelihood rises with every turn, up to a local maximum.

Where k-means only asks how near a center is, a mixture asks how far in units of the
cloud's own spread: long, wide and small groups may lie side by side. It pays with many
parameters, and each `covariance` is a bargain about them:

============  ====================================  ===========================
covariance    clouds are                            numbers a cloud
============  ====================================  ===========================
"full"        ellipses of any direction             d (d + 1) / 2
"tied"        ellipses, all alike                   d (d + 1) / 2 for all
"diag"        ellipses along the axes               d
"spherical"   round                                 1
============  ====================================  ===========================

Its likelihood always rises with k, so that it is held against the number of parameters
(BIC, smaller is better). References: A. P. Dempster, N. M. Laird, D. B. Rubin, Maximum
likelihood from incomplete data via the EM algorithm, JRSS B 39, 1977.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

import numpy as np

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_k, check_run, is_finite, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.partition import Labels, Partition
from clustering.progress import Report, silent
from clustering.snippets import block, call
from clustering.threads import threads

__all__ = ["Collapsed", "Covariance", "MostLikely", "axis", "fit", "in_python"]

Covariance = Literal["full", "tied", "diag", "spherical"]
"""Which shapes the clouds may have."""

MOST_COLUMNS = 1_000
"""Columns up to which ellipses of any direction are computed: a million numbers for each."""
FLOOR = 1e-6
"""Least variance of a cloud in any direction, in columns of variance 1 and above."""


class Collapsed(ParameterError):
    """A cloud has shrunk to a point or a line, where no covariance can be computed."""


@dataclass(frozen=True, eq=False, slots=True)
class MostLikely:
    """The likeliest cloud as a rule that can be pickled and given new points.

    Attributes
    ----------
    model : sklearn.mixture.GaussianMixture
        The fitted mixture, in coordinates around `origin`.
    origin : ndarray of shape (d,)
        Middle of the data.
    """

    model: Any
    origin: Floats

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        return np.asarray(self.model.predict(points - self.origin), dtype=np.int32)


def fit(
    dataset: Dataset,
    *,
    k: int,
    covariance: Covariance = "full",
    n_init: int = 3,
    max_iter: int = 300,
    tol: float = 1e-3,
    reg_covar: float | None = None,
    seed: int = 0,
) -> Partition:
    """Take the points as drawn from `k` normal distributions, and give each to its likeliest.

    Parameters
    ----------
    dataset : Dataset
        Coordinates without weights, two points at least.
    k : int
        Number of clouds, from 1 to the number of distinct points.
    covariance : {"full", "tied", "diag", "spherical"}
        Which shapes the clouds may have.
    n_init : int
        Number of starts, each from a k-means; the likeliest is kept.
    max_iter : int
        Turns of one start after which it is ended.
    tol : float
        A run ends when the mean log-likelihood of a point rises by less.
    reg_covar : float, optional
        Added to the variance of every cloud in all directions, in squared units of the
        points, so that none collapses. Left out: 1e-6 as in scikit-learn, and less
        where the mean variance of the columns is below 1, in proportion.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    Partition
        ``labels`` and ``membership`` are scikit-learn's ``predict`` and
        ``predict_proba``, ``centers`` the means. Facts: ``log_likelihood`` (of all points
        together), ``bic``, ``aic`` and ``iterations`` of the kept start. ``converged``
        is False where it was ended by `max_iter`. A cloud that is nowhere the likeliest
        has size 0.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct points, a cloud collapses, or an
        argument makes no sense.
    UnsupportedError
        Where the distances are not euclidean, the points have weights, or there are more
        than 1,000 columns and clouds of any direction.
    DataError
        Where there is only one point, or values are too large to be squared.

    Notes
    -----
    O(n_init * iterations * n k d^2) for full covariances. Computed around the middle of
    the data, which changes no density but keeps the digits far from the origin.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]])
    >>> answer = fit(data, k=2, covariance="spherical")
    >>> sorted(answer.sizes.tolist()), answer.membership.round(3).max(axis=1).tolist()
    ([3, 3], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    """
    from sklearn.mixture import GaussianMixture

    _check(dataset, covariance=covariance, reg_covar=reg_covar)
    check_k(dataset, k)
    check_run(n_init=n_init, max_iter=max_iter, tol=tol, seed=seed)
    reg_covar = _floor(dataset) if reg_covar is None else float(reg_covar)
    model = GaussianMixture(
        int(k),
        covariance_type=covariance,
        n_init=n_init,
        max_iter=max_iter,
        tol=tol,
        reg_covar=reg_covar,
        random_state=seed,
    )
    origin = frozen(dataset.points.mean(axis=0))
    points = dataset.points - origin
    _settle(model, points, k=int(k))
    return Partition(
        labels=model.predict(points),
        rows=dataset.rows,
        method="mixture",
        parameters={
            "k": int(k),
            "covariance": covariance,
            "n_init": n_init,
            "max_iter": max_iter,
            "tol": tol,
            "reg_covar": reg_covar,
            "seed": seed,
        },
        facts={
            "log_likelihood": float(model.score_samples(points).sum()),
            "bic": float(model.bic(points)),
            "aic": float(model.aic(points)),
            "iterations": int(model.n_iter_),
        },
        centers=frozen(model.means_ + origin),
        membership=frozen(model.predict_proba(points)),
        converged=bool(model.converged_),
        assigner=MostLikely(model, origin),
    )


def axis(
    dataset: Dataset,
    *,
    k_max: int = 12,
    covariance: Covariance = "full",
    n_init: int = 3,
    max_iter: int = 300,
    tol: float = 1e-3,
    reg_covar: float | None = None,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Fit k = 1, 2, ... and measure each answer.

    Parameters
    ----------
    dataset, covariance, n_init, max_iter, tol, reg_covar, seed
        As in `fit`, the same for every k.
    k_max : int
        Largest number of clouds; no more than there are distinct points are made.
    report : callable
        Told after each k, and while silhouettes are computed.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curves ``bic`` (the mixture's own),
        ``log_likelihood`` and ``iterations``. It ends before the first k at which a cloud
        collapses; ``notes["clusters"]`` says where it ends early and why.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [2], [10], [11], [12], [20], [21], [22]])
    >>> answers = axis(data, k_max=4, covariance="tied")
    >>> int(answers.values[answers.curves["bic"].argmin()])
    3
    """
    return sweep.over_k(
        dataset,
        fit=partial(
            fit,
            covariance=covariance,
            n_init=n_init,
            max_iter=max_iter,
            tol=tol,
            reg_covar=reg_covar,
            seed=seed,
        ),
        k_max=k_max,
        curves=("bic", "log_likelihood", "iterations"),
        until=Collapsed,
        seed=seed,
        report=report,
    )


def _settle(model: Any, points: Floats, *, k: int) -> None:
    """Run expectation-maximisation, or raise Collapsed."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings(), threads(len(points)):
        # Whether it converged is said by the answer itself.
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            model.fit(points)
        except ValueError as error:
            raise Collapsed(
                f"With k = {k} a cloud shrinks to a point or a line, where no covariance can be "
                "computed; choose fewer clouds, a simpler covariance or a larger reg_covar."
            ) from error


def _check(dataset: Dataset, *, covariance: str, reg_covar: float | None) -> None:
    """Raise where the data or the shape of clouds is none for a mixture."""
    check_coordinates(dataset, "A Gaussian mixture")
    if dataset.weights is not None:
        raise UnsupportedError(
            "This Gaussian mixture takes every point once and knows no weights; choose k-means, "
            "which does."
        )
    if dataset.n < 2:
        raise DataError("A Gaussian mixture needs two points at least; there is one.")
    if covariance not in get_args(Covariance):
        raise ParameterError(
            f"'{covariance}' is no shape of clouds; choose {', '.join(get_args(Covariance))}."
        )
    if covariance in ("full", "tied") and dataset.d > MOST_COLUMNS:
        raise UnsupportedError(
            f"Clouds of any direction take {dataset.d**2:,} numbers each with {dataset.d:,} "
            f"columns; choose at most {MOST_COLUMNS:,} columns, or k-means."
        )
    if reg_covar is not None and (not is_finite(reg_covar) or reg_covar < 0):
        raise ParameterError(
            f"reg_covar = {shown(reg_covar)}; choose a number from 0, such as 0.000001."
        )


def _floor(dataset: Dataset) -> float:
    """Give the least variance of a cloud: scikit-learn's, unless the columns are narrow."""
    variance = float(dataset.points.var(axis=0).mean())
    return FLOOR * min(1.0, variance) if variance > 0.0 else FLOOR


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    names = {"k": "n_components", "covariance": "covariance_type", "seed": "random_state"}
    model = call(
        "GaussianMixture", **{names.get(name, name): repr(parameters[name]) for name in parameters}
    )
    return block(
        "Gaussian mixture: each point belongs to the likeliest of the clouds. It is fitted around "
        "the middle of the points, which changes no density and keeps the digits.",
        "from sklearn.mixture import GaussianMixture",
        "middle = points.mean(axis=0)",
        f"mixture = {model}.fit(points - middle)",
        "labels = mixture.predict(points - middle)",
    )
