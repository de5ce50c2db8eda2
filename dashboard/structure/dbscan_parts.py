"""What the page of DBSCAN is put together from: work, and where its axis is looked at."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from clustering import dbscan, dbscan_axis, hdbscan, validity
from clustering import tree as trees
from clustering.data import samples
from clustering.dataset import Dataset
from clustering.dbscan import EpsilonAxis
from clustering.progress import Report, silent
from clustering.projection import View
from clustering.words import count
from dashboard import ui

RECIPE = {"db_metric": "euclidean", "db_eps": 0.8, "db_samples": 5}
TEN = 10
LIMIT, SAMPLE = 5_000, 4_000
"""Points beyond which silhouettes are estimated from so many, so that the slider is quick."""
ENOUGH, NEARLY_ALL, LOST = 0.02, 0.98, 0.5
MARKED = 200_000
"""Points beyond which HDBSCAN is computed only where it is looked at."""
ASKED_FIRST = 60.0
"""Seconds beyond which the page asks before it begins."""
SHOWN = 3
"""Plateaus that are marked and named."""
SMALL = 0.01
"""Share of the points below which a cluster is called small."""
LOWEST, HIGHEST, ACROSS = 340, 530, 490
"""Height of the map in pixels, and how wide its points are on a wide screen."""

Ranges = tuple[tuple[float, float], ...]


# ---- work ---------------------------------------------------------------------------------------
def costly(dataset: Dataset) -> bool:
    """Say whether the axis may take more than a moment."""
    return dataset.n > (30_000 if dataset.metric.name in ("euclidean", "great-circle") else 3_000)


def allowed(dataset: Dataset, min_samples: int) -> str:
    """Say what a long computation will cost, and end the page where it was not asked for.

    Returns
    -------
    str
        What the page says while it computes; empty where it takes a moment only.
    """
    place = st.empty()  # a button that was pressed must not stay while the work goes on
    if not costly(dataset):
        return ""
    cost = ui.computed(dbscan.estimate, dataset, min_samples=min_samples)
    if cost.seconds < 3:
        return ""
    ground = (dataset.key, min_samples)
    agreed = st.session_state.setdefault("db_agreed", [])
    if cost.seconds > ASKED_FIRST and ground not in agreed:
        with place.container():
            ui.note(f"{cost.words} Take a sample on the Data page for a quicker look.")
            st.button("Compute it", type="primary", on_click=lambda: agreed.append(ground))
        st.stop()
    return f"{count(dataset.n, 'point')} and min_samples = {min_samples}: {cost.words}"


def condensed(dataset: Dataset, *, axis: EpsilonAxis, min_cluster_size: int) -> hdbscan.Condensed:
    """Condense the tree of an axis."""
    return hdbscan.condensed(axis, min_cluster_size)


def scored(
    dataset: Dataset, *, axis: EpsilonAxis, values: tuple[float, ...], report: Report = silent
) -> dbscan.Grid:
    """Score some epsilons under both noise policies; on a sample where points are many."""
    if dataset.n <= LIMIT:
        return dbscan.grid(dataset, axis, values, report=report)
    rows = np.sort(np.random.default_rng(0).choice(dataset.n, SAMPLE, replace=False))
    weights = None if dataset.weights is None else dataset.weights[rows]
    some = Dataset.from_points(dataset.points[rows], weights=weights, metric=dataset.metric)
    labels = [axis.at(value).labels[rows] for value in values]
    whole = [np.where(each < 0, each.max(initial=-1) + 1, each) for each in labels]
    found = validity.silhouettes(some, [*labels, *whole], per_point=True, report=report)
    scores = tuple(banded(score) for score in found)
    counted = [axis.count(value) for value in values]
    return dbscan.Grid(
        values=np.array(values),
        clusters=np.array([each["clusters"] for each in counted]),
        noise=np.array([each["noise"] for each in counted]),
        core=np.array([each["core"] for each in counted]),
        with_noise=tuple(replace(score, noise="cluster") for score in scores[len(values) :]),
        without_noise=scores[: len(values)],
    )


def banded(score: validity.Score) -> validity.Score:
    """Give a score of a sample the band of its mean, and leave out its points."""
    values = score.per_point
    if values is None:
        return score
    inside = values[np.isfinite(values)]
    # Both the points and the neighbours that they are held against are drawn: twice the error.
    half = 2 * 1.96 * float(inside.std()) / np.sqrt(max(len(inside), 1))
    return replace(
        score, per_point=None, sampled=len(inside), low=score.value - half, high=score.value + half
    )


# ---- where the axis is looked at ----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Plateau:
    """A range of epsilon over which the number of clusters stays the same.

    Attributes
    ----------
    low, high : float
        Its ends.
    clusters : int
        How many there are.
    small : int
        How many of them hold less than 1 % of the points.
    noise : (least, most)
        Share of the points, from end to end.
    """

    low: float
    high: float
    clusters: int
    small: int
    noise: tuple[float, float]

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    @property
    def eps(self) -> float:
        """A short number in its middle."""
        return rounded(self.low, self.high)

    def holds(self, eps: float) -> bool:
        """Say whether an epsilon lies in it."""
        return self.low <= eps < self.high


def plateau(axis: EpsilonAxis, low: float, high: float) -> Plateau:
    """Say what there is to say of a range."""
    n, found = axis.dataset.n, axis.at(low)
    crumbs = np.bincount(found.labels[found.labels >= 0]) < SMALL * n
    last = axis.count(float(np.nextafter(high, 0)))["noise"]
    return Plateau(low, high, found.k, int(crumbs.sum()), (last / n, found.noise / n))


@dataclass(frozen=True, eq=False, slots=True)
class Sights:
    """What is to be seen on an axis, found out once.

    Attributes
    ----------
    plateaus : tuple of Plateau
        The longest ones, the longest first.
    longer : Plateau or None
        A longer one, which is none of them as nearly all points are in one cluster there.
    window : (low, high)
        Between which epsilons anything is to be seen.
    opening : float
        The epsilon on which new data open.
    knee : Knee
        The k-distance curve.
    """

    plateaus: tuple[Plateau, ...]
    longer: Plateau | None
    window: tuple[float, float]
    opening: float
    knee: dbscan.Knee

    @property
    def marked(self) -> tuple[Plateau, ...]:
        """Those that are marked on the curve."""
        return (*self.plateaus[: SHOWN - 1], self.longer) if self.longer else self.plateaus


def sights(dataset: Dataset, *, axis: EpsilonAxis) -> Sights:
    """Look at an axis: the middle of its longest plateau is where new data open."""
    knee = dbscan.knee(axis)
    plateaus = tuple(plateau(axis, *ends) for ends in few(axis, axis.plateaus)[:SHOWN])
    longer = longest_of_all(axis, plateaus)
    if plateaus:
        opening = plateaus[0].eps
    else:
        opening = knee.eps if knee.place >= 0 else float(axis.values[len(axis.values) // 2])
    seen = window(axis, tuple(each.ends for each in (*plateaus[:1], longer) if each))
    return Sights(plateaus, longer, seen, opening, knee)


def few(axis: EpsilonAxis, found: Ranges) -> Ranges:
    """Leave out where nearly every point is a cluster, which is nobody's answer."""
    kept = [ends for ends in found if axis.count(ends[0])["clusters"] ** 2 <= axis.dataset.n]
    return tuple(kept) or found


