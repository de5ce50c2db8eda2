"""k-means refuses in a sentence what has no answer."""

import re

import numpy as np
import pytest

from clustering import kmeans
from clustering.checks import LARGEST
from clustering.dataset import Dataset, Metric
from clustering.errors import DataError, ParameterError, UnsupportedError


@pytest.mark.parametrize("k", [0, -1, 2.5, 6])
def test_an_impossible_k_is_refused(k):
    data = Dataset.from_points([[0.0], [1.0], [2.0], [3.0], [4.0], [4.0]])
    with pytest.raises(ParameterError, match=f"k = {k}"):
        kmeans.fit(data, k=k)


@pytest.mark.parametrize("k", ["3", None, float("nan"), float("inf"), [3], 1j, 10**400])
def test_a_k_that_is_no_number_at_all_is_refused_in_a_sentence(k):
    data = Dataset.from_points([[0.0], [1.0], [2.0]])
    with pytest.raises(ParameterError, match=r"^k = .*\.$"):
        kmeans.fit(data, k=k)
    if k != 10**400:  # an axis ends at the distinct points
        with pytest.raises(ParameterError, match=r"^k_max = .*\.$"):
            kmeans.axis(data, k_max=k)


@pytest.mark.parametrize("weight", [1e300, 1e51, 1e-51, 1e-300])
def test_weights_that_sums_cannot_hold_are_refused(weight):
    with pytest.raises(DataError, match="divide all weights"):
        Dataset.from_points([[0.0], [1.0], [2.0]], weights=[weight, weight, weight / 2])


@pytest.mark.parametrize("weight", [1e50, 1e-50])
def test_the_largest_weights_go_with_the_largest_values(weight):
    points = np.linspace(-LARGEST, LARGEST, 12)[:, None]
    plain = kmeans.fit(Dataset.from_points(points), k=3)
    heavy = kmeans.fit(Dataset.from_points(points, weights=np.full(12, weight)), k=3)
    assert heavy.facts["inertia"] == pytest.approx(weight * plain.facts["inertia"])


def test_k_beyond_the_distinct_points_names_both_numbers():
    points = np.tile([[0.0, 1.0], [2.0, 3.0]], (5000, 1))
    with pytest.raises(ParameterError, match=r"k = 3 is more than the 2 distinct points"):
        kmeans.fit(Dataset.from_points(points), k=3)


@pytest.mark.parametrize(
    "arguments",
    [
        {"n_init": 0},
        {"n_init": None},
        {"n_init": 10**400},
        {"max_iter": 0},
        {"max_iter": float("inf")},
        {"tol": "small"},
        {"seed": "0"},
        {"seed": float("nan")},
        {"tol": -1.0},
        {"tol": float("nan")},
        {"seed": -1},
        {"seed": 2**32},
        {"init": "best"},
        {"init": [[0.0]]},
        {"init": [[0.0, 1.0], [2.0, 3.0]]},
        {"init": [[0.0], [float("nan")]]},
        {"init": [[0.0], [1.1 * LARGEST]]},
        {"init": [["a"], ["b"]]},
    ],
)
def test_a_senseless_argument_is_refused_in_a_sentence(arguments):
    data = Dataset.from_points([[0.0], [1.0], [2.0]])
    with pytest.raises(ParameterError, match=r"\.$"):
        kmeans.fit(data, k=2, **arguments)


def test_distances_that_are_not_euclidean_are_refused():
    def between(a, b):
        return np.abs(a[:, None, 0] - b[None, :, 0])

    data = Dataset.from_points([[0.0], [1.0]], metric=Metric("great-circle", between, "km"))
    for method in (kmeans.fit, kmeans.lottery):
        with pytest.raises(UnsupportedError, match="great-circle"):
            method(data, k=2)
    with pytest.raises(UnsupportedError, match="great-circle"):
        kmeans.axis(data)
    with pytest.raises(UnsupportedError, match="great-circle"):
        kmeans.steps(data, start=[[0.0]])


@pytest.mark.parametrize("largest", [1e300, 1.1 * LARGEST])
def test_values_too_large_to_square_are_refused(largest):
    with pytest.raises(DataError, match=re.escape(f"{largest:.3g}")):
        kmeans.fit(Dataset.from_points([[largest], [0.0]]), k=2)


def test_the_largest_values_that_are_taken_can_be_squared():
    data = Dataset.from_points([[LARGEST], [-LARGEST], [0.9 * LARGEST]])
    assert sorted(kmeans.fit(data, k=2).sizes) == [1, 2]
