"""Reference data fill a box of the size and direction of the points, evenly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from scipy.stats import kstest

from clustering.dataset import Dataset, Metric
from clustering.errors import ParameterError, UnsupportedError
from clustering.judging.references import box, draw


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["axes", "smaller"]))
def test_the_box_holds_all_points_and_touches_them(seed, along):
    rng = np.random.default_rng(seed)
    d = int(rng.integers(1, 5))
    points = rng.normal(size=(rng.integers(2, 40), d)) @ rng.normal(size=(d, d)) + 100
    found = box(Dataset.from_points(points), along=along)
    edges = len(found.directions)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(edges), atol=1e-9)
    assert 1 <= edges <= min(d, len(points) - 1)
    places = found.turn(points)
    np.testing.assert_allclose(places.min(axis=0), found.low, atol=1e-9)
    np.testing.assert_allclose(places.max(axis=0), found.high, atol=1e-9)


def test_references_are_even_along_the_principal_axes():
    rng = np.random.default_rng(0)
    data = Dataset.from_points(rng.normal(size=(2000, 2)) * [10, 1] @ [[0.6, 0.8], [-0.8, 0.6]])
    even, found = draw(data, seed=1), box(data)
    assert even.n == data.n and even.columns == data.columns
    assert np.abs(found.directions[0] @ [0.6, 0.8]) == pytest.approx(1, abs=1e-3)
    share = (found.turn(even.points) - found.low) / (found.high - found.low)
    for column in share.T:
        assert kstest(column, "uniform").pvalue > 0.001


def test_the_smaller_box_of_a_square_lies_along_its_columns():
    square = Dataset.from_points(np.random.default_rng(0).random((500, 2)))
    found = box(square, along="smaller")
    np.testing.assert_array_equal(found.directions, np.eye(2))
    assert np.ptp(draw(square, along="smaller").points, axis=0) == pytest.approx([1, 1], abs=0.05)


def test_points_on_a_line_askew_have_a_box_along_it_alone():
    # Along the columns its volume, though in two directions, would be the smaller number.
    line = np.array([0.0, 0.1, 0.3])[:, None] * [1.0, 1.0]
    assert box(Dataset.from_points(line), along="smaller").directions.shape == (1, 2)


def test_constant_columns_stay_constant_to_the_last_digit():
    rng = np.random.default_rng(0)
    points = np.column_stack([rng.normal(size=40), np.full(40, 1 / 3), rng.normal(size=40) * 1e5])
    even = draw(Dataset.from_points(points))
    assert set(even.points[:, 1]) == {1 / 3}
    assert np.ptp(even.points[:, 0]) > 0.5


def test_a_seed_gives_the_same_again_and_weights_are_dropped():
    data = Dataset.from_points([[0, 0], [1, 5], [2, 2]], weights=[1, 2, 3])
    assert np.array_equal(draw(data, seed=4).points, draw(data, seed=4).points)
    assert not np.array_equal(draw(data, seed=4).points, draw(data, seed=5).points)
    assert draw(data).weights is None


def test_fewer_points_than_columns():
    even = draw(Dataset.from_points(np.random.default_rng(0).normal(size=(5, 30))))
    assert even.points.shape == (5, 30)


def manhattan(a, b):
    return cdist(a, b, "cityblock")


def test_what_it_does_not_take():
    places = Dataset.from_points([[0.0], [1.0]], metric=Metric("manhattan", manhattan))
    with pytest.raises(UnsupportedError, match="manhattan"):
        draw(places)
    with pytest.raises(ParameterError, match="axes or smaller"):
        draw(Dataset.from_points([[0.0], [1.0]]), along="nothing")