def longest_of_all(axis: EpsilonAxis, plateaus: tuple[Plateau, ...]) -> Plateau | None:
    """Give a plateau on which nearly all are in one cluster, where it is the longest of all."""
    if not plateaus:
        return None
    first = plateaus[0]
    curves = axis.curves
    told = (curves["noise"] <= LOST * axis.dataset.n) & (curves["largest"] < NEARLY_ALL)
    for low, high in trees.plateaus(axis.values, curves["clusters"], allowed=told):
        if high / low <= 1.001 * first.high / first.low:
            return None
        last = axis.count(float(np.nextafter(high, 0)))
        if last["clusters"] ** 2 <= axis.dataset.n and last["largest"] >= dbscan_axis.DOMINANT:
            return plateau(axis, low, high)
    return None


def window(axis: EpsilonAxis, plateaus: Ranges) -> tuple[float, float]:
    """Give between which epsilons anything is to be seen.

    From where some points are core to where nearly all are in one cluster: a single point
    far away does not squeeze what the others do. Plateaus are always within.
    """
    values, curves = axis.values, axis.curves
    n = axis.dataset.n
    begun = values[int((curves["core"] >= ENOUGH * n).argmax())]
    joined = curves["largest"] >= NEARLY_ALL
    ended = values[int(joined.argmax())] if joined.any() else values[-1]
    low, high = float(begun), float(ended)
    for begin, end in plateaus:
        low, high = min(low, begin), max(high, end)
    low, high = 0.9 * low, 1.15 * high
    return (low, high) if high > 1.3 * low else (low / 1.5, 1.5 * high)


