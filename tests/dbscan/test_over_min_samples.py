"""What is drawn beside the axis: the atlas, the knee, the recipe's grid, and the cost of a run."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN
from sklearn.metrics import silhouette_score

from clustering import dbscan
from clustering.data import samples
from clustering.dataset import Dataset, Floats
from clustering.geometry.metrics import measured
from clustering.progress import Step

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
RECIPE = SHARED / "cookbook" / "data_perf.txt"


def cloud(n: int = 200, seed: int = 0) -> Floats:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.normal(size=(n, 2)) + 6.0 * rng.integers(0, 3, (n, 1)))


def own() -> Floats:
    table = samples.load("five-blobs").frame
    return table.select_dtypes("number").iloc[:, :2].to_numpy(np.float64)


# ---- the atlas -------------------------------------------------------------------------------
@settings(max_examples=15)
@given(st.integers(1, 150), st.integers(0, 99), st.sampled_from(["euclidean", "manhattan"]))
def test_every_cell_is_what_an_axis_says(n: int, seed: int, name: str) -> None:
    data = measured(Dataset.from_points(cloud(n, seed)), name)
    found = dbscan.atlas(data, min_samples=(7, 1, 2, 3, 200), cells=9)
    assert found.min_samples.tolist() == [m for m in (1, 2, 3, 7) if m <= n]
    assert (np.diff(found.eps) > 0).all()
    for row, min_samples in enumerate(found.min_samples):
        axis = dbscan.axis(data, min_samples=int(min_samples))
        for cell, eps in enumerate(found.eps):
            counts = axis.count(float(eps))
            assert found.clusters[row, cell] == counts["clusters"]
            assert found.large[row, cell] == counts["large"]
            assert found.noise[row, cell] == counts["noise"] / n
            assert found.largest[row, cell] == counts["largest"]
        if axis.plateaus:
            assert (found.low[row], found.high[row]) == axis.plateaus[0]
            large = "large" if axis.curves["large"].max() >= 2 else "clusters"
            assert found.plateau[row] == axis.count(found.low[row])[large]
        else:
            assert np.isnan([found.low[row], found.high[row], found.plateau[row]]).all()


def test_the_atlas_shows_where_min_samples_does_not_matter() -> None:
    found = dbscan.atlas(Dataset.from_points(cloud()))
    assert found.clusters.shape == (10, 80) and found.min_samples[-1] == 40
    assert (found.clusters == 3).any(axis=1)[1:].all()
    assert found.noise[0, 0] <= 0.9 and found.largest[:, -1].min() >= 0.99
    assert pickle.loads(pickle.dumps(found)).eps.tolist() == found.eps.tolist()


def test_weights_count_in_the_atlas() -> None:
    times = np.random.default_rng(1).integers(1, 4, 60)
    points = cloud(60)
    once = dbscan.atlas(Dataset.from_points(points, weights=times), min_samples=(4, 70), cells=8)
    assert once.min_samples.tolist() == [4, 70]
    for row, min_samples in enumerate((4, 70)):
        for cell, eps in enumerate(once.eps):
            model = DBSCAN(eps=eps * (1 + 1e-12), min_samples=min_samples)
            labels = model.fit(points, sample_weight=times).labels_
            assert once.clusters[row, cell] == labels.max() + 1
            assert once.noise[row, cell] == (labels < 0).mean()


def test_the_atlas_reports_and_stops() -> None:
    steps: list[Step] = []
    dbscan.atlas(Dataset.from_points(cloud()), report=steps.append)
    shares = [step.share for step in steps]
    assert shares == sorted(shares) and 0.9 < shares[-1] <= 1.0

    def stop(step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dbscan.atlas(Dataset.from_points(cloud()), report=stop)


# ---- the knee --------------------------------------------------------------------------------
def test_the_knee_is_farthest_below_the_chord() -> None:
    axis = dbscan.axis(Dataset.from_points(cloud()), min_samples=4)
    found = dbscan.knee(axis)
    assert found.distances.tolist() == sorted(axis.core, reverse=True)
    assert found.eps == found.distances[found.place] and found.reason == ""
    x, y = found.shares / found.shares[-1], found.distances
    chord = y[0] + x * (y[-1] - y[0])
    assert (chord - y).argmax() == found.place


def test_the_knee_finds_where_a_curve_bends() -> None:
    # Ten points alone, ever farther out, and ninety one apart: it bends at the tenth.
    lonely = np.cumsum(np.linspace(30, 60, 10)) + 100
    data = Dataset.from_points(np.concatenate([np.arange(90.0), lonely])[:, None])
    found = dbscan.knee(dbscan.axis(data, min_samples=2))
    assert (found.place, found.eps) == (10, 1.0)


def test_weights_stretch_the_curve() -> None:
    points = np.concatenate([np.arange(20.0), [100.0, 140.0, 200.0]])[:, None]
    times = np.array([3] * 20 + [1] * 3)
    once = dbscan.knee(dbscan.axis(Dataset.from_points(points, weights=times), min_samples=5))
    often = dbscan.axis(Dataset.from_points(np.repeat(points, times, axis=0)), min_samples=5)
    assert once.eps == dbscan.knee(often).eps
    assert once.shares[1] == pytest.approx(1 / 63)


# ---- the grid --------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [None, *([RECIPE] * RECIPE.exists())])
def test_the_grid_is_what_the_recipe_computes(path: Path | None) -> None:
    points = np.loadtxt(path, delimiter=",") if path else own()
    data, values = Dataset.from_points(points), np.linspace(0.3, 1.2, 10)
    found = dbscan.grid(data, dbscan.axis(data, min_samples=5), values)
    for place, eps in enumerate(values):
        model = DBSCAN(eps=eps, min_samples=5).fit(points)
        labels, clear = model.labels_, model.labels_ >= 0
        assert found.clusters[place] == labels.max() + 1
        assert found.noise[place] == (~clear).sum()
        assert found.core[place] == len(model.core_sample_indices_)
        if len(set(labels)) > 1:
            score = silhouette_score(points, labels)
            assert found.with_noise[place].value == pytest.approx(score)
        if len(set(labels[clear])) > 1:
            score = silhouette_score(points[clear], labels[clear])
            assert found.without_noise[place].value == pytest.approx(score)
        assert (found.with_noise[place].noise, found.without_noise[place].noise) == (
            "cluster", "exclude",
        )  # fmt: skip
    assert found.scores("cluster") is found.with_noise
    if path:
        is_as_published(found)


def test_what_takes_too_many_distances_is_left_undefined_with_the_reason() -> None:
    data = Dataset.from_points(own())
    axis = dbscan.axis(data, min_samples=5)
    crumbs, plateau = axis.values[axis.curves["clusters"].argmax()], axis.plateaus[0][1] * 0.999
    whole = dbscan.grid(data, axis, [crumbs, plateau])
    # 13 small clusters have 135 points in all of which each takes at most 30; five large ones 150.
    part = dbscan.grid(data, axis, [crumbs, plateau], limit=40, afford=data.n * 140)
    assert "5 clusters of 250 points would take" in part.with_noise[1].reason
    assert np.isnan(part.without_noise[1].value) and part.without_noise[1].noise == "exclude"
    assert part.clusters.tolist() == whole.clusters.tolist()
    score = part.with_noise[0]
    assert 0 < score.sampled < data.n
    assert score.low <= whole.with_noise[0].value <= score.high
    free = dbscan.grid(data, axis, [plateau], afford=data.n**2)
    assert free.without_noise[0].value == pytest.approx(whole.without_noise[1].value)


def is_as_published(found: dbscan.Grid) -> None:
    published = [.1287, .3594, .5134, .6165, .6322, .6366, .5142, .5629, .5629, .5629]  # fmt: skip
    left_out = [.8051, .5912, .6305, .6773, .6712, .6643, .5644, .5629, .5629, .5629]  # fmt: skip
    assert [score.value for score in found.with_noise] == pytest.approx(published, abs=1e-4)
    assert [score.value for score in found.without_noise] == pytest.approx(left_out, abs=1e-4)
    assert found.clusters.tolist() == [5, 7, 6, 5, 5, 5, 3, 3, 3, 3]
    assert found.noise.tolist() == [112, 46, 23, 11, 7, 4, 2, 0, 0, 0]
    assert found.core.tolist() == [101, 162, 195, 220, 230, 237, 240, 245, 249, 250]
    best = found.best("cluster")
    assert (found.values[best].round(1), found.clusters[best]) == (0.8, 5)
    assert found.values[found.best("exclude")] == 0.3


# ---- the cost --------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["euclidean", "manhattan"])
def test_an_estimate_is_of_something_and_says_it(name: str) -> None:
    small = measured(Dataset.from_points(cloud(40)), name)
    large = measured(Dataset.from_points(cloud(6_000)), name)
    few, many = dbscan.estimate(small, 5), dbscan.estimate(large, 5)
    assert 0 < few.seconds and 0 < few.memory < many.memory
    assert many.memory > 6_000 * 5 * 12  # the table of neighbours alone
    assert dbscan.estimate(large, 40).memory > many.memory
    assert many.words.startswith("This will take ") and many.words.endswith(" of memory.")


@pytest.mark.parametrize(
    ("seconds", "memory", "words"),
    [
        (0.2, 2e6, "less than a second and 2 MB"),
        (1.4, 96e6, "about 1 s and 0.1 GB"),
        (97.0, 1.26e9, "about 100 s and 1.0 GB"),
        (119.0, 16e9, "about 2 minutes and 20.0 GB"),
        (4000.0, 0.0, "about 70 minutes and 1 MB"),
    ],
)
def test_costs_are_told_as_exactly_as_they_are_known(
    seconds: float, memory: float, words: str
) -> None:
    assert dbscan.Estimate(seconds, memory).words == f"This will take {words} of memory."


def test_a_map_begins_where_a_tenth_of_the_points_is_no_longer_noise() -> None:
    line = np.cumsum(np.arange(25.0))[:, None]  # nearest others at 1, 1, 2, 3, ...
    assert dbscan.atlas(Dataset.from_points(line), min_samples=(2,)).eps[0] == 2.0
