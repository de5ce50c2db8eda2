"""Numbers on the page are short and right, whatever their size."""

import numpy as np
import pytest

from dashboard.ui.numbers import amount, number, percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (177.44, "177.4"),
        (9_999.4, "9999"),
        (9_999.6, "10k"),
        (44_370, "44.37k"),
        (999_940, "999.9k"),
        (999_960, "1M"),
        (-1.6132e9, "−1.613G"),
        (3.2e18, "3.2e+18"),
        (0.000123456, "0.0001235"),
        (np.nan, "–"),
        (np.inf, "–"),
    ],
)
def test_an_amount_has_four_digits_and_a_unit(value, text):
    assert amount(value) == text


def test_what_is_undefined_is_a_dash():
    assert number(np.nan, 3) == percent(np.nan) == "–"
    assert percent(0.12345, 1) == "12.3\N{NO-BREAK SPACE}%"