def rounded(low: float, high: float) -> float:
    """Give the shortest number near the geometric middle of a range, never outside.

    Examples
    --------
    >>> rounded(0.6134, 0.9211), rounded(1.0, 1.0001)
    (0.75, 1.00005)
    """
    middle = float(np.sqrt(low * high))
    for digits in range(2, 16):
        short = float(f"{middle:.{digits}g}")
        if low + 0.25 * (high - low) * (low < high) <= short < high - 0.25 * (high - low):
            return short
    return middle


def here(axis: EpsilonAxis, eps: float, seen: Sights) -> tuple[float, float] | None:
    """Give the range around an epsilon with as many clusters, where it is no marked plateau."""
    if any(each.holds(eps) for each in seen.marked):
        return None
    values, curve = axis.values, axis.curves["clusters"]
    place = int(np.searchsorted(values, eps, side="right")) - 1
    if place < 0:
        return None
    other = np.flatnonzero(curve != curve[place])
    after = other[other > place]
    before = other[other < place]
    first = int(before[-1]) + 1 if len(before) else 0
    last = float(values[after[0]]) if len(after) else np.inf
    return float(values[first]), last


def height(view: View) -> int:
    """Give the height of a map on which points that lie wide leave little room empty."""
    across, up = np.ptp(view.points, axis=0).tolist()
    if view.kind == "strip" or not across > 0:
        return HIGHEST
    return int(np.clip(ACROSS * up / across + 80, LOWEST, HIGHEST))


def ten(axis: EpsilonAxis, data: str, seen: tuple[float, float]) -> tuple[float, ...]:
    """Give ten epsilons to be scored: the book's own on its data, else even ones."""
    if data == samples.recipe("dbscan")[0] and axis.dataset.metric.is_euclidean:
        return tuple(np.linspace(0.3, 1.2, TEN).round(1).tolist())
    low, high = seen
    quiet = axis.curves["noise"] <= LOST * axis.dataset.n
    if quiet.any():
        low = max(low, float(axis.values[int(quiet.argmax())]))
    values = np.geomspace(low, max(high, 1.01 * low), TEN)
    return tuple(dict.fromkeys(float(f"{value:.2g}") for value in values if value > 0))


def shared_life(tree: hdbscan.Condensed) -> float | None:
    """Give an epsilon at which most points are in clusters that HDBSCAN chooses."""
    lives = [(low, high) for low, high in tree.lives if 0 < low < high]
    if not lives:
        return None
    weights = tree.sizes[tree.chosen]
    ends = np.unique([end for life in lives for end in life])
    middles = np.sqrt(ends[:-1] * ends[1:])
    middles = middles[np.isfinite(middles)]
    if not len(middles):
        return None
    alive = np.array([
        sum(
            weight
            for weight, (low, high) in zip(weights.tolist(), lives, strict=False)
            if low < value < high
        )
        for value in middles.tolist()
    ])  # fmt: skip
    return float(middles[int(alive.argmax())])


def marks(
    dataset: Dataset, axis: EpsilonAxis, knee: dbscan.Knee, min_cluster_size: int
) -> dict[str, float]:
    """Give the epsilons that other methods would choose."""
    found = {"knee": knee.eps} if knee.place >= 0 else {}
    if dataset.n <= MARKED:
        tree = ui.computed(condensed, dataset, axis=axis, min_cluster_size=min_cluster_size)
        lives = shared_life(tree)
        if lives is not None:
            found["HDBSCAN"] = lives
    return found
