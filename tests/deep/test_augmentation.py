"""Variants: what is moved, by how much, and that seed and epoch alone decide."""

import numpy as np
import pytest

from clustering.deep import augmentation
from clustering.errors import ParameterError, UnsupportedError

DRAW = np.random.default_rng(0)
POINTS = DRAW.normal(size=(4000, 3)).astype(np.float32) * [1.0, 10.0, 0.0]


def test_noise_is_a_share_of_each_columns_spread_and_a_constant_column_stays():
    noisy = augmentation.augmented(POINTS.astype(np.float32), augment="noise")
    spread = (noisy - POINTS).std(axis=0)
    assert np.allclose(spread[:2] / POINTS.std(axis=0)[:2], augmentation.NOISE, rtol=0.05)
    assert (noisy[:, 2] == 0).all()


def test_seed_and_epoch_decide_and_noise_is_to_be_taken_off():
    points = POINTS.astype(np.float32)
    given = {"augment": "noise", "shape": None}
    once, meant = augmentation.pair(points, seed=1, epoch=2, **given)
    again, _ = augmentation.pair(points, seed=1, epoch=2, **given)
    later, _ = augmentation.pair(points, seed=1, epoch=3, **given)
    assert np.array_equal(once, again) and not np.array_equal(once, later)
    assert meant is points


def test_what_cannot_be_varied_is_refused():
    with pytest.raises(UnsupportedError, match="Only images"):
        augmentation.check_augment("shift and rotate", (64,))
    with pytest.raises(ParameterError, match="'flip' is no augmentation"):
        augmentation.check_augment("flip", (8, 8))


def test_a_transform_moves_the_middle_by_the_shift_and_keeps_lengths():
    moves = augmentation.transforms(np.random.default_rng(0), 500, (20, 30))
    assert moves.shape == (500, 8)
    turns = moves[:, [0, 1, 3, 4]].reshape(-1, 2, 2)
    assert np.allclose(turns @ turns.transpose(0, 2, 1), np.eye(2), atol=1e-6)
    assert np.degrees(np.arcsin(np.abs(moves[:, 3]))).max() <= augmentation.TURN
    # The point of the old image that comes to stand in the middle, seen from the middle.
    middle = np.array([14.5, 9.5])
    back = turns @ middle + moves[:, [2, 5]] - middle
    far = np.hypot(*back.T)
    assert 2.0 < far.max() <= np.hypot(3.0, 2.0) + 1e-4


@pytest.mark.neural
def test_images_are_moved_turned_and_stay_images():
    images = np.zeros((200, 12, 12), np.float32)
    images[:, 4:8, 5:7] = 1.0
    moved = augmentation.augmented(
        images.reshape(200, -1), augment="shift and rotate", shape=(12, 12)
    ).reshape(images.shape)
    assert moved.min() >= 0.0 and moved.max() <= 1.0 + 1e-6
    assert np.allclose(moved.sum(axis=(1, 2)), 8.0, atol=0.8)
    down, right = np.indices((12, 12))
    middles = [(moved * each).sum(axis=(1, 2)) / moved.sum(axis=(1, 2)) for each in (down, right)]
    for middle in middles:
        assert np.ptp(middle) > 1.0 and np.abs(middle - 5.5).max() < 1.4


@pytest.mark.neural
def test_colours_are_moved_together():
    images = np.zeros((3, 8, 8, 3), np.float32)
    images[:, 2:6, 2:6] = [0.2, 0.5, 1.0]
    moved = augmentation.augmented(
        images.reshape(3, -1), augment="shift and rotate", shape=(8, 8, 3)
    ).reshape(images.shape)
    assert np.allclose(moved[..., 0] * 5, moved[..., 2], atol=1e-5)
