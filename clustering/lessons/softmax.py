"""What a softmax at the end of an autoencoder does, in numbers.

A network of two units with a softmax gives two numbers that are positive and sum to one.
All that it can say lies on the line from (0, 1) to (1, 0), wherever the points are: it is
asked to reproduce a plane and has a line. How near it can come is the mean squared distance
of the points from that line, and no training goes below. What ends in linear units has no
such floor. Both are trained here, the same way and for as long, in plain NumPy.
"""

from dataclasses import dataclass

import numpy as np

from clustering import kmeans
from clustering.dataset import Dataset, Floats, frozen
from clustering.partition import Labels
from clustering.progress import Report, Step, silent
from clustering.validity import adjusted_rand

__all__ = ["Ending", "Endings", "endings", "nearest_on_line"]

HIDDEN, STEPS, RATE = 10, 600, 0.02
"""Rectified units before the end, turns of training on all points, and Adam's step."""


@dataclass(frozen=True, eq=False, slots=True)
class Ending:
    """What a network with one sort of end became.

    Attributes
    ----------
    output : ndarray of shape (n, 2)
        What it gives for each point, after training.
    errors : ndarray of shape (steps,)
        Mean squared error along the training, in squared units of the points.
    labels : ndarray of shape (n,), int32
        k-means on its output.
    rand : float
        ARI of these with the known groups.
    """

    output: Floats
    errors: Floats
    labels: Labels
    rand: float


@dataclass(frozen=True, eq=False, slots=True)
class Endings:
    """The same points, reproduced by both.

    Attributes
    ----------
    points : ndarray of shape (n, 2)
        What was to be reproduced.
    softmax, linear : Ending
        Two units with a softmax, two linear ones.
    floor : float
        Mean squared error below which no softmax of two units comes.
    outside : float
        Share of the points with a coordinate below 0 or above 1.
    rand : float
        ARI of k-means on the points themselves.
    """

    points: Floats
    softmax: Ending
    linear: Ending
    floor: float
    outside: float
    rand: float


def nearest_on_line(points: Floats) -> Floats:
    """Give the point of the line from (0, 1) to (1, 0) that is nearest to each point.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Anywhere on the plane.

    Returns
    -------
    ndarray of shape (n, 2)
        Positive numbers that sum to one.

    Examples
    --------
    >>> nearest_on_line(np.array([[1.0, 1.0], [7.0, -2.0], [0.25, 0.75]])).tolist()
    [[0.5, 0.5], [1.0, 0.0], [0.25, 0.75]]
    """
    first = np.clip((points[:, 0] - points[:, 1] + 1.0) / 2.0, 0.0, 1.0)
    return np.column_stack([first, 1.0 - first])


def endings(
    dataset: Dataset, *, groups: Labels, k: int, seed: int = 0, report: Report = silent
) -> Endings:
    """Train both, and cluster what they give.

    Parameters
    ----------
    dataset : Dataset
        Of two columns.
    groups : ndarray of shape (n,), int
        The known group of each point.
    k : int
        Clusters that k-means looks for.
    seed : int
        Fixes the first weights and the starts of k-means.
    report : callable
        Told after every tenth step.

    Returns
    -------
    Endings

    Notes
    -----
    O(n) a step; a thousand points take less than a second.
    """
    points = dataset.points[:, :2]
    made = []
    for place, softmax in enumerate((True, False)):
        output, errors = _trained(points, softmax, seed, place, report)
        found = kmeans.fit(Dataset.from_points(output), k=min(k, len(np.unique(output, axis=0))))
        rand = adjusted_rand(groups, found.labels).value
        made.append(Ending(frozen(output), frozen(errors), found.labels, rand))
    floor = float(((points - nearest_on_line(points)) ** 2).mean())
    raw = kmeans.fit(dataset, k=k, seed=seed)
    outside = float(((points < 0) | (points > 1)).any(axis=1).mean())
    return Endings(
        frozen(points), made[0], made[1], floor, outside, adjusted_rand(groups, raw.labels).value
    )


def _trained(
    points: Floats, softmax: bool, seed: int, place: int, report: Report
) -> tuple[Floats, Floats]:
    """Train 2 - hidden - 2 to give back its input, by Adam on all points at once."""
    random = np.random.default_rng(seed)
    first = random.normal(0.0, 0.7, (2, HIDDEN)), np.zeros(HIDDEN)
    weights = [*first, random.normal(0.0, 0.4, (HIDDEN, 2)), np.zeros(2)]
    moments = [(np.zeros_like(each), np.zeros_like(each)) for each in weights]
    errors = np.empty(STEPS)
    for step in range(STEPS):
        inner, hidden, output = _forward(points, weights, softmax)
        wrong = output - points
        errors[step] = (wrong**2).mean()
        slope = 2.0 * wrong / wrong.size
        if softmax:
            slope = output * (slope - (slope * output).sum(axis=1, keepdims=True))
        back = (slope @ weights[2].T) * (inner > 0)
        slopes = points.T @ back, back.sum(axis=0), hidden.T @ slope, slope.sum(axis=0)
        for weight, (mean, square), each in zip(weights, moments, slopes, strict=True):
            mean += 0.1 * (each - mean)
            square += 0.001 * (each**2 - square)
            fair = mean / (1 - 0.9 ** (step + 1)), square / (1 - 0.999 ** (step + 1))
            weight -= RATE * fair[0] / (np.sqrt(fair[1]) + 1e-8)
        if step % 10 == 9:
            report(Step(place * STEPS + step + 1, 2 * STEPS, "training both ends"))
    return _forward(points, weights, softmax)[2], errors


def _forward(points: Floats, weights: list[Floats], softmax: bool) -> tuple[Floats, Floats, Floats]:
    """Give what stands before and behind the rectifier, and at the end."""
    inner = points @ weights[0] + weights[1]
    hidden = np.maximum(inner, 0.0)
    output = hidden @ weights[2] + weights[3]
    if softmax:
        output = np.exp(output - output.max(axis=1, keepdims=True))
        output /= output.sum(axis=1, keepdims=True)
    return inner, hidden, output
