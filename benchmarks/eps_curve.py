"""DBSCAN at 200 epsilons, the merge tree included, against 200 fits of scikit-learn's.

Claimed for 100,000 points in the plane and min_samples 5, on two cores: at least 20 times
faster, with all labels equal.

The epsilons stand at 200 equally spaced quantiles, from 2 % to 98 %, of the edges of the spanning
tree, moved a relative 1e-12 off the edge. scikit-learn's 200 fits are extrapolated from five of
them, each in the middle of a fifth of the axis; the labels of these five are compared.
"""

from dataclasses import replace

import numpy as np

from benchmarks import Result, compare
from benchmarks.eps_value import MIN_SAMPLES, epsilons, usual
from benchmarks.silhouette_sweep import blobs
from clustering import dbscan
from clustering.dataset import Dataset, Floats
from clustering.partition import Labels

VALUES = 200
FITTED = (20, 60, 100, 140, 180)


def our_curve(points: Floats, values: Floats) -> list[Labels]:
    """Build the tree and give all labels at every epsilon."""
    axis = dbscan.axis(Dataset.from_points(points), min_samples=MIN_SAMPLES)
    found = [axis.at(float(eps)).labels for eps in values]
    return [found[place] for place in FITTED]


def run(quick: bool) -> Result:
    """Measure from points to the labels at every epsilon."""
    n = 20_000 if quick else 100_000
    points = blobs(n)
    axis = dbscan.axis(Dataset.from_points(points), min_samples=MIN_SAMPLES)
    values = epsilons(axis, np.linspace(0.02, 0.98, VALUES))
    row = compare(
        f"{n:,} x 2, {VALUES} epsilons",
        plain=lambda: [usual(points, float(values[place])) for place in FITTED],
        ours=lambda: our_curve(points, values),
        difference=lambda plain, ours: float(
            sum((a != b).sum() for a, b in zip(plain, ours, strict=True))
        ),
        repeats=1 if quick else 3,
        promise=20.0,
    )
    row = replace(row, plain=row.plain * VALUES / len(FITTED))
    notes = [f"The usual way is extrapolated from {len(FITTED)} of {VALUES} fits."]
    if quick:
        notes.append("Quick: 20,000 points on both sides; the claim is about 100,000.")
    return Result((row,), tolerance=0.0, notes=tuple(notes))
