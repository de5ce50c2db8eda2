"""A Dataset knows its content, and each point its row in the user's file."""

import numpy as np
import pytest

from clustering.dataset import Dataset, Source
from clustering.errors import DataError

CONTENT = {
    "points": np.arange(6.0).reshape(3, 2),
    "columns": ("x", "y"),
    "rows": np.array([0, 2, 3]),
    "weights": np.array([1.0, 2.0, 1.0]),
}


@pytest.mark.parametrize(
    "change",
    [
        {"points": np.arange(6.0)[::-1].reshape(3, 2)},
        {"columns": ("x", "z")},
        {"rows": np.array([0, 1, 3])},
        {"weights": np.array([1.0, 2.0, 3.0])},
        {"weights": None},
    ],
)
def test_only_equal_content_has_equal_keys(change):
    key = Dataset(**CONTENT, source=Source("a.csv")).key
    assert Dataset(**CONTENT, source=Source("b.csv")).key == key
    assert Dataset(**CONTENT | change, source=Source("a.csv")).key != key


def test_a_point_is_called_after_its_row_in_the_file_though_others_were_dropped():
    data = Dataset(**CONTENT, source=Source("a.csv", "customer"))
    assert [data.name_of(i) for i in range(data.n)] == ["customer 1", "customer 3", "customer 4"]


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_no_point_stands_for_none(weight):
    with pytest.raises(DataError, match="positive number"):
        Dataset.from_points([[0.0], [1.0]], weights=[1.0, weight])
