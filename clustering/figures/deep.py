"""Deep clustering: ways side by side, a latent space replayed, how sure a network is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.deep.rows import MEASURES, Row
from clustering.figures import Figure, colors, plane
from clustering.figures.style import MUTED, plain, styled
from clustering.partition import Partition
from clustering.words import amount, count

__all__ = ["bars", "replay", "sureness"]

BESIDE = "#8f98a5"
"""Of the ways that train nothing; the deep ones have the first colour."""

BOXES = 20
"""Steps of a histogram of memberships."""


def bars(rows: Sequence[Row], measure: str, *, deep: Sequence[str] = (), keep: str = "") -> Figure:
    """Draw one figure of every way of clustering: mean, spread and each seed.

    Parameters
    ----------
    rows : sequence of Row
        From top to bottom.
    measure : str
        One of `clustering.deep.rows.MEASURES`.
    deep : sequence of str
        Names of the rows that learned their space, in colour.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        A bar to the mean, a line of one standard deviation to each side, a dot for each seed.
        A row without a value says so.
    """
    named, title = [plain(row.name, most=34) for row in rows], MEASURES[measure]
    means = [row.mean(measure) for row in rows]
    spreads = [row.spread(measure) for row in rows]
    figure = go.Figure()
    figure.add_bar(
        x=[value if np.isfinite(value) else None for value in means],
        y=named,
        orientation="h",
        marker={
            "color": [
                colors.translucent(colors.CHOSEN[0] if row.name in deep else BESIDE, 0.5)
                for row in rows
            ]
        },
        hovertext=[_told(row, measure) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    spread_of = [place for place, spread in enumerate(spreads) if np.isfinite(spread)]
    figure.add_scatter(  # apart from the bars, as a missing spread would be drawn as one of zero
        x=[means[place] for place in spread_of],
        y=[named[place] for place in spread_of],
        mode="markers",
        marker={"opacity": 0},
        error_x={
            "type": "data",
            "array": [spreads[place] for place in spread_of],
            "color": MUTED,
            "thickness": 1.4,
            "width": 4,
        },
        hoverinfo="skip",
    )
    each = [
        (value, name) for row, name in zip(rows, named, strict=True)
        for value in row.values.get(measure, ()) if np.isfinite(value) and row.seeds > 1
    ]  # fmt: skip
    figure.add_scatter(
        x=[value for value, _ in each],
        y=[name for _, name in each],
        mode="markers",
        marker={"size": 6, "color": MUTED, "opacity": 0.8},
        hoverinfo="skip",
    )
    known = [value for value in means if np.isfinite(value)]
    wide = np.nan_to_num(spreads)
    reach = [value + more for value, more in zip(means, wide, strict=True) if np.isfinite(value)]
    high = max([*reach, *(value for value, _ in each), 1e-9])
    low = min([*known, *(value for value, _ in each), 0.0])
    for name, value in zip(named, means, strict=True):
        text = _written(value, measure) if np.isfinite(value) else "not defined here"
        figure.add_annotation(
            x=1.0, xref="paper", y=name, text=text, showarrow=False, xanchor="right",
            font={"size": 12, "color": MUTED},
        )  # fmt: skip
    said = "; ".join(_told(row, measure) for row in rows)
    styled(figure, x=title, alt=f"{title} of {count(len(rows), 'way')}: {said}.", keep=(keep,))
    figure.update_xaxes(range=[1.1 * low, high + 0.34 * (high - low)])
    figure.update_yaxes(
        autorange="reversed", showgrid=False, ticksuffix=" ", type="category",
        tickfont={"size": 12},
    )  # fmt: skip
    figure.update_layout(bargap=0.35)
    return figure


def _written(value: float, measure: str) -> str:
    """Write a figure of a row."""
    return amount(value) if measure.startswith("calinski") else f"{value:z.3f}".replace("-", "−")


def _told(row: Row, measure: str) -> str:
    """Say what a row gives."""
    value = row.mean(measure)
    if not np.isfinite(value):
        return f"{plain(row.name)}: undefined"
    said = f"{plain(row.name)}: {_written(value, measure)}"
    if row.seeds > 1:
        said += f" ± {_written(row.spread(measure), measure)} over {row.seeds} seeds"
    return said


def replay(
    dataset: Dataset,
    places: Integers,
    planes: Floats,
    labels: Integers,
    words: Sequence[str],
    *,
    axes: tuple[str, str],
    numbers: Integers | None = None,
    note: str = "",
) -> Figure:
    """Draw a latent space as frames, one for each time it was looked at.

    Parameters
    ----------
    dataset : Dataset
        Names the points.
    places : ndarray of shape (p,), int
        Which points are drawn.
    planes : ndarray of shape (m, p, 2)
        Where they stand at each time.
    labels : ndarray of shape (m, p), int
        Their clusters at each time.
    words : sequence of m str
        One sentence a time, kept in each frame's ``layout.meta["words"]``.
    axes : tuple of (str, str)
        Titles of the axes.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    note : str
        What must be said beside the chart.

    Returns
    -------
    Figure
        Opens on the last time (``layout.meta["step"]``); its frames are the times. All have one
        scale.
    """
    k = max(int(labels.max(initial=-1)) + 1, 0 if numbers is None else len(numbers))
    look: dict[str, Any] = {
        "cmin": -0.5,
        "cmax": k + 0.5,
        "colorscale": colors.stepped(
            [colors.NOISE, *(plane.shade_of(numbers, i) for i in range(k))]
        ),
        "size": 8 if len(places) <= 600 else 5,
        "line": {"width": 0.7},
    }
    small = planes.astype(np.float32)
    frames: list[dict[str, Any]] = [
        {
            "name": str(i),
            "data": [
                {
                    "type": "scatter",
                    "x": small[i, :, 0],
                    "y": small[i, :, 1],
                    "marker": {**look, "color": (labels[i] + 1).astype(np.int16)},
                }
            ],
            "layout": {"meta": {"words": sentence}},
            "traces": [0],
        }
        for i, sentence in enumerate(words)
    ]
    names = [plain(dataset.name_of(i)) for i in places.tolist()]
    figure = go.Figure(
        data=[
            {
                **frames[-1]["data"][0],
                "mode": "markers",
                "meta": {"outline": "paper"},
                "text": names,
                "hovertemplate": "%{text}<extra></extra>",
            }
        ],
        frames=frames,
    )
    low, high = plane.box(planes.reshape(-1, 2))
    few = "" if len(places) == dataset.n else f"{len(places):,} of {dataset.n:,} points drawn"
    flat = len(set(np.ptp(planes.reshape(-1, 2), axis=0) > 0)) > 1
    styled(
        figure,
        x=axes[0],
        y=axes[1],
        alt=f"{plain(dataset.source.name)} in its latent space, {count(len(frames), 'time')}. "
        f"{words[-1]}",
        equal=not flat,
        keep=(dataset.key, axes),
        note="; ".join(filter(None, (note, few))),
    )
    figure.update_layout(
        meta={**figure.layout.meta, "step": len(frames) - 1},
        xaxis={"range": [low[0], high[0]], "constrain": "range"},
        yaxis={"range": [low[1], high[1]], "constrain": "range"},
    )
    return figure


def sureness(partition: Partition, *, numbers: Integers | None = None, keep: str = "") -> Figure:
    """Draw how large the largest share of a point is, cluster upon cluster.

    Parameters
    ----------
    partition : Partition
        With a membership.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        A histogram from 1 / k to 1.
    """
    membership = partition.membership
    assert membership is not None
    most = membership.max(axis=1)
    edges = np.linspace(0.0, 1.0, BOXES + 1)
    figure = go.Figure()
    for cluster in range(partition.k):
        counted, _ = np.histogram(most[partition.labels == cluster], bins=edges)
        figure.add_bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counted,
            width=0.9 / BOXES,
            marker={"color": plane.shade_of(numbers, cluster)},
            name=f"cluster {cluster + 1}",
            hovertemplate=f"cluster {cluster + 1}: %{{y:,}} points around %{{x:.3f}}"
            "<extra></extra>",
        )
    unsure = float((most < 0.5).mean())
    alt = (
        f"Largest share of each of {len(most):,} points: the median is {np.median(most):.3f}, "
        f"and {100 * unsure:.0f} % have none above one half."
    )
    styled(figure, x="largest share of a cluster in the point", y="points", alt=alt, keep=(keep,))
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1])
    return figure
