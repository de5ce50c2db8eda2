"""Quick k-means ends where Lloyd's turns end, and as well as scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.errors import ParameterError
from clustering.kmeans import quick


def inertia(dataset, labels):
    weights = np.ones(dataset.n) if dataset.weights is None else dataset.weights
    total = 0.0
    for name in np.unique(labels):
        inside = labels == name
        middle = np.average(dataset.points[inside], axis=0, weights=weights[inside])
        total += (weights[inside] * ((dataset.points[inside] - middle) ** 2).sum(axis=1)).sum()
    return total


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_further_turn_changes_nothing(seed, weighted):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(50, rng.integers(1, 5))) * 10.0 ** rng.integers(-4, 5) + 7
    weights = rng.integers(1, 5, 50) if weighted else None
    data = Dataset.from_points(points, weights=weights)
    for labels in quick.labels_over_k(data, values=[1, 2, 5], n_init=2, seed=seed % 1000):
        shares = np.ones(50) if weights is None else weights
        names = np.unique(labels)
        means = [
            np.average(points[labels == j], axis=0, weights=shares[labels == j]) for j in names
        ]
        again = kmeans.fit(data, k=len(names), init=means, max_iter=1)
        assert inertia(data, labels) <= again.facts["inertia"] * (1 + 1e-9)


def test_it_is_as_good_as_scikit_learn():
    rng = np.random.default_rng(0)
    data = Dataset.from_points(rng.normal(size=(250, 2)) + 5 * rng.integers(0, 3, size=(250, 2)))
    found = quick.labels_over_k(data, values=range(1, 11), n_init=5)
    ratio = [
        inertia(data, labels) / kmeans.fit(data, k=k, n_init=5).facts["inertia"]
        for k, labels in enumerate(found, 1)
    ]
    assert max(ratio) < 1.1 and np.mean(ratio) < 1.02


def test_it_gives_each_k_in_order_and_the_same_again():
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(40, 3)))
    found = quick.labels_over_k(data, values=[4, 2])
    assert [len(np.unique(labels)) for labels in found] == [4, 2]
    assert found[0].dtype == np.int32
    again = quick.labels_over_k(data, values=[4, 2])
    assert all(np.array_equal(a, b) for a, b in zip(found, again, strict=True))
    assert quick.labels_over_k(data, values=[]) == ()


def test_k_is_bound_by_the_distinct_points():
    data = Dataset.from_points([[0.0], [0.0], [1.0]])
    assert quick.labels_over_k(data, values=[2])[0].tolist() in ([0, 0, 1], [1, 1, 0])
    with pytest.raises(ParameterError, match="2 distinct points"):
        quick.labels_over_k(data, values=[2, 3])


def test_a_start_is_where_it_helps_most_by_weight():
    # From 0, a center at 1 leaves 81 and one at 10 leaves 1000, though the longer way is to 10.
    data = Dataset.from_points([[0.0], [1.0], [10.0]], weights=[1000.0, 1000.0, 1.0])
    apart = 0
    for seed in range(60):
        (labels,) = quick.labels_over_k(data, values=[2], n_init=1, max_iter=1, seed=seed)
        apart += labels[0] != labels[1]
    assert apart > 55  # but where both throws of a hundred fell on 10
