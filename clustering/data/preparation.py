"""Preparation: from the cells of a table to points, fitted once and then applied.

SKELETON: the signatures stand, the bodies follow.

The order, which a script repeats with public packages: choose columns (`columns` of
the Preparation: the chosen ones that are neither constant nor wholly missing),
infinite to missing, drop rows or fill (mean, median of the present values), scaler,
``PCA(n_components=components, svd_solver="full")``, sample:

    first = points[:, 0] if components else PCA(1, svd_solver="full").fit_transform(points)[:, 0]
    strata = pandas.factorize(truth, sort=True)[0] if truth else zeros
    order = numpy.lexsort((first, strata))
    edges = numpy.arange(m + 1) * n // m
    drawn = numpy.sort(order[numpy.random.default_rng(seed).integers(edges[:-1], edges[1:])])
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from clustering.data.passport import Passport
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats

__all__ = ["Choices", "Missing", "Preparation", "Scaling", "fit", "suggest"]

Missing = Literal["drop", "mean", "median"]
Scaling = Literal["none", "standard", "min-max", "robust"]


@dataclass(frozen=True, slots=True)
class Choices:
    """How a table is made ready; small, hashable, fit for a URL."""

    columns: tuple[str, ...] = ()
    missing: Missing = "drop"
    scaling: Scaling = "none"
    components: int = 0
    sample: int = 0
    seed: int = 0

    def to_query(self) -> dict[str, str]:
        """Give the choices that differ from the defaults as URL parameters."""
        raise NotImplementedError

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Choices":
        """Read choices from URL parameters; whatever makes no sense is ignored."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False, slots=True)
class Preparation:
    """A fitted preparation.

    Attributes
    ----------
    choices : Choices
        What was asked for.
    columns : tuple of str
        The d columns that are used, in the order of the choices.
    left_out : tuple of str
        Sentences on chosen columns that are not used (constant, wholly missing).
    fills : ndarray of shape (d,)
        What stands in for a missing cell; NaN where rows are dropped.
    scaler : fitted scaler of scikit-learn, or None
        Named by `choices.scaling`.
    pca : fitted PCA of scikit-learn, or None
        ``PCA(n_components=choices.components, svd_solver="full")``.
    passport : Passport
        Of the table it was fitted on.
    key : str
        Key of that table.
    """

    choices: Choices
    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    fills: Floats
    scaler: "StandardScaler | MinMaxScaler | RobustScaler | None"
    pca: PCA | None
    passport: Passport
    key: str

    def apply(self, table: Table) -> Dataset:
        """Make a table ready as the fitted one was."""
        raise NotImplementedError


def suggest(table: Table, *, passport: Passport | None = None) -> Choices:
    """Suggest choices for a table."""
    raise NotImplementedError


def fit(table: Table, choices: Choices) -> Preparation:
    """Fit a preparation to a table."""
    raise NotImplementedError
