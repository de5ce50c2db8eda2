"""The spanning tree against a plain one, and the table of neighbours against all distances."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering.data.steps.distances import GREAT_CIRCLE
from clustering.dataset import Dataset, Floats
from clustering.geometry.metrics import measured, paired
from clustering.geometry.neighbourhood import Neighbourhood, coordinates, fewer, neighbourhood
from clustering.trees.merge_tree import grow
from clustering.trees.spanning import Spanning, merges, spanning


def plain(data: Dataset, core: Floats) -> Floats:
    """Prim's method on the whole table of mutual reachability; weights, ascending."""
    n = data.n
    i, j = np.divmod(np.arange(n * n), n)
    if data.metric.name in ("euclidean", "great-circle"):
        apart = paired(data, data.points[i], data.points[j]).reshape(n, n)
    else:
        apart = data.metric.between(data.points, data.points)
    ways = np.maximum(apart, np.maximum(core[:, None], core))
    inside, found = np.zeros(n, dtype=bool), []
    inside[0] = True
    best = ways[0].copy()
    for _ in range(n - 1):
        best[inside] = np.inf
        new = int(best.argmin())
        found.append(best[new])
        inside[new] = True
        best = np.minimum(best, ways[new])
    return np.sort(found)


@st.composite
def points_of(draw: st.DrawFn) -> Floats:
    rng = np.random.default_rng(draw(st.integers(0, 10**9)))
    n, d = draw(st.integers(1, 150)), draw(st.integers(1, 8))
    points = rng.normal(size=(n, d)) + draw(st.sampled_from([0.0, 1e4]))
    if draw(st.booleans()):
        points = np.round(points)  # many ties, many equal points
    return points


def whole(edges: Spanning, n: int) -> bool:
    return len(np.unique(grow(merges(edges), edges.weights).cut(n - 1))) == 1


@settings(max_examples=80)
@given(points_of(), st.integers(1, 20), st.sampled_from(["euclidean", "manhattan", "chebyshev"]))
def test_its_edges_are_as_long_as_those_of_prims_to_the_last_digit(
    points: Floats, min_samples: int, name: str
) -> None:
    data = measured(Dataset.from_points(points), name)
    near = neighbourhood(data, min(min_samples, data.n))
    edges = spanning(data, near)
    assert edges.weights.tolist() == plain(data, near.core).tolist()
    assert whole(edges, data.n)


@pytest.mark.parametrize("spread", [1e-5, 1.0, 60.0])
def test_along_the_globe_too(spread: float) -> None:
    rng = np.random.default_rng(0)
    places = np.array([179.99, 60.0]) + rng.normal(0, spread, (120, 2))
    places[:, 0] = (places[:, 0] + 180) % 360 - 180
    places[:, 1] = np.clip(places[:, 1], -90, 90)
    data = Dataset.from_points(places, metric=GREAT_CIRCLE)
    near = neighbourhood(data, 4)
    edges = spanning(data, near)
    # Straight lines through the globe are known to 1e-12 of its radius.
    assert edges.weights == pytest.approx(plain(data, near.core), rel=1e-12, abs=1e-8)


@settings(max_examples=40)
@given(points_of(), st.integers(1, 12), st.booleans())
def test_core_distances_are_those_of_the_nearest_points(
    points: Floats, min_samples: int, weighted: bool
) -> None:
    n = len(points)
    m = min(min_samples, n)
    weights = np.random.default_rng(n).integers(1, 4, n) if weighted else None
    data = Dataset.from_points(points, weights=weights)
    near = neighbourhood(data, m)
    often = points if weights is None else np.repeat(points, weights, axis=0)
    for i in range(0, n, 7):
        apart = np.sort(paired(data, np.broadcast_to(points[i], often.shape), often))
        # A k-d tree adds squares in another order, so that of two the farther may be taken.
        assert near.core[i] == pytest.approx(apart[m - 1], rel=1e-14)
    assert (np.diff(near.distances, axis=1) >= 0).all()
    for smaller in range(1, m + 1):
        part, alone = fewer(data, near, smaller), neighbourhood(data, smaller)
        assert part.core.tolist() == alone.core.tolist()


def test_points_that_are_never_core_are_joined_all_the_same() -> None:
    data = Dataset.from_points([[0.0], [1.0], [5.0]])
    near = neighbourhood(data, 9)
    assert np.isinf(near.core).all()
    edges = spanning(data, near)
    assert np.isinf(edges.weights).all() and whole(edges, 3)


@pytest.mark.parametrize("degrees", [1e-9, 1e-3, 1.0, 90.0, 179.0])
def test_straight_lines_through_the_globe_are_in_the_order_of_ways_around_it(
    degrees: float,
) -> None:
    along = np.linspace(0.5, 1.0, 40) * degrees
    data = Dataset.from_points(np.column_stack([along, np.zeros(40)]), metric=GREAT_CIRCLE)
    space = coordinates(data)
    lines = np.linalg.norm(
        space - coordinates(Dataset.from_points([[0, 0]], metric=GREAT_CIRCLE)), axis=1
    )
    assert (np.diff(lines) > 0).all()
    arcs = paired(data, np.zeros((40, 2)), data.points)
    assert arcs == pytest.approx(along * np.pi / 180 * 6371.0088, rel=1e-9)


@pytest.mark.parametrize(
    "work",
    [neighbourhood, lambda data, m, report: spanning(data, neighbourhood(data, m), report=report)],
)
@pytest.mark.parametrize("name", ["euclidean", "manhattan"])
def test_each_part_can_be_stopped(work: Callable[..., Neighbourhood], name: str) -> None:
    data = measured(Dataset.from_points(np.random.default_rng(0).normal(size=(50, 2))), name)

    def stop(step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work(data, 3, report=stop)
