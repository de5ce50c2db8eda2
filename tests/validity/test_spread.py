"""Calinski-Harabasz and Davies-Bouldin are scikit-learn's, under every noise policy."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist, pdist
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from clustering.dataset import Dataset, Metric
from clustering.validity import calinski_harabasz, davies_bouldin

PAIRS = [(calinski_harabasz, calinski_harabasz_score), (davies_bouldin, davies_bouldin_score)]
POLICIES = ["exclude", "cluster", "singletons"]


@st.composite
def problems(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, d = draw(st.integers(6, 80)), draw(st.integers(1, 6))
    points = rng.normal(size=(n, d)) * draw(st.sampled_from([1e-3, 1.0, 1e6]))
    labels = rng.integers(-1, draw(st.integers(2, 6)), n)
    return points, labels


def spelled(labels, noise):
    kept = labels >= 0 if noise == "exclude" else np.ones(len(labels), dtype=bool)
    names = labels.copy()
    if noise == "singletons":
        names[labels < 0] = 100 + np.arange((labels < 0).sum())
    return names, kept


@pytest.mark.parametrize("noise", POLICIES)
@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_equal_to_scikit_learn_on_labels_that_spell_the_policy_out(ours, theirs, noise, problem):
    points, labels = problem
    names, kept = spelled(labels, noise)
    score = ours(Dataset.from_points(points), labels, noise=noise)
    if 2 <= len(np.unique(names[kept])) < kept.sum():
        # Its formula for distances loses half the digits where they are almost or really 0:
        # two means that nearly coincide, the one point of a cluster and its mean.
        means = [points[names == name].mean(axis=0) for name in np.unique(names[kept])]
        assume(pdist(means).min() > 1e-2 * np.ptp(points))
        assert score.value == pytest.approx(theirs(points[kept], names[kept]), rel=1e-5)
    else:
        assert np.isnan(score.value) and score.reason


@pytest.mark.parametrize("noise", POLICIES)
@pytest.mark.parametrize("index", [calinski_harabasz, davies_bouldin])
@settings(max_examples=40, deadline=None)
@given(problem=problems(), seed=st.integers(0, 99))
def test_weights_count_as_repeated_points(index, noise, problem, seed):
    points, labels = problem
    weights = np.random.default_rng(seed).integers(1, 4, len(points))
    again = np.repeat(np.arange(len(points)), weights)
    short = index(Dataset.from_points(points, weights=weights), labels, noise=noise)
    long = index(Dataset.from_points(points[again]), labels[again], noise=noise)
    assert short.value == pytest.approx(long.value, rel=1e-9, nan_ok=True)


def test_equal_points_have_no_spread_whatever_their_mean_is_rounded_to():
    one, other = [0.1, 0.7, -1 / 3], [2 / 3, 1e-3, 0.3]
    data = Dataset.from_points([one] * 3 + [other] * 7)
    assert calinski_harabasz(data, [0] * 3 + [1] * 7).reason
    assert davies_bouldin(data, [0] * 3 + [1] * 7).value == 0.0


@pytest.mark.parametrize("index", [calinski_harabasz, davies_bouldin])
@pytest.mark.parametrize("change", [lambda x: x * 1e-9, lambda x: x + 2.0**26])
def test_neither_the_unit_nor_the_place_matters(index, change):
    rng = np.random.default_rng(0)
    points = np.round(rng.normal(size=(200, 2)) * 2**16) / 2**16
    labels = rng.integers(0, 3, 200)
    here = index(Dataset.from_points(points), labels).value
    assert index(Dataset.from_points(change(points)), labels).value == pytest.approx(here, rel=1e-6)


def manhattan(a, b):
    return cdist(a, b, "cityblock")


@pytest.mark.parametrize("index", [calinski_harabasz, davies_bouldin])
def test_undefined_with_a_reason(index):
    data = Dataset.from_points([[0.0], [0.0], [5.0], [6.0]])
    assert "only one cluster" in index(data, [0, 0, 0, 0]).reason
    assert "noise" in index(data, [-1, -1, -1, -1]).reason
    places = Dataset.from_points(data.points, metric=Metric("manhattan", manhattan))
    assert "manhattan" in index(places, [0, 0, 1, 1]).reason


def test_a_division_by_zero_is_undefined_not_a_number():
    equal = Dataset.from_points([[0.0], [0.0], [5.0], [5.0]])
    assert "no spread within" in calinski_harabasz(equal, [0, 0, 1, 1]).reason
    assert davies_bouldin(equal, [0, 0, 1, 1]).value == 0.0
    rings = Dataset.from_points([[-1.0], [1.0], [-2.0], [2.0]])
    assert "same mean" in davies_bouldin(rings, [0, 0, 1, 1]).reason
