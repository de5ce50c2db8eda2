"""What the longest plateau of DBSCAN finds in benchmark shapes, and what the best epsilon could.

Claimed: the labels at both epsilons are scikit-learn's on every file, and everything that DBSCAN
says, tree and all epsilons that are tried, costs less than trying the same epsilons by fits, of
which two are timed.

Files are those of ``shapes`` in the folder that CLUSTERLOOM_DATA names or that lies beside the
project; without it the project's own samples with known groups are taken. Agreement is the
adjusted Rand index over the points that belong to a group in truth, with what DBSCAN calls noise
as one more group; min_samples is 5 throughout. A plateau counts large clusters. The best epsilon
is the best of 200 at equally spaced quantiles of the axis and of the 20 longest plateaus: it needs
the truth, the plateau does not.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from benchmarks import Result, Row, compare
from benchmarks.eps_value import usual
from clustering import dbscan
from clustering.data import shapes
from clustering.dataset import Dataset, Floats, Integers
from clustering.dbscan import EpsilonAxis

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = Path(os.environ.get("CLUSTERLOOM_DATA") or BESIDE) / "shapes"
TRIED, PLATEAUS = 200, 20


@dataclass(frozen=True, slots=True)
class Found:
    """How well two epsilons do on one file; NaN where there is no plateau."""

    plateau: float
    large: float
    plateau_agreement: float
    best: float
    best_agreement: float


def files(quick: bool) -> dict[str, tuple[Floats, Integers]]:
    """Give points and true groups (-1 for noise) by name."""
    found = {}
    for path in sorted(FOLDER.glob("*.csv")):
        table = pd.read_csv(path)
        points = table[[name for name in ("x", "y", "z") if name in table]].to_numpy(np.float64)
        if not quick or len(points) <= 1_000:
            found[path.stem] = points, table["label"].to_numpy(np.int64) - 1
    return found or own()


def own() -> dict[str, tuple[Floats, Integers]]:
    """Make shapes of the project's own."""
    return {
        "moons": shapes.moons((300, 300), noise=0.05),
        "rings": shapes.rings(radii=(1.0, 3.0), sizes=(200, 400), noise=0.1),
    }


def between(axis: EpsilonAxis) -> Floats:
    """Give epsilons that are no distance: the middles of wide enough steps of the axis."""
    low, high = axis.values[:-1], axis.values[1:]
    middles = np.sqrt(low * high)[high / low > 1 + 1e-9]
    return np.asarray(middles[np.unique(np.linspace(0, len(middles) - 1, TRIED).astype(int))])


def explore(points: Floats, truth: Integers) -> Found:
    """Build the axis, take its longest plateau, and try epsilons along it."""
    axis = dbscan.axis(Dataset.from_points(points), min_samples=5)
    inside = truth >= 0

    def agreement(eps: float) -> float:
        return float(adjusted_rand_score(truth[inside], axis.at(eps).labels[inside]))

    ends = np.reshape(axis.plateaus[:PLATEAUS], (-1, 2))
    tried = np.concatenate([np.sqrt(ends.prod(axis=1)), between(axis)])
    scores = [agreement(float(eps)) for eps in tried]
    best = int(np.argmax(scores))
    nan = float("nan")
    plateau = float(tried[0]) if len(ends) else nan
    return Found(
        plateau=plateau,
        large=axis.count(plateau)[axis.counted] if axis.plateaus else nan,
        plateau_agreement=scores[0] if axis.plateaus else nan,
        best=float(tried[best]),
        best_agreement=scores[best],
    )


def differences(points: Floats, axis: EpsilonAxis, found: Found) -> float:
    """Count the labels that are not scikit-learn's."""
    values = [eps for eps in (found.plateau, found.best) if eps == eps]
    return float(sum((usual(points, eps) != axis.at(eps).labels).sum() for eps in values))


def measure(name: str, points: Floats, truth: Integers) -> tuple[Row, Found]:
    """Time one file, with the fits extrapolated from two."""
    axis = dbscan.axis(Dataset.from_points(points), min_samples=5)
    some = between(axis)
    some = some[[len(some) // 4, 3 * len(some) // 4]]
    kept: list[Found] = []
    row = compare(
        f"{name}, {len(points):,} x {points.shape[1]}",
        plain=lambda: [usual(points, float(eps)) for eps in some],
        ours=lambda: kept.append(explore(points, truth)),
        difference=lambda plain, ours: differences(points, axis, kept[0]),
        repeats=1,
    )
    return replace(row, plain=row.plain * TRIED / 2), kept[0]


def run(quick: bool) -> Result:
    """Go through all files; the first row sums them up."""
    rows, lines = [], [f"{'':<18} plateau at  large ones  its ARI     best at  its ARI"]
    every = []
    for name, (points, truth) in files(quick).items():
        row, found = measure(name, points, truth)
        rows.append(row)
        every.append(found)
        lines.append(
            f"{name:<18} {found.plateau:10.4g}  {found.large:10.0f}  "
            f"{found.plateau_agreement:7.3f}  {found.best:10.4g}  {found.best_agreement:7.3f}"
        )
    means = np.nanmean([[each.plateau_agreement, each.best_agreement] for each in every], axis=0)
    good = sum(each.plateau_agreement > 0.95 * each.best_agreement for each in every)
    lines.append(f"{'mean':<18} {'':10}  {'':10}  {means[0]:7.3f}  {'':10}  {means[1]:7.3f}")
    lines.append(f"The plateau is within 5 % of the best epsilon on {good} of {len(every)}.")
    if quick:
        lines.append("Quick: files of up to 1,000 points.")
    total = Row(
        f"{len(rows)} files, {TRIED} epsilons each",
        sum(row.plain for row in rows),
        sum(row.ours for row in rows),
        sum(row.difference for row in rows),
        1.0,
    )
    return Result((total, *rows), tolerance=0.0, notes=tuple(lines))
