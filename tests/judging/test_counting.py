"""Whatever the silhouette page is given, it has an answer or one clear sentence."""

from functools import partial

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from clustering.dataset import Dataset, Metric
from clustering.errors import ClusterloomError, UnsupportedError
from clustering.judging import counting, structure
from clustering.lessons import silhouette as lesson

pytestmark = pytest.mark.slow

RNG = np.random.default_rng(0)
CLOUD = RNG.normal(size=(40, 2))


def city_block(a, b):
    return cdist(a, b, "cityblock")


CASES = {
    "one row": Dataset.from_points([[1.0, 2.0]]),
    "two rows": Dataset.from_points([[0.0, 0.0], [1.0, 1.0]]),
    "two equal rows": Dataset.from_points([[1.0, 1.0], [1.0, 1.0]]),
    "one column": Dataset.from_points(CLOUD[:, :1]),
    "all equal": Dataset.from_points(np.ones((30, 3))),
    "constant columns": Dataset.from_points(np.column_stack([CLOUD[:, 0], np.full((40, 3), 7e5)])),
    "two distinct": Dataset.from_points(np.repeat([[0.0, 0.0], [1.0, 0.0]], 10, axis=0)),
    "a grid": Dataset.from_points(RNG.integers(0, 3, size=(60, 2)).astype(float)),
    "a line": Dataset.from_points(np.outer(np.arange(30.0), [1, 2, 3])),
    "eleven rows": Dataset.from_points(RNG.normal(size=(11, 2))),
    "2,000 columns": Dataset.from_points(RNG.normal(size=(15, 2000))),
    "too large": Dataset.from_points(CLOUD * 1e150),
    "tiny": Dataset.from_points(CLOUD * 1e-200),
    "one far away": Dataset.from_points(np.vstack([CLOUD, [[1e90, 0.0]]])),
    "far from the origin": Dataset.from_points(CLOUD + 1e12),
    "weights": Dataset.from_points(CLOUD, weights=RNG.uniform(0.1, 5.0, size=40)),
    "tiny weights": Dataset.from_points(CLOUD, weights=RNG.uniform(0.1, 5.0, size=40) * 1e-40),
    "no coordinates": Dataset.from_points(CLOUD, metric=Metric("city block", city_block)),
}


def asked(question):
    """Give the answer, or None where a sentence says why there is none."""
    try:
        return question()
    except ClusterloomError as error:
        assert str(error).endswith(".") and "nan" not in str(error)
        return None


@pytest.mark.parametrize("method", counting.METHODS)
@pytest.mark.parametrize("name", CASES)
def test_every_question_has_an_answer_or_a_sentence(name, method):
    data = CASES[name]
    axis = asked(lambda: counting.axis(data, method=method, k_max=12, n_init=1))
    if axis is None:
        return
    scores = counting.placements(data, axis=axis)
    np.testing.assert_array_equal(
        [score.value for score in scores], axis.curves["silhouette"], strict=True
    )
    assert not any(np.isinf(curve).any() for curve in axis.curves.values())
    gap = asked(lambda: counting.gap(data, axis=axis, method=method, references=2))
    assert gap is None or not np.isinf(gap.gap).any()
    for partition, score in zip(axis.partitions[:3], scores, strict=False):
        for point in {0, data.n - 1}:
            told = asked(partial(lesson.place, data, partition, point))
            if score.per_point is not None:
                assert told.value == pytest.approx(score.per_point[point], abs=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_structure_has_a_verdict_or_a_sentence(name):
    best = partial(structure.best_silhouette, cluster=counting.quick.labels_over_k, k_max=4)
    found = asked(lambda: structure.null_test(CASES[name], best=best, references=3))
    if found is not None:
        assert np.isfinite([found.silhouette, found.hopkins, found.silhouette_p]).all()
        assert found.best_k >= 2


def test_clouds_of_any_direction_are_refused_where_they_do_not_fit():
    with pytest.raises(UnsupportedError, match="2,000 columns"):
        counting.axis(CASES["2,000 columns"], method="Gaussian mixture")


def test_the_same_seed_gives_the_same_on_one_thread():
    from threadpoolctl import threadpool_limits

    data = Dataset.from_points(np.random.default_rng(1).normal(size=(300, 12)))
    many = counting.axis(data, method="k-means", k_max=4, n_init=2, seed=3)
    with threadpool_limits(1):
        one = counting.axis(data, method="k-means", k_max=4, n_init=2, seed=3)
    for name, curve in many.curves.items():
        np.testing.assert_array_equal(curve, one.curves[name])
