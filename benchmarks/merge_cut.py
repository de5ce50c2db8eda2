"""A new cut of the merge tree, against a refit with scikit-learn's AgglomerativeClustering.

Claimed for 10,000 points in the plane with average linkage: a new number of clusters is
answered at least 100 times faster than by fitting again, with the same clusters. The tree is
there when the user moves the cut; what it took to build is noted below the table.
"""

import time

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from benchmarks import Result, Row, compare
from benchmarks.silhouette_sweep import blobs
from clustering import agglomerative
from clustering.dataset import Dataset, Floats
from clustering.partition import Labels
from clustering.trees.merging import Linkage
from clustering.validity import adjusted_rand


def measure(points: Floats, linkage: Linkage, k: int, neighbours: int, notes: list[str]) -> Row:
    """Time both sides for one number of clusters."""
    start = time.perf_counter()
    axis = agglomerative.axis(Dataset.from_points(points), linkage=linkage, neighbours=neighbours)
    along = f", {neighbours} neighbours" if neighbours else ""
    built = time.perf_counter() - start
    notes.append(f"{linkage}{along}: the tree took {built:.1f} s, once.")
    edges = None if axis.graph is None else axis.graph.matrix()

    def plain() -> Labels:
        model = AgglomerativeClustering(k, linkage=linkage, connectivity=edges)
        return np.asarray(model.fit_predict(points), dtype=np.int32)

    return compare(
        f"{len(points):,} x 2, {linkage}{along}, k = {k}",
        plain=plain,
        ours=lambda: axis.of(k).labels,
        difference=lambda theirs, labels: 1.0 - adjusted_rand(theirs, labels).value,
        repeats=1,
        promise=100.0,
    )


def run(quick: bool) -> Result:
    """Measure linkages without a graph and Ward's along one."""
    points = blobs(4_000 if quick else 10_000)
    notes = ["Quick: 4,000 points on both sides; the claim is about 10,000."] if quick else []
    rows = [measure(points, "average", 12, 0, notes)]
    if not quick:
        rows.append(measure(points, "ward", 40, 0, notes))
        rows.append(measure(points, "complete", 500, 0, notes))
        rows.append(measure(points, "single", 7, 0, notes))
        rows.append(measure(points, "ward", 12, 10, notes))
    return Result(tuple(rows), tolerance=0.0, notes=tuple(notes))
