"""Mean-shift is scikit-learn's, to the last digit, at every bandwidth of the axis."""

import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import MeanShift, estimate_bandwidth

import sample_data
from clustering import mean_shift
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
CENTROIDS = """
    9632 4671 6593 2570 2296 1248 (428) · 40204 46314 57584 5518 25436 4241 (3) ·
    112151 29627 18148 16745 4948 8550 (3) · 36847 43950 20170 36534 239 47943 (1) ·
    32717 16784 13626 60869 1272 5609 (1) · 22925 73498 32114 987 20070 903 (1) ·
    16117 46197 92780 1026 40827 2944 (1) · 8565 4980 67298 131 38102 1215 (2)
"""


def folder() -> Path:
    return Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")


def wholesale() -> list[Path]:
    """The book's table where it is at hand, and the project's own of the same shape."""
    book = folder() / "cookbook" / "wholesale.csv"
    return [*([book] if book.exists() else []), sample_data.FOLDER / "wholesale.csv"]


def spendings(path: Path) -> Dataset:
    return Dataset.from_points(pd.read_csv(path)[RECIPE].to_numpy(float))


def theirs(points: np.ndarray, quantile: float, *, seeded: bool) -> MeanShift:
    width = estimate_bandwidth(points, quantile=quantile, n_samples=len(points))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Binning data failed")
        return MeanShift(bandwidth=width, bin_seeding=seeded).fit(points)


draw = np.random.default_rng(0)
GROUNDS = {
    "three groups": draw.normal(size=(150, 3)) * 5 + 20 * draw.integers(0, 3, (150, 1)),
    "one column": draw.normal(size=(160, 1)).cumsum(axis=0),
    "a grid, many ties": draw.integers(0, 6, (120, 2)).astype(float),
    "few points": draw.normal(size=(9, 2)),
    "many columns": draw.normal(size=(50, 20)),
    "giants": draw.lognormal(8, 1.4, size=(150, 4)),
    "far from zero": draw.normal(size=(80, 2)) + 1e3,
}


@pytest.mark.slow
@pytest.mark.parametrize("seeded", [True, False])
@pytest.mark.parametrize("name", GROUNDS)
def test_labels_and_modes_are_those_of_scikit_learn(name: str, seeded: bool) -> None:
    points = GROUNDS[name]
    some = (0.1, 0.3, 0.5, 0.8, 1.0)
    axis = mean_shift.axis(Dataset.from_points(points), bin_seeding=seeded, quantiles=some)
    for q in some:
        if q < axis.values[0]:
            continue
        known, ours = theirs(points, q, seeded=seeded), axis.at(q)
        assert ours.facts["bandwidth"] == pytest.approx(known.bandwidth, rel=1e-9)
        assert np.array_equal(ours.labels, known.labels_)
        assert ours.centers == pytest.approx(known.cluster_centers_, rel=1e-12)
        assert ours.facts["iterations"] == known.n_iter_
        other = points[::3] + 0.1
        assert np.array_equal(ours.assign(other), known.predict(other))


def test_at_exactly_the_bandwidth_points_are_seen_and_modes_are_one() -> None:
    # Around 0 lie -4, -3, 0, 3 and 4, around 4 as many; the larger of two equal modes is kept.
    data = Dataset.from_points([[-4.0], [-3.0], [0.0], [3.0], [4.0], [5.0], [8.0]])
    answer = mean_shift.fit(data, bandwidth=4.0)
    assert answer.centers[:, 0] == pytest.approx([4.0, -7 / 3])
    assert answer.centers == pytest.approx(
        MeanShift(bandwidth=4.0).fit(data.points).cluster_centers_
    )
    assert answer.labels.tolist() == [1, 1, 1, 0, 0, 0, 0]


def test_a_million_from_zero_nothing_changes() -> None:
    points = np.round(GROUNDS["few points"] * 1024) / 1024  # moving these is exact
    for q in (0.3, 0.5, 0.8):
        near, far = (mean_shift.fit(Dataset.from_points(points + m), quantile=q) for m in (0, 1e6))
        assert far.facts["bandwidth"] == near.facts["bandwidth"]
        assert np.array_equal(far.labels, near.labels)
        assert far.centers - 1e6 == pytest.approx(near.centers, abs=1e-8)
        assert np.array_equal(far.assign(points + 1e6), near.labels)


