"""Affinity propagation over 60 preferences, against one fit of scikit-learn a value.

Claimed for the project's simulated market (35 companies, 771 days, graphical lasso), similarities
measured once on both sides: the messages at least 3 times faster; all labels equal as partitions.

Three comparisons: the messages alone, scikit-learn's `affinity_propagation` on the same matrix
for each value; the whole axis, with the similarities measured once and what `axis` measures beside
(silhouettes, notes); and the usual way of who writes the recipe in a loop, which measures the
similarities for each value, extrapolated from three of them.
"""

import warnings
from dataclasses import replace

import numpy as np
from sklearn.cluster import affinity_propagation
from sklearn.covariance import GraphicalLassoCV

from benchmarks import Result, compare
from clustering import affinity
from clustering.affinity.fitting import settled
from clustering.affinity.passing import noise
from clustering.data import prices
from clustering.dataset import Dataset, Floats
from clustering.partition import Labels

VALUES = 60
EXTRAPOLATED = 3
TRIES = ((0.5, 200), (0.7, 400), (0.9, 1000), (0.95, 2000))


def usual(matrix: Floats, values: Floats) -> list[Labels]:
    """Fit each value with scikit-learn, with more damping where it warns."""
    found = []
    for value in values:
        for damping, rounds in TRIES:
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                _, labels = affinity_propagation(
                    matrix, preference=value, damping=damping, max_iter=rounds, random_state=0
                )
            if not said:
                break
        found.append(labels)
    return found


def ours(matrix: Floats, values: Floats) -> list[Labels]:
    """Pass the messages of each value."""
    drawn = noise(len(matrix), 0)
    return [
        settled(matrix, float(value), damping=0.5, max_iter=200, drawn=drawn, more=True)[0].labels
        for value in values
    ]


def covariance(dataset: Dataset) -> Floats:
    """Estimate the similarities as the recipe does."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        matrix: Floats = GraphicalLassoCV(cv=3).fit(dataset.points.T).covariance_
    return matrix


def apart(plain: list[Labels], found: list[Labels]) -> float:
    """Count the pairs of points that one side has together and the other has not."""
    return float(
        sum(
            ((a[:, None] == a) != (b[:, None] == b)).sum() // 2
            for a, b in zip(plain, found, strict=True)
        )
    )


def run(quick: bool) -> Result:
    """Measure the messages, the axis, and the loop."""
    dataset = prices.moves(prices.sample("market"))
    relations = affinity.relations(dataset)
    axis = affinity.axis(dataset, similarity="graphical lasso", relations=relations)
    values = np.linspace(axis.values[0], axis.values[-1], VALUES)
    ours(relations.matrix, values[:1])  # compiled once
    repeats = 1 if quick else 5
    messages = compare(
        f"messages, {dataset.n} companies, {VALUES} values",
        plain=lambda: usual(relations.matrix, values),
        ours=lambda: ours(relations.matrix, values),
        difference=apart,
        repeats=3 * repeats,
        promise=3.0,
    )

    def whole_axis() -> list[Labels]:
        found = affinity.axis(dataset, similarity="graphical lasso", preferences=values.tolist())
        return [found.at(float(value)).labels for value in values]

    once = compare(
        "whole axis, similarities measured once on both sides",
        plain=lambda: usual(covariance(dataset), values),
        ours=whole_axis,
        difference=apart,
        repeats=repeats,
    )
    few = values[:: VALUES // EXTRAPOLATED][:EXTRAPOLATED]
    loop = compare(
        "whole axis, against similarities measured for each value",
        plain=lambda: [usual(covariance(dataset), np.array([value]))[0] for value in few],
        ours=lambda: [whole_axis()[int(np.abs(values - value).argmin())] for value in few[:1]],
        difference=lambda plain, found: apart(plain[:1], found),
        repeats=repeats,
    )
    loop = replace(loop, plain=loop.plain * VALUES / EXTRAPOLATED)
    return Result(
        (messages, once, loop),
        tolerance=0.0,
        notes=(
            "Differences count pairs of companies that one side has together and the other not.",
            "Where messages do not settle, both sides try more damping in the same order.",
            f"The last row is extrapolated from {EXTRAPOLATED} of {VALUES} values.",
        ),
    )
