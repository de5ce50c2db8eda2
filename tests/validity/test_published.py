"""What the cookbook published on its own file, or scikit-learn says on our sample."""

import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.cluster import DBSCAN, KMeans
from sklearn.metrics import silhouette_score

from clustering.dataset import Dataset
from clustering.validity import silhouettes

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
ORIGINAL = next(SHARED.rglob("data_perf.txt"), None) if SHARED.is_dir() else None
OURS = ROOT / "sample_data" / "five-blobs.csv"

EPS = np.linspace(0.3, 1.2, 10)
WITH_NOISE = [0.1287, 0.3594, 0.5134, 0.6165, 0.6322, 0.6366, 0.5142, 0.5629, 0.5629, 0.5629]
WITHOUT = [0.8051, 0.5912, 0.6305, 0.6773, 0.6712, 0.6643, 0.5644, 0.5629, 0.5629, 0.5629]
SWEEP = {2: 0.529040, 4: 0.583276, 5: 0.658280}


def files():
    """The project's sample always, the book's file where it is."""
    return [OURS] if ORIGINAL is None else [OURS, ORIGINAL]


def points_of(path):
    if path == ORIGINAL:
        return np.loadtxt(path, delimiter=",")
    return np.genfromtxt(path, delimiter=",", skip_header=1, usecols=(0, 1))


def left_to_judge(points, labels):
    """scikit-learn on the points without noise, NaN where it refuses."""
    kept = labels >= 0
    if not 2 <= len(np.unique(labels[kept])) < kept.sum():
        return np.nan
    return silhouette_score(points[kept], labels[kept])


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_dbscan_over_ten_epsilons_under_both_noise_policies(path):
    points = points_of(path)
    labels = [DBSCAN(eps=eps, min_samples=5).fit_predict(points) for eps in EPS]
    data = Dataset.from_points(points)
    cluster = [score.value for score in silhouettes(data, labels, noise="cluster")]
    exclude = [score.value for score in silhouettes(data, labels, noise="exclude")]
    np.testing.assert_allclose(exclude, [left_to_judge(points, x) for x in labels], atol=1e-9)
    if path == ORIGINAL:
        np.testing.assert_allclose(cluster, WITH_NOISE, rtol=0, atol=1e-4)
        np.testing.assert_allclose(exclude, WITHOUT, rtol=0, atol=1e-4)
        # The policy decides which epsilon is best, which is why it is always stated.
        assert (EPS[np.argmax(cluster)], EPS[np.argmax(exclude)]) == pytest.approx((0.8, 0.3))
    else:
        np.testing.assert_allclose(cluster, [silhouette_score(points, x) for x in labels])


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_silhouette_sweep_over_k(path):
    points = points_of(path)
    labels = [KMeans(k, n_init=10, random_state=0).fit_predict(points) for k in SWEEP]
    found = [score.value for score in silhouettes(Dataset.from_points(points), labels)]
    expected = [silhouette_score(points, each) for each in labels]
    if path == ORIGINAL:
        expected = list(SWEEP.values())
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
