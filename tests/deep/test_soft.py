"""Targets, rewards and losses: the numbers that a training aims at, by hand."""

import numpy as np
import pytest

from clustering.dataset import Dataset
from clustering.deep import raw, rules, soft
from clustering.deep.method import Look
from clustering.deep.separation import reward
from clustering.errors import ParameterError

DRAW = np.random.default_rng(0)


def look(shares, weights=None):
    none = np.zeros((len(shares), 1), np.float32)
    return Look(0, none, weights, none, none, none, np.asarray(shares))


def test_the_target_is_the_square_over_the_size_normalised():
    shares = [[0.8, 0.2], [0.6, 0.4]]
    first = np.array([0.64 / 1.4, 0.04 / 0.6])
    assert np.allclose(soft.target(look(shares))[0], first / first.sum(), atol=1e-6)


def test_a_target_of_weighted_points_is_that_of_repeated_ones():
    shares = DRAW.dirichlet([1, 1, 1], 20)
    times = DRAW.integers(1, 4, 20)
    weighted = soft.target(look(shares, times.astype(np.float32)))
    repeated = soft.target(look(np.repeat(shares, times, axis=0)))
    assert np.allclose(np.repeat(weighted, times, axis=0), repeated, atol=1e-6)


def test_the_reward_is_bounded_and_has_no_unit():
    codes = DRAW.normal(size=(60, 3)) + np.repeat(10 * np.eye(3), 20, axis=0)
    owners = np.repeat(np.eye(3), 20, axis=0)
    value = float(reward(codes, owners))
    assert 0.9 < value < 1.0
    assert np.isclose(value, float(reward(1000 * codes, owners)))
    assert float(reward(np.zeros((60, 3)), owners)) == 0.0


def test_the_reward_of_weighted_points_is_that_of_repeated_ones():
    codes, owners = DRAW.normal(size=(20, 2)), np.eye(2)[np.arange(20) % 2]
    times = DRAW.integers(1, 4, 20)
    repeated = reward(np.repeat(codes, times, axis=0), np.repeat(owners, times, axis=0))
    assert np.isclose(float(reward(codes, owners * times[:, None])), float(repeated))


def test_a_cluster_without_points_in_a_batch_pays_and_costs_nothing():
    codes, owners = DRAW.normal(size=(20, 2)), np.eye(2)[np.arange(20) % 2]
    wider = np.hstack([owners, np.zeros((20, 1))])
    assert np.isclose(float(reward(codes, owners)), float(reward(codes, wider)))


def test_the_nearest_center_has_the_largest_share_at_any_scale():
    codes, centers = DRAW.normal(size=(50, 3)), DRAW.normal(size=(4, 3))
    nearest = ((codes[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
    for scale in (0.1, 1.0, 30.0):
        assert np.array_equal(rules.student(codes, centers, scale=scale).argmax(axis=1), nearest)


def test_components_of_weighted_points_are_those_of_repeated_ones():
    points, times = DRAW.normal(size=(30, 4)), DRAW.integers(1, 4, 30)
    weighted = raw.components_of(Dataset.from_points(points, weights=times), components=2)
    repeated = raw.components_of(
        Dataset.from_points(np.repeat(points, times, axis=0)), components=2
    )
    assert np.allclose(np.abs(np.repeat(weighted.points, times, axis=0)), np.abs(repeated.points))


def test_raw_clustering_says_what_makes_no_sense():
    data = Dataset.from_points(DRAW.normal(size=(9, 2)))
    with pytest.raises(ParameterError, match="seeds = 0"):
        raw.compared(data, k=2, seeds=0)
    with pytest.raises(ParameterError, match="more than the 9"):
        raw.compared(data, k=10)
