"""One more epsilon of DBSCAN from its merge tree, against scikit-learn's `DBSCAN`.

Claimed for 300,000 points in the plane and min_samples 5, on two cores: at each of five fixed
epsilons at least 30 times faster, in the middle of the five at least 80 times, with all labels
equal, those of border points and the numbers of the clusters included.

The epsilons stand at fixed quantiles, from 20 % to 80 %, of the edges of the spanning tree, moved
a relative 1e-12 off the edge: at an epsilon that is a distance to the last digit scikit-learn's
own algorithms disagree. The tree is built once, before, and is not timed here (`eps_curve`
does).
"""

from dataclasses import replace

import numpy as np
from sklearn.cluster import DBSCAN

from benchmarks import Result, Row, compare
from benchmarks.silhouette_sweep import blobs
from clustering import dbscan
from clustering.dataset import Dataset, Floats
from clustering.dbscan import EpsilonAxis
from clustering.partition import Labels

MIN_SAMPLES = 5
QUANTILES = (0.20, 0.35, 0.50, 0.65, 0.80)


def usual(points: Floats, eps: float) -> Labels:
    """Fit anew, as one would."""
    return np.asarray(DBSCAN(eps=eps, min_samples=MIN_SAMPLES).fit_predict(points))


def epsilons(axis: EpsilonAxis, quantiles: Floats) -> Floats:
    """Give epsilons just beyond these quantiles of the edges."""
    edges = axis.tree.heights
    return np.asarray(edges[(quantiles * (len(edges) - 1)).astype(int)] * (1 + 1e-12))


def measure(points: Floats, axis: EpsilonAxis, quantile: float, eps: float, repeats: int) -> Row:
    """Time both sides at one epsilon."""
    return compare(
        f"the edge at {quantile:.0%}: eps = {eps:.4g}, {axis.count(eps)['clusters']:,.0f} clusters",
        plain=lambda: usual(points, eps),
        ours=lambda: axis.at(eps).labels,
        difference=lambda plain, ours: float((plain != ours).sum()),
        repeats=repeats,
        promise=30.0,
    )


def run(quick: bool) -> Result:
    """Measure five epsilons."""
    n = 60_000 if quick else 300_000
    points = blobs(n)
    axis = dbscan.axis(Dataset.from_points(points), min_samples=MIN_SAMPLES)
    values = epsilons(axis, np.array(QUANTILES))
    rows = [
        measure(points, axis, quantile, float(eps), 1 if quick else 3)
        for quantile, eps in zip(QUANTILES, values, strict=True)
    ]
    middle = sorted(rows, key=lambda row: row.ratio)[len(rows) // 2]
    first = replace(middle, case=f"{n:,} x 2, the middle of the five")
    first = replace(first, promise=30.0 if quick else 80.0)
    notes = ("Quick: 60,000 points on both sides; the claim is about 300,000.",) if quick else ()
    return Result((first, *rows), tolerance=0.0, notes=notes)
