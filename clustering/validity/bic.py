r"""The Bayesian information criterion of any partition: misfit, and a price a parameter.

Read the clusters as k round Gaussians of one common width. Each point then comes from
its own cluster with likelihood

.. math:: \frac{n_j}{n}\,(2\pi\sigma^2)^{-d/2}
          \exp\Bigl(-\frac{\lVert x_i-\mu_j\rVert^2}{2\sigma^2}\Bigr),
          \qquad \sigma^2 = \frac{W}{n d},

with W the sum of squared distances to the own mean. Multiplied over all points, and with
the variance that makes the product largest, this is

.. math:: -2 \ln L = n d \Bigl(\ln\frac{2\pi W}{n d} + 1\Bigr)
          - 2 \sum_j n_j \ln\frac{n_j}{n}.

There are k - 1 shares, k d coordinates of means and one variance, so

.. math:: \mathrm{BIC} = -2 \ln L + k (d + 1) \ln n ,

with scikit-learn's sign: smaller is better. Every further cluster lessens W; it pays
where it lessens it enough.

This is the criterion of X-means. There the sum of squares is divided by n - k, and in
print the d is missing, which makes the likelihood no maximum; it is one here.

References
----------
D. Pelleg, A. Moore, X-means: extending k-means with efficient estimation of the number
of clusters, ICML 2000.

G. Schwarz, Estimating the dimension of a model, Annals of Statistics 6, 1978.
"""

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset
from clustering.validity.groups import Noise, Score
from clustering.validity.spread import means_of

__all__ = ["bic"]


def bic(dataset: Dataset, labels: ArrayLike, *, noise: Noise = "exclude") -> Score:
    """Misfit of round clusters of one width, and a price a parameter; smaller is better.

    Parameters
    ----------
    dataset, labels, noise
        As for `validity.calinski_harabasz`.

    Returns
    -------
    Score
        Any number; comparable between labelings of the same points, not between
        noise policies that judge different ones. Defined for a single cluster, too;
        undefined where the metric is not euclidean, and where all points sit on the
        mean of their cluster, for then no width is small enough.

    Raises
    ------
    ParameterError
        As `validity.calinski_harabasz` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> round(bic(data, [0, 0, 1, 1]).value, 4), round(bic(data, [0, 0, 0, 0]).value, 4)
    (16.8967, 27.0394)
    """
    name = "BIC"
    found = means_of(dataset, labels, noise)
    groups, reason = found.groups, found.reason
    if dataset.metric.is_euclidean and (groups.sizes > 1.0).any():
        reason = ""  # one cluster is as good a model as several
    within = float(found.squares.sum())
    if not reason and within == 0.0:
        reason = "All points of a cluster are equal, so that no width is small enough for them."
    if reason:
        return Score.undefined(name, reason, noise=noise, n=groups.judged)
    n, d, k = groups.weight, dataset.d, groups.k + groups.alone
    shares = float((groups.sizes * np.log(groups.sizes / n)).sum()) - groups.alone * np.log(n)
    misfit = n * d * (np.log(2.0 * np.pi * within / (n * d)) + 1.0) - 2.0 * shares
    return Score.exact(name, float(misfit + k * (d + 1) * np.log(n)), noise=noise, n=groups.judged)
