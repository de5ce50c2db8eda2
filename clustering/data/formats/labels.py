"""Labels: unique, readable names for columns, whatever a file calls them."""

from collections.abc import Sequence

__all__ = ["unnamed", "unique"]


def unnamed(width: int) -> list[str]:
    """Give names to columns of a table without a line of names."""
    return [f"column {place + 1}" for place in range(width)]


def unique(names: Sequence[object]) -> list[str]:
    """Give every name once: a repeated one gets a number, an empty one its place.

    Examples
    --------
    >>> unique(["x", "", "x", None])
    ['x', 'column 2', 'x.1', 'column 4']
    """
    given = [
        "" if name is None or name != name else str(name)  # NaN differs from itself
        for name in names
    ]
    found: list[str] = []
    known, taken = set(given), set[str]()
    numbers: dict[str, int] = {}  # the first of each name that may still be free
    for place, label in enumerate(given):
        base = label if label.strip() else f"column {place + 1}"
        name, number = base, numbers.get(base, 1)
        while name in taken or (number > 1 and name in known):
            name, number = f"{base}.{number}", number + 1
        numbers[base] = number
        taken.add(name)
        found.append(name)
    return found
