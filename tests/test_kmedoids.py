"""k-medoids: no swap improves it, its medoids are points, and any distance will do."""

import builtins

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from clustering import kmedoids
from clustering.dataset import Dataset, Metric
from clustering.errors import DataError, ParameterError, UnsupportedError


def deviation(distances, medoids):
    return distances[:, medoids].min(axis=1).sum()


@example(3084, 12, 3, 6)  # where FasterPAM alone stops too early
@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(1, 3), st.integers(1, 6))
def test_no_swap_of_a_medoid_for_another_point_improves_it(seed, n, d, k):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 9, size=(n, d)).astype(float)  # equal points and equal distances
    data = Dataset.from_points(points)
    k = min(k, data.distinct)
    answer = kmedoids.fit(data, k=k, seed=seed)
    distances, medoids = cdist(points, points), answer.exemplars
    assert answer.facts["deviation"] == pytest.approx(deviation(distances, medoids))
    for place in range(k):
        for other in range(n):
            swapped = np.concatenate([np.delete(medoids, place), [other]])
            assert deviation(distances, swapped) >= answer.facts["deviation"] - 1e-9


@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(1, 6))
def test_each_point_is_with_its_nearest_medoid_and_each_medoid_at_home(seed, n, k):
    rng = np.random.default_rng(seed)
    data = Dataset.from_points(rng.normal(size=(n, 2)))
    answer = kmedoids.fit(data, k=min(k, n))
    assert np.array_equal(answer.labels, cdist(data.points, answer.centers).argmin(axis=1))
    assert answer.labels[answer.exemplars].tolist() == list(range(answer.k))
    assert np.array_equal(data.points[answer.exemplars], answer.centers)
    assert (np.diff(answer.exemplars) > 0).all()


def test_a_far_point_pulls_a_mean_away_but_no_medoid():
    data = Dataset.from_points([[0.0], [1.0], [2.0], [3.0], [1e6]])
    assert kmedoids.fit(data, k=1).exemplars.tolist() == [2]


def test_any_distance_will_do():
    ring = Metric("around the clock", lambda a, b: np.minimum(gap := abs(a - b.T), 12 - gap))
    data = Dataset.from_points([[11.5], [0.5], [0.0], [6.0], [5.5], [6.5]], metric=ring)
    answer = kmedoids.fit(data, k=2)
    assert answer.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert answer.exemplars.tolist() == [2, 3]
    assert answer.assign([[11.0], [7.0]]).tolist() == [0, 1]


def test_the_axis_ends_where_the_distinct_points_do_and_says_so():
    data = Dataset.from_points([[0.0], [0.0], [1.0], [5.0]])
    answers = kmedoids.axis(data, k_max=9)
    assert answers.values.tolist() == [1, 2, 3]
    assert answers.curves["deviation"].tolist() == [6.0, 1.0, 0.0]
    assert "only 3 distinct points" in answers.notes["clusters"]


def test_points_at_no_distance_from_others_need_no_medoids_of_their_own():
    rough = Metric("in tens", lambda a, b: abs(a // 10 - (b // 10).T))
    data = Dataset.from_points([[1.0], [2.0], [21.0], [29.0]], metric=rough)
    with pytest.raises(ParameterError, match="nearest of 2 medoids; choose k <= 2"):
        kmedoids.fit(data, k=3)
    answers = kmedoids.axis(data, k_max=9)
    assert answers.values.tolist() == [1, 2]
    assert answers.notes["clusters"].startswith("The axis ends before k = 3. k = 3 is too many")


def test_it_reports_each_k_and_stops_where_a_report_raises():
    class Enough(BaseException):
        pass

    seen = []

    def report(step):
        seen.append(step.message)
        if "k = 2" in step.message:
            raise Enough

    with pytest.raises(Enough):
        kmedoids.axis(Dataset.from_points(np.eye(5)), k_max=4, report=report)
    assert seen == ["k = 1 of 4", "k = 2 of 4"]


@pytest.mark.parametrize(
    ("error", "match", "data", "given"),
    [
        (ParameterError, "choose k <= 2", [[0.0], [1.0], [1.0]], {"k": 3}),
        (ParameterError, "whole number from 1", [[0.0], [1.0]], {"k": 0}),
        (ParameterError, "seed = -1", [[0.0], [1.0]], {"k": 1, "seed": -1}),
        (DataError, "beyond all numbers", [[-1e308], [1e308]], {"k": 1}),
        (UnsupportedError, "0.8 GB of memory", np.arange(10_001.0)[:, None], {"k": 2}),
    ],
)
def test_what_it_refuses_it_refuses_in_a_sentence(error, match, data, given):
    with pytest.raises(error, match=match):
        kmedoids.fit(Dataset.from_points(data), **given)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest):
        if name == "kmedoids":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UnsupportedError, match="pip install kmedoids"):
        kmedoids.fit(Dataset.from_points([[0.0], [1.0]]), k=1)
