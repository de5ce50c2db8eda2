"""Padding keeps every step of every series, and warping measures what its definition says."""

import numpy as np
import pytest

from clustering.data.sequences import padding
from clustering.data.sequences.warping import warping
from clustering.errors import DataError


def drawn(lengths, d, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(length, d)) for length in lengths]


def cheapest(x, y):
    """The definition, cell by cell."""
    costs = np.full((len(x) + 1, len(y) + 1), np.inf)
    costs[0, 0] = 0.0
    for i in range(len(x)):
        for j in range(len(y)):
            before = min(costs[i, j], costs[i, j + 1], costs[i + 1, j])
            costs[i + 1, j + 1] = ((x[i] - y[j]) ** 2).sum() + before
    return np.sqrt(costs[-1, -1])


def test_series_come_back_from_their_rows_whole():
    series = drawn([3, 7, 1, 7], 2)
    rows = padding.padded(series, steps=9)
    assert rows.shape == (4, 18) and padding.is_padded(rows)
    assert padding.lengths(rows, (9, 2)).tolist() == [3, 7, 1, 7]
    for back, each in zip(padding.series_of(rows, (9, 2)), series, strict=True):
        assert np.array_equal(back, each)
    assert not padding.is_padded(padding.padded(drawn([4, 4], 3)))
    assert np.float32(padding.PADDING) == padding.PADDING


def test_nothing_is_cut_to_make_it_fit():
    with pytest.raises(DataError, match="has 7 steps, and there is room for 5"):
        padding.padded(drawn([3, 7], 1), steps=5)


@pytest.mark.parametrize("d", [1, 3])
def test_warping_is_the_cheapest_path(d):
    series = drawn([4, 6, 5, 6], d)
    rows = padding.padded(series)
    found = warping((6, d)).between(rows, rows)
    assert np.allclose(found, [[cheapest(x, y) for y in series] for x in series], rtol=1e-12)
    assert (np.diag(found) == 0).all()
    one = warping((6, d)).between(rows[:1], rows[1:])
    assert np.array_equal(one, found[:1, 1:])


def test_a_band_of_nothing_is_euclidean_and_a_wide_one_changes_nothing():
    rows = padding.padded(drawn([6, 6, 6], 2))
    straight = np.linalg.norm(rows[:, None] - rows[None], axis=2)
    assert np.allclose(warping((6, 2), band=0).between(rows, rows), straight)
    free = warping((6, 2)).between(rows, rows)
    assert np.array_equal(warping((6, 2), band=6).between(rows, rows), free)
    assert (free <= straight + 1e-12).all()


@pytest.mark.slow
def test_warping_equals_tslearn():
    from tslearn.metrics import cdist_dtw
    from tslearn.utils import to_time_series_dataset

    series = drawn([5, 9, 7, 9], 2, seed=3)
    rows = padding.padded(series)
    theirs = cdist_dtw(to_time_series_dataset(series))
    assert np.allclose(warping((9, 2)).between(rows, rows), theirs, rtol=1e-12, atol=0)
