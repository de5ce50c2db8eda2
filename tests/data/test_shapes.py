"""Drawn shapes have the sizes, places and spreads that were asked for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clustering.data import shapes

SEEDS = st.integers(0, 2**32 - 1)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), SEEDS)
def test_groups_have_their_sizes_and_seeds_decide(sizes: list[int], seed: int) -> None:
    k = len(sizes)
    draws = [
        lambda: shapes.blobs(np.zeros((k, 3)), sizes=sizes, spreads=[1.0] * k, seed=seed),
        lambda: shapes.ellipses(
            np.zeros((k, 2)), sizes=sizes, long=2.0, short=1.0, angle=30.0, seed=seed
        ),
        lambda: shapes.rings([1.0] * k, sizes=sizes, noise=0.1, seed=seed),
        lambda: shapes.moons((sizes[0], sizes[-1]), noise=0.1, seed=seed),
    ]
    for draw in draws:
        points, groups = draw()
        assert len(points) == len(groups)
        np.testing.assert_array_equal(points, draw()[0])
    assert np.bincount(draws[0]()[1], minlength=k).tolist() == sizes


def test_clouds_lie_where_they_were_put() -> None:
    points, groups = shapes.blobs(
        [[0, 0], [100, -50]], sizes=[20_000, 20_000], spreads=[1.0, 3.0], seed=1
    )
    for group, (middle, spread) in enumerate([([0, 0], 1.0), ([100, -50], 3.0)]):
        cloud = points[groups == group]
        np.testing.assert_allclose(cloud.mean(axis=0), middle, atol=0.1)
        np.testing.assert_allclose(cloud.std(axis=0), spread, rtol=0.03)


def test_ellipses_stretch_in_the_given_direction() -> None:
    points, _ = shapes.ellipses([[5, 5]], sizes=[50_000], long=8.0, short=1.0, angle=40.0)
    values, vectors = np.linalg.eigh(np.cov(points.T))
    np.testing.assert_allclose(np.sqrt(values), [1.0, 8.0], rtol=0.02)
    along = np.rad2deg(np.arctan2(vectors[1, 1], vectors[0, 1])) % 180
    np.testing.assert_allclose(along, 40.0, atol=0.5)


def test_without_noise_rings_and_moons_are_exact() -> None:
    points, groups = shapes.rings([1.0, 4.0], sizes=[50, 50], noise=0.0)
    np.testing.assert_allclose(np.hypot(*points.T), np.array([1.0, 4.0])[groups])
    points, groups = shapes.moons((50, 60), noise=0.0)
    middles = np.array([[0.0, 0.0], [1.0, 0.5]])[groups]
    np.testing.assert_allclose(np.hypot(*(points - middles).T), 1.0)
    assert (points[groups == 0, 1] >= 0).all() and (points[groups == 1, 1] <= 0.5).all()


@given(st.integers(0, 50), SEEDS)
def test_uniform_points_stay_in_their_box(n: int, seed: int) -> None:
    points = shapes.uniform(n, low=[-1, 5], high=[0, 7], seed=seed)
    assert points.shape == (n, 2)
    assert ((points >= [-1, 5]) & (points < [0, 7])).all()
