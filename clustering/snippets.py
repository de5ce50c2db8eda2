"""Lines: how the code of a script is laid out.

Names of files and columns are the user's, and a file may call its column anything,
also ``"); import os  #``. They enter a script as Python literals (`repr`) and in no
other way, never in a comment.
"""

import re
from collections.abc import Callable, Iterable
from inspect import getsource
from textwrap import wrap

__all__ = ["WIDTH", "block", "call", "carried", "enclosed", "listing"]

TYPED = r"NDArray\[np\.bool_\]|Image\.Image|Floats|Integers|Labels|Bytes|Any|float|int|str"
TYPES = re.compile(rf"(?<=\w): ({TYPED})( \| None)?(?=[,)=\n ])| -> [^:\n]+(?=:\n)")
"""How arguments and answers of such functions are annotated."""

WIDTH = 88
"""Characters after which a call or a list is laid out over several lines."""


def block(why: str, *lines: str) -> str:
    """Put a comment that says why above lines of code.

    Examples
    --------
    >>> print(block("One and one.", "two = 1 + 1"))
    # One and one.
    two = 1 + 1
    """
    return "\n".join([*(f"# {line}" for line in wrap(why, WIDTH - 2)), *lines])


def carried(*functions: Callable[..., object]) -> list[str]:
    """Write functions that stand alone, a block each, so that a script carries them along."""
    # Annotations name types of this library, which a script does not have.
    return [TYPES.sub("", "\n" + getsource(function)) for function in functions]


def call(function: str, *first: str, **keywords: str) -> str:
    """Write a call with arguments that are code already."""
    arguments = [*first, *(f"{name}={value}" for name, value in keywords.items())]
    return enclosed(f"{function}(", arguments, ")")


def listing(names: Iterable[str]) -> str:
    """Write a list of texts."""
    return enclosed("[", [repr(name) for name in names], "]")


def enclosed(opening: str, items: list[str], closing: str) -> str:
    """Write items between brackets, each on a line of its own where they are long."""
    line = f"{opening}{', '.join(items)}{closing}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([opening, *(f"    {item}," for item in items), closing])