@pytest.mark.parametrize("path", wholesale(), ids=lambda path: path.parent.name)
def test_the_recipe(path: Path) -> None:
    data = spendings(path)
    answer = mean_shift.fit(data, quantile=0.8, bin_seeding=True)
    known = theirs(data.points, 0.8, seeded=True)
    assert np.array_equal(answer.labels, known.labels_)
    if path.parent == sample_data.FOLDER:
        assert answer.sizes.max() > 0.8 * data.n
        return
    assert answer.facts["bandwidth"] == pytest.approx(25921.199, abs=5e-4)
    assert sorted(answer.sizes.tolist(), reverse=True) == [428, 3, 3, 2, 1, 1, 1, 1]
    published = []
    for line in CENTROIDS.split("·"):
        numbers, size = line.replace(")", "").split("(")
        published.append([*map(int, numbers.split()), int(size)])
    found = np.column_stack([answer.centers, answer.sizes])
    assert np.abs(found - published).max() < 1
    axis = mean_shift.axis(data, bin_seeding=True)
    counted = [axis.at(q).k for q in (0.1, 0.2, 0.3, 0.5)]
    assert counted == [25, 16, 12, 11]


def test_the_curves_are_what_they_are_called() -> None:
    data = Dataset.from_points(GROUNDS["giants"])
    axis = mean_shift.axis(data)
    widths = axis.curves["bandwidth"]
    assert np.array_equal(axis.values, np.array(mean_shift.QUANTILES))
    assert (np.diff(widths) >= 0).all()
    for place, answer in enumerate(axis.partitions):
        assert axis.curves["singles"][place] == (answer.sizes == 1).sum()
        assert axis.curves["largest"][place] == answer.sizes.max() / data.n
    assert axis.curves["clusters"][-1] < axis.curves["clusters"][0]


@pytest.mark.parametrize("seeded", [True, False])
def test_a_weight_is_so_many_equal_points(seeded: bool) -> None:
    points = GROUNDS["three groups"]
    counts = np.random.default_rng(1).integers(1, 6, len(points))
    weighted = Dataset.from_points(points, weights=counts)
    repeated = Dataset.from_points(np.repeat(points, counts, axis=0))
    for q in (0.1, 0.3, 0.8):
        one = mean_shift.fit(weighted, quantile=q, bin_seeding=seeded)
        other = mean_shift.fit(repeated, quantile=q, bin_seeding=seeded)
        assert one.facts["bandwidth"] == pytest.approx(other.facts["bandwidth"], rel=1e-12)
        assert one.centers == pytest.approx(other.centers, rel=1e-9)
        assert np.array_equal(np.repeat(one.labels, counts), other.labels)


def test_trails_lead_where_the_answer_says() -> None:
    data = Dataset.from_points(GROUNDS["three groups"])
    answer = mean_shift.fit(data, quantile=0.2)
    seen = mean_shift.trails(data, partition=answer, points=np.arange(data.n))
    far = np.linalg.norm(data.points[:, None] - data.points[None], axis=2)
    near = far <= seen.bandwidth
    assert np.array_equal(seen.paths[0], data.points)
    assert np.array_equal(seen.within[0], near.sum(axis=1))
    first = near @ data.points / near.sum(axis=1, keepdims=True)
    assert seen.paths[1] == pytest.approx(first, rel=1e-12)
    apart = np.linalg.norm(seen.paths[-1][:, None] - answer.centers[None], axis=2)
    assert np.array_equal(seen.ends, apart.argmin(axis=1))
    assert (
        np.linalg.norm(seen.paths[-1] - answer.centers[seen.ends], axis=1) <= seen.bandwidth
    ).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"bandwidth": 0.0}, "above 0"),
        ({"bandwidth": float("nan")}, "above 0"),
        ({"quantile": 1.5}, "at most 1"),
        ({"quantile": "x"}, "at most 1"),
        ({}, "not both"),
        ({"quantile": 0.3, "bandwidth": 1.0}, "not both"),
    ],
)
def test_arguments_that_make_no_sense_are_a_sentence(arguments: dict, words: str) -> None:
    data = Dataset.from_points(GROUNDS["three groups"])
    with pytest.raises(ParameterError, match=words):
        mean_shift.fit(data, **arguments)


def test_data_that_cannot_be_climbed_are_a_sentence() -> None:
    equal = Dataset.from_points(np.ones((20, 2)))
    with pytest.raises(DataError, match="equal"):
        mean_shift.axis(equal)
    with pytest.raises(ParameterError, match="larger quantile"):
        mean_shift.fit(equal, quantile=0.5)
    halves = Dataset.from_points(GROUNDS["few points"], weights=np.full(9, 0.5))
    with pytest.raises(UnsupportedError, match="whole numbers"):
        mean_shift.axis(halves)
    many = Dataset.from_points(np.zeros((mean_shift.MOST + 1, 1)))
    with pytest.raises(UnsupportedError, match="take a sample"):
        mean_shift.axis(many)
