"""BIC is the likelihood of round Gaussians written out, and scikit-learn's where both speak."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from clustering.dataset import Dataset, Metric
from clustering.validity import bic


def plain(points, labels):
    """Add up the log-likelihood point by point, and count the parameters."""
    names = np.unique(labels)
    n, d = points.shape
    means = {name: points[labels == name].mean(axis=0) for name in names}
    pairs = list(zip(points, labels, strict=True))
    variance = sum(np.sum((point - means[name]) ** 2) for point, name in pairs) / n / d
    log_likelihood = sum(
        np.log(np.mean(labels == name))
        + multivariate_normal(means[name], variance * np.eye(d)).logpdf(point)
        for point, name in pairs
    )
    parameters = (len(names) - 1) + len(names) * d + 1
    return -2 * log_likelihood + parameters * np.log(n)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 5))
def test_equal_to_a_plain_implementation(seed, d, k):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(40, d)) * 10.0 ** rng.integers(-3, 4)
    labels = rng.integers(0, k, 40)
    found = bic(Dataset.from_points(points), labels)
    assert found.value == pytest.approx(plain(points, labels), rel=1e-9)


def test_for_one_cluster_it_is_that_of_scikit_learns_round_mixture():
    points = np.random.default_rng(0).normal(size=(200, 3)) + 5
    model = GaussianMixture(1, covariance_type="spherical", reg_covar=0).fit(points)
    ours = bic(Dataset.from_points(points), np.zeros(200, dtype=int))
    assert ours.value == pytest.approx(model.bic(points), rel=1e-9)


def test_it_is_smallest_where_the_groups_are():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 4, 300)
    points = np.array([[0, 0], [9, 0], [0, 9], [9, 9]])[truth] + rng.normal(size=(300, 2))
    data = Dataset.from_points(points)
    joined = np.minimum(truth, 2)
    cut = np.where((truth == 3) & (points[:, 0] > 9), 4, truth)
    assert bic(data, truth).value < min(bic(data, joined).value, bic(data, cut).value)


@pytest.mark.parametrize("noise", ["exclude", "cluster", "singletons"])
def test_weights_count_as_repeated_points(noise):
    rng = np.random.default_rng(2)
    points, labels = rng.normal(size=(50, 2)), rng.integers(-1, 3, 50)
    weights = rng.integers(1, 5, 50)
    again = np.repeat(np.arange(50), weights)
    short = bic(Dataset.from_points(points, weights=weights), labels, noise=noise)
    long = bic(Dataset.from_points(points[again]), labels[again], noise=noise)
    assert short.value == pytest.approx(long.value, rel=1e-9)
    assert short.noise == noise


def test_undefined_with_a_reason():
    data = Dataset.from_points([[0.0], [0.0], [5.0], [5.0]])
    assert "no width" in bic(data, [0, 0, 1, 1]).reason
    assert "of its own" in bic(data, [0, 1, 2, 3]).reason
    assert "noise" in bic(data, [-1, -1, -1, -1]).reason
    assert np.isfinite(bic(data, [0, 0, 0, 0]).value)
    places = Dataset.from_points(data.points, metric=Metric("manhattan", manhattan))
    assert "manhattan" in bic(places, [0, 0, 0, 1]).reason


def manhattan(a, b):
    return cdist(a, b, "cityblock")
