"""Where an axis is looked at: plateaus with what is on them, the window, where it opens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import dbscan
from clustering.dataset import Dataset
from clustering.dbscan.events import widest
from clustering.dbscan.k_distances import knee


def test_one_far_outlier_does_not_squeeze_the_window() -> None:
    random = np.random.default_rng(0)
    near = np.vstack([random.normal(size=(200, 2)), random.normal(size=(200, 2)) + 9])
    axis = dbscan.axis(Dataset.from_points(np.vstack([near, [[1e6, 0.0]]])))
    seen = dbscan.sights(axis.dataset, axis=axis)
    low, high = seen.window
    assert 0 < low < axis.plateaus[0][0] and axis.plateaus[0][1] <= high < 30
    assert axis.count(seen.opening)["clusters"] == 2


@settings(max_examples=20)
@given(st.integers(0, 999), st.integers(1, 12))
def test_a_plateau_says_what_is_found_at_each_epsilon_on_it(seed: int, min_samples: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(300, 2)) + 5.0 * random.integers(0, 3, (300, 1))
    axis = dbscan.axis(Dataset.from_points(points), min_samples=min_samples)
    seen = dbscan.sights(axis.dataset, axis=axis)
    assert [each.ends for each in seen.plateaus] == list(axis.plateaus[:3])
    for each in seen.plateaus:
        inside = axis.values[(axis.values >= each.low) & (axis.values < each.high)]
        answers = [axis.at(float(eps)) for eps in inside]
        sizes = [np.bincount(answer.labels[answer.core]) for answer in answers]
        assert {int((one >= axis.large_from).sum()) for one in sizes} == {each.clusters}
        others = [int((one < axis.large_from).sum()) for one in sizes]
        assert each.others == (min(others), max(others))
        noise = [answer.noise / 300 for answer in answers]
        assert each.noise == (min(noise), max(noise))
        assert each.holds(each.eps) and each.holds(each.low) and not each.holds(each.high)


@pytest.mark.parametrize(
    ("name", "fine", "wrong"), [("noise", 50, 51), ("largest", 0.89, 0.9), ("clusters", 10, 11)]
)
def test_a_plateau_is_where_there_is_something_to_say(name: str, fine: float, wrong: float) -> None:
    """Of 100 points; where nothing is as it should be, the longest range is taken as it is."""
    values = np.array([1.0, 9.0, 10.0, 20.0, 21.0])
    large = np.array([2.0, 3.0, 2.0, 3.0, 1.0])
    still = np.ones(5)
    curves = {
        "large": large, "clusters": large.copy(), "noise": 0 * still, "core": 100 * still,
        "largest": 0.4 * still,
    }  # fmt: skip
    for value, first in ((fine, (1.0, 9.0)), (wrong, (10.0, 20.0))):
        curves[name][0] = value
        assert widest(values, curves)[0] == first
    curves[name][:] = wrong
    assert widest(values, curves)[0] == (1.0, 9.0)
    # Dominance is overlooked first, then the number of clusters, and the noise at last.
    first = np.array([1.0, 0.0, 0.0, 0.0, 0.0])
    curves |= {"largest": 0.9 * still, "clusters": 2 + 9 * first, "noise": 0 * still}
    assert widest(values, curves)[0] == (10.0, 20.0)
    curves |= {"clusters": 11 * still, "noise": 51 * first}
    assert widest(values, curves)[0] == (10.0, 20.0)


def test_a_longer_plateau_with_nearly_all_in_one_cluster_is_named() -> None:
    many = np.random.default_rng(0).uniform(0, 10, size=(950, 2))
    few = np.random.default_rng(1).uniform(40, 42, size=(50, 2))
    data = Dataset.from_points(np.vstack([many, few]))
    axis = dbscan.axis(data)
    seen = dbscan.sights(data, axis=axis)
    longer = seen.longer
    assert longer is not None and longer.clusters == 2
    assert longer.high / longer.low > axis.plateaus[0][1] / axis.plateaus[0][0]
    assert axis.at(longer.eps).k == 2 and axis.count(longer.eps)["largest"] >= 0.9
    assert seen.window[0] < longer.low < longer.high <= seen.window[1]
    assert longer in seen.marked and len(seen.marked) <= 3


def test_a_shorter_one_with_nearly_all_in_one_cluster_is_not() -> None:
    random = np.random.default_rng(0)
    heaps = ((475, 0.0, 10.0), (475, 40.0, 10.0), (50, 95.0, 2.0))
    data = Dataset.from_points(
        np.vstack([[at, 0.0] + wide * random.uniform(size=(n, 2)) for n, at, wide in heaps])
    )
    axis = dbscan.axis(data)
    seen = dbscan.sights(data, axis=axis)
    assert axis.count(38.0)["large"] == 2 and axis.count(38.0)["largest"] >= 0.9
    assert seen.plateaus[0].clusters == 3 and seen.longer is None


def test_a_single_close_pair_does_not_stretch_the_window() -> None:
    points = np.random.default_rng(0).normal(size=(200, 2))
    data = Dataset.from_points(np.vstack([points, points[:1] + 1e-7]))
    axis = dbscan.axis(data, min_samples=2)
    assert axis.values[0] < 1e-6 and dbscan.sights(data, axis=axis).window[0] > 1e-3


def test_points_without_plateaus_open_at_the_knee() -> None:
    """Steps of 0.7 are equal but for their last digits; no cluster is read into these."""
    steps = np.arange(30)
    line = np.column_stack([10 + (0.7 * steps).round(2), 20.0 + steps])
    data = Dataset.from_points(np.vstack([line, [[95.0, 30.0]]]))
    axis = dbscan.axis(data)
    assert axis.curves["clusters"].max() > 1  # rounding does part them, for 1e-15 of epsilon
    seen = dbscan.sights(data, axis=axis)
    assert seen.plateaus == () and seen.longer is None
    assert seen.opening == seen.knee.eps and axis.at(seen.opening).k == 1


@pytest.mark.parametrize(
    ("low", "high"), [(0.1, 0.11), (5.8, 7.5), (1e-9, 1e-8), (3.0, 3.0 + 1e-12)]
)
def test_rounded_values_stay_inside(low: float, high: float) -> None:
    assert low <= dbscan.rounded(low, high) < high


def test_the_range_around_an_epsilon_ends_where_a_cluster_comes_or_goes() -> None:
    axis = dbscan.axis(Dataset.from_points([[0.0], [1.0], [2.0], [9.0], [9.5], [30.0]]))
    axis = dbscan.axis(axis.dataset, min_samples=2)
    assert axis.counted == "clusters"  # three of six points are large, and only one cluster is
    assert axis.curves["clusters"].tolist() == [0, 1, 2, 1, 1]
    assert axis.range(1.5) == (1.0, 7.0) and axis.range(0.6) == (0.5, 1.0)
    assert axis.range(0.1) == axis.range(0.3) == (0.25, 0.5)
    assert axis.range(8.0) == axis.range(99.0) == (7.0, np.inf)


def test_the_shares_along_the_k_distances_are_of_the_points_before() -> None:
    data = Dataset.from_points([[0.0], [1.0], [3.0]], weights=[1.0, 2.0, 1.0])
    found = knee(dbscan.axis(data, min_samples=2))
    assert (found.distances.tolist(), found.shares.tolist()) == ([2.0, 1.0, 0.0], [0.0, 0.25, 0.5])
