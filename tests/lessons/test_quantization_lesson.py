"""What is told of rounding is what brute force and the recorded steps say."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering import kmeans, lbg
from clustering.dataset import Dataset
from clustering.lessons.quantization import SEEING, cells, rounding, splits


def histogram(seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    levels = np.sort(rng.choice(256, rng.integers(2, 12), replace=False)).astype(float)
    return Dataset.from_points(levels[:, None], weights=rng.integers(1, 50, len(levels)))


def error(data: Dataset, groups) -> float:
    """Mean squared error of groups of places, each rounded to its mean."""
    values, mass = data.points[:, 0], data.mass
    means = [np.average(values[group], weights=mass[group]) for group in groups]
    wrong = sum(mass[g] @ (values[g] - m) ** 2 for g, m in zip(groups, means, strict=True))
    return float(wrong / mass.sum())


@given(st.integers(0, 500), st.integers(1, 4))
def test_rounding_never_gets_worse_and_ends_at_the_best_there_is(seed, k):
    data = histogram(seed)
    told = rounding(data, k=k)
    k = min(k, data.n)
    errors = np.array([step.mse for step in told])
    assert (np.diff(errors) <= 1e-9 * (1 + errors[:-1])).all()
    best = min(
        error(data, np.split(np.arange(data.n), cuts))
        for cuts in itertools.combinations(range(1, data.n), k - 1)
    )
    assert errors[-1] == pytest.approx(best, abs=1e-9)
    for step in told:
        assert len(step.levels) == k and len(step.thresholds) == k - 1
        assert (np.diff(step.levels) >= 0).all() and step.words.endswith(".")


def test_a_level_is_the_mean_of_what_lies_between_its_thresholds():
    data = histogram(3)
    told = rounding(data, k=3)
    before, after = told[0], told[1]
    places = np.searchsorted(before.thresholds, data.points[:, 0])
    for level in range(3):
        mine = places == level
        if mine.any():
            mean = np.average(data.points[mine, 0], weights=data.mass[mine])
            assert after.levels[level] == pytest.approx(mean)
    assert told[2].thresholds == pytest.approx((told[2].levels[1:] + told[2].levels[:-1]) / 2)


@pytest.mark.parametrize("k", [1, 2, 5, 8])
def test_every_round_of_splits_is_told_and_the_end_is_the_answer(k):
    rng = np.random.default_rng(k)
    data = Dataset.from_points(rng.normal(size=(200, 3)), weights=rng.integers(1, 9, 200))
    told = splits(data, k=k)
    answer = lbg.fit(data, k=k)
    assert len(told.words) == len(told.moments)
    assert np.array_equal(told.moments[-1].labels, answer.labels)
    assert np.allclose(told.moments[-1].centers, answer.centers)
    kinds = [moment.kind for moment in told.moments]
    assert kinds[0] == "start" and kinds[-1] == "done"
    assert kinds.count("split") == answer.facts["splits"]
    if k == 5:
        sentence = next(w for m, w in zip(told.moments, told.words, strict=True)
                        if m.kind == "split" and len(m.centers) == 5)  # fmt: skip
        assert "4 became 5" in sentence and "largest distortion" in sentence


def test_what_is_left_behind_names_its_words():
    assert "codebook" in SEEING and "thresholds" in SEEING


def test_the_cells_of_a_cloud_are_told_with_its_own_numbers():
    data = Dataset.from_points([[0.0, 0, 0], [0, 0, 2], [9, 0, 0]], weights=[1.0, 1, 2])
    told = cells(data, kmeans.fit(data, k=2))
    assert len(told) == 5
    assert "2 cells" in told[2] and "50.0 % of the pixels" in told[2]
    assert "is 0.5 for a pixel on average, and at most 1." in told[3]
    assert "mean of the squared ways is 0.5" in told[4]
