from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans

from clustering import scalar_quantization
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.progress import silent


def column(values, weights=None) -> Dataset:
    return Dataset.from_points(np.asarray(values, dtype=float)[:, None], weights=weights)


def error(values: np.ndarray, weights: np.ndarray) -> float:
    return float(weights @ (values - weights @ values / weights.sum()) ** 2)


def least_of_all(values: np.ndarray, weights: np.ndarray, k: int) -> float:
    """Every way to cut the values into k runs."""
    found = []
    for cuts in combinations(range(1, len(values)), k - 1):
        edges = [0, *cuts, len(values)]
        runs = [slice(a, b) for a, b in zip(edges, edges[1:], strict=False)]
        found.append(sum(error(values[run], weights[run]) for run in runs))
    return min(found)


@given(st.dictionaries(st.integers(0, 255), st.integers(1, 400), min_size=1, max_size=9))
def test_no_cut_of_a_small_histogram_is_better(histogram):
    values = np.array(sorted(histogram), dtype=float)
    weights = np.array([histogram[int(value)] for value in values], dtype=float)
    axis = scalar_quantization.axis(column(values, weights))
    assert axis.values.tolist() == list(range(1, len(values) + 1))
    for k in range(1, len(values) + 1):
        best = least_of_all(values, weights, k)
        assert axis.curves["inertia"][k - 1] == pytest.approx(best, abs=1e-6)
        answer = axis.at(k)
        assert answer.facts["inertia"] == pytest.approx(best, abs=1e-6)
        assert (np.diff(answer.labels) >= 0).all() and answer.sizes.min() > 0


def test_k_means_is_never_better_with_the_same_number_of_levels():
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(60, 20, 2000), rng.normal(180, 30, 3000)]).round()
    data = column(values)
    axis = scalar_quantization.axis(data)
    for k in (2, 3, 5, 8, 16, 40):
        usual = KMeans(k, n_init=4, random_state=5).fit(values[:, None])
        assert axis.at(k).facts["inertia"] <= usual.inertia_ * (1 + 1e-12)


def test_more_levels_are_never_worse_and_all_levels_lose_nothing():
    rng = np.random.default_rng(2)
    axis = scalar_quantization.axis(column(np.arange(256), rng.integers(1, 900, 256)))
    assert len(axis.values) == 256
    assert (np.diff(axis.curves["inertia"]) <= 1e-6).all()
    assert axis.curves["inertia"][-1] == 0


def test_weights_are_repeated_values():
    values, weights = np.array([3.0, 7.0, 8.0, 20.0, 21.0, 40.0]), np.array([4, 1, 6, 2, 2, 1])
    heavy = scalar_quantization.fit(column(values, weights), k=3)
    repeated = scalar_quantization.fit(column(np.repeat(values, weights)), k=3)
    assert np.repeat(heavy.labels, weights).tolist() == repeated.labels.tolist()
    assert heavy.centers == pytest.approx(repeated.centers)


def test_many_values_are_cut_like_few(monkeypatch):
    rng = np.random.default_rng(3)
    data = column(rng.integers(0, 3000, 700) / 8, rng.integers(1, 9, 700))
    divided = scalar_quantization.axis(data, k_max=12)
    monkeypatch.setattr(scalar_quantization, "DENSE", 10_000)
    whole = scalar_quantization.axis(data, k_max=12)
    assert divided.curves["inertia"] == pytest.approx(whole.curves["inertia"])
    assert divided.begins[-1, -1] == whole.begins[-1, -1]


@pytest.mark.parametrize("dense", [0, 512])
def test_of_equally_good_answers_it_is_the_one_whose_last_level_begins_lowest(monkeypatch, dense):
    monkeypatch.setattr(scalar_quantization, "DENSE", dense)
    for values, labels in [
        ([0, 1, 2], [0, 1, 1]),
        ([0, 1, 2, 3], [0, 1, 2, 2]),
        ([0, 1, 2, 3, 4], [0, 0, 1, 1, 1]),
        ([0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 1, 1, 2, 2, 2]),
    ]:
        answer = scalar_quantization.fit(column(values), k=max(labels) + 1)
        assert answer.labels.tolist() == labels


def test_values_far_from_nought_keep_their_digits():
    near = scalar_quantization.fit(column([0.0, 1.0, 10.0, 12.0]), k=2)
    far = scalar_quantization.fit(column(np.array([0.0, 1.0, 10.0, 12.0]) + 1e9), k=2)
    assert far.labels.tolist() == near.labels.tolist()
    assert far.facts["inertia"] == near.facts["inertia"] == 2.5


def test_what_cannot_be_is_said():
    data = column([1.0, 2.0, 2.0])
    with pytest.raises(ParameterError, match="2 distinct points"):
        scalar_quantization.fit(data, k=3)
    with pytest.raises(ParameterError, match="whole number from 1 to 2"):
        scalar_quantization.axis(data).at(2.5)
    with pytest.raises(ParameterError, match="k_max = 0"):
        scalar_quantization.axis(data, k_max=0)
    with pytest.raises(UnsupportedError, match="one column"):
        scalar_quantization.fit(Dataset.from_points([[1, 2]]), k=1)
    with pytest.raises(DataError, match="50,001 different values"):
        scalar_quantization.axis(column(np.arange(50_001)), report=silent)
