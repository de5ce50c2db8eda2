"""The null test is calibrated, sees groups, and takes one cloud for what it is."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from scipy.stats import binom

from clustering import kmeans, sweep, validity
from clustering.dataset import Dataset, Metric
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.judging import hopkins, structure
from clustering.judging.references import box
from clustering.kmeans import quick

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
TRIES = 120
FAST = partial(structure.best_silhouette, cluster=partial(quick.labels_over_k, n_init=1), k_max=4)
BEST = partial(structure.best_silhouette, cluster=quick.labels_over_k, k_max=10)


def sample(name):
    path = SAMPLES / f"{name}.csv"
    return Dataset.from_points(np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(0, 1)))


def rounded(rng):
    return rng.normal(size=(120, 2))


def long(rng):
    return rng.normal(size=(120, 2)) @ [[6.0, 3.0], [0.0, 1.0]]


def square(rng):
    return rng.random((40, 2))


def three_columns(rng):
    return rng.random((40, 3)) * [5.0, 3.0, 1.0] - 2.0


# ---- calibration -----------------------------------------------------------------------------


@pytest.mark.parametrize("even", [square, three_columns])
def test_even_data_are_significant_as_often_as_p_says(even):
    found = [
        structure.null_test(
            Dataset.from_points(even(np.random.default_rng(seed))),
            best=FAST,
            references=9,
            seed=seed,
        )
        for seed in range(TRIES)
    ]
    low, high = binom.interval(0.999, TRIES, 0.1)
    for values in ([each.silhouette_p for each in found], [each.hopkins_p for each in found]):
        # Of 10 ranks the first: p = 1/10, with which a test at the level 0.1 rejects.
        assert low <= np.sum(np.array(values) <= 0.1) <= high
        assert np.mean(values) == pytest.approx(0.55, abs=0.09)


@pytest.mark.parametrize("seed", range(10))
def test_groups_always_get_the_least_p(seed):
    rng = np.random.default_rng(seed)
    middles = np.array([[0, 0], [8, 0], [0, 8]])[rng.integers(0, 3, 60)]
    data = Dataset.from_points(middles + rng.normal(size=(60, 2)))
    found = structure.null_test(data, best=FAST, references=19, seed=seed)
    assert (found.silhouette_p, found.reached, found.best_k) == (0.05, 0, 3)
    assert found.hopkins_p == 0.05


@pytest.mark.parametrize("cloud", [rounded, long])
def test_one_cloud_is_no_even_box_and_yet_one_cluster(cloud):
    # The silhouette, which is the verdict, sees less to part than in a box; Hopkins only
    # sees that the points crowd.
    found = [
        structure.null_test(
            Dataset.from_points(cloud(np.random.default_rng(seed))),
            best=FAST,
            references=19,
            seed=seed,
        )
        for seed in range(12)
    ]
    assert sum(each.silhouette_p <= 0.05 for each in found) <= 1
    assert np.mean([each.silhouette_p for each in found]) > 0.7
    assert np.mean([each.hopkins_p for each in found]) < 0.2


# ---- samples ---------------------------------------------------------------------------------


def test_nothing_supports_clusters_in_the_sample_without_any():
    found = structure.null_test(sample("uniform"), best=BEST, references=39)
    assert found.silhouette_p > 0.05 and found.hopkins_p > 0.05


@pytest.mark.parametrize(("name", "k"), [("five-blobs", 5), ("four-blobs", 4)])
def test_blobs_are_found(name, k):
    found = structure.null_test(sample(name), best=BEST, references=19)
    assert (found.silhouette_p, found.hopkins_p, found.best_k) == (0.05, 0.05, k)


# ---- the pieces ------------------------------------------------------------------------------


def test_hopkins_is_its_formula():
    rng = np.random.default_rng(0)
    points = rng.random((40, 3))
    data = Dataset.from_points(points)
    generator = np.random.default_rng([7, hopkins.STREAM])
    frame = box(data, along="smaller")
    places = generator.uniform(frame.low, frame.high, size=(12, 3)) @ frame.directions
    places += frame.origin
    chosen = generator.choice(40, size=12, replace=False)
    u = cdist(places, points).min(axis=1)
    w = np.sort(cdist(points[chosen], points), axis=1)[:, 1]
    expected = (u**3).sum() / ((u**3).sum() + (w**3).sum())
    assert structure.hopkins(data, m=12, seed=7) == pytest.approx(expected)


def test_hopkins_is_half_for_even_points_and_1_for_heaps_of_equal_ones():
    found = [
        structure.hopkins(Dataset.from_points(square(np.random.default_rng(seed))), seed=seed)
        for seed in range(200)
    ]
    assert np.mean(found) == pytest.approx(0.5, abs=0.05)
    heaps = Dataset.from_points(np.repeat([[0.0, 0.0], [1.0, 1.0]], 10, axis=0))
    assert structure.hopkins(heaps) == 1.0


def test_columns_that_say_nothing_new_change_nothing():
    points = np.random.default_rng(0).random((60, 2))
    here = structure.hopkins(Dataset.from_points(points))
    constant = Dataset.from_points(np.column_stack([points, np.full((60, 4), 7e5)]))
    assert structure.hopkins(constant) == pytest.approx(here)
    # On a slanted plane in five columns only two directions count.
    slanted = Dataset.from_points(points @ np.random.default_rng(1).normal(size=(2, 5)))
    assert slanted.d == 5 and 0.3 < structure.hopkins(slanted) < 0.7


def test_many_columns_are_measured_as_few_are():
    points = np.random.default_rng(0).normal(size=(60, 40))
    u = hopkins._nearest(points, points[:7] + 0.5, 1)
    w = hopkins._nearest(points, points[:7], 2)
    tree = cKDTree(points)
    np.testing.assert_allclose(u, tree.query(points[:7] + 0.5)[0])
    np.testing.assert_allclose(w, tree.query(points[:7], k=2)[0][:, 1])


def test_equal_points_are_clusters_too():
    points = np.repeat([[0.0, 0.0], [1.0, 0.0], [0.0, 3.0]], 10, axis=0)
    assert BEST(Dataset.from_points(points)) == (1.0, 3)
    found = structure.null_test(Dataset.from_points(points[:20]), best=FAST, references=19)
    assert (found.silhouette, found.best_k, found.silhouette_p) == (1.0, 2, 0.05)


@pytest.mark.parametrize(
    "change", [lambda x: x * 1e-290, lambda x: x * 1e-90, lambda x: x * 1e90, lambda x: x + 2.0**20]
)
def test_neither_the_unit_nor_the_place_matters(change):
    points = np.round(np.random.default_rng(0).random((60, 2)) * 2**16) / 2**16
    here = structure.hopkins(Dataset.from_points(points))
    assert structure.hopkins(Dataset.from_points(change(points))) == pytest.approx(here, rel=1e-6)


def test_both_ways_to_the_best_silhouette_agree_on_clear_groups():
    data = sample("five-blobs")
    by_fit = structure.best_silhouette(
        data, cluster=partial(sweep.labels_over_k, fit=kmeans.fit), k_max=7
    )
    at_once = structure.best_silhouette(
        data, cluster=partial(quick.labels_over_k, n_init=10), k_max=7
    )
    assert by_fit == pytest.approx(at_once)
    answer = kmeans.fit(data, k=5)
    assert by_fit == pytest.approx((validity.silhouette(data, answer.labels).value, 5))


@pytest.mark.parametrize("points", [[[0.0], [1.0]], [[0.0]]])
def test_without_a_silhouette_there_is_no_best(points):
    value, k = BEST(Dataset.from_points(points))
    assert np.isnan(value) and k == 1


def test_the_p_value_counts_the_data_among_the_references():
    data = Dataset.from_points(square(np.random.default_rng(0)))
    heights = iter([0.5, 0.4, 0.5, 0.6, 0.1])
    steps = []
    found = structure.null_test(
        data, best=lambda each: (next(heights), 3), references=4, report=steps.append
    )
    assert (found.silhouette_p, found.reached, found.best_k) == (3 / 5, 2, 3)
    assert found.silhouettes.tolist() == [0.4, 0.5, 0.6, 0.1]
    assert [step.share for step in steps] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_of_many_points_a_sample_is_held_against_sets_of_its_size():
    sizes = []

    def noted(dataset):
        sizes.append(dataset.n)
        return 0.1, 2

    data = Dataset.from_points(np.random.default_rng(0).random((3000, 2)))
    found = structure.null_test(data, best=noted, references=3, most=200)
    assert sizes == [200] * 4 and (found.n, found.sampled) == (200, True)
    whole = structure.null_test(data, best=noted, references=1, most=3000)
    assert (whole.n, whole.sampled) == (3000, False)


def test_a_seed_gives_the_same_again():
    data = Dataset.from_points(square(np.random.default_rng(0)))
    one, other = (
        structure.null_test(data, best=FAST, references=5, most=30, seed=3) for _ in range(2)
    )
    assert (one.silhouette_p, one.hopkins) == (other.silhouette_p, other.hopkins)
    assert np.array_equal(one.silhouettes, other.silhouettes)


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def test_what_it_does_not_take():
    data = Dataset.from_points(square(np.random.default_rng(0)))
    places = Dataset.from_points(data.points, metric=Metric("manhattan", manhattan))
    with pytest.raises(UnsupportedError, match="manhattan"):
        structure.null_test(places, best=FAST)
    with pytest.raises(DataError, match="the data have 9"):
        structure.hopkins(Dataset.from_points(data.points[:9]))
    with pytest.raises(DataError, match="All points are equal"):
        structure.null_test(Dataset.from_points(np.ones((20, 2))), best=FAST)
    with pytest.raises(ParameterError, match="m = 41"):
        structure.hopkins(data, m=41)
    with pytest.raises(ParameterError, match="references = 0"):
        structure.null_test(data, best=FAST, references=0)
