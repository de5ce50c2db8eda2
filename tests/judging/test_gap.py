"""The gap statistic is what its paper says, and finds no groups where there are none."""

from functools import partial

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from clustering import kmeans, sweep
from clustering.dataset import Dataset, Metric
from clustering.errors import ParameterError, UnsupportedError
from clustering.judging import gap as gaps
from clustering.judging import references
from clustering.kmeans import quick

KS = range(1, 6)
CLUSTER = partial(sweep.labels_over_k, fit=partial(kmeans.fit, n_init=2), values=KS)


def groups(seed=0, weights=None):
    rng = np.random.default_rng(seed)
    middles = np.repeat([[0, 0], [12, 0], [0, 9]], 25, axis=0)
    return Dataset.from_points(middles + rng.normal(size=(75, 2)), weights=weights)


def plain(dataset, axis, sets):
    """Compute it as the paper writes it, from pairs of points."""

    def within(points, labels):
        total = 0.0
        for name in np.unique(labels):
            members = points[labels == name]
            total += cdist(members, members, "sqeuclidean").sum() / (2 * len(members))
        return np.log(total)

    data = np.array([within(dataset.points, each.labels) for each in axis.partitions])
    drawn = np.array([[within(each.points, labels) for labels in CLUSTER(each)] for each in sets])
    mean = drawn.sum(axis=0) / len(sets)
    deviation = np.sqrt(((drawn - mean) ** 2).sum(axis=0) / len(sets))
    gap, error = mean - data, deviation * np.sqrt(1 + 1 / len(sets))
    chosen = None
    for i in reversed(range(len(gap) - 1)):
        if gap[i] >= gap[i + 1] - error[i + 1]:
            chosen = i + 1
    return gap, error, chosen


@pytest.mark.parametrize("seed", range(4))
def test_equal_to_a_plain_implementation(seed, monkeypatch):
    sets = []
    draw = references.draw

    def remembered(*arguments, **keywords):
        sets.append(draw(*arguments, **keywords))
        return sets[-1]

    monkeypatch.setattr(references, "draw", remembered)
    rng = np.random.default_rng(seed)
    data = groups(seed) if seed % 2 else Dataset.from_points(rng.normal(size=(50, 3)))
    axis = kmeans.axis(data, k_max=5, n_init=2)
    found = gaps.gap(data, axis, cluster=CLUSTER, references=6, seed=seed)
    gap, error, chosen = plain(data, axis, sets)
    assert len(sets) == 6
    np.testing.assert_allclose(found.gap, gap, rtol=1e-9)
    np.testing.assert_allclose(found.error, error, rtol=1e-6)
    assert found.chosen == chosen
    np.testing.assert_allclose(found.log_within, np.log(axis.curves["inertia"]))
    np.testing.assert_allclose(found.gap, found.expected - found.log_within)


def test_it_finds_three_groups_and_can_say_one():
    cluster = partial(quick.labels_over_k, values=KS)
    data = groups()
    assert gaps.gap(data, kmeans.axis(data, k_max=5), cluster=cluster).chosen == 3
    even = Dataset.from_points(np.random.default_rng(3).random((80, 2)))
    assert gaps.gap(even, kmeans.axis(even, k_max=5), cluster=cluster).chosen == 1


def test_weights_count_relative_to_their_mean():
    light, heavy = groups(weights=np.ones(75)), groups(weights=np.full(75, 7.0))
    one, other = (
        gaps.gap(data, kmeans.axis(data, k_max=5), cluster=CLUSTER, references=3)
        for data in (light, heavy)
    )
    np.testing.assert_allclose(one.gap, other.gap, rtol=1e-9)


def test_undefined_where_nothing_is_left_within():
    data = Dataset.from_points(np.repeat([[0.0], [5.0], [9.0]], 6, axis=0))
    axis = kmeans.axis(data, k_max=5)
    assert axis.values.tolist() == [1, 2, 3]
    cluster = partial(quick.labels_over_k, values=[1, 2, 3])
    found = gaps.gap(data, axis, cluster=cluster, references=5)
    assert np.isnan(found.gap).tolist() == [False, False, True]
    assert np.isnan(found.error).tolist() == [False, False, True]
    assert found.note.startswith("At k = 3 all points of a cluster are equal")
    assert found.chosen in (1, None)


def test_none_is_chosen_where_every_next_one_is_better():
    data = groups()
    axis = kmeans.axis(data, k_max=2)
    cluster = partial(quick.labels_over_k, values=[1, 2])
    assert gaps.gap(data, axis, cluster=cluster).chosen is None


def test_it_reports_each_set_and_is_the_same_again():
    data, steps = groups(), []
    axis = kmeans.axis(data, k_max=5, n_init=1)
    one = gaps.gap(data, axis, cluster=CLUSTER, references=4, seed=5, report=steps.append)
    assert [step.share for step in steps] == [0.25, 0.5, 0.75, 1.0]
    other = gaps.gap(data, axis, cluster=CLUSTER, references=4, seed=5)
    np.testing.assert_array_equal(one.gap, other.gap)


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def test_what_it_does_not_take():
    data = groups()
    axis = kmeans.axis(data, k_max=4, n_init=1)
    with pytest.raises(ParameterError, match="for 5 values, the data for 4"):
        gaps.gap(data, axis, cluster=CLUSTER)
    with pytest.raises(ParameterError, match="two are the least"):
        gaps.gap(data, axis, cluster=CLUSTER, references=1)
    places = Dataset.from_points(data.points, metric=Metric("manhattan", manhattan))
    with pytest.raises(UnsupportedError, match="manhattan"):
        gaps.gap(places, axis, cluster=CLUSTER)
