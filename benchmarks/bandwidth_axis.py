"""Mean-shift at all 20 quantiles, against one fit of scikit-learn's for each.

Claimed for 440 rows of six columns, on two cores: at least 20 times faster climbing from
every point, and at least 2 times from the corners of a grid; all labels equal.

The usual way estimates the bandwidth anew for every quantile and lets every seed climb
alone. Both sides end with the labels; the silhouettes of the axis are ours on top.
"""

import warnings

import numpy as np
from sklearn.cluster import MeanShift, estimate_bandwidth

from benchmarks import Result, Row, compare
from clustering import mean_shift
from clustering.dataset import Dataset, Floats
from clustering.partition import Labels
from sample_data.buying import SPENDINGS, wholesale

QUICK = (0.1, 0.3, 0.5, 0.8)


def usual(points: Floats, quantiles: tuple[float, ...], *, seeded: bool) -> list[Labels]:
    """Fit each quantile on its own."""
    found = []
    for q in quantiles:
        width = estimate_bandwidth(points, quantile=q, n_samples=len(points))
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Binning data failed")
            model = MeanShift(bandwidth=width, bin_seeding=seeded).fit(points)
        found.append(np.asarray(model.labels_, np.int32))
    return found


def ours(points: Floats, quantiles: tuple[float, ...], *, seeded: bool) -> list[Labels]:
    """Give the whole axis."""
    data = Dataset.from_points(points)
    axis = mean_shift.axis(data, quantiles=quantiles, bin_seeding=seeded)
    return [answer.labels for answer in axis.partitions]


def measured(quick: bool, *, seeded: bool) -> Row:
    """Measure one way of seeding."""
    points = wholesale()[SPENDINGS].to_numpy(np.float64)
    quantiles = QUICK if quick else mean_shift.QUANTILES
    seeds = "a grid" if seeded else "every point"
    return compare(
        f"{len(points)} x {len(SPENDINGS)}, {len(quantiles)} quantiles, seeds: {seeds}",
        plain=lambda: usual(points, quantiles, seeded=seeded),
        ours=lambda: ours(points, quantiles, seeded=seeded),
        difference=lambda plain, mine: float(
            sum((a != b).sum() for a, b in zip(plain, mine, strict=True))
        ),
        repeats=1 if quick else 3,
        promise=2.0 if seeded else 20.0,
    )


def run(quick: bool) -> Result:
    """Measure from points to the labels at every quantile."""
    points = wholesale()[SPENDINGS].to_numpy(np.float64)
    ours(points[:50], QUICK, seeded=False)  # what is compiled is compiled once for all
    rows = measured(quick, seeded=False), measured(quick, seeded=True)
    notes = ("Quick: 4 of the 20 quantiles on both sides.",) if quick else ()
    return Result(rows, tolerance=0.0, notes=notes)
