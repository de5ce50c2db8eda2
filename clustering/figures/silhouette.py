"""The silhouette of every point, sorted inside its cluster.

A mean hides who is well placed and who is not. Here each cluster is a blade: its
points one under another, the best placed on top, as wide as their silhouette. A
blade that ends left of zero holds points that lie nearer to another cluster; a
blade that stays short of the mean line is a cluster that hardly stands apart.

References
----------
P. J. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation
of cluster analysis, Journal of Computational and Applied Mathematics 20, 1987.
"""

from dataclasses import dataclass

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, plain, styled
from clustering.partition import Labels, Partition
from clustering.validity import Score
from clustering.words import count

__all__ = ["Blades", "arrange", "profile"]

GAP = 0.015
"""Room between two blades, as a share of all points."""

MOST = 3_000
"""Points drawn; of more, evenly spaced ones of each blade."""


@dataclass(frozen=True, eq=False, slots=True)
class Blades:
    """Where each point stands in the profile.

    Attributes
    ----------
    points : ndarray of shape (m,), int64
        The points with a silhouette, in the order in which they are drawn, from the
        top: cluster by cluster, the best placed first.
    heights : ndarray of shape (m,)
        Their distance from the top; one point is 1 high.
    bounds : ndarray of shape (k, 2), int64
        First and last-but-one place of each cluster in `points`.
    """

    points: Integers
    heights: Floats
    bounds: Integers

    def nearest(self, height: float) -> int:
        """Give the point that is drawn nearest to a height."""
        return int(self.points[np.abs(self.heights - height).argmin()])


def arrange(labels: Labels, values: Floats) -> Blades:
    """Order points by cluster, and inside a cluster by falling silhouette.

    Parameters
    ----------
    labels : ndarray of shape (n,), int
        Cluster of each point, -1 for noise.
    values : ndarray of shape (n,)
        Silhouette of each; those that are NaN are left out.

    Returns
    -------
    Blades
        Of all clusters, also of such as have no point to show.

    Examples
    --------
    >>> blades = arrange(np.array([1, 0, 1, 0]), np.array([0.1, 0.5, 0.9, 0.7]))
    >>> blades.points.tolist(), blades.bounds.tolist()
    ([3, 1, 2, 0], [[0, 2], [2, 4]])
    """
    known = np.flatnonzero(np.isfinite(values) & (labels >= 0))
    order = known[np.lexsort((-values[known], labels[known]))]
    k = int(labels.max(initial=-1)) + 1
    edges = np.searchsorted(labels[order], np.arange(k + 1))
    gap = max(1.0, GAP * len(order))
    heights = np.arange(len(order)) + 0.5 + gap * labels[order]
    return Blades(frozen(order), frozen(heights), frozen(np.column_stack([edges[:-1], edges[1:]])))


