"""What tslearn computes from the same starts is what is computed here.

tslearn runs in a process of its own and uncompiled: compiled, it would first spend a minute on it.
"""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from clustering.data.sequences.padding import padded
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset
from clustering.series import dtw_kmeans, kshape
from clustering.series.averaging import averaged
from clustering.series.shapes import distances, shifted, standardised
from clustering.series.soft import softened

pytestmark = pytest.mark.slow

PROGRAM = """
import json, sys
import numpy as np
from tslearn.barycenters import dtw_barycenter_averaging, softdtw_barycenter
from tslearn.clustering import KShape, TimeSeriesKMeans
from tslearn.metrics import cdist_normalized_cc, y_shifted_sbd_vec
from tslearn.utils import to_time_series_dataset

given = json.load(sys.stdin)
equal = np.array(given["equal"])
ragged = to_time_series_dataset(given["ragged"])
start = equal[:3].copy()
shape = KShape(n_clusters=3, init=start.copy()).fit(equal)
warped = TimeSeriesKMeans(n_clusters=3, metric="dtw", init=start.copy()).fit(equal)
norms = np.linalg.norm(equal, axis=(1, 2))
found = {
    "shapes": shape.cluster_centers_, "shape_labels": shape.labels_, "shape_mean": shape.inertia_,
    "correlated": cdist_normalized_cc(equal, equal, norms, norms, False),
    "shifted": y_shifted_sbd_vec(equal[0], equal, -1.0, norms),
    "centres": warped.cluster_centers_, "labels": warped.labels_, "mean": warped.inertia_,
    "dba": dtw_barycenter_averaging(ragged, init_barycenter=np.array(given["ragged"][0])),
    "soft": softdtw_barycenter(ragged, gamma=1.0, init=np.array(given["ragged"][0])),
}
json.dump({name: np.asarray(each).tolist() for name, each in found.items()}, sys.stdout)
"""


@pytest.fixture(scope="module")
def series():
    rng = np.random.default_rng(0)
    equal = rng.normal(size=(12, 15, 1)).cumsum(axis=1)
    ragged = [rng.normal(size=(length, 2)).cumsum(axis=0) for length in (9, 12, 7, 10)]
    return standardised(equal[:, :, 0], (15, 1)), ragged


@pytest.fixture(scope="module")
def theirs(series):
    equal, ragged = series
    given = json.dumps({"equal": equal.tolist(), "ragged": [each.tolist() for each in ragged]})
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=given,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: np.array(each) for name, each in json.loads(run.stdout).items()}


def test_shapes(series, theirs):
    equal, _ = series
    mean, shapes, _, converged = kshape.settled(equal, equal[:3])
    assert converged
    assert mean == pytest.approx(float(theirs["shape_mean"]))
    assert np.allclose(shapes, theirs["shapes"])
    assert np.array_equal(distances(equal, shapes).argmin(axis=1), theirs["shape_labels"])
    assert np.allclose(distances(equal, equal), 1 - theirs["correlated"])
    assert np.allclose(shifted(equal, equal[0]), theirs["shifted"])


def test_barycentre_clusters(series, theirs):
    points = series[0][:, :, 0]
    inertia, centres, _, _ = dtw_kmeans.settled(
        Dataset.from_points(points), points[:3], shape=(15, 1)
    )
    labels = warping((15, 1)).between(points, centres).argmin(axis=1)
    assert np.array_equal(labels, theirs["labels"])
    assert np.allclose(centres, theirs["centres"][:, :, 0])
    assert inertia == pytest.approx(12 * float(theirs["mean"]))


def test_barycentres_of_ragged_series(series, theirs):
    _, ragged = series
    steps = padded(ragged).reshape(4, 12, 2)
    lengths = np.array([9, 12, 7, 10])
    assert np.allclose(averaged(steps, lengths, ragged[0]), theirs["dba"])
    assert np.allclose(softened(steps, lengths, ragged[0]), theirs["soft"], atol=1e-6)
