"""Methods on series: what they see as alike, on series of unequal length too."""

import numpy as np
import pytest

from clustering.data.sequences.padding import padded, series_of
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset
from clustering.errors import ParameterError, UnsupportedError
from clustering.series import barycentres, beside, dtw_kmeans, kshape
from clustering.series.resampled import resampled
from clustering.validity.rows import agreements

SHAPE = (24, 1)


def bumps(rng, *, turns):
    """A wave of so many turns, squeezed, delayed, and cut to a length of its own."""
    length = int(rng.integers(14, 25))
    place = np.linspace(0, 1, length) ** rng.uniform(0.7, 1.4)
    return (np.sin(2 * np.pi * turns * place) + 0.05 * rng.normal(size=length))[:, None]


@pytest.fixture(scope="module")
def ragged():
    rng = np.random.default_rng(0)
    truth = np.arange(24) % 3
    series = [bumps(rng, turns=(0.5, 1.0, 2.0)[kind]) for kind in truth]
    points = padded(series, steps=SHAPE[0])
    return Dataset.from_points(points, metric=warping(SHAPE)), truth


def stop(step):
    raise KeyboardInterrupt


@pytest.mark.parametrize("method", [dtw_kmeans, kshape])
def test_kinds_of_motion_are_found_however_long_they_take(ragged, method):
    data, truth = ragged
    answer = method.fit(data, shape=SHAPE, k=3, n_init=5)
    assert agreements(answer.labels, truth)["ari"] > 0.85
    assert answer.converged
    # a longer row is another row of the same series: nothing but padding is added
    assert np.array_equal(answer.assign(data.points), answer.labels)
    with pytest.raises(KeyboardInterrupt):
        method.fit(data, shape=SHAPE, k=3, report=stop)


def test_a_barycentre_moves_until_its_series_stay(ragged):
    data, _ = ragged
    values = [dtw_kmeans.fit(data, shape=SHAPE, k=3, max_iter=turns) for turns in (1, 2, 20)]
    inertias = [answer.facts["inertia"] for answer in values]
    assert inertias == sorted(inertias, reverse=True)
    far = warping(SHAPE).between(data.points, values[-1].centers)
    assert inertias[-1] == pytest.approx((far.min(axis=1) ** 2).sum())


def test_shift_and_size_are_nothing_to_k_shape():
    rng = np.random.default_rng(1)
    wave, step = np.sin(np.arange(40) / 3), np.repeat([0.0, 1.0], 20)
    rows = [
        rng.uniform(1, 9) * np.roll(kind, rng.integers(-4, 5)) + rng.uniform(-9, 9)
        for kind in (wave, step)
        for _ in range(6)
    ]
    answer = kshape.fit(Dataset.from_points(rows), shape=(40, 1), k=2)
    assert answer.labels.tolist() == [0] * 6 + [1] * 6
    assert np.allclose(answer.centers.mean(axis=1), 0)


@pytest.mark.parametrize("method", [dtw_kmeans, kshape])
def test_no_cluster_stays_empty_and_a_series_that_does_not_move_is_one_too(method):
    rows = [[0, 0, 0, 0], [0, 0, 0, 0.0], [5, 5, 5, 5], [1, 2, 3, 4], [4, 3, 2, 1]]
    answer = method.fit(Dataset.from_points(rows), shape=(4, 1), k=4, n_init=3)
    assert set(answer.labels) <= set(range(4))
    assert np.isfinite(answer.centers).all()


def test_series_of_one_step_and_a_single_series():
    one = Dataset.from_points([[1.0], [2.0], [9.0]])
    assert dtw_kmeans.fit(one, shape=(1, 1), k=2).labels.tolist() == [0, 0, 1]
    assert kshape.fit(one, shape=(1, 1), k=1).labels.tolist() == [0, 0, 0]
    single = Dataset.from_points([[1.0, 2.0, 4.0]])
    assert dtw_kmeans.fit(single, shape=(3, 1), k=1).facts["inertia"] == 0


def test_resampling_keeps_ends_and_says_what_it_did():
    series = [np.array([[0.0, 1.0], [2.0, 5.0]]), np.arange(8.0).reshape(4, 2)]
    data = Dataset.from_points(
        padded(series),
        metric=warping((4, 2)),
        columns=tuple(f"{name}, step {t}" for t in range(1, 5) for name in "xy"),
    )
    equal = resampled(data, shape=(4, 2), steps=3)
    assert equal.points.tolist() == [[0, 1, 1, 3, 2, 5], [0, 1, 3, 4, 6, 7]]
    assert equal.columns[-1] == "y, step 3"
    assert equal.metric.is_euclidean and "2 series" in equal.changes[-1]
    with pytest.raises(UnsupportedError):
        resampled(data, shape=(5, 2))


def test_bands_are_over_the_series_that_have_the_step():
    data = Dataset.from_points(padded([np.full((t, 1), float(t)) for t in (1, 2, 3, 3)]))
    (band, empty, last) = barycentres.bands(data, [0, 0, 0, 2], shape=(3, 1), low=0, high=1)
    assert band.counts.tolist() == [3, 2, 1]
    assert band.low.ravel().tolist() == [1, 2, 3] and band.high.ravel().tolist() == [3, 3, 3]
    assert len(empty.counts) == 0 and last.counts.tolist() == [1, 1, 1]
    with pytest.raises(ParameterError):
        barycentres.bands(data, [0, 0, 0, 2], shape=(3, 1), low=0.9, high=0.1)


@pytest.mark.parametrize("kind", barycentres.KINDS)
def test_a_barycentre_lies_in_the_middle_of_its_series(ragged, kind):
    data, truth = ragged
    middles = barycentres.of_clusters(data, truth, shape=SHAPE, kind=kind)
    between = warping(SHAPE).between
    far = between(data.points, padded(middles, steps=24))
    assert (far.argmin(axis=1) == truth).mean() > 0.9
    members = series_of(data.points, SHAPE)
    assert all(len(middle) <= max(map(len, members)) for middle in middles)
    alone = barycentres.of_clusters(data, np.r_[0, [-1] * 23], shape=SHAPE, kind="dba")
    assert np.allclose(alone[0], members[0])


def test_plain_ways_stand_beside_each_other_with_what_must_be_said(ragged):
    data, truth = ragged
    rows = beside.compared(data, shape=SHAPE, k=3, truth=truth, seeds=2)
    assert [row.name for row in rows] == list(beside.WAYS.values())
    assert all(row.seeds == 2 and len(row.seconds) == 2 for row in rows)
    assert "brought to 24 steps" in rows[0].note and "brought" not in rows[1].note
    own = dtw_kmeans.fit(data, shape=SHAPE, k=3, seed=1).labels
    assert rows[1].values["ari"][1] == agreements(own, truth)["ari"]
    exact = beside.compared(data, shape=SHAPE, k=3, ways=["dtw_kmeans"])[0]
    assert np.isnan(exact.mean("ari")) and exact.note == ""
    (score,) = beside.silhouettes_dtw(data, [truth], shape=SHAPE)
    assert score.sampled == 0 and score.value > 0.3
