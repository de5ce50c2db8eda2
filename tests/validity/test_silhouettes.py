"""Silhouettes are scikit-learn's, on every scale, for many labelings in one pass."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples, silhouette_score

from clustering.dataset import Dataset, Metric
from clustering.errors import ParameterError
from clustering.validity import distances, silhouette, silhouettes

KINDS = ["round", "lattice", "outlier", "apart", "far", "tiny", "huge", "duplicates", "nested"]


def points_of(kind, n, d, rng):
    """Draw points that are hard in one way."""
    x = rng.normal(size=(n, d))
    if kind == "lattice":
        return rng.integers(0, 3, size=(n, d)).astype(float)
    if kind == "outlier":
        x[rng.integers(n)] = 1e6
    if kind == "apart":
        return x + 1e5 * rng.integers(0, 2, size=(n, 1))
    if kind == "far":
        return x + 10.0 ** rng.integers(6, 9)
    if kind == "tiny":
        return x * 1e-9
    if kind == "huge":
        return x * 1e9
    if kind == "duplicates":
        return x[rng.integers(0, max(n // 4, 1), n)]
    if kind == "nested":
        return x * 10.0 ** rng.integers(-6, 6, size=(n, 1))
    return x


@st.composite
def problems(draw, noise=False):
    """Points, and up to four labelings of them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, d = draw(st.integers(3, 60)), draw(st.sampled_from([1, 2, 2, 3, 5, 8, 17, 50]))
    points = points_of(draw(st.sampled_from(KINDS)), n, d, rng)
    labelings = []
    for _ in range(draw(st.integers(1, 4))):
        k = draw(st.integers(1, n))
        labelings.append(rng.integers(-1 if noise else 0, k, n))
    return points, labelings


def reference(points, labels):
    """scikit-learn on the exact distances, NaN where it refuses."""
    if not 2 <= len(np.unique(labels)) < len(labels):
        return np.full(len(labels), np.nan)
    return silhouette_samples(cdist(points, points), labels, metric="precomputed")


def apply(labels, noise):
    """Spell a noise policy out as ordinary labels, and say which points are left."""
    kept = np.ones(len(labels), dtype=bool)
    spelled = labels.copy()
    if noise == "exclude":
        kept = labels >= 0
    elif noise == "singletons":
        spelled[labels < 0] = labels.max() + 1 + np.arange((labels < 0).sum())
    return spelled, kept


def agree(score, points, labels, noise):
    spelled, kept = apply(labels, noise)
    expected = np.full(len(labels), np.nan)
    expected[kept] = reference(points[kept], spelled[kept])
    assert score.n == kept.sum()
    if np.isnan(expected[kept]).all():
        assert np.isnan([score.value, score.low, score.high]).all()
        assert score.reason.endswith(".")
        return
    assert score.reason == "" and score.sampled == 0
    np.testing.assert_allclose(score.per_point, expected, rtol=0, atol=1e-9)
    assert score.value == pytest.approx(np.nanmean(expected), abs=1e-9)
    assert score.low == score.value == score.high


@settings(max_examples=150, deadline=None)
@given(problems())
def test_silhouettes_equal_scikit_learn_on_many_shapes_and_scales(problem):
    points, labelings = problem
    scores = silhouettes(Dataset.from_points(points), labelings, per_point=True)
    for score, labels in zip(scores, labelings, strict=True):
        agree(score, points, labels, "exclude")


@pytest.mark.parametrize("noise", ["exclude", "cluster", "singletons"])
@settings(max_examples=60, deadline=None)
@given(problem=problems(noise=True))
def test_each_noise_policy_equals_scikit_learn_on_labels_that_spell_it_out(noise, problem):
    points, labelings = problem
    scores = silhouettes(Dataset.from_points(points), labelings, noise=noise, per_point=True)
    for score, labels in zip(scores, labelings, strict=True):
        assert score.noise == noise
        agree(score, points, labels, noise)


@pytest.mark.parametrize("kind", ["round", "lattice", "outlier", "apart", "tiny", "huge"])
@pytest.mark.parametrize("d", [1, 2, 8, 50])
def test_where_its_own_formula_holds_scikit_learn_says_the_same_of_coordinates(kind, d):
    points = points_of(kind, 300, d, np.random.default_rng(d))
    labels = np.random.default_rng(1).integers(0, 5, 300)
    ours = silhouette(Dataset.from_points(points), labels).value
    assert ours == pytest.approx(silhouette_score(points, labels), abs=1e-6)


@pytest.mark.parametrize("offset", [2.0**20, 2.0**26])
def test_moving_all_points_far_from_the_origin_changes_nothing(offset):
    rng = np.random.default_rng(0)
    points = np.round(rng.normal(size=(400, 3)) * 2**20) / 2**20
    labels = rng.integers(0, 4, 400)
    far = silhouette(Dataset.from_points(points + offset), labels, per_point=True)
    here = silhouette_samples(points, labels)
    np.testing.assert_allclose(far.per_point, here, rtol=0, atol=1e-9)


@pytest.mark.parametrize("scale", [1e-300, 1e-150, 1e150, 1e300])
def test_the_unit_does_not_matter_even_where_squares_leave_float64(scale):
    rng = np.random.default_rng(0)
    points, labels = rng.normal(size=(50, 2)), rng.integers(0, 3, 50)
    here = silhouette(Dataset.from_points(points), labels).value
    there = silhouette(Dataset.from_points(points * scale), labels).value
    assert there == pytest.approx(here, abs=1e-12)


