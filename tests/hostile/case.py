"""Case: one hostile file, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A file made by code.

    Attributes
    ----------
    id : str
        What is hostile about it.
    name : str
        What it is called when it is brought.
    make : callable
        Gives its bytes.
    expect : str or tuple of (rows, columns)
        A word of the one sentence that refuses it, or the shape of the right table.
    """

    id: str
    name: str
    make: Callable[[], bytes]
    expect: str | tuple[int, int]
