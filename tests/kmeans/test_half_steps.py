"""The recorded run is the fit: same labels, same centers, same number of turns."""

import pickle
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.errors import ParameterError
from clustering.kmeans.starts import draws


@st.composite
def runs(draw):
    """Points, weights, any start (on points, twice on one, or far away) and limits."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, d = draw(st.integers(1, 80)), draw(st.integers(1, 3))
    points = {
        "round": lambda: rng.normal(size=(n, d)),
        "lattice": lambda: rng.integers(0, 4, size=(n, d)).astype(float),
        "far": lambda: rng.normal(size=(n, d)) + 1e5,
        "scales": lambda: rng.normal(size=(n, d)) * 10.0 ** rng.integers(-6, 7, size=d),
    }[draw(st.sampled_from(["round", "lattice", "far", "scales"]))]()
    weights = rng.integers(1, 5, size=n) if draw(st.booleans()) else None
    data = Dataset.from_points(points, weights=weights)
    k = draw(st.integers(1, min(data.distinct, 7)))
    if draw(st.booleans()):
        start = points[rng.integers(0, n, k)]
    else:
        start = points.mean(axis=0) + 20 * rng.random() * rng.normal(size=(k, d))
    limits = {
        "max_iter": draw(st.sampled_from([1, 2, 5, 300])),
        "tol": draw(st.sampled_from([0.0, 1e-4, 0.1])),
    }
    return data, start, limits


@settings(deadline=None, max_examples=200)
@given(runs())
def test_the_last_step_is_the_fitted_result(run):
    data, start, limits = run
    recorded = kmeans.steps(data, start=start, **limits)
    fitted = kmeans.fit(data, k=len(start), init=start, **limits)
    scale = max(1.0, np.abs(data.points).max(), np.abs(start).max())
    assert np.array_equal(recorded.last.labels, fitted.labels)
    assert np.abs(recorded.last.centers - fitted.centers).max() <= 1e-9 * scale
    assert recorded.iterations == fitted.facts["iterations"]
    assert recorded.last.inertia == pytest.approx(fitted.facts["inertia"], rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=100)
@given(runs())
def test_halves_take_turns_and_inertia_never_rises(run):
    data, start, limits = run
    recorded = kmeans.steps(data, start=start, **limits)
    kinds = [moment.kind for moment in recorded.moments]
    assert kinds[:2] == ["start", "assign"]
    assert all(a != b for a, b in pairwise(kinds))
    inertias = np.array([moment.inertia for moment in recorded.moments[1:]])
    if recorded.stopped == "settled" and recorded.last.kind == "update":
        inertias = inertias[:-1]
    assert (np.diff(inertias) <= 1e-9 * (1 + inertias[:-1])).all()


def test_an_empty_center_that_moves_last_is_followed_by_no_point():
    data = Dataset.from_points([[0.0], [2.0], [2.0], [1.0]])
    start = [[3.5], [-1.6], [0.1]]
    recorded = kmeans.steps(data, start=start)
    fitted = kmeans.fit(data, k=3, init=start)
    assert recorded.stopped == "settled" and recorded.last.kind == "update"
    assert np.array_equal(recorded.last.labels, fitted.labels) and 1 not in fitted.labels
    assert recorded.last.centers == pytest.approx(fitted.centers)
    assert recorded.last.inertia == fitted.facts["inertia"] > recorded.moments[-2].inertia


@settings(deadline=None, max_examples=100)
@given(runs())
def test_each_moment_is_what_it_says(run):
    data, start, limits = run
    recorded = kmeans.steps(data, start=start, **limits)
    first = recorded.moments[0]
    assert np.array_equal(first.centers, start)
    assert (first.labels == -1).all()
    for before, moment in pairwise(recorded.moments):
        if moment.kind == "assign":
            assert moment.moved == (before.labels != moment.labels).sum()
            assert np.array_equal(moment.centers, before.centers)
        else:
            taken = np.flatnonzero(moment.labels != before.labels).tolist()
            assert taken == sorted(i for _, i in moment.relocated)
            assert moment.moved == (moment.shifts > 0).sum()
            for cluster, i in moment.relocated:
                assert not (before.labels == cluster).any()
                assert moment.labels[i] == cluster
                assert moment.centers[cluster] == pytest.approx(data.points[i])


def test_more_points_than_one_block_give_the_same():
    rng = np.random.default_rng(3)
    data = Dataset.from_points(rng.normal(size=(3000, 3)), weights=rng.random(3000) + 0.1)
    start = next(draws(data, k=9, init="random", seed=4))
    recorded = kmeans.steps(data, start=start)
    fitted = kmeans.fit(data, k=9, init=start)
    assert np.array_equal(recorded.last.labels, fitted.labels)
    assert np.abs(recorded.last.centers - fitted.centers).max() < 1e-9


def test_an_empty_cluster_gets_the_farthest_point():
    data = Dataset.from_points([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [8.0, 8.0]])
    recorded = kmeans.steps(data, start=[[0.0, 0.0], [50.0, 50.0], [60.0, 60.0]])
    update = recorded.moments[2]
    assert [cluster for cluster, _ in update.relocated] == [1, 2]
    assert update.relocated[0] == (1, 3)
    fitted = kmeans.fit(data, k=3, init=[[0.0, 0.0], [50.0, 50.0], [60.0, 60.0]])
    assert np.array_equal(recorded.last.labels, fitted.labels)
    assert sorted(fitted.sizes) == [1, 1, 2]


@pytest.mark.parametrize(
    ("limits", "stopped"),
    [
        ({"tol": 0.0}, "settled"),
        ({"tol": 0.5}, "tolerance"),
        ({"tol": 0.0, "max_iter": 2}, "max_iter"),
    ],
)
def test_it_says_why_it_stopped(limits, stopped):
    data = Dataset.from_points(np.random.default_rng(0).normal(size=(200, 2)))
    recorded = kmeans.steps(data, start=data.points[:5], **limits)
    assert recorded.stopped == stopped
    assert recorded.last.kind == "assign"
    assert (recorded.last.moved == 0) or stopped != "settled"


def test_it_is_a_plain_value():
    data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    recorded = kmeans.steps(data, start=[[0.0], [1.0]])
    again = pickle.loads(pickle.dumps(recorded))
    assert len(again) == len(recorded) == 6
    assert np.array_equal(again.last.labels, recorded.last.labels)
    with pytest.raises(ValueError, match="read-only"):
        recorded.last.centers[0] = 0.0


@pytest.mark.parametrize("start", [[], [[]], [0.0, 1.0], [[0.0, 1.0]], [[np.inf]], "random", 3])
def test_a_start_of_another_shape_is_refused(start):
    with pytest.raises(ParameterError, match=r"\.$"):
        kmeans.steps(Dataset.from_points([[0.0], [1.0]]), start=start)


def test_a_center_without_points_goes_to_the_heaviest_where_no_point_is_far_from_its_own():
    data = Dataset.from_points([[0.0], [0.0], [3.0]])
    start = [[0.0], [3.0], [9.0]]
    recorded = kmeans.steps(data, start=start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs = KMeans(3, init=np.array(start), n_init=1).fit(data.points)
    assert recorded.last.centers == pytest.approx(theirs.cluster_centers_)
