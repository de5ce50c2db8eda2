"""Voronoi cells are drawn as polygons, 20 times faster than a mesh of predictions.

The usual way to draw the borders of k-means asks the model for every point of a
fine mesh; ours cuts the view into exact polygons. Both know the same centers. They
agree where 100,000 random points lie in the polygon of the cluster that the model
predicts for them; points within 1e-9 of a border, where rounding decides, are left
out. The difference is the share of points on which they disagree.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans

from benchmarks import Result, Row, compare
from clustering.dataset import Dataset, Floats
from clustering.geometry import voronoi
from clustering.kmeans.starts import draws

SIDE = 12.0
STEP = 0.01
POINTS = 100_000
BORDER = 1e-9
PROMISE = 20.0


def run(quick: bool) -> Result:
    """Compare both on a view of 12 x 12, for few and for many centers."""
    cases = (4, 12) if quick else (4, 12, 64)
    repeats = 3 if quick else 9
    mesh = int(SIDE / STEP)
    return Result(
        rows=tuple(measure(k, repeats=repeats) for k in cases),
        tolerance=0.0,
        notes=(
            f"plain: predictions on a mesh of {mesh} x {mesh} over a view of {SIDE:g} x {SIDE:g}; "
            f"difference: share of {POINTS:,} random points in another region.",
        ),
    )


def measure(k: int, *, repeats: int) -> Row:
    """Draw the borders of k clusters both ways."""
    rng = np.random.default_rng(k)
    middles = rng.uniform(1.0, SIDE - 1.0, size=(k, 2))
    points = (middles[:, None] + 0.6 * rng.normal(size=(k, 100, 2))).reshape(-1, 2)
    start = next(draws(Dataset.from_points(points), k=k, init="k-means++", seed=0))
    model = KMeans(k, init=start, n_init=1).fit(points)
    probes = rng.uniform(0.0, SIDE, size=(POINTS, 2))
    predicted = model.predict(probes)
    apart = np.sort(np.linalg.norm(probes[:, None] - model.cluster_centers_, axis=2), axis=1)
    clear = apart[:, 1] - apart[:, 0] > BORDER

    def mesh() -> Floats:
        steps = np.arange(0.0, SIDE, STEP)
        x, y = np.meshgrid(steps, steps)
        regions: Floats = model.predict(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        return regions

    def cells() -> Sequence[Floats]:
        return voronoi.cells(model.cluster_centers_, low=[0.0, 0.0], high=[SIDE, SIDE])

    def difference(_: Floats, polygons: Sequence[Floats]) -> float:
        return float((located(probes, polygons) != predicted)[clear].mean())

    return compare(
        f"{k} centers",
        plain=mesh,
        ours=cells,
        difference=difference,
        repeats=repeats,
        promise=PROMISE if k <= 12 else 0.0,
    )


def located(points: Floats, polygons: Sequence[Floats]) -> Floats:
    """Give the number of the polygon in which each point lies, -1 for none or for two."""
    depth = np.full((len(points), len(polygons)), -np.inf)
    for number, polygon in enumerate(polygons):
        for corner, following in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
            edge = following - corner
            length = np.hypot(edge[0], edge[1])
            if length == 0:
                continue
            to = points - corner
            inward = (edge[0] * to[:, 1] - edge[1] * to[:, 0]) / length
            before = depth[:, number]
            depth[:, number] = np.where(np.isneginf(before), inward, np.minimum(before, inward))
    inside = depth > 0
    return np.where(inside.sum(axis=1) == 1, inside.argmax(axis=1), -1)
