"""DBSCAN at every epsilon against scikit-learn's at one: all labels, numbers and all."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN

from clustering import dbscan
from clustering.data.steps.distances import GREAT_CIRCLE, Gower
from clustering.dataset import Dataset, Floats, Metric
from clustering.geometry.metrics import METRICS, measured
from clustering.partition import Partition


def theirs(points: Floats, eps: float, min_samples: int, **given: object) -> DBSCAN:
    given = {"algorithm": "kd_tree"} | given
    return DBSCAN(eps=eps, min_samples=min_samples, **given).fit(points)  # type: ignore[arg-type]


def check(mine: Partition, them: DBSCAN) -> None:
    np.testing.assert_array_equal(mine.labels, them.labels_)
    core = np.zeros(len(mine.labels), dtype=bool)
    core[them.core_sample_indices_] = True
    assert mine.core is not None
    np.testing.assert_array_equal(mine.core, core)
    assert mine.facts["noise"] == (them.labels_ < 0).sum()
    assert mine.facts["border"] == ((them.labels_ >= 0) & ~core).sum()


@st.composite
def clouds(draw: st.DrawFn) -> tuple[Floats, int]:
    """Points of 1 to 20 columns, near or far from the origin, some of them repeated."""
    rng = np.random.default_rng(draw(st.integers(0, 10**9)))
    n, d = draw(st.integers(1, 120)), draw(st.integers(1, 20))
    groups = rng.integers(0, draw(st.integers(1, 5)), (n, 1))
    points = rng.normal(size=(n, d)) + groups * draw(st.sampled_from([0.5, 2.0, 8.0]))
    points += draw(st.sampled_from([0.0, 1.0, 100.0, 1e4]))
    points[rng.random(n) < draw(st.sampled_from([0.0, 0.3]))] = points[0]
    return points, draw(st.integers(1, min(50, n)))


def around(values: Floats, seed: int, many: int) -> list[float]:
    """Some of the values, a relative 1e-12 to either side."""
    some = np.random.default_rng(seed).choice(values, min(many, len(values)), replace=False)
    return [float(value * side) for value in some for side in (1 - 1e-12, 1 + 1e-12)]


@settings(max_examples=60)
@given(clouds(), st.integers(0, 99))
def test_every_label_is_that_of_scikit_learn_on_either_side_of_every_edge(
    cloud: tuple[Floats, int], seed: int
) -> None:
    points, min_samples = cloud
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    edges = axis.tree.heights[axis.tree.heights > 1e-9]
    spread = [] if len(edges) else [1.0]
    for eps in around(edges, seed, 4) + around(axis.values[1:], seed, 2) + spread:
        check(axis.at(eps), theirs(points, eps, min_samples))


@settings(max_examples=20)
@given(clouds(), st.integers(0, 99))
def test_and_of_its_usual_algorithm_well_within_a_gap(cloud: tuple[Floats, int], seed: int) -> None:
    # From 16 columns on scikit-learn subtracts large squares, which loses digits.
    points, min_samples = cloud
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    every = np.unique(np.append(cdist(points, points), 0.0))
    wide = np.flatnonzero(np.diff(every) > 1e-3)
    for gap in np.random.default_rng(seed).permutation(wide)[:4]:
        eps = float(every[gap : gap + 2].mean())
        check(axis.at(eps), theirs(points, eps, min_samples, algorithm="auto"))


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 12))
def test_points_on_a_lattice_are_full_of_ties(seed: int, d: int, min_samples: int) -> None:
    points = np.random.default_rng(seed).integers(0, 6, (80, d)).astype(float)
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    for eps in (0.5, 1.0, 1.2, 1.42, 2.0, 3.0):  # 1, 2 and 3 are distances, and exactly so
        check(axis.at(eps), theirs(points, eps, min_samples))


@settings(max_examples=25)
@given(clouds())
def test_curves_are_counts_of_the_answers_everywhere(cloud: tuple[Floats, int]) -> None:
    points, min_samples = cloud
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    assert (np.diff(axis.values) > 0).all() and axis.values[0] > 0
    places = np.linspace(0, len(axis.values) - 1, 12).astype(int)
    for value in axis.values[places]:
        for eps in (value, np.nextafter(value, 0), np.nextafter(value, np.inf)):
            answer, counts = axis.at(eps), axis.count(eps)
            assert answer.core is not None
            inside = answer.labels[answer.core]
            sizes = np.bincount(inside)
            largest = sizes.max(initial=0) / len(points)
            assert counts == {
                "clusters": answer.k,
                "large": (sizes**2 >= len(points)).sum(),
                "noise": answer.noise,
                "core": answer.core.sum(),
                "largest": pytest.approx(largest),
            }
    for name, curve in axis.curves.items():
        if name not in ("clusters", "large"):  # these alone go up and down
            assert (np.diff(curve) * (-1 if name == "noise" else 1) >= 0).all()


@settings(max_examples=20)
@given(clouds(), st.integers(0, 99))
def test_plateaus_are_ranges_without_change_the_widest_first(
    cloud: tuple[Floats, int], seed: int
) -> None:
    # Where no two clusters are ever large at once, those of any size count.
    axis = dbscan.axis(Dataset.from_points(cloud[0]), min_samples=cloud[1])
    widths = [high / low for low, high in axis.plateaus]
    assert widths == sorted(widths, reverse=True)
    of = "large" if axis.curves["large"].max() >= 2 else "clusters"
    for low, high in axis.plateaus[:3]:
        inside = np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), 5))
        found = {axis.count(eps)[of] for eps in [low, *inside, np.nextafter(high, 0)]}
        assert len(found) == 1 and found.pop() >= 2


def test_crumbs_break_no_plateau() -> None:
    """Two lines of 50 points a step apart, 30 from one another, and pairs ever farther apart."""
    lines = np.concatenate([np.arange(50.0), np.arange(80.0, 130.0)])
    pairs = 1000 + 100.0 * np.arange(8) + np.arange(2)[:, None] * np.arange(1.5, 9.5)
    axis = dbscan.axis(Dataset.from_points(np.append(lines, pairs)[:, None]), min_samples=2)
    assert axis.large_from == 11  # of 116 points
    assert axis.plateaus[0] == (1.0, 31.0)
    assert [axis.count(eps)["clusters"] for eps in (1, 2, 5, 30)] == [2, 3, 6, 10]
    assert {axis.count(eps)["large"] for eps in (1, 2, 5, 30)} == {2}


@settings(max_examples=20)
@given(clouds(), st.integers(0, 99))
def test_a_weight_makes_a_cluster_as_large_as_so_many_points(
    cloud: tuple[Floats, int], seed: int
) -> None:
    points, min_samples = cloud
    times = np.random.default_rng(seed).integers(1, 6, len(points))
    once = dbscan.axis(Dataset.from_points(points, weights=times), min_samples=min_samples)
    often = dbscan.axis(
        Dataset.from_points(np.repeat(points, times, axis=0)), min_samples=min_samples
    )
    assert once.large_from == often.large_from
    for name in ("clusters", "large"):
        at = [[axis.count(float(eps))[name] for eps in often.values] for axis in (once, often)]
        assert at[0] == at[1]


# ---- other distances -------------------------------------------------------------------------
def gower(points: Floats) -> Dataset:
    ranges = (*np.ptp(points[:, :-1], axis=0).tolist(), 0.0)
    mixed = np.column_stack([points[:, :-1], np.round(points[:, -1])])
    return Dataset.from_points(mixed, metric=Metric("Gower", Gower(ranges)))


@pytest.mark.parametrize("name", [*METRICS[1:], "Gower"])
@pytest.mark.parametrize("min_samples", [1, 4, 9])
def test_any_metric_gives_what_scikit_learn_makes_of_its_distances(
    name: str, min_samples: int
) -> None:
    rng = np.random.default_rng(5)
    points = rng.normal(size=(150, 4)) + 3.0 * rng.integers(0, 3, (150, 1))
    if name == "hamming":
        points = np.round(points)
    data = gower(points) if name == "Gower" else measured(Dataset.from_points(points), name)
    distances = data.metric.between(data.points, data.points)
    axis = dbscan.axis(data, min_samples=min_samples)
    edges = axis.tree.heights[axis.tree.heights > 1e-9]
    for eps in around(edges, 0, 6):
        given = {"metric": "precomputed", "algorithm": "brute"}
        answer = axis.at(eps)
        check(answer, theirs(distances, eps, min_samples, **given))
        np.testing.assert_array_equal(answer.assign(data.points), answer.labels)


def test_kilometres_are_those_of_a_globe() -> None:
    # A degree of a great circle is 2 pi 6371.0088 / 360 = 111.195 km, one of longitude at
    # 60 degrees of latitude half of that along the parallel, and a hair less straight on.
    places = [[10.0, 0.0], [11.0, 0.0], [179.6, 0.0], [-179.4, 0.0], [0.0, 60.0], [1.0, 60.0]]
    data = Dataset.from_points(places, metric=GREAT_CIRCLE)
    axis = dbscan.axis(data, min_samples=2)
    assert axis.tree.heights[:3] == pytest.approx([55.5963, 111.1951, 111.1951], abs=1e-3)
    assert axis.at(60).labels.tolist() == [-1, -1, -1, -1, 0, 0]
    assert axis.at(112).labels.tolist() == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("min_samples", [1, 3, 10])
def test_places_are_clustered_as_by_haversines(min_samples: int) -> None:
    rng = np.random.default_rng(min_samples)
    middles = rng.uniform([-180, -90], [180, 90], (6, 2))
    places = middles[rng.integers(0, 6, 300)] + rng.normal(0, 2, (300, 2))
    places[:, 0] = (places[:, 0] + 180) % 360 - 180
    places[:, 1] = np.clip(places[:, 1], -90, 90)  # some at a pole itself, at any longitude
    places[:20] = places[0]
    data = Dataset.from_points(places, metric=GREAT_CIRCLE)
    axis = dbscan.axis(data, min_samples=min_samples)
    radians = np.radians(places[:, ::-1])
    assert axis.curves["large"].max() >= 1
    for eps in [*around(axis.tree.heights[axis.tree.heights > 1], 1, 8), 1e-6, 10.0, 20_016.0]:
        them = theirs(
            radians, eps / 6371.0088, min_samples, metric="haversine", algorithm="ball_tree"
        )
        check(axis.at(eps), them)
        np.testing.assert_array_equal(axis.at(eps).assign(places), them.labels_)
        sizes = np.bincount(them.labels_[them.core_sample_indices_], minlength=1)
        assert axis.count(eps)["large"] == (sizes >= 18).sum()  # the root of 300, upwards


# ---- weights ---------------------------------------------------------------------------------
@settings(max_examples=25)
@given(clouds(), st.booleans(), st.integers(0, 99))
def test_weights_are_sample_weights(cloud: tuple[Floats, int], whole: bool, seed: int) -> None:
    points, min_samples = cloud
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 6, len(points)) + (0.0 if whole else rng.random(len(points)))
    data = Dataset.from_points(points, weights=weights)
    axis = dbscan.axis(data, min_samples=min_samples)
    edges = axis.tree.heights[axis.tree.heights > 1e-9]
    for eps in around(edges, seed, 3) or [1.0]:
        them = DBSCAN(eps=eps, min_samples=min_samples, algorithm="kd_tree")
        check(axis.at(eps), them.fit(points, sample_weight=weights))


def test_few_heavy_points_are_enough() -> None:
    data = Dataset.from_points([[0.0], [1.0], [9.0]], weights=[1, 4, 7])
    axis = dbscan.axis(data, min_samples=5)
    assert axis.core.tolist() == [1.0, 1.0, 0.0]
    assert axis.at(1.0).labels.tolist() == [0, 0, 1]
    assert axis.at(0.5).labels.tolist() == [-1, -1, 0]


# ---- new points, other processes -------------------------------------------------------------
@settings(max_examples=20)
@given(clouds(), st.integers(0, 99))
def test_new_points_join_the_first_cluster_with_a_core_point_in_reach(
    cloud: tuple[Floats, int], seed: int
) -> None:
    points, min_samples = cloud
    rng = np.random.default_rng(seed)
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    new = points[rng.integers(0, len(points), 60)] + rng.normal(size=(60, points.shape[1]))
    for eps in rng.choice(axis.values, 3) * 1.01:
        answer = axis.at(eps)
        np.testing.assert_array_equal(answer.assign(points), answer.labels)
        dense, named = points[answer.core], answer.labels[answer.core]
        near = cdist(new, dense) <= eps
        expected = [int(named[row].min()) if row.any() else -1 for row in near]
        assert answer.assign(new).tolist() == expected


def test_axis_and_answers_travel() -> None:
    points = np.random.default_rng(0).normal(size=(60, 3))
    axis = dbscan.axis(Dataset.from_points(points), min_samples=4)
    again = pickle.loads(pickle.dumps(axis))
    answer = pickle.loads(pickle.dumps(again.at(1.0)))
    assert np.array_equal(answer.labels, axis.at(1.0).labels)
    assert np.array_equal(answer.assign(points), answer.labels)
    assert again.plateaus == axis.plateaus


def test_parameters_give_the_answer_again() -> None:
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(60, 3)))
    answer = dbscan.fit(data, eps=0.8, min_samples=3)
    assert answer.parameters == {"eps": 0.8, "min_samples": 3}
    assert np.array_equal(dbscan.fit(data, **answer.parameters).labels, answer.labels)  # type: ignore[arg-type]


def test_work_is_reported_and_can_be_stopped() -> None:
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(2000, 3)))
    shares: list[float] = []
    dbscan.axis(data, report=lambda step: shares.append(step.share))
    assert shares == sorted(shares) and shares[0] == 0.0 and 0.9 <= shares[-1] <= 1.0

    def stop(step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dbscan.axis(data, report=stop)
