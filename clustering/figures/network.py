"""Who hangs together with whom, as a network: points, the ties between them, their clusters.

The places come from elsewhere (`clustering.geometry.layout`) and do not ask for clusters, so
that everyone stays where they are while the clusters change. An exemplar is a square, larger
than the discs of the others, and every mark bears the number of its cluster: the colour is
never alone. Names stand beside the marks where there is room for them, those of exemplars
first.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, colors, name_sides, plane
from clustering.figures.style import MUTED, plain, styled
from clustering.partition import Partition
from clustering.words import count, plural

__all__ = ["network", "strongest"]

SIZE, EXEMPLAR = 19, 27
"""Pixels across a disc and a square."""
OPPOSED = "#d5352b"
"""Red of ties between points that move against each other."""
WIDTHS = (1.0, 2.2, 4.0)
"""Pixels of weak, middling and strong ties."""
LARGE, SMALL = (445, 480), (305, 480)
"""Pixels of the plane on a wide and on a narrow screen."""
ROOMY = 480
"""Width of a chart from which on all names are drawn, not those of exemplars alone."""


def strongest(ties: Floats, *, least: float = 0.02, each: int = 3) -> Integers:
    """Choose the ties that are drawn.

    Parameters
    ----------
    ties : ndarray of shape (n, n)
        Symmetric strengths, with their sign.
    least : float
        Weaker ones are not drawn.
    each : int
        How many ties there are for each point at most, on average.

    Returns
    -------
    ndarray of shape (m, 2), int64
        Pairs, the strongest first; of equal ones the first.

    Examples
    --------
    >>> strongest(np.array([[1.0, 0.5, -0.6], [0.5, 1.0, 0.01], [-0.6, 0.01, 1.0]])).tolist()
    [[0, 2], [0, 1]]
    """
    first, second = np.triu_indices(len(ties), 1)
    weight = np.abs(ties[first, second])
    order = np.argsort(-weight, kind="stable")[: each * len(ties)]
    order = order[weight[order] >= least]
    return np.column_stack([first[order], second[order]]).astype(np.int64)


def network(
    dataset: Dataset,
    partition: Partition,
    places: Floats,
    ties: Floats,
    *,
    numbers: Integers | None = None,
    names: Sequence[str] = (),
    kind: str = "partial correlation",
    chosen: int | None = None,
) -> Figure:
    """Draw who hangs together with whom, and in which cluster.

    Parameters
    ----------
    dataset, partition
        The points and their clusters.
    places : ndarray of shape (n, 2)
        Where each point stands.
    ties : ndarray of shape (n, n)
        How strongly two points are tied, with the sign; the strongest are drawn, wide where
        they are strong, in the colour of the cluster within one, red and dashed where they
        are negative.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    names : sequence of n str, optional
        Short names; those of the Dataset where there are none.
    kind : str
        What a tie is.
    chosen : int, optional
        A cluster; all others fade.

    Returns
    -------
    Figure
        Its note says which ties are drawn.
    """
    pairs = strongest(ties)
    called = [
        plain(names[i] if len(names) else dataset.name_of(i), most=24) for i in range(dataset.n)
    ]
    exemplars = np.array([] if partition.exemplars is None else partition.exemplars, dtype=np.int64)
    figure = go.Figure(data=_lines(partition, places, ties, pairs, numbers, chosen))
    for square in (False, True):
        mine = np.isin(np.arange(dataset.n), exemplars) == square
        figure.add_trace(
            _marks(
                partition, places, ties, called, np.flatnonzero(mine), numbers, square, chosen, kind
            )
        )
    order = np.concatenate([exemplars, np.setdiff1d(np.arange(dataset.n), exemplars)])
    figure.add_traces(_labels(places, called, order, len(exemplars), exemplars))
    stand_for = [called[i] for i in exemplars.tolist()]
    alt = f"Network of {dataset.n:,} {_many(dataset)} in {count(partition.k, 'cluster')}" + (
        f", with the exemplars {', '.join(stand_for)}." if stand_for else "."
    )
    styled(figure, alt=alt, keep=(dataset.key, kind), note=_drawn(ties, pairs, kind))
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    figure.update_xaxes(visible=False, range=[low[0] - 0.07 * span[0], high[0] + 0.13 * span[0]])
    figure.update_yaxes(visible=False, range=[low[1] - 0.07 * span[1], high[1] + 0.06 * span[1]])
    return figure


def _many(dataset: Dataset) -> str:
    """Give what the points are, in the plural."""
    return plural(dataset.source.member)


def _drawn(ties: Floats, pairs: Integers, kind: str) -> str:
    """Say which ties are drawn."""
    off = ties[np.triu_indices(len(ties), 1)]
    known = int((np.abs(off) > 1e-12).sum())
    if not len(pairs):
        return f"No {kind} reaches 0.02: no line is drawn."
    weakest = float(np.abs(ties[pairs[-1, 0], pairs[-1, 1]]))
    which = "All of" if len(pairs) == known else f"The {len(pairs):,} strongest of"
    against = int((ties[pairs[:, 0], pairs[:, 1]] < 0).sum())
    red = f" {count(against, 'negative one')}, red and dashed." if against else " None is negative."
    be = "are" if len(pairs) > 1 else "is"
    return (
        f"{which} {count(known, kind)} {be} drawn, from {weakest:.2f} up; wide lines are strong."
        f"{red} Squares are exemplars."
    )


def _lines(
    partition: Partition,
    places: Floats,
    ties: Floats,
    pairs: Integers,
    numbers: Integers | None,
    chosen: int | None,
) -> list[Any]:
    """Give the ties as lines: by strength, by the cluster they lie in, and by their sign."""
    if not len(pairs):
        return []
    strength = ties[pairs[:, 0], pairs[:, 1]]
    top = np.abs(strength).max()
    band = np.digitize(np.abs(strength), [top / 4, top / 2])
    one, two = partition.labels[pairs[:, 0]], partition.labels[pairs[:, 1]]
    home = np.where(one == two, one, -1)
    lines = []
    for against in (False, True):
        for width in range(3):
            for cluster in np.unique(home):
                mine = (band == width) & (home == cluster) & ((strength < 0) == against)
                if not mine.any():
                    continue
                ends = np.full((int(mine.sum()), 3, 2), np.nan)
                ends[:, 0], ends[:, 1] = places[pairs[mine, 0]], places[pairs[mine, 1]]
                shade = MUTED if cluster < 0 else plane.shade_of(numbers, int(cluster))
                faded = chosen is not None and cluster != chosen
                lines.append(
                    go.Scatter(
                        x=ends[:, :, 0].ravel(),
                        y=ends[:, :, 1].ravel(),
                        mode="lines",
                        line={
                            "color": OPPOSED if against else shade,
                            "width": WIDTHS[width],
                            "dash": "dash" if against else "solid",
                        },
                        opacity=(0.35 if cluster < 0 else 0.6) * (0.35 if faded else 1.0),
                        hoverinfo="skip",
                    )
                )
    return lines


def _marks(
    partition: Partition,
    places: Floats,
    ties: Floats,
    called: Sequence[str],
    mine: Integers,
    numbers: Integers | None,
    square: bool,
    chosen: int | None,
    kind: str,
) -> Any:
    """Give discs, or the squares of exemplars, with the numbers of their clusters."""
    labels = partition.labels[mine]
    shades = [colors.NOISE if c < 0 else plane.shade_of(numbers, int(c)) for c in labels]
    off = np.where(np.eye(len(ties), dtype=bool), 0.0, ties)
    nearest = np.abs(off).argmax(axis=1)
    told = [
        f"<b>{called[i]}</b><br>cluster {c + 1}{', its exemplar' if square else ''}"
        + (
            f"<br>strongest {kind}: {called[nearest[i]]}, {off[i, nearest[i]]:.2f}"
            if off[i, nearest[i]]
            else ""
        )
        for i, c in zip(mine.tolist(), labels.tolist(), strict=True)
    ]
    return go.Scatter(
        x=places[mine, 0],
        y=places[mine, 1],
        mode="markers+text",
        marker={
            "size": EXEMPLAR if square else SIZE,
            "symbol": "square" if square else "circle",
            "color": shades,
            "opacity": [1.0 if chosen is None or c == chosen else 0.25 for c in labels],
            "line": {"width": 2.0 if square else 1.0},
        },
        meta={"outline": "ink" if square else "paper"},
        text=[f"{c + 1}" if c >= 0 else "" for c in labels],
        textfont={
            "size": 14 if square else 11,
            "color": [colors.ink_on(shade) for shade in shades],
        },
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )


# ---- names --------------------------------------------------------------------------------------
def _labels(
    places: Floats, called: Sequence[str], order: Integers, first: int, exemplars: Integers
) -> list[Any]:
    """Give the names: all that find room on a wide chart, exemplars alone on a narrow one."""
    traces = []
    for size, who, seen in (
        (LARGE, order, {"from": ROOMY}),
        (SMALL, order[:first], {"below": ROOMY}),
    ):
        widths = np.where(np.isin(np.arange(len(places)), exemplars), EXEMPLAR, SIZE)
        sides = name_sides.sides(places, called, who, always=first, size=size, widths=widths)
        shown = [i for i in who.tolist() if i in sides]
        traces.append(
            go.Scatter(
                x=places[shown, 0],
                y=places[shown, 1],
                mode="markers+text",  # a name stands as far off as its mark is large
                marker={
                    "size": [EXEMPLAR if i in exemplars else SIZE for i in shown],
                    "opacity": 0.0,
                },
                text=[f"<b>{called[i]}</b>" if i in exemplars else called[i] for i in shown],
                textposition=[sides[i] for i in shown],
                textfont={"size": 12},
                hoverinfo="skip",
                cliponaxis=False,
                meta=seen,
                visible="from" in seen,
            )
        )
    return traces
