"""What DBSCAN found: core points, the points at their border, and noise, on a map."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.dbscan.k_distances import Knee
from clustering.dbscan.scored import Grid
from clustering.figures import Figure, colors, reach
from clustering.figures import map as maps
from clustering.figures.axis import RIGHT
from clustering.figures.style import MUTED, plain, styled
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Partition
from clustering.words import count

__all__ = ["border", "grid", "k_distances", "map"]

MOST_NEIGHBOURS = 2_000
RINGS = 60
MOST_STEPS = 1_500
POLICIES = {"exclude": "noise left out", "cluster": "noise as one cluster"}


def border(partition: Partition) -> NDArray[np.bool_]:
    """Mark the points that are of a cluster, but not core, shape (n,)."""
    inside: NDArray[np.bool_] = partition.labels >= 0
    return inside if partition.core is None else inside & ~partition.core


def map(  # noqa: A001 - the word for it
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    chosen: int | None = None,
    beside: Integers | None = None,
    radius: float = 0.0,
    window: Window | None = None,
) -> Figure:
    """Draw core points as discs, border points as rings, noise as grey crosses.

    Parameters
    ----------
    dataset, partition
        What is drawn.
    view : View
        The plane on which it is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    chosen : int, optional
        A point around which is drawn how far epsilon reaches.
    beside : ndarray of shape (m,), int, optional
        The points within reach of it.
    radius : float
        Epsilon.
    window : Window, optional
        What of the plane is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        Points, then what belongs to the chosen one.
    """
    edge = border(partition)
    near = np.empty(0, np.int64) if beside is None else beside[:MOST_NEIGHBOURS]
    core = 0 if partition.core is None else int(partition.core.sum())
    return maps.clusters(
        dataset,
        partition,
        view,
        numbers=numbers,
        chosen=chosen,
        hollow=edge,
        over=None if chosen is None else partial(_reach, dataset, view, chosen, near, radius),
        told=f": {count(core, 'core point')}, {count(int(edge.sum()), 'border point')}, "
        f"{count(partition.noise, 'point')} of noise",
        window=window,
    )


def _reach(
    dataset: Dataset, view: View, chosen: int, beside: Integers, radius: float, kind: type
) -> list[Any]:
    """Draw the points near a chosen one, and how far epsilon reaches."""
    line = reach.outline(dataset, view, chosen, radius)
    # A great many rings hide the points; the outline, where there is one, says enough.
    places = view.points[beside if len(beside) <= RINGS or line is None else beside[:0]]
    rings = kind(
        x=places[:, 0], y=places[:, 1], mode="markers", hoverinfo="skip",
        marker={"size": 12, "symbol": "circle-open", "color": MUTED, "line": {"width": 1.2}},
    )  # fmt: skip
    if line is None:
        return [rings]
    outline = kind(
        x=line[:, 0], y=line[:, 1], mode="lines", line={"width": 1.5},
        meta={"line": "ink"}, hoverinfo="skip",
    )  # fmt: skip
    return [outline, rings]


def grid(found: Grid, eps: float, *, keep: str = "", unit: str = "") -> Figure:
    """Draw the silhouettes at some epsilons under both noise policies, side by side.

    Parameters
    ----------
    found : Grid
        The scores, and the number of clusters at each epsilon.
    eps : float
        The present value, which is marked where it is one of them.
    keep : str
        The user's zoom is kept while this stays the same.
    unit : str
        Unit of the distances.

    Returns
    -------
    Figure
        Two bars an epsilon, at x = 1, 2, 3, ...; above them the number of clusters; the best
        of each kind has an outline. Where a silhouette is undefined stands a dash instead of
        the bar, and its hover says why.
    """
    m = len(found.values)
    x = np.arange(1, m + 1)
    figure = go.Figure()
    tops, known, lowest = np.zeros(m), np.zeros(m, dtype=bool), 0.0
    for name, shade in (("exclude", colors.CHOSEN[0]), ("cluster", RIGHT)):
        scores = found.scores(name)  # type: ignore[arg-type]
        best = found.best(name)  # type: ignore[arg-type]
        heights = np.array([score.value for score in scores])
        tops = np.maximum(tops, np.nan_to_num(heights))
        known |= np.isfinite(heights)
        lowest = min(lowest, float(np.nanmin(np.append(heights, 0.0))))
        said = [
            f"{POLICIES[name]}: {score.value:.3f}" if np.isfinite(score.value) else
            f"{POLICIES[name]}: {plain(score.reason, most=90)}"
            for score in scores
        ]  # fmt: skip
        figure.add_bar(
            x=x,
            y=np.where(np.isfinite(heights), heights, 0.0),
            name=POLICIES[name],
            marker={
                "color": [shade if i == best else colors.translucent(shade, 0.55) for i in range(m)]
            },
            customdata=[
                f"epsilon {value:,.6g} {unit}".strip() + f"<br>{text}"
                for value, text in zip(found.values.tolist(), said, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    texts = [
        (f"{k:,.0f}" if k < 1000 else f"{k / 1000:.3g}k") + ("" if defined else ", –")
        for k, defined in zip(found.clusters.tolist(), known.tolist(), strict=True)
    ]
    figure.add_scatter(
        x=x,
        y=tops,
        mode="text",
        text=texts,
        textposition="top center",
        textfont={"size": 12},
        cliponaxis=False,
        hovertemplate="%{text} clusters<extra></extra>",
    )
    same = np.flatnonzero(np.isclose(found.values, eps, rtol=1e-9))
    for i in same.tolist():
        figure.add_vrect(
            x0=i + 0.5, x1=i + 1.5, layer="below", line_width=0,
            fillcolor=colors.translucent(colors.CHOSEN[0], 0.14),
        )  # fmt: skip
    listed = "; ".join(
        f"{value:.3g}: {k:.0f} clusters, {a.value:.3f} and {b.value:.3f}"
        for value, k, a, b in zip(
            found.values, found.clusters, found.without_noise, found.with_noise, strict=True
        )
    )
    styled(
        figure,
        x=f"epsilon ({unit})" if unit else "epsilon",
        y="silhouette",
        alt=f"Silhouettes with noise left out and with noise as one cluster. {listed}.",
        keep=(keep,),
    )
    figure.update_xaxes(
        tickvals=x, ticktext=[f"{value:,.6g}" for value in found.values.tolist()], showgrid=False,
        range=[0.4, m + 0.6], tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(range=[1.08 * lowest, 1.22 * max(float(tops.max()), 0.05)], nticks=5)
    figure.update_layout(bargap=0.22, bargroupgap=0.05, barmode="group")
    return figure


def k_distances(knee: Knee, eps: float, *, min_samples: int, unit: str = "") -> Figure:
    """Draw the distance to the min_samples-th neighbour of every point, descending.

    Parameters
    ----------
    knee : Knee
        The curve and its knee.
    eps : float
        The present value, drawn as a line: what is above it is not core.
    min_samples : int
        Which neighbour, the point itself counted as the first.
    unit : str
        Unit of the distances.

    Returns
    -------
    Figure
        Epsilon upwards, on a logarithmic scale where it spans more than a factor of twenty.
    """
    y = knee.distances
    seen = _thinned(y)
    figure = go.Figure(
        go.Scatter(
            x=100 * knee.shares[seen],
            y=y[seen],
            mode="lines",
            line={"width": 2},
            meta={"line": "ink"},
            hovertemplate="%{x:.1f} % of the points need more than %{y:.4g}<extra></extra>",
        )
    )
    figure.add_hline(y=eps, line={"color": colors.CHOSEN[0], "width": 2})
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=_scale(eps, y), yanchor="bottom",
        text=f"epsilon = {eps:.4g} ", showarrow=False,
    )  # fmt: skip
    words = "no knee"
    if knee.place >= 0:
        words = f"a knee at {knee.eps:.4g}"
        figure.add_scatter(
            x=[100 * knee.shares[knee.place]],
            y=[knee.eps],
            mode="markers+text",
            marker={"size": 11, "symbol": "diamond", "color": colors.CHOSEN[1]},
            text=[f"  knee {knee.eps:.4g}"],
            textposition="top right",
            hoverinfo="skip",
        )
    styled(
        figure,
        x="points, those farthest from others first (%)",
        y=f"distance to neighbour {min_samples}" + (f" ({unit})" if unit else ""),
        alt=f"Distances to the neighbours of all points, from {y[0]:.4g} to {y[-1]:.4g}, {words}.",
        keep=(len(y), min_samples),
    )
    positive = y[y > 0]
    if _wide(y):
        low, high = np.log10(positive.min()), np.log10(y[0])
        room = 0.05 * (high - low)
        figure.update_yaxes(type="log", range=[low - room, high + room])
        figure.update_yaxes(minor={"ticks": ""}, exponentformat="none", tickformat="~g", nticks=4)
    else:
        figure.update_yaxes(range=[0, 1.06 * max(float(y[0]), eps, 1e-300)])
    figure.update_xaxes(range=[-1.5, 101.5])
    return figure


def _wide(distances: Floats) -> bool:
    """Say whether distances span so much that only a logarithm shows them."""
    positive = distances[distances > 0]
    return bool(len(positive)) and bool(positive.max() > 20 * positive.min())


def _scale(value: float, distances: Floats) -> float:
    """Give where an annotation stands on the scale of distances."""
    return float(np.log10(value)) if _wide(distances) else value


def _thinned(y: Floats) -> Integers:
    """Choose the points of a falling curve that are seen: even ones along both scales."""
    n = len(y)
    if n <= MOST_STEPS:
        return np.arange(n)
    across = np.linspace(0, n - 1, MOST_STEPS // 2).astype(np.int64)
    down = np.searchsorted(-y, -np.linspace(y[0], y[-1], MOST_STEPS // 2))
    early = np.arange(min(100, n))
    return np.unique(np.concatenate([across, np.minimum(down, n - 1), early]))
