"""Similarities: how much alike two points are, in four ways, and what is left of it.

*Distance* compares any points: minus the squared distance, as scikit-learn does. The other three
take every column as one observation of all points, a day on which each company moved, and
estimate how the points vary together. The sample *correlation* needs many more days than
companies; *Ledoit-Wolf* shrinks it towards no correlation at all, by as much as the days are
few; the *graphical lasso* believes a direct relation between two companies only where the days
demand it, so that most pairs are related through others alone.

The *partial correlation* of two points is what remains of their correlation when all others are
held fixed; the inverse covariance holds it.

References
----------
J. Friedman, T. Hastie, R. Tibshirani, Sparse inverse covariance estimation with the graphical
lasso, Biostatistics 9, 2008. O. Ledoit, M. Wolf, A well-conditioned estimator for
large-dimensional covariance matrices, Journal of Multivariate Analysis 88, 2004.
"""

import warnings
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.covariance import GraphicalLasso, GraphicalLassoCV, LedoitWolf
from sklearn.exceptions import ConvergenceWarning

from clustering.checks import is_finite, is_whole, shown
from clustering.dataset import Dataset, Floats, digest, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.progress import Report, Step, silent
from clustering.threads import threads
from clustering.words import count

__all__ = ["SIMILARITIES", "Relations", "Similarity", "check_points", "relations"]

Similarity = Literal["graphical lasso", "Ledoit-Wolf", "correlation", "distance"]
SIMILARITIES: tuple[Similarity, ...] = get_args(Similarity)
"""What `relations` can measure."""

MOST = 5_000
"""Points whose messages and similarities take 0.8 GB."""
ROUNDS = 100
"""Rounds of the graphical lasso at most; scikit-learn's."""
TOL = 1e-4
"""Duality gap at which the graphical lasso stops; scikit-learn's."""
FOLDS = 3
"""Parts of the days in the recipe's cross-validation."""


@dataclass(frozen=True, eq=False, slots=True)
class Relations:
    """How much alike all points are.

    Attributes
    ----------
    matrix : ndarray of shape (n, n)
        Similarity of each pair.
    partial : ndarray of shape (n, n), or None
        Partial correlations, 1 on the diagonal; None for distances, and where the covariance
        has no inverse.
    by : Similarity
        How they were measured.
    alpha : float
        Penalty of the graphical lasso, or the shrinkage of Ledoit-Wolf; NaN where there is none.
    converged : bool
        False where the graphical lasso stopped before it was done.
    note : str
        What must be said beside them, in sentences; may be empty.
    key : str
        Digest of the similarities.
    """

    matrix: Floats
    partial: Floats | None
    by: Similarity
    alpha: float = float("nan")
    converged: bool = True
    note: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "matrix", frozen(self.matrix, np.float64))
        if self.partial is not None:
            assign(self, "partial", frozen(self.partial, np.float64))
        assign(self, "key", digest(self.matrix, self.by))

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self.matrix)

    @property
    def median(self) -> float:
        """Median of all similarities, the diagonal among them: scikit-learn's preference."""
        return float(np.median(self.matrix))


def relations(
    dataset: Dataset,
    *,
    by: Similarity = "graphical lasso",
    cv: int = FOLDS,
    alpha: float | None = None,
    tol: float = TOL,
    report: Report = silent,
) -> Relations:
    """Measure how much alike the points are.

    Parameters
    ----------
    dataset : Dataset
        At most 5,000 points without weights. But for "distance" each column is one observation
        of all points, as a day is of all companies.
    by : {"graphical lasso", "Ledoit-Wolf", "correlation", "distance"}
        The estimate.
    cv : int
        Parts into which the graphical lasso cuts the columns to choose its penalty.
    alpha : float, optional
        Penalty of the graphical lasso; chosen by cross-validation when left out.
    tol : float
        Duality gap at which the graphical lasso stops.
    report : callable
        Told before and after the estimate.

    Returns
    -------
    Relations
        Covariances for the graphical lasso and Ledoit-Wolf; correlations; or minus the
        squared distances.

    Raises
    ------
    UnsupportedError
        Where points have weights, are too many, or have no coordinates to vary together.
    DataError
        Where a point never varies, the columns are too few, or numbers are too large.
    ParameterError
        Where an argument makes no sense.

    Notes
    -----
    The graphical lasso takes O(n^3) a pass; the others O(n^2 d).

    Examples
    --------
    >>> data = Dataset.from_points([[1.0, 2.0, 4.0], [2.0, 4.0, 8.0], [4.0, 2.0, 1.0]])
    >>> relations(data, by="correlation").matrix.round(2).tolist()
    [[1.0, 1.0, -0.93], [1.0, 1.0, -0.93], [-0.93, -0.93, 1.0]]
    """
    check_points(dataset)
    if by not in SIMILARITIES:
        raise ParameterError(f"There is no similarity '{by}'; choose {', '.join(SIMILARITIES)}.")
    report(Step(0, 1, f"{by}: how much alike {count(dataset.n, 'point')} are"))
    found = _distances(dataset) if by == "distance" else _together(dataset, by, cv, alpha, tol)
    report(Step(1, 1, f"{by}: done"))
    return found


def check_points(dataset: Dataset) -> None:
    """Raise UnsupportedError where points have weights or are too many to compare all pairs."""
    if dataset.weights is not None:
        raise UnsupportedError(
            "Affinity propagation takes every point once and knows no weights; choose k-means."
        )
    if dataset.n > MOST:
        raise UnsupportedError(
            f"The messages between {dataset.n:,} points would take "
            f"{dataset.n**2 * 32 / 1e9:,.1f} GB of memory; take a sample of {MOST:,} points or "
            "fewer, or choose k-means."
        )


