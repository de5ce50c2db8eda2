"""A sampled silhouette is unbiased, says so, has an honest band and forgets no cluster."""

import numpy as np
import pytest

from clustering.dataset import Dataset
from clustering.validity import coefficient, silhouette, silhouettes
from clustering.validity.groups import group
from clustering.validity.sampling import draw

N, LIMIT, SEEDS = 2_500, 600, 120


def uneven(seed=0):
    """Three groups of very unequal size, the last of three points."""
    rng = np.random.default_rng(seed)
    sizes = [2_000, 497, 3]
    points = np.concatenate(
        [rng.normal(loc=4.0 * i, size=(size, 2)) for i, size in enumerate(sizes)]
    )
    return points, np.repeat([0, 1, 2], sizes)


def halves(points):
    """A second labeling, across the first."""
    return np.digitize(points[:, 0] - points[:, 1], [-1.0, 0.0, 1.0])


def estimates(data, labelings, **how):
    """Scores over many seeds, shape (seeds, labelings)."""
    return [silhouettes(data, labelings, limit=LIMIT, seed=s, **how) for s in range(SEEDS)]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("noise", ["exclude", "singletons"])
def test_the_sampled_mean_is_unbiased_and_the_band_holds_the_truth(weighted, noise):
    points, labels = uneven()
    rng = np.random.default_rng(9)
    weights = np.ceil(rng.pareto(1.5, N)) if weighted else None
    labels = np.where(rng.random(N) < 0.1, -1, labels) if noise == "singletons" else labels
    data = Dataset.from_points(points, weights=weights)
    labelings = [labels, halves(points)]
    exact = silhouettes(data, labelings, noise=noise, limit=N)
    found = estimates(data, labelings, noise=noise)
    for place, truth in enumerate(exact):
        mine = [scores[place] for scores in found]
        values = np.array([score.value for score in mine])
        sure = values.std(ddof=1) / np.sqrt(SEEDS)
        assert abs(values.mean() - truth.value) < 4.0 * sure
        held = np.mean([score.low <= truth.value <= score.high for score in mine])
        assert held >= 0.88
        # The band is as wide as the estimates scatter: not wider than honest either.
        width = np.mean([score.high - score.low for score in mine])
        assert width == pytest.approx(2 * 1.96 * values.std(ddof=1), rel=0.25)


def test_a_cluster_of_three_among_thousands_is_always_looked_at():
    points, labels = uneven()
    data = Dataset.from_points(points)
    exact = silhouette(data, labels, per_point=True)
    for seed in range(10):
        score = silhouette(data, labels, limit=LIMIT, seed=seed, per_point=True)
        assert np.isfinite(score.per_point[labels == 2]).all()
        looked = np.isfinite(score.per_point)
        assert score.sampled == looked.sum() < score.n == N
        # Each point's own silhouette is exact: its distances go to all points.
        np.testing.assert_allclose(
            score.per_point[looked], exact.per_point[looked], rtol=0, atol=1e-12
        )


def test_every_labeling_of_one_pass_has_its_own_strata():
    points, labels = uneven()
    rare = np.zeros(N, dtype=int)
    rare[[5, 1_000, 2_000]] = 1
    scores = silhouettes(Dataset.from_points(points), [labels, rare], limit=LIMIT, per_point=True)
    assert np.isfinite(scores[0].per_point[labels == 2]).all()
    assert np.isfinite(scores[1].per_point[rare == 1]).all()


def test_the_same_seed_gives_the_same_score_and_another_another():
    points, labels = uneven()
    data = Dataset.from_points(points)
    first, again, other = (
        silhouette(data, labels, limit=LIMIT, seed=seed).value for seed in (1, 1, 2)
    )
    assert first == again != other


def test_up_to_the_limit_nothing_is_sampled():
    points, labels = uneven()
    score = silhouette(Dataset.from_points(points), labels, limit=N)
    assert score.sampled == 0 and score.low == score.value == score.high


def test_a_sample_that_takes_every_point_is_exact_and_says_so():
    rng = np.random.default_rng(0)
    data, labels = Dataset.from_points(rng.normal(size=(40, 2))), rng.integers(0, 4, 40)
    sampled, exact = (silhouette(data, labels, limit=limit) for limit in (10, 40))
    assert sampled.sampled == 0
    assert sampled.value == pytest.approx(exact.value, abs=1e-12)


def test_above_fifty_thousand_points_a_sample_is_scored_with_a_narrow_band(monkeypatch):
    monkeypatch.setattr(coefficient, "sample_size", lambda n, limit: 1_000)
    rng = np.random.default_rng(0)
    points = rng.normal(size=(50_001, 2)) + 20.0 * rng.integers(0, 2, size=(50_001, 1))
    labels = (points[:, 0] > 10.0).astype(int)
    score = silhouette(Dataset.from_points(points), labels, seed=1)
    assert 0 < score.sampled < score.n == 50_001
    assert score.low < score.value < score.high < score.low + 0.02


def test_points_that_weigh_more_than_their_share_of_the_sample_are_all_taken():
    weights = np.ones(1_000)
    weights[::20] = 500.0
    labels = np.zeros(1_000, dtype=np.int64)
    groups = group(labels, weights=weights, n=1_000, noise="exclude")
    for seed in range(5):
        (sample,) = draw([groups], weights=weights, size=100, seed=seed)
        assert sample.chosen[::20].all()
