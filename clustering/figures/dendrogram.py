"""The top of a merge tree as a dendrogram, coloured by the clusters of a cut.

Every merge is a bar at its height, with two legs down to the branches that it joins. What
lies within one cluster has its colour, what is above the cut is grey, and the cut is a line
across. Branches too small to be drawn are ends with a dot, the larger the more they hold.
"""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, styled
from clustering.trees.branches import Branches
from clustering.words import amount, count, plural

__all__ = ["dendrogram", "under"]

SMALLEST, LARGEST = 3.0, 15.0
"""Diameters of the dots of ends, in pixels."""
FLAT = 0.4
"""Share of the height below which nothing is merged, from which the ground is not drawn."""


def dendrogram(
    branches: Branches,
    *,
    numbers: Integers | None = None,
    lit: int | None = None,
    member: str = "row",
    title: str = "height",
    keep: str = "",
) -> Figure:
    """Draw branches.

    Parameters
    ----------
    branches : Branches
        What is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster of the cut.
    lit : int, optional
        Number of the node whose branch is marked.
    member : str
        What one leaf is.
    title : str
        Title of the scale of heights, with unit.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Lines of each colour, the marked branch, the dots of the ends.
    """
    figure = go.Figure()
    bottom, top = _window(branches)
    known = dict(zip(branches.end_nodes.tolist(), branches.end_clusters.tolist(), strict=True))
    known |= dict(zip(branches.nodes.tolist(), branches.clusters.tolist(), strict=True))
    sides = np.array([[known[node] for node in pair] for pair in branches.joined.tolist()])
    sides = sides.reshape(-1, 2)
    if lit is not None:
        x, y = _marked(branches, lit, bottom)
        figure.add_scatter(
            x=x, y=y, mode="lines", line={"width": 6}, opacity=0.45, meta={"line": "ink"},
            hoverinfo="skip",
        )  # fmt: skip
    # Above the cut last: a bar that joins two clusters covers the tops of their legs.
    drawn = sorted({*sides.ravel().tolist(), *branches.clusters.tolist()}, reverse=True)
    alike: dict[str, list[int]] = {}  # a chart of a thousand traces is slow
    for cluster in drawn:
        alike.setdefault(_shade(cluster, numbers), []).append(cluster)
    for shade, clusters in alike.items():
        x, y = _lines(branches, sides, clusters, bottom)
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": shade, "width": 1.6 if clusters[0] >= 0 else 1.2},
            hoverinfo="skip",
        )
    _add_ends(figure, branches, numbers, bottom, member)
    _add_names(figure, branches, member)
    figure.add_hline(y=branches.height, line={"color": colors.CHOSEN[0], "width": 2})
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=branches.height, yanchor="bottom",
        text=f"k = {branches.k:,}", showarrow=False,
    )  # fmt: skip
    many = len(branches.end_x)
    styled(
        figure,
        x=f"{many:,} branches of {count(branches.n, member)}" if branches.said else plural(member),
        y=title,
        alt=_alt(branches, member),
        keep=(keep, many),
        note=branches.said if branches.k > many else "",
    )
    figure.update_xaxes(range=[-0.02 * many - 0.6, 1.12 * many - 0.4], showticklabels=False)
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(range=[bottom - 0.05 * (top - bottom), top], nticks=6)
    return figure


def under(branches: Branches, node: int) -> set[int]:
    """Give what is drawn of the branch of a node: its number and all below it.

    Examples
    --------
    >>> from clustering.trees.branches import dendrogram as laid_out
    >>> from clustering.trees.merge_tree import grow
    >>> tree = grow([[0, 1], [2, 3], [4, 5]], [1.0, 2.0, 9.0])
    >>> sorted(under(laid_out(tree, merges=2), 5))
    [2, 3, 5]
    """
    mine = {node}
    for merge, pair in zip(
        reversed(branches.nodes.tolist()), reversed(branches.joined.tolist()), strict=True
    ):
        if merge in mine:
            mine.update(pair)
    return mine


def _shade(cluster: int, numbers: Integers | None) -> str:
    """Give the colour of a cluster; soft grey for what holds several."""
    if cluster < 0:
        return MUTED
    return colors.color(cluster if numbers is None else int(numbers[cluster]))


def _window(branches: Branches) -> tuple[float, float]:
    """Give the lowest and the highest height that is drawn."""
    top = max(branches.top, branches.height)
    lowest = float(branches.high.min(initial=top))
    if not top > 0:
        return 0.0, 1.0
    bottom = 0.0 if lowest < FLAT * top else max(lowest - 0.2 * (top - lowest), 0.0)
    if bottom >= top:
        bottom = 0.0
    return bottom, top + 0.08 * (top - bottom)