def _distances(dataset: Dataset) -> Relations:
    """Minus the squared distance of each pair."""
    if dataset.metric.is_euclidean:
        squared = cdist(dataset.points, dataset.points, "sqeuclidean")
    else:
        squared = dataset.metric.between(dataset.points, dataset.points) ** 2
    if not np.isfinite(squared).all():
        raise DataError("Some distances are beyond all numbers; divide the columns or scale them.")
    return Relations(-squared + 0.0, None, "distance")


def _together(
    dataset: Dataset, by: Similarity, cv: int, alpha: float | None, tol: float
) -> Relations:
    """Estimate how the points vary together over the columns."""
    observed = _observed(dataset, by, cv, alpha, tol)
    rounds = 0
    with (
        warnings.catch_warnings(record=True) as said,
        np.errstate(all="ignore"),
        threads(dataset.n),
    ):
        warnings.simplefilter("always")
        try:
            if by == "correlation":
                matrix = np.atleast_2d(np.corrcoef(observed, rowvar=False))
                used, precision = float("nan"), _inverse(matrix)
            else:
                model, used = _estimated(observed, by, cv, alpha, tol)
                matrix, precision = model.covariance_, model.precision_
                rounds = int(getattr(model, "n_iter_", 0))
        except (FloatingPointError, ValueError, np.linalg.LinAlgError):
            raise DataError(
                f"The {by} finds no covariance of these {count(dataset.n, 'point')}: some move too "
                "much alike; choose Ledoit-Wolf, or leave out the points that repeat others."
            ) from None
    if not np.isfinite(matrix).all():
        raise DataError(f"The {by} is beyond all numbers here; standardise the points first.")
    if precision is not None and not np.isfinite(precision).all():
        precision = None
    warned = sum(issubclass(each.category, ConvergenceWarning) for each in said)
    stopped = bool(warned) and not (by == "graphical lasso" and alpha is None and rounds < ROUNDS)
    notes = []
    if stopped:
        notes.append(
            f"The {by} warned {count(warned, 'time')} that it stopped before it was done, so its "
            "relations are approximate; Ledoit-Wolf needs no rounds."
        )
    elif warned:
        notes.append(
            f"While its penalty was chosen, the {by} warned {count(warned, 'time')} that it "
            "stopped before it was done; with the chosen one it came to its end."
        )
    if precision is None:
        notes.append("There are no partial correlations, because the covariance has no inverse.")
    if dataset.d <= dataset.n:
        notes.append(
            f"There are no more columns ({dataset.d:,}) than points ({dataset.n:,}), too few to "
            "tell relations from chance."
        )
    partial = None if precision is None else _partial(precision)
    return Relations(matrix, partial, by, float(used), not stopped, " ".join(notes))


def _estimated(
    observed: Floats, by: Similarity, cv: int, alpha: float | None, tol: float
) -> tuple[Any, float]:
    """Fit the estimator, and give it with its penalty or shrinkage."""
    if by == "Ledoit-Wolf":
        model = LedoitWolf().fit(observed)
        return model, model.shrinkage_
    if alpha is not None:
        return GraphicalLasso(alpha=float(alpha), tol=float(tol)).fit(observed), float(alpha)
    model = GraphicalLassoCV(cv=int(cv), tol=float(tol)).fit(observed)
    return model, model.alpha_


def _observed(dataset: Dataset, by: Similarity, cv: int, alpha: float | None, tol: float) -> Floats:
    """Give the points as variables (d observations, n points), or say why they are none."""
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"{by} asks how points vary together over the columns, and {dataset.metric.name} "
            "distances have no columns; choose the similarity 'distance'."
        )
    if not is_whole(cv) or not 2 <= cv <= 100:
        raise ParameterError(f"cv = {shown(cv)}; choose a whole number from 2 to 100.")
    if not (is_finite(tol) and tol > 0):
        raise ParameterError(f"tol = {shown(tol)}; choose a number above 0, such as {TOL}.")
    if alpha is not None and not (is_finite(alpha) and alpha > 0):
        raise ParameterError(f"alpha = {shown(alpha)}; choose a number above 0, such as 0.1.")
    least = 2 * cv if by == "graphical lasso" and alpha is None else 3
    if dataset.d < least:
        raise DataError(
            f"{by} needs at least {least} columns (days) to see points vary together, and there "
            f"are {dataset.d}; choose the similarity 'distance'."
        )
    if dataset.n < 2:
        raise DataError("There is only one point, and it takes two to compare.")
    still = np.flatnonzero(np.ptp(dataset.points, axis=1) == 0)
    if len(still):
        raise DataError(
            f"{dataset.name_of(int(still[0]))} has the same value in all columns, so that nothing "
            "varies with it; leave it out."
        )
    return dataset.points.T


def _inverse(matrix: Floats) -> Floats | None:
    """Invert a correlation matrix that is not close to singular."""
    if np.linalg.matrix_rank(matrix, hermitian=True) < len(matrix):
        return None
    inverse: Floats = np.linalg.inv(matrix).astype(np.float64)
    return inverse


def _partial(precision: Floats) -> Floats:
    """Read partial correlations off an inverse covariance."""
    scale = 1.0 / np.sqrt(np.diag(precision))
    partial = (-precision * scale[:, None] * scale[None, :]).astype(np.float64)
    np.fill_diagonal(partial, 1.0)
    return frozen(partial + 0.0, np.float64)  # no minus zeros
