"""The latent map of series: each point shows its series when it is pointed at.

The lines travel within the figure, ``layout.meta["lines"]``, as bytes. Whoever shows the
figure may draw them beside the pointer; the figure alone says the words.
"""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, latent
from clustering.figures.style import MUTED
from clustering.partition import Labels

__all__ = ["latent_map", "lines_of"]

STEPS = 64
"""Places at which a series beside the pointer is drawn."""

ENDED = 255
"""Byte for a place behind the end of a series."""


def latent_map(
    flat: Floats,
    labels: Labels,
    *,
    axes: tuple[str, str],
    names: Sequence[str],
    groups: Sequence[str],
    lines: Sequence[Sequence[Floats]],
    numbers: Integers | None = None,
    of: int,
    member: str = "series",
    what: str = "cluster",
    keep: Sequence[object] = (),
) -> Figure:
    """Draw points in the plane, each with its series at hand.

    Parameters
    ----------
    flat : ndarray of shape (m, 2)
        Where the points stand.
    labels : ndarray of shape (m,), int
        Group of each, -1 for none.
    axes : (str, str)
        Titles of the axes.
    names : sequence of m str
        What each point is called.
    groups : sequence of str
        What each group is called.
    lines : sequence of sequences of m ndarrays (T_i,)
        What is drawn beside the pointer: the series, and what came back of them.
    numbers : ndarray of int, optional
        Colour number of each group.
    of : int
        How many points there are, of which these m are drawn.
    member : str
        What one is called.
    what : str
        What the colours are.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        ``layout.meta["lines"]`` holds `lines_of` them.
    """
    figure = latent.latent_map(
        flat, labels, axes=axes, names=names, groups=groups, pictures=None, shape=(), of=of,
        numbers=numbers, what=what, keep=keep,
    )  # fmt: skip
    _aside(figure, flat, labels, groups)
    m, sized = len(flat), np.bincount(labels[labels >= 0], minlength=len(groups))
    told = ", ".join(f"{name} {size}" for name, size in zip(groups, sized, strict=True))
    figure.layout.meta = figure.layout.meta | {
        "alt": f"{m:,} {member}{'' if m == 1 or member == 'series' else 's'} over {axes[0]} and "
        f"{axes[1]}, coloured by {what}: {told}.",
        "note": "" if m == of else f"{m:,} of {of:,} are drawn, evenly chosen.",
        "lines": lines_of(lines),
    }  # fmt: skip
    return figure


def _aside(figure: Figure, flat: Floats, labels: Labels, groups: Sequence[str]) -> None:
    """Lift the name of each group above its points: few, close ones would lie hidden under it."""
    there = [group for group in range(len(groups)) if (labels == group).any()]
    for group, name in zip(there, figure.layout.annotations, strict=False):
        name.update(y=float(flat[labels == group, 1].max()), yanchor="bottom", yshift=6)


def lines_of(lines: Sequence[Sequence[Floats]]) -> dict[str, Any]:
    """Pack the lines of points into bytes, for whoever draws one beside the pointer.

    Parameters
    ----------
    lines : sequence of c sequences of m ndarrays (T_i,)
        The same points each time; NaN and what is behind the end are no place of a line.

    Returns
    -------
    dict
        ``bytes``: base64 of (m, c, steps) bytes, a line's lowest place 0 and highest 250, each
        point on a scale of its own; 255 where there is nothing. ``n``, ``lines``, ``steps``.

    Examples
    --------
    >>> told = lines_of([[np.array([0.0, 1.0])]])
    >>> list(base64.b64decode(told["bytes"]))[:2], told["n"], told["lines"]
    ([0, 250], 1, 1)
    """
    m = len(lines[0]) if lines else 0
    longest = max((len(each) for row in lines for each in row), default=1)
    steps = min(STEPS, max(longest, 2))
    packed = np.full((m, len(lines), steps), ENDED, dtype=np.uint8)
    for point in range(m):
        mine = [np.asarray(row[point], dtype=np.float64) for row in lines]
        values = np.concatenate(mine)
        values = values[np.isfinite(values)]
        low, reach = (float(values.min()), float(np.ptp(values))) if len(values) else (0.0, 0.0)
        for which, line in enumerate(mine):
            places = np.rint(np.linspace(0, longest - 1, steps)).astype(np.int64)
            held = np.flatnonzero(places < len(line))
            heights = 250.0 * (line[places[held]] - low) / (reach or 1.0)
            known = np.isfinite(heights)
            packed[point, which, held[known]] = np.clip(np.rint(heights[known]), 0, 250)
    return {
        "bytes": base64.b64encode(packed.tobytes()).decode("ascii"), "n": m, "lines": len(lines),
        "steps": steps, "grey": MUTED,
    }  # fmt: skip
