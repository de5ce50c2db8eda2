"""The whole axis: mean-shift for every quantile from 0.05 to 1."""

from collections.abc import Sequence

import numpy as np

from clustering import sweep, validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import DataError
from clustering.mean_shift.ascent import ground
from clustering.mean_shift.bandwidths import bandwidths
from clustering.mean_shift.fitting import answer, check, check_quantile
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["QUANTILES", "axis"]

QUANTILES = tuple(round(0.05 * i, 2) for i in range(1, 21))
"""From 0.05 to 1."""
MEASURED, CLIMBED = 25, 85
"""Per cent of the time after which the distances, and the ascents, are done."""


def axis(
    dataset: Dataset,
    *,
    bin_seeding: bool = False,
    quantiles: Sequence[float] | None = None,
    also: Sequence[float] = (),
    report: Report = silent,
) -> FittedAxis:
    """Climb at the bandwidth of every quantile, all from one table of distances.

    Parameters
    ----------
    dataset, bin_seeding
        As for `fit`.
    quantiles : sequence of float, optional
        Those of the axis; 0.05, 0.1 ... 1 where left out.
    also : sequence of float
        Further ones.
    report : callable
        Told during the distances, after each quantile, and during the silhouettes.

    Returns
    -------
    FittedAxis
        ``parameter`` is "quantile". Curves: ``bandwidth``; ``clusters``; ``singles``,
        clusters of one point; ``largest``, the share of the largest cluster; ``silhouette``
        with its band. Quantiles whose bandwidth is 0 are left out, and
        ``notes["clusters"]`` says so.

    Raises
    ------
    ParameterError, UnsupportedError
        As `fit` does.
    DataError
        Where all points are equal.

    Notes
    -----
    O(n^2 d) for the bandwidths of all quantiles together, and an ascent for each that differs.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0], [50.0]])
    >>> answers = axis(data, quantiles=[0.4, 1.0])
    >>> answers.curves["clusters"].tolist(), answers.curves["singles"].tolist()
    ([3.0, 1.0], [1.0, 0.0])
    """
    check(dataset)
    wanted = sorted({float(q) for q in (*(quantiles or QUANTILES), *also)})
    for q in wanted:
        check_quantile(q)
    widths = bandwidths(dataset.points, dataset.weights, wanted, report=part(report, 0, MEASURED))
    partitions = _fitted(
        dataset, wanted, widths, bin_seeding=bin_seeding, report=part(report, MEASURED, CLIMBED)
    )
    if not partitions:
        raise DataError("All points are equal; there is nothing to climb towards.")
    labels = [each.labels for each in partitions]
    scores = validity.silhouettes(dataset, labels, report=part(report, CLIMBED, 100))
    values = np.array([each.parameters["quantile"] for each in partitions], dtype=np.float64)
    said = {
        "silhouette": sweep.how(scores),
        **sweep.undefined("silhouette", values, scores, parameter="quantile"),
    }
    if len(values) < len(wanted):
        said["clusters"] = (
            f"Below a quantile of {values[0]:g} the bandwidth is 0, since it reaches no other "
            "point; the axis begins there."
        )
    if not all(each.converged for each in partitions):
        said["fits"] = "At some quantiles a seed was stopped before it stood still."
    return FittedAxis(
        parameter="quantile",
        values=frozen(values),
        partitions=tuple(partitions),
        curves=_curves(dataset, partitions, scores),
        notes=said,
    )


def _fitted(
    dataset: Dataset,
    wanted: Sequence[float],
    widths: Floats,
    *,
    bin_seeding: bool,
    report: Report,
) -> list[Partition]:
    """Climb for every quantile whose bandwidth reaches anything."""
    on = ground(dataset.points, dataset.mass)
    partitions: list[Partition] = []
    for done, (q, wide) in enumerate(zip(wanted, widths.tolist(), strict=True), 1):
        if wide > 0.0:
            named = {"quantile": q}
            partitions.append(answer(dataset, on, wide, named, bin_seeding=bin_seeding))
        report(Step(done, len(wanted), f"quantile {q:g}"))
    return partitions


def _curves(
    dataset: Dataset, partitions: Sequence[Partition], scores: Sequence[validity.Score]
) -> dict[str, Floats]:
    """Measure what there is to say at every quantile."""
    mass = dataset.mass
    sizes = [np.bincount(each.labels, mass, minlength=each.k) for each in partitions]
    found = {
        "bandwidth": [each.facts["bandwidth"] for each in partitions],
        "clusters": [float((each > 0).sum()) for each in sizes],
        "singles": [float((each == 1.0).sum()) for each in sizes],
        "largest": [float(each.max() / mass.sum()) for each in sizes],
        "silhouette": [score.value for score in scores],
        "silhouette_low": [score.low for score in scores],
        "silhouette_high": [score.high for score in scores],
    }
    return {name: frozen(values, np.float64) for name, values in found.items()}
