"""The mixture is scikit-learn's, and says in a sentence what it cannot do."""

import pickle
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.mixture import GaussianMixture

from clustering import mixture, validity
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError

SHAPES = ["full", "tied", "diag", "spherical"]


def clouds(seed=0, n=240):
    """A long, a wide and a small group."""
    rng = np.random.default_rng(seed)
    spreads = np.array([[4.0, 0.4], [1.0, 3.0], [0.3, 0.3]])
    which = rng.integers(0, 3, n)
    return np.array([[0, 0], [9, 9], [-6, 9]])[which] + rng.normal(size=(n, 2)) * spreads[which]


@pytest.mark.parametrize("covariance", SHAPES)
@pytest.mark.parametrize("k", [1, 3, 5])
def test_labels_membership_and_bic_are_scikit_learns(covariance, k):
    points = clouds()
    ours = mixture.fit(Dataset.from_points(points), k=k, covariance=covariance, seed=3)
    model = GaussianMixture(
        k, covariance_type=covariance, n_init=3, max_iter=300, random_state=3
    ).fit(points)
    assert np.array_equal(ours.labels, model.predict(points))
    np.testing.assert_allclose(ours.membership, model.predict_proba(points), atol=1e-8)
    np.testing.assert_allclose(ours.centers, model.means_, atol=1e-8)
    assert ours.facts["bic"] == pytest.approx(model.bic(points), rel=1e-9)
    assert ours.facts["aic"] == pytest.approx(model.aic(points), rel=1e-9)
    assert ours.facts["log_likelihood"] == pytest.approx(model.score(points) * len(points))
    assert ours.facts["iterations"] == model.n_iter_
    assert ours.converged is model.converged_


def test_bic_finds_the_three_clouds_that_no_round_cluster_fits():
    axis = mixture.axis(Dataset.from_points(clouds(n=600)), k_max=6)
    assert axis.values[axis.curves["bic"].argmin()] == 3
    assert (np.diff(axis.curves["log_likelihood"])[:2] > 0).all()


def test_the_axis_is_its_fits():
    data = Dataset.from_points(clouds())
    steps = []
    axis = mixture.axis(data, k_max=4, covariance="diag", seed=1, report=steps.append)
    for value in axis.values:
        single = mixture.fit(data, k=int(value), covariance="diag", seed=1)
        assert np.array_equal(axis.at(value).labels, single.labels)
        assert axis.at(value).parameters == single.parameters
    scores = validity.silhouettes(data, [each.labels for each in axis.partitions])
    np.testing.assert_array_equal(axis.curves["silhouette"], [score.value for score in scores])
    shares = [step.share for step in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(steps) >= 5


def test_a_report_can_stop_it():
    class Stop(Exception):
        pass

    def stop(step):
        raise Stop

    with pytest.raises(Stop):
        mixture.axis(Dataset.from_points(clouds()), k_max=3, report=stop)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.sampled_from(SHAPES))
def test_any_points_get_an_answer_that_can_be_sent_and_assigned(seed, k, covariance):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(30, rng.integers(1, 4))) * 10.0 ** rng.integers(-5, 5)
    data = Dataset.from_points(points + 10.0 ** rng.integers(0, 6))
    answer = pickle.loads(pickle.dumps(mixture.fit(data, k=k, covariance=covariance)))
    assert np.array_equal(answer.assign(data.points), answer.labels)
    np.testing.assert_allclose(answer.membership.sum(axis=1), 1.0)
    assert answer.k == k and answer.sizes.sum() == 30
    again = mixture.fit(data, **answer.parameters)
    assert np.array_equal(again.labels, answer.labels)


def test_neither_the_place_nor_a_narrow_unit_matters():
    points = np.round(clouds() * 2**12) / 2**12
    here = mixture.fit(Dataset.from_points(points), k=3)
    far = mixture.fit(Dataset.from_points(points + 2.0**24), k=3)
    tiny = mixture.fit(Dataset.from_points(points * 2.0**-30), k=3)
    assert np.array_equal(here.labels, far.labels)
    assert np.array_equal(here.labels, tiny.labels)
    assert far.facts["bic"] == pytest.approx(here.facts["bic"], rel=1e-6)


def test_equal_points_do_not_break_it():
    points = np.repeat([[0.0, 0.0], [5.0, 5.0], [9.0, 0.0]], 10, axis=0)
    answer = mixture.fit(Dataset.from_points(points), k=3)
    assert sorted(answer.sizes.tolist()) == [10, 10, 10]
    axis = mixture.axis(Dataset.from_points(points), k_max=9)
    assert axis.values.tolist() == [1, 2, 3] and "3 distinct points" in axis.notes["clusters"]


def test_the_axis_ends_before_a_cloud_collapses():
    line = np.arange(12.0)[:, None] * [1e9, 1e9]
    data = Dataset.from_points(np.vstack([line, [[0.0, 5e9]]]))
    with pytest.raises(ParameterError, match="shrinks to a point or a line"):
        mixture.fit(data, k=2, reg_covar=0.0)
    axis = mixture.axis(data, k_max=4, reg_covar=0.0)
    assert axis.values.tolist() == [1]
    assert axis.notes["clusters"].startswith("The axis ends before k = 2.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"k": 0}, "k = 0"),
        ({"k": 99}, "distinct points"),
        ({"k": 2, "covariance": "oval"}, "full, tied, diag, spherical"),
        ({"k": 2, "n_init": 0}, "n_init = 0"),
        ({"k": 2, "reg_covar": -1.0}, "reg_covar = -1"),
    ],
)
def test_arguments_that_make_no_sense(arguments, says):
    with pytest.raises(ParameterError, match=re.escape(says)):
        mixture.fit(Dataset.from_points(clouds(n=20)), **arguments)


def test_data_that_it_does_not_take():
    weighted = Dataset.from_points([[0.0], [1.0]], weights=[1, 2])
    with pytest.raises(UnsupportedError, match="no weights"):
        mixture.fit(weighted, k=1)
    with pytest.raises(DataError, match="two points"):
        mixture.axis(Dataset.from_points([[0.0]]))
    with pytest.raises(DataError, match="square"):
        mixture.fit(Dataset.from_points([[0.0], [1e200]]), k=1)
    with pytest.raises(ParameterError, match="k_max = 0"):
        mixture.axis(Dataset.from_points([[0.0], [1.0]]), k_max=0)