@pytest.mark.parametrize("noise", ["exclude", "cluster", "singletons"])
def test_more_points_than_fit_into_one_tile_or_strip(noise):
    rng = np.random.default_rng(0)
    points = rng.normal(size=(1_500, 2))
    labelings = [rng.integers(-1, k, 1_500) for k in (2, 3, 40)]
    scores = silhouettes(Dataset.from_points(points), labelings, noise=noise, per_point=True)
    for score, labels in zip(scores, labelings, strict=True):
        agree(score, points, labels, noise)


def test_many_labelings_at_once_equal_each_alone():
    rng = np.random.default_rng(3)
    data = Dataset.from_points(rng.normal(size=(700, 2)))
    # One k-means-like chain with few cells in common, then labels with nothing in common.
    angle = np.arctan2(data.points[:, 1], data.points[:, 0])
    chain = [np.digitize(angle, np.linspace(-3, 3, k)) for k in range(1, 9)]
    wild = [rng.integers(0, 300, 700) for _ in range(4)]
    together = silhouettes(data, chain + wild, per_point=True)
    for labels, score in zip(chain + wild, together, strict=True):
        alone = silhouette(data, labels, per_point=True)
        np.testing.assert_allclose(score.per_point, alone.per_point, rtol=0, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    problem=problems(noise=True),
    seed=st.integers(0, 99),
    noise=st.sampled_from(["exclude", "cluster", "singletons"]),
)
def test_weights_count_as_repeated_points(problem, seed, noise):
    points, labelings = problem
    weights = np.random.default_rng(seed).integers(1, 5, len(points))
    again = np.repeat(np.arange(len(points)), weights)
    short = silhouettes(
        Dataset.from_points(points, weights=weights), labelings, noise=noise, per_point=True
    )
    long = silhouettes(
        Dataset.from_points(points[again]),
        [labels[again] for labels in labelings],
        noise=noise,
        per_point=True,
    )
    for a, b in zip(short, long, strict=True):
        assert a.reason == b.reason
        np.testing.assert_allclose(a.value, b.value, rtol=0, atol=1e-9)
        if a.defined:
            np.testing.assert_allclose(a.per_point[again], b.per_point, rtol=0, atol=1e-9)


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def test_any_metric_is_judged_by_its_own_distances():
    rng = np.random.default_rng(5)
    points, labels = rng.normal(size=(300, 4)), rng.integers(0, 3, 300)
    data = Dataset.from_points(points, metric=Metric("manhattan", manhattan))
    expected = silhouette_score(points, labels, metric="manhattan")
    assert silhouette(data, labels).value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("labels", "noise", "says"),
    [
        ([0, 0, 0, 0], "exclude", "only one cluster"),
        ([0, 1, 2, 3], "exclude", "cluster of its own"),
        ([-1, -1, -1, -1], "exclude", "noise"),
        ([-1, -1, -1, -1], "cluster", "only one cluster"),
        ([-1, -1, -1, -1], "singletons", "cluster of its own"),
        ([-1, 0, 0, 0], "exclude", "only one cluster"),
        ([-1, 0, 1, -1], "exclude", "cluster of its own"),
    ],
)
def test_what_is_undefined_has_a_reason_and_no_value(labels, noise, says):
    data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    score = silhouette(data, labels, noise=noise, per_point=True)
    assert not score.defined and says in score.reason
    assert np.isnan([score.value, score.low, score.high]).all()


def test_undefined_labelings_stand_in_their_place_among_the_others():
    data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    scores = silhouettes(data, [[0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 2, 3]])
    assert [score.defined for score in scores] == [False, True, False]


def test_no_labelings_no_scores():
    assert silhouettes(Dataset.from_points([[0.0]]), []) == ()


@pytest.mark.parametrize("labels", [[0, 1], [[0], [1], [1]], [0.5, 1.0, 1.0], ["a", "b", "b"]])
def test_labels_that_are_none_are_refused_in_a_sentence(labels):
    with pytest.raises(ParameterError, match=r"labels|Labels"):
        silhouette(Dataset.from_points([[0.0], [1.0], [5.0]]), labels)


def test_an_unknown_policy_is_refused_in_a_sentence():
    with pytest.raises(ParameterError, match="'keep' is none of these"):
        silhouette(Dataset.from_points([[0.0], [1.0], [5.0]]), [0, 0, 1], noise="keep")


def test_progress_ends_at_the_total_and_what_report_raises_stops_the_work():
    rng = np.random.default_rng(0)
    data, labels = Dataset.from_points(rng.normal(size=(2_000, 2))), rng.integers(0, 3, 2_000)
    steps = []
    silhouette(data, labels, report=steps.append)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 2_000

    class Stopped(BaseException):
        pass

    told = []

    def stop(step):
        told.append(step)
        raise Stopped

    with pytest.raises(Stopped):
        silhouette(data, labels, report=stop)
    assert len(told) == 1


@pytest.mark.parametrize("labelings", [14, 1])
def test_memory_stays_far_below_a_table_of_all_distances(labelings, monkeypatch):
    monkeypatch.setattr(distances, "_cores", lambda: 2)
    rng = np.random.default_rng(0)
    n = 6_000
    data = Dataset.from_points(rng.normal(size=(n, 2)))
    # One labeling of half as many clusters as points, or many that share nothing.
    labels = [rng.integers(0, n // 2 if labelings == 1 else 9, n) for _ in range(labelings)]
    tracemalloc.start()
    silhouettes(data, labels)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 256e6 < n * n * 8
