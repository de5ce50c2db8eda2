"""A plateau is the widest range with one number of clusters; a peak names its rivals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustering.errors import ParameterError
from clustering.validity import Plateau, peak, plateau


def test_the_scale_decides_which_range_is_widest():
    values, counts = [1.0, 10.0, 100.0, 150.0, 300.0], [5, 5, 3, 3, 3]
    assert plateau(values, counts) == Plateau(100.0, 300.0, 3, 2, 4)
    assert plateau(values, counts, logarithmic=True) == Plateau(1.0, 10.0, 5, 0, 1)


def test_fewer_than_two_clusters_are_no_plateau():
    assert plateau([1, 2, 3, 4], [1, 1, 1, 1]) is None
    assert plateau([1, 2, 3, 4], [0, 0, np.nan, np.nan]) is None
    assert plateau([1, 2, 3, 9], [2, 2, 1, 1]) == Plateau(1.0, 2.0, 2, 0, 1)


def test_a_number_that_stands_at_one_value_only_is_no_plateau():
    assert plateau([1, 2, 3], [5, 4, 3]) is None
    assert plateau([], []) is None


def test_the_same_number_with_another_between_is_two_ranges():
    assert plateau([0, 1, 2, 3, 6], [3, 3, 4, 3, 3]) == Plateau(3.0, 6.0, 3, 3, 4)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.booleans())
def test_no_wider_range_exists(counts, logarithmic):
    values = np.cumsum(np.random.default_rng(len(counts)).random(len(counts)) + 0.01)
    scale = np.log(values) if logarithmic else values
    widest = max(
        (
            scale[j] - scale[i]
            for i in range(len(counts))
            for j in range(i, len(counts))
            if counts[i] >= 2 and len(set(counts[i : j + 1])) == 1
        ),
        default=0.0,
    )
    found = plateau(values, counts, logarithmic=logarithmic)
    if widest == 0.0:
        assert found is None
    else:
        assert scale[found.last] - scale[found.first] == widest
        assert set(counts[found.first : found.last + 1]) == {found.clusters}
        assert (found.low, found.high) == (values[found.first], values[found.last])


@pytest.mark.parametrize(
    ("values", "logarithmic"), [([2.0, 1.0], False), ([1.0, 1.0], False), ([0.0, 1.0], True)]
)
def test_values_that_are_no_axis_are_refused(values, logarithmic):
    with pytest.raises(ParameterError):
        plateau(values, [2, 2], logarithmic=logarithmic)


def test_the_peak_skips_what_is_undefined_and_names_what_is_as_good():
    found = peak([1, 2, 3, 4, 5], [np.nan, 0.3, 0.60, 0.595, 0.5], tolerance=0.01)
    assert (found.value, found.index, found.near) == (3.0, 2, (3.0, 4.0))
    assert peak([1, 2], [np.nan, np.nan]) is None
    assert peak([1, 2, 3], [0.1, 0.5, 0.5]).value == 2.0


def test_of_two_plateaus_of_one_width_the_lower_is_taken():
    found = plateau([1, 2, 3, 4], [3, 3, 2, 2])
    assert found is not None and (found.low, found.high, found.clusters) == (1, 2, 3)


def test_without_tolerance_a_peak_is_near_itself_alone():
    found = peak([1, 2, 3], [0.1, 0.5, 0.2], tolerance=0.0)
    assert found is not None and found.near == (2.0,)


def test_the_plateau_of_a_peak_ends_at_the_first_value_that_is_lower():
    found = peak([2, 3, 4, 5, 6, 8], [0.695, 0.60, 0.70, 0.695, np.nan, 0.699])
    assert found.near == (2.0, 4.0, 5.0, 8.0)
    assert found.plateau == (4.0, 5.0)
    assert peak([1, 2, 3], [0.5, 0.5, 0.5]).plateau == (1.0, 3.0)
    assert peak([1, 2], [np.nan, 0.4]).plateau == (2.0, 2.0)
