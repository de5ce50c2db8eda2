"""Which colour a cluster has, and keeps.

The first eight colours were chosen by a search for the largest smallest distance
(OKLab) between any two of them and the grey of noise, as seen with full colour
vision and with simulated protanopia, deuteranopia and tritanopia [1]_, under two
conditions: a contrast of at least 1.9 to 1 on white and of 3.7 to 1 on the dark page.
Beyond eight, no set stays tellable for everybody: a Glasbey set continues, and
numbers beside the clusters carry the meaning.

A cluster keeps its colour when the parameter moves. Colours follow from the axis
alone: at one fixed anchor clusters take the colours in order, and from there
outwards each answer is matched with its neighbour by shared points. So a link
shows the same colours, whatever way its reader came. On an axis of k the anchor is
its beginning: each further cluster then takes the next colour.

References
----------
.. [1] Machado, Oliveira, Fernandes: A physiologically-based model for simulation
   of color vision deficiency. IEEE TVCG 15 (2009).
"""

from collections.abc import Sequence
from functools import cache
from itertools import count

import numpy as np

from clustering.dataset import Integers
from clustering.partition import Partition
from clustering.validity import match

__all__ = [
    "CHOSEN",
    "NOISE",
    "along",
    "color",
    "follow",
    "ink_on",
    "luminance",
    "palette",
    "stepped",
    "translucent",
]

CHOSEN = (
    "#018fff", "#ffaa01", "#128161", "#cb3f25", "#8260b2", "#44d39a", "#bd8d14", "#b8acf2",
)  # fmt: skip
"""Eight colours, tellable apart by everybody on both backgrounds."""

NOISE = "#8b919b"
"""Grey, for points that belong to no cluster."""

MATCHED = 100
"""Clusters that are matched with those of another answer, the largest ones."""


@cache
def palette() -> tuple[str, ...]:
    """Give the chosen colours and the Glasbey ones that are neither too light nor too dark."""
    import colorcet  # a fifth of a second, which few answers need

    more = (
        shade for shade in colorcet.b_glasbey_bw_minc_20_minl_30 if 0.13 < luminance(shade) < 0.45
    )
    return CHOSEN + tuple(more)


def color(number: int) -> str:
    """Give the colour of a number from 0, the grey of noise for a negative one.

    Examples
    --------
    >>> color(0), color(-1)
    ('#018fff', '#8b919b')
    """
    if number < 0:
        return NOISE
    return CHOSEN[number] if number < len(CHOSEN) else palette()[number % len(palette())]


def stepped(shades: Sequence[str]) -> list[tuple[float, str]]:
    """Make a colour scale of equal steps, one a shade.

    Examples
    --------
    >>> stepped(["#000000", "#ffffff"])
    [(0.0, '#000000'), (0.5, '#000000'), (0.5, '#ffffff'), (1.0, '#ffffff')]
    """
    m = len(shades)
    return [(edge / m, shade) for i, shade in enumerate(shades) for edge in (i, i + 1)]


def ink_on(text: str) -> str:
    """Give black or white, whichever is read better on a ``#rrggbb`` colour.

    Examples
    --------
    >>> ink_on("#8260b2"), ink_on("#ffaa01")
    ('#ffffff', '#000000')
    """
    return "#000000" if luminance(text) > 0.18 else "#ffffff"


def luminance(text: str) -> float:
    """Give the relative luminance of a ``#rrggbb`` colour, from 0 to 1 (WCAG 2)."""
    parts = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def translucent(text: str, opacity: float) -> str:
    """Give a ``#rrggbb`` colour as ``rgba(...)`` with `opacity` from 0 to 1.

    Examples
    --------
    >>> translucent("#018fff", 0.5)
    'rgba(1, 143, 255, 0.5)'
    """
    red, green, blue = (int(text[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


def along(partitions: Sequence[Partition], *, anchor: int) -> tuple[Integers, ...]:
    """Give the colours of every answer on an axis, such that clusters keep theirs.

    Parameters
    ----------
    partitions : sequence of m Partitions
        The answers for the same points, in the order of the axis.
    anchor : int
        Place of the answer whose clusters take the colours 0, 1, 2 ... in order.

    Returns
    -------
    tuple of m arrays, int64
        For each answer the colour number of each of its clusters, shape (k,).

    Examples
    --------
    >>> two, three = (
    ...     Partition(labels=labels, rows=range(5), method="by hand")
    ...     for labels in ([0, 0, 0, 1, 1], [2, 2, 1, 0, 0])
    ... )
    >>> [numbers.tolist() for numbers in along([two, three], anchor=0)]
    [[0, 1], [1, 2, 0]]
    """
    numbers: dict[int, Integers] = {anchor: np.arange(partitions[anchor].k)}
    forwards = [(i, i - 1) for i in range(anchor + 1, len(partitions))]
    backwards = [(i, i + 1) for i in range(anchor - 1, -1, -1)]
    for place, neighbour in forwards + backwards:
        numbers[place] = follow(partitions[place], partitions[neighbour], numbers[neighbour])
    return tuple(numbers[i] for i in range(len(partitions)))


def follow(partition: Partition, known: Partition, known_numbers: Integers) -> Integers:
    """Give each cluster the colour number of the known cluster that shares most points.

    Parameters
    ----------
    partition, known : Partition
        Two answers for the same points.
    known_numbers : ndarray of shape (known.k,), int
        Colour number of each known cluster.

    Returns
    -------
    ndarray of shape (partition.k,), int64
        Colour numbers; clusters without a partner take the lowest that are free.

    Notes
    -----
    Of more than 100 clusters the largest 100 are matched: all of thousands would take seconds.
    """
    mine, theirs = _largest(partition), _largest(known)
    partner = match(_named(known, theirs), _named(partition, mine))
    old = np.flatnonzero(partner < len(theirs))
    result = np.full(partition.k, -1, dtype=np.int64)
    result[mine[old]] = known_numbers[theirs[partner[old]]]
    taken = set(result.tolist())
    free = (number for number in count() if number not in taken)
    for cluster in np.flatnonzero(result < 0):
        result[cluster] = next(free)
    return result


def _largest(partition: Partition) -> Integers:
    """Give the clusters that are matched, ascending: all, or the largest of many."""
    return np.sort(np.argsort(-partition.sizes, kind="stable")[:MATCHED])


def _named(partition: Partition, kept: Integers) -> Integers:
    """Give labels in which the kept clusters count from 0 and all others are noise, shape (n,)."""
    names = np.full(partition.k + 1, -1)  # the last one is that of noise
    names[kept] = np.arange(len(kept))
    return names[partition.labels]
