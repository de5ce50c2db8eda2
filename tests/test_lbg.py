import numpy as np
import pytest

from clustering import kmeans, lbg
from clustering.dataset import Dataset
from clustering.errors import ParameterError

RNG = np.random.default_rng(0)
BLOBS = Dataset.from_points(
    np.repeat([[0, 0], [10, 0], [0, 10], [10, 10]], 25, axis=0) + RNG.normal(size=(100, 2))
)


def test_the_codebook_doubles_and_the_last_round_fills_up():
    moments = lbg.steps(BLOBS, 6)
    sizes = [len(moment.centers) for moment in moments if moment.kind == "split"]
    assert sizes == [2, 4, 6]
    assert moments[0].kind == "start"
    assert moments[0].centers[0] == pytest.approx(BLOBS.points.mean(axis=0))
    assert moments[-1].kind == "done" and len(moments[-1].centers) == 6


def test_a_split_moves_a_codeword_a_little_to_either_side():
    moments = lbg.steps(BLOBS, 4)
    for before, after in zip(moments, moments[1:], strict=False):
        if after.kind == "split":
            pairs = after.centers.reshape(-1, 2, 2)
            assert pairs.mean(axis=1) == pytest.approx(before.centers)
            assert after.parents.tolist() == np.repeat(np.arange(len(before.centers)), 2).tolist()
            assert 0 < np.ptp(pairs, axis=1).max() < 0.2


def test_every_moment_tells_the_nearest_codewords_and_their_distortion():
    for moment in lbg.steps(BLOBS, 5):
        squares = ((BLOBS.points[:, None] - moment.centers[None]) ** 2).sum(axis=2)
        assert moment.labels.tolist() == squares.argmin(axis=1).tolist()
        assert moment.distortion == pytest.approx(squares.min(axis=1).mean())


def test_distortion_falls_until_it_hardly_does():
    moments = lbg.steps(BLOBS, 4)
    error = [moment.distortion for moment in moments]
    for place, moment in enumerate(moments):
        if moment.kind == "reassign":
            assert error[place] <= error[place - 1] * (1 + 1e-12)
    answer = lbg.fit(BLOBS, k=4)
    assert sorted(answer.sizes.tolist()) == [25, 25, 25, 25]
    assert answer.facts["inertia"] == pytest.approx(kmeans.fit(BLOBS, k=4).facts["inertia"])
    assert answer.labels.tolist() == moments[-1].labels.tolist()


@pytest.mark.parametrize("tol", [0.0, 1e-3, 0.02])
def test_reassigning_ends_where_it_lowers_the_distortion_by_no_more_than_the_tolerance(tol):
    data = Dataset.from_points(np.random.default_rng(2).random((300, 2)))
    moments = lbg.steps(data, 8, tol=tol)
    ended = []
    for before, now, after in zip(moments, moments[1:], moments[2:], strict=False):
        if now.kind == "reassign":
            ended.append(before.distortion - now.distortion <= tol * now.distortion)
            assert ended[-1] == (after.kind != "reassign")
    assert sum(ended) == 3 and len(ended) > 6


def test_a_cell_that_loses_all_its_vectors_takes_half_of_the_worst():
    points, weights = np.array([[0.0], [1.0], [9.0], [30.0]]), np.ones(4)
    centers = np.array([[3.0], [-500.0], [30.0]])
    labels, squares = lbg.assigned(points, weights, centers)
    moved, emptied = lbg.moved(points, weights, centers, labels, squares, 0.01)
    assert emptied == [1]
    again, _ = lbg.assigned(points, weights, moved)
    assert sorted(np.bincount(again, minlength=3).tolist()) == [1, 1, 2]


@pytest.mark.parametrize("k", [1, 2, 3, 7, 40, 97])
def test_no_cell_is_empty_at_the_end(k):
    rng = np.random.default_rng(k)
    points = np.round(rng.exponential(size=(200, 3)) * 6)
    data = Dataset.from_points(points, weights=rng.integers(1, 50, 200))
    answer = lbg.fit(data, k=min(k, data.distinct))
    assert answer.sizes.min() > 0 and answer.k == min(k, data.distinct)


def test_as_many_codewords_as_points_lose_nothing():
    data = Dataset.from_points([[0.0, 1.0], [2.0, 5.0], [2.0, 6.0], [-4.0, 1.0], [0.0, 1.0]])
    answer = lbg.fit(data, k=4)
    assert answer.facts["inertia"] == pytest.approx(0, abs=1e-20)
    assert answer.labels[0] == answer.labels[4]


def test_weights_are_repeated_vectors():
    rng = np.random.default_rng(4)
    points, weights = rng.normal(size=(40, 2)), rng.integers(1, 6, 40)
    heavy = lbg.fit(Dataset.from_points(points, weights=weights), k=5)
    repeated = lbg.fit(Dataset.from_points(np.repeat(points, weights, axis=0)), k=5)
    assert np.repeat(heavy.labels, weights).tolist() == repeated.labels.tolist()


def test_the_longest_way_through_a_cell_counts_weights_as_repeated_vectors():
    points, weights = np.array([[0.0, 0.0], [4.0, 1.0], [0.0, 3.0]]), np.array([9, 1, 2])
    way = lbg.longest(points, weights.astype(float), np.ones(3, bool))
    repeated = np.repeat(points, weights, axis=0)
    assert way == pytest.approx(lbg.longest(repeated, np.ones(12), np.ones(12, bool)))


def test_the_longest_way_is_the_standard_deviation_along_it_and_points_up():
    points, weights = np.array([[0.0, 0.5], [0.0, 4.5], [70.0, 0.0]]), np.array([3.0, 1.0, 5.0])
    way = lbg.longest(points, weights, np.array([True, True, False]))
    assert way == pytest.approx([0.0, np.sqrt(3)])
    assert lbg.longest(-points, weights, np.ones(3, bool))[0] > 0


def test_where_only_one_cell_can_be_split_it_is_that_of_the_largest_error():
    tight, wide = np.repeat([[0.0], [0.1]], 30, axis=0), np.array([[90.0], [104.0], [110.0]])
    answer = lbg.fit(Dataset.from_points(np.concatenate([tight, wide])), k=3)
    assert answer.sizes.tolist() == [60, 1, 2]


def test_two_codewords_without_vectors_go_to_two_cells():
    points = np.array([[0.0], [8.0], [100.0], [107.0]])
    centers = np.array([[-500.0], [4.0], [900.0], [103.0]])
    labels, squares = lbg.assigned(points, np.ones(4), centers)
    moved, emptied = lbg.moved(points, np.ones(4), centers, labels, squares, 0.01)
    assert emptied == [0, 2]
    assert moved[:, 0] == pytest.approx([4.04, 3.96, 103.535, 103.465])


def test_what_cannot_be_is_said():
    with pytest.raises(ParameterError, match="distinct points"):
        lbg.fit(BLOBS, k=101)
    with pytest.raises(ParameterError, match="shift = 0"):
        lbg.fit(BLOBS, k=2, shift=0.0)
    with pytest.raises(ParameterError, match="tol = 1"):
        lbg.steps(BLOBS, 2, tol=1.0)
