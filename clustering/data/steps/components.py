"""Components: the few directions along which the rows differ most.

Principal components are the axes of the cloud, longest first. The scree curve, the
share of the variance along each of them, shows how many are needed: where it levels
off, what is left is mostly noise.
"""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.decomposition import PCA

from clustering.data.choices import Choices
from clustering.data.steps.stages import Stage, Work
from clustering.dataset import Floats
from clustering.errors import ParameterError
from clustering.words import count

__all__ = ["Axes", "fitted"]

TITLE = "Principal components"


@dataclass(frozen=True, eq=False, slots=True)
class Axes:
    """The axes on which rows are projected.

    Attributes
    ----------
    pca : fitted PCA of scikit-learn, or None
        ``PCA(n_components=..., svd_solver="full")``.
    scree : ndarray of shape (min(n, d),), or None
        Share of the variance along each component, also of those that are not kept.
    """

    pca: PCA | None = None
    scree: Floats | None = None

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Project the rows."""
        if self.pca is None:
            return work, Stage("components", TITLE)
        shares = self.pca.explained_variance_ratio_
        kept = count(len(shares), "principal component")
        said = (
            f"{kept} of {count(len(work.columns), 'column')} kept, with {np.sum(shares):.1%} of "
            "the variance; choose 0 components to undo this."
        )
        before = work.seen()
        work = replace(
            work,
            points=np.asarray(self.pca.transform(work.points)),
            columns=tuple(
                f"PC{place} ({share:.0%} of variance)" for place, share in enumerate(shares, 1)
            ),
        )
        return work, Stage("components", TITLE, (said,), before=before, after=work.seen())


def fitted(work: Work, choices: Choices) -> Axes:
    """Find the principal components of these rows.

    Parameters
    ----------
    work : Work
        Rows with their coordinates.
    choices : Choices
        How many components, or for which share of the variance.

    Returns
    -------
    Axes
        Of more components than columns or rows as many as there are. Weights do not
        count.

    Raises
    ------
    ParameterError
        Where there are no coordinates.
    """
    if not choices.components and not choices.variance:
        return Axes()
    if not work.metric.is_euclidean:
        raise ParameterError(
            f"Principal components need coordinates, and {work.metric.name} distances have none; "
            "choose 0 components, or one-hot categories and places on the sphere."
        )
    most = min(work.points.shape)
    with np.errstate(all="ignore"):
        pca = PCA(svd_solver="full").fit(work.points)
    scree = np.nan_to_num(np.asarray(pca.explained_variance_ratio_))
    size = choices.components
    if not size:
        size = int(np.searchsorted(np.cumsum(scree), choices.variance, side="right")) + 1
    return Axes(first_of(pca, min(size, most)), scree)


def first_of(pca: PCA, size: int) -> PCA:
    """Cut a PCA of all components down to the first, as if it had been fitted with so many."""
    left = pca.explained_variance_[size:]
    pca.set_params(n_components=size)
    pca.n_components_ = size
    pca.components_ = pca.components_[:size].copy(order="K")
    pca.noise_variance_ = float(left.mean()) if len(left) else 0.0
    for name in ("explained_variance_", "explained_variance_ratio_", "singular_values_"):
        setattr(pca, name, getattr(pca, name)[:size].copy())
    return pca
