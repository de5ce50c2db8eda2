"""Numbers as people read them: a minus that is one, a dash where nothing is defined."""

import numpy as np

__all__ = ["amount", "number", "percent", "with_band"]

UNDEFINED = "–"


def number(value: float, digits: int) -> str:
    """Give a number with so many digits after the point; a dash where it is undefined.

    Examples
    --------
    >>> number(-0.25, 2), number(-0.001, 2), number(float("nan"), 2)
    ('−0.25', '0.00', '–')
    """
    return _minus(f"{value:z.{digits}f}") if np.isfinite(value) else UNDEFINED


def with_band(value: float, low: float, high: float) -> str:
    """Give a score with three digits, or with its band where it is estimated.

    Examples
    --------
    >>> with_band(0.4361, 0.4361, 0.4361), with_band(-0.4361, -0.4761, -0.3961)
    ('0.436', '−0.44 ± 0.04')
    >>> with_band(0.4361, 0.4341, 0.4381)
    '0.44 ± 0.01'
    """
    half = (high - low) / 2
    if not half > 0:
        return number(value, 3)
    return f"{number(value, 2)} ± {number(max(half, 0.01), 2)}"


def amount(value: float) -> str:
    """Give a number of any size with four digits, as axes have it.

    Examples
    --------
    >>> amount(177.4), amount(-44_370), amount(1.613e9)
    ('177.4', '−44.37k', '1.613G')
    """
    if not np.isfinite(value):
        return UNDEFINED
    if abs(value) < 9_999.5:
        return _minus(f"{value:.4g}")
    for size, unit in ((1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")):
        if abs(value) < 999.95 * size:
            return _minus(f"{value / size:.4g}{unit}")
    return _minus(f"{value:.3g}")


def percent(share: float, digits: int = 0) -> str:
    """Give a share from 0 to 1 as per cent; a dash where it is undefined.

    Examples
    --------
    >>> percent(0.125, 1).split("\N{NO-BREAK SPACE}"), percent(float("nan"))
    (['12.5', '%'], '–')
    """
    return f"{number(100 * share, digits)}\N{NO-BREAK SPACE}%" if np.isfinite(share) else UNDEFINED


def _minus(text: str) -> str:
    """Write a minus sign instead of the hyphen of code, in exponents too."""
    return text.replace("-", "\u2212")