def _lines(
    branches: Branches, sides: Integers, clusters: list[int], bottom: float
) -> tuple[Floats, Floats]:
    """Give the legs of branches in some clusters and the bars of merges as one broken line."""
    parts = []
    for side in (0, 1):
        mine = np.flatnonzero(np.isin(sides[:, side], clusters))
        parts.append(_legs(branches, mine, side, bottom))
    bars = np.flatnonzero(np.isin(branches.clusters, clusters))
    flat = np.full((len(bars), 3, 2), np.nan)
    flat[:, :2, 0] = branches.x[bars]
    flat[:, :2, 1] = branches.high[bars, None]
    joined = np.vstack([part.reshape(-1, 2) for part in (*parts, flat)])
    return joined[:, 0], joined[:, 1]


def _legs(branches: Branches, merges: Integers, side: int, bottom: float) -> Floats:
    """Give the lines from merges down to one of the two branches; ends reach the ground."""
    legs = np.full((len(merges), 3, 2), np.nan)
    legs[:, :2, 0] = branches.x[merges, side, None]
    legs[:, 0, 1] = branches.high[merges]
    ends = np.isin(branches.joined[merges, side], branches.end_nodes)
    legs[:, 1, 1] = np.where(ends, bottom, branches.low[merges, side])
    return legs


def _marked(branches: Branches, node: int, bottom: float) -> tuple[Floats, Floats]:
    """Give the lines of one branch, its leg included."""
    mine = under(branches, node)
    parts = [np.full((1, 2), np.nan)]
    for side in (0, 1):
        legs = np.flatnonzero(np.isin(branches.joined[:, side], list(mine)))
        parts.append(_legs(branches, legs, side, bottom).reshape(-1, 2))
    bars = np.flatnonzero(np.isin(branches.nodes, list(mine)))
    flat = np.full((len(bars), 3, 2), np.nan)
    flat[:, :2, 0] = branches.x[bars]
    flat[:, :2, 1] = branches.high[bars, None]
    joined = np.vstack([*parts, flat.reshape(-1, 2)])
    return joined[:, 0], joined[:, 1]


def _add_ends(
    figure: Figure, branches: Branches, numbers: Integers | None, bottom: float, member: str
) -> None:
    """Draw a dot where each branch ends, as large as it is."""
    most = float(np.sqrt(branches.end_sizes.max()))
    roots = np.sqrt(branches.end_sizes)
    widest = min(LARGEST, max(SMALLEST, 700 / len(roots)))
    figure.add_scatter(
        x=branches.end_x,
        y=np.full(len(branches.end_x), bottom),
        mode="markers",
        marker={
            "size": SMALLEST + (widest - SMALLEST) * (roots - 1) / max(most - 1, 1e-9),
            "color": [_shade(cluster, numbers) for cluster in branches.end_clusters.tolist()],
            "opacity": 1.0,
            "line": {"width": 0},
        },
        customdata=np.column_stack([branches.end_sizes, branches.end_height]),
        hovertemplate=f"%{{customdata[0]:,}} {plural(member)}, merged up to height "
        "%{customdata[1]:.4g}<extra></extra>",
        cliponaxis=False,
    )


def _add_names(figure: Figure, branches: Branches, member: str) -> None:
    """Let every bar say what it joins, on hover."""
    sizes = dict(zip(branches.end_nodes.tolist(), branches.end_sizes.tolist(), strict=True))
    both = []
    for node, (one, two) in zip(branches.nodes.tolist(), branches.joined.tolist(), strict=True):
        both.append((sizes[one], sizes[two]))
        sizes[node] = sizes[one] + sizes[two]
    figure.add_scatter(
        x=branches.x.mean(axis=1),
        y=branches.high,
        mode="markers",
        marker={"size": 12, "opacity": 0.0},
        customdata=np.array(both, dtype=np.int64).reshape(-1, 2),
        hovertemplate=f"%{{customdata[0]:,}} and %{{customdata[1]:,}} {plural(member)} merge at "
        "height %{y:.4g}<extra></extra>",
    )


def _alt(branches: Branches, member: str) -> str:
    """Say in words what the dendrogram shows."""
    last = branches.high[::-1][:3].tolist()
    heights = ", ".join(amount(each) for each in last)
    return (
        f"Dendrogram of {count(branches.n, member)}: the last merges at heights {heights}; a "
        f"cut at {amount(branches.height)} gives {count(branches.k, 'cluster')}."
    )
