"""A peak skips what is undefined and names its rivals."""

import numpy as np
import pytest

from clustering.errors import ParameterError
from clustering.validity import peak


@pytest.mark.parametrize("values", [[2.0, 1.0], [1.0, 1.0], [1.0, 2.0, 3.0]])
def test_values_that_are_no_axis_are_refused(values):
    with pytest.raises(ParameterError):
        peak(values, [2, 2])


def test_the_peak_skips_what_is_undefined_and_names_what_is_as_good():
    found = peak([1, 2, 3, 4, 5], [np.nan, 0.3, 0.60, 0.595, 0.5], tolerance=0.01)
    assert (found.value, found.index, found.near) == (3.0, 2, (3.0, 4.0))
    assert peak([1, 2], [np.nan, np.nan]) is None
    assert peak([1, 2, 3], [0.1, 0.5, 0.5]).value == 2.0


def test_without_tolerance_a_peak_is_near_itself_alone():
    found = peak([1, 2, 3], [0.1, 0.5, 0.2], tolerance=0.0)
    assert found is not None and found.near == (2.0,)


def test_the_plateau_of_a_peak_ends_at_the_first_value_that_is_lower():
    found = peak([2, 3, 4, 5, 6, 8], [0.695, 0.60, 0.70, 0.695, np.nan, 0.699])
    assert found.near == (2.0, 4.0, 5.0, 8.0)
    assert found.plateau == (4.0, 5.0)
    assert peak([1, 2, 3], [0.5, 0.5, 0.5]).plateau == (1.0, 3.0)
    assert peak([1, 2], [np.nan, 0.4]).plateau == (2.0, 2.0)
