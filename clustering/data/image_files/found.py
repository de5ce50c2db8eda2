"""Found: what the reader of one sort of file gives."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Found", "Pixels", "SHOWN", "quoted", "sized"]

Pixels = NDArray[np.uint8]

SHOWN = 5
"""Names that a sentence lists before it stops."""

LONGEST = 60  # characters of a name in a sentence


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Images of one size, and what the file says of each.

    Attributes
    ----------
    pixels : ndarray of shape (n, h, w) or (n, h, w, 3), uint8
        Grey, or red, green and blue.
    labels : ndarray of shape (n,), or None
        The classes as the file has them, of any type; ``""`` where one has none.
    names : tuple of str
        Of the images, n of them, or none.
    test : ndarray of shape (n,), bool, or None
        The test part, where the file has one.
    notes : tuple of str
        Sentences: what was converted or left out.
    """

    pixels: Pixels
    labels: NDArray[Any] | None = None
    names: tuple[str, ...] = ()
    test: NDArray[np.bool_] | None = None
    notes: tuple[str, ...] = ()


def quoted(names: list[str]) -> str:
    """List names in a sentence, the first few of many.

    Examples
    --------
    >>> quoted(["x", "y"]), quoted(list("abcdefg"))
    ("'x', 'y'", "'a', 'b', 'c', 'd', 'e' and 2 more")
    """
    said = ", ".join(f"'{' '.join(name.split())[:LONGEST]}'" for name in names[:SHOWN])
    return said + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")


def sized(shape: tuple[int, ...]) -> str:
    """Write the size of an image: its rows times its columns.

    Examples
    --------
    >>> sized((28, 28)), sized((28, 30, 3))
    ('28 x 28', '28 x 30 in colour')
    """
    return f"{shape[0]:,} x {shape[1]:,}" + (" in colour" if len(shape) > 2 else "")
