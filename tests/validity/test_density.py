"""DBCV against the formulas of its paper, worked out point by point, and what must hold of it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.dataset import Dataset, Floats
from clustering.errors import ParameterError
from clustering.geometry.metrics import measured
from clustering.validity import dbcv, silhouette


def plain(points: Floats, labels: list[int]) -> float:
    """Definitions 1 to 7 of Moulavi et al., with Kruskal's method for the trees."""
    n, m = points.shape
    clusters = {c: [i for i in range(n) if labels[i] == c] for c in set(labels) - {-1}}
    clusters = {c: rows for c, rows in clusters.items() if len(rows) > 1}

    def d(i: int, j: int) -> float:
        return math.dist(points[i], points[j])

    core, inner, sparse = {}, {}, {}
    for c, rows in clusters.items():
        for i in rows:
            apart = [d(i, j) for j in rows if j != i]
            if min(apart) == 0:
                core[i] = 0.0
            else:
                core[i] = (sum((1 / x) ** m for x in apart) / (len(rows) - 1)) ** (-1 / m)
        ways = sorted(
            (max(core[i], core[j], d(i, j)), d(i, j), i, j) for i in rows for j in rows if i < j
        )
        part, edges = {i: i for i in rows}, []
        for way, _, i, j in ways:
            if part[i] != part[j]:
                old, new = part[j], part[i]
                part = {k: new if p == old else p for k, p in part.items()}
                edges.append((way, i, j))
        ends = [i for _, *pair in edges for i in pair]
        inner[c] = [i for i in rows if ends.count(i) > 1] or rows
        within = [way for way, i, j in edges if i in inner[c] and j in inner[c]]
        sparse[c] = max(within or [way for way, *_ in edges])
    total = 0.0
    for c, rows in clusters.items():
        between = min(
            max(core[i], core[j], d(i, j))
            for other in clusters
            if other != c
            for i in inner[c]
            for j in inner[other]
        )
        larger = max(between, sparse[c])
        total += len(rows) / n * ((between - sparse[c]) / larger if larger else 0.0)
    return total


@st.composite
def labelled(draw: st.DrawFn) -> tuple[Floats, list[int]]:
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    k, n, d = draw(st.integers(2, 4)), draw(st.integers(8, 40)), draw(st.integers(1, 8))
    labels = np.concatenate([np.repeat(np.arange(k), 2), rng.integers(-1, k, n)])
    return rng.normal(size=(len(labels), d)) + 3.0 * labels[:, None], labels.tolist()


@settings(max_examples=40)
@given(labelled())
def test_it_is_what_the_paper_defines(case: tuple[Floats, list[int]]) -> None:
    points, labels = case
    assert dbcv(Dataset.from_points(points), labels).value == pytest.approx(plain(points, labels))


@settings(max_examples=25)
@given(labelled(), st.integers(0, 99), st.sampled_from([1e-120, 0.5, 3.0, 1e120]))
def test_order_names_unit_and_weights_do_not_matter(
    case: tuple[Floats, list[int]], seed: int, unit: float
) -> None:
    points, labels = case[0], np.array(case[1])
    value = dbcv(Dataset.from_points(points), labels).value
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(points))
    renamed = np.where(labels < 0, -1, 7 - labels)
    moved = Dataset.from_points(unit * points[order])
    assert dbcv(moved, renamed[order]).value == pytest.approx(value)
    times = rng.integers(1, 4, len(points))
    once = Dataset.from_points(points, weights=times)
    often = Dataset.from_points(np.repeat(points, times, axis=0))
    assert dbcv(once, labels).value == pytest.approx(dbcv(often, np.repeat(labels, times)).value)


def test_rings_are_better_than_halves_which_the_silhouette_prefers() -> None:
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.concatenate([ring, 4 * ring])
    data = Dataset.from_points(points + np.random.default_rng(0).normal(0, 0.05, points.shape))
    rings, halves = np.repeat([0, 1], 120), (points[:, 0] > 0.01).astype(int)
    assert dbcv(data, rings).value > 0.5 > -0.5 > dbcv(data, halves).value
    assert silhouette(data, rings).value < silhouette(data, halves).value


def test_noise_lowers_it_by_its_share() -> None:
    points = np.concatenate([np.arange(10.0), np.arange(100.0, 110.0), [50.0] * 5])[:, None]
    labels = np.repeat([0, 1, -1], [10, 10, 5])
    without = dbcv(Dataset.from_points(points[:20]), labels[:20])
    with_noise = dbcv(Dataset.from_points(points), labels)
    assert with_noise.value == pytest.approx(without.value * 20 / 25)
    assert (with_noise.n, with_noise.noise, with_noise.sampled) == (25, "singletons", 0)


def test_equal_points_are_infinitely_dense() -> None:
    points = np.repeat([[0.0], [1.0]], 3, axis=0)
    assert dbcv(Dataset.from_points(points), [0, 0, 0, 1, 1, 1]).value == 1.0
    assert dbcv(Dataset.from_points(np.zeros((4, 2))), [0, 0, 1, 1]).value == 0.0


def test_it_takes_any_metric_and_many_columns() -> None:
    rng = np.random.default_rng(1)
    labels = np.arange(60) % 3
    points = rng.normal(size=(60, 200)) + 9.0 * labels[:, None]
    data = Dataset.from_points(points)
    for name in ("euclidean", "manhattan", "chebyshev"):
        assert 0.5 < dbcv(measured(data, name), labels).value < 1.0


@pytest.mark.parametrize(
    ("labels", "limit", "words"),
    [
        ([0, 0, 0, 0], 99, "Fewer than two clusters have two points"),
        ([0, 0, 0, 1], 99, "Fewer than two clusters have two points"),
        ([-1, -1, -1, -1], 99, "Fewer than two clusters"),
        ([0, 0, 1, 1], 3, "too many for 4 points; take a sample of 3"),
    ],
)
def test_it_says_why_it_is_undefined(labels: list[int], limit: int, words: str) -> None:
    score = dbcv(Dataset.from_points([[0.0], [1.0], [5.0], [6.0]]), labels, limit=limit)
    assert words in score.reason and math.isnan(score.value)


def test_labels_must_fit() -> None:
    with pytest.raises(ParameterError):
        dbcv(Dataset.from_points([[0.0], [1.0]]), [0, 1, 1])


def test_it_stops_where_its_report_raises() -> None:
    def stop(step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dbcv(Dataset.from_points([[0.0], [1.0], [5.0], [6.0]]), [0, 0, 1, 1], report=stop)