def profile(
    dataset: Dataset,
    partition: Partition,
    score: Score,
    blades: Blades,
    *,
    numbers: Integers | None = None,
    chosen: int | None = None,
) -> Figure:
    """Draw the silhouette of each point, and the mean of all.

    Parameters
    ----------
    dataset, partition
        What is judged.
    score : Score
        The silhouette with ``per_point``.
    blades : Blades
        Where each point stands, by `arrange`.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    chosen : int, optional
        A point to mark.

    Returns
    -------
    Figure
        One blade a cluster from the top, then the mean line. Hover names the rows.
    """
    known = score.per_point
    values = np.full(dataset.n, np.nan) if known is None else known
    figure = go.Figure()
    shown = [
        (cluster, first, last)
        for cluster, (first, last) in enumerate(blades.bounds.tolist())
        if first < last
    ]
    share = min(1.0, MOST / max(len(blades.points), 1))
    drawn, ticks, names, means = [], [], [], []
    for cluster, first, last in shown:
        places = _evenly(first, last, share)
        top, bottom = blades.heights[first] - 0.5, blades.heights[last - 1] + 0.5
        shade = colors.color(int(cluster if numbers is None else numbers[cluster]))
        figure.add_trace(
            _blade(values[blades.points[places]], blades.heights[places], top, bottom, shade)
        )
        drawn.append(places)
        ticks.append((top + bottom) / 2)
        names.append(f"{cluster + 1} ({last - first:,})")
        means.append(f"cluster {cluster + 1} {values[blades.points[first:last]].mean():.2f}")
    figure.add_trace(_names(dataset, partition, values, blades, drawn))
    if chosen is not None and chosen in blades.points:
        at = int(np.flatnonzero(blades.points == chosen)[0])
        figure.add_scatter(
            x=[values[chosen]],
            y=[blades.heights[at]],
            mode="markers",
            marker={"size": 11, "symbol": "diamond", "line": {"width": 1.5}},
            meta={"fill": "ink", "outline": "paper"},
            hoverinfo="skip",
        )
    figure.add_vline(x=0.0, line={"color": MUTED, "width": 1})
    if score.defined:
        _mean(figure, score.value)
    bad = int((values[blades.points] < 0).sum())
    alt = (
        f"Silhouettes of {count(len(blades.points), 'point')} of {plain(dataset.source.name)} "
        f"in {count(len(shown), 'cluster')}, mean {score.value:.3f}; means of the clusters: "
        f"{', '.join(means)}. {count(bad, 'point')} below zero."
    )
    styled(
        figure,
        x="silhouette",
        alt=alt if score.defined else f"No silhouettes: {score.reason}",
        keep=(dataset.key, partition.k),
        note=_note(score, dataset.n, share, sum(map(len, drawn)), len(blades.points)),
    )
    floor = float(blades.heights[-1]) + 0.5 if len(blades.heights) else 1.0
    low = float(values[blades.points].min(initial=0.0))
    figure.update_xaxes(range=[min(low * 1.08, -0.05), 1.0])
    figure.update_yaxes(
        range=[floor * 1.005, -0.005 * floor],
        tickvals=ticks,
        ticktext=names,
        showgrid=False,
        ticksuffix=" ",
        title={"text": f"cluster ({plain(dataset.source.member)}s)"},
    )
    figure.update_layout(hovermode="y", hoverdistance=12, margin={"t": 24})
    return figure


def _evenly(first: int, last: int, share: float) -> Integers:
    """Choose places of a blade, both its ends among them."""
    wanted = min(max(2, round(share * (last - first))), last - first)
    return np.unique(np.linspace(first, last - 1, wanted).round().astype(np.int64))


def _blade(x: Floats, y: Floats, top: float, bottom: float, shade: str) -> go.Scatter:
    """Draw the points of one cluster as steps, each as wide as its silhouette."""
    edges = np.concatenate([[top], (y[:-1] + y[1:]) / 2, [bottom]])
    return go.Scatter(
        x=np.concatenate([[0.0], np.repeat(x, 2), [0.0]]),
        y=np.concatenate([[top], np.repeat(edges, 2)[1:-1], [bottom]]),
        mode="lines",
        line={"width": 0, "color": shade},
        fill="toself",
        fillcolor=shade,
        hoverinfo="skip",
    )


def _mean(figure: Figure, value: float) -> None:
    """Mark the mean of all points."""
    figure.add_vline(x=value, line={"color": MUTED, "width": 2, "dash": "dash"})
    figure.add_annotation(
        x=value,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"mean {value:.3f}",
        showarrow=False,
        font={"color": MUTED, "size": 12},
    )


def _names(
    dataset: Dataset,
    partition: Partition,
    values: Floats,
    blades: Blades,
    drawn: list[Integers],
) -> go.Scatter:
    """Lay what hover says over the blades: one unseen mark a point."""
    place = np.concatenate(drawn) if drawn else np.empty(0, dtype=np.int64)
    points = blades.points[place]
    return go.Scatter(
        x=values[points],
        y=blades.heights[place],
        mode="markers",
        marker={"size": 6, "opacity": 0},
        text=[
            f"<b>{plain(dataset.name_of(i))}</b><br>cluster {partition.labels[i] + 1}"
            for i in points.tolist()
        ],
        hovertemplate="%{text}<br>silhouette %{x:.3f}<extra></extra>",
    )


def _note(score: Score, n: int, share: float, drawn: int, known: int) -> str:
    """Say what is not drawn."""
    parts = []
    if score.sampled:
        parts.append(f"silhouettes of {score.sampled:,} sampled points of {n:,}")
    if share < 1.0:
        parts.append(f"{drawn:,} of {known:,} drawn, evenly spaced in each cluster")
    return "; ".join(parts)
